#include "harness/cli/sides.hpp"

#include "harness/cli/output.hpp"
#include "harness/cli/recorded.hpp"
#include "harness/cli/selection.hpp"
#include "harness/cli/tally.hpp"
#include "harness/store/baseline.hpp"

#include <fmt/format.h>
#include <fstream>
#include <spdlog/spdlog.h>

namespace bulkhead::cli {
namespace {

namespace fs = std::filesystem;

std::optional<Side> read_baseline(const fs::path& path)
{
    try {
        store::Baseline baseline = store::read_baseline(path);
        model::settle(baseline.sample);
        return Side{path, std::move(baseline.sample)};
    } catch (const store::BaselineError& error) {
        complain({spec::Diagnostic{.file = error.file(),
                                   .line = error.line(),
                                   .column = error.column(),
                                   .message = error.message(),
                                   .hint = "",
                                   .source = error.source()}});
    } catch (const store::StoreError& error) {
        spdlog::error("{}", error.what());
    }
    return std::nullopt;
}

model::Sample sample_of(const Recorded& recorded)
{
    Tally tally(recorded.experiment, recorded.shard);
    model::Sample sample;
    sample.experiment = recorded.experiment.name;
    sample.text = recorded.reader.experiment_text();
    for (const store::Fact& fact : recorded.reader.facts()) {
        if (fact.name != store::gone_on) { // of the campaign, and not of what ran it
            sample.facts.emplace_back(fact.name, fact.value);
        }
    }
    const std::string ended = recorded.reader.ended();
    sample.ended = recorded.shard ? "one part only" : ended.empty() ? "unfinished" : ended;
    for (const model::Cell& cell : tally.cells()) {
        sample.cells.push_back(model::sample_of(cell));
    }
    recorded.reader.for_each([&](const model::TrialRecord& record) {
        const model::TrialJudgement judgement = tally.add(record);
        model::add(sample.cells.at(record.plan.cell), record, judgement);
    });
    model::settle(sample);
    return sample;
}

} // namespace

bool is_baseline(const fs::path& path)
{
    if (path.extension() == ".json") {
        return true;
    }
    std::ifstream file(path, std::ios::binary);
    char first = 0;
    file >> first;
    return file && first == '{';
}

std::optional<Side> read_results(const fs::path& path)
{
    const auto recorded = open_recorded(path);
    if (!recorded) {
        return std::nullopt;
    }
    try {
        return Side{path, sample_of(*recorded)};
    } catch (const store::StoreError& error) {
        spdlog::error("{}", error.what());
    } catch (const std::runtime_error& error) { // a trial of another experiment
        spdlog::error("{}: {}", path.string(), error.what());
    }
    return std::nullopt;
}

fs::path baseline_file(const fs::path& folder, const std::string& name)
{
    return folder / (name + ".json");
}

std::optional<Side> read_side(const fs::path& named, const fs::path& folder)
{
    std::error_code ignored;
    if (!fs::exists(named, ignored) && store::may_name_baseline(named.string())) {
        const fs::path file = baseline_file(folder, named.string());
        if (fs::exists(file, ignored)) {
            return read_baseline(file);
        }
        spdlog::error("there is no file {0}, and no baseline of that name in {1} ('bulkhead baseline list' tells which "
                      "there are)",
                      named.string(), folder.string());
        return std::nullopt;
    }
    return is_baseline(named) ? read_baseline(named) : read_results(named);
}

} // namespace bulkhead::cli
