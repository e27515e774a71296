#include "harness/cli/going_on.hpp"

#include "harness/cli/facts.hpp"
#include "harness/cli/output.hpp"
#include "harness/model/lines.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

namespace bulkhead::cli {
namespace {

std::string describe(const std::optional<model::Shard>& shard)
{
    return shard ? "shard " + model::to_string(*shard) : "a whole campaign";
}

} // namespace

bool may_go_on(const Recorded& recorded, const std::filesystem::path& results, const run::Options& options)
{
    const auto changes = changes_since(recorded, options);
    if (changes.empty()) {
        return true;
    }
    spdlog::error("{} cannot be resumed: what its trials depend on is not what it was.", results.string());
    for (const std::string& change : changes) {
        to_stderr(fmt::format("  {}\n", change));
    }
    to_stderr(fmt::format("Nothing was run or written. To look at what is there: bulkhead show {}\n"
                          "To begin anew: bulkhead run {}\n",
                          quoted(results.string()), quoted(recorded.reader.origin())));
    return false;
}

std::optional<Recorded> take_up(const std::filesystem::path& path, const model::Experiment& experiment,
                                const std::optional<model::Shard>& shard, const run::Options& options)
{
    auto recorded = open_recorded(path);
    if (!recorded) {
        return std::nullopt;
    }
    const std::string difference = model::first_difference(recorded->reader.experiment_text(), experiment.text);
    if (!difference.empty()) {
        spdlog::error("{} has another experiment than the one to be run: {}", path.string(), difference);
        return std::nullopt;
    }
    if (recorded->shard != shard) {
        spdlog::error("{} has {}, and {} is to be run", path.string(), describe(recorded->shard), describe(shard));
        return std::nullopt;
    }
    return may_go_on(*recorded, path, options) ? std::move(recorded) : std::nullopt;
}

} // namespace bulkhead::cli
