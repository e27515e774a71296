#include "harness/cli/recorded.hpp"

#include "harness/cli/draft.hpp"
#include "harness/cli/output.hpp"
#include "harness/cli/selection.hpp"

#include <algorithm>
#include <spdlog/spdlog.h>

namespace bulkhead::cli {

std::optional<model::Shard> shard_of(const std::vector<store::Fact>& facts)
{
    const auto found = std::ranges::find(facts, shard_fact, &store::Fact::name);
    return found == facts.end() ? std::nullopt : model::parse_shard(found->value);
}

std::optional<Recorded> open_recorded(const std::filesystem::path& path)
{
    try {
        store::Reader reader(path);
        auto parsed = spec::parse_recorded(reader.experiment_text(), reader.origin());
        if (auto* experiment = std::get_if<model::Experiment>(&parsed)) {
            reader.restore(*experiment);
            restore_lines(*experiment);
            const auto shard = shard_of(reader.facts());
            return Recorded{std::move(reader), std::move(*experiment), shard};
        }
        spdlog::error("the experiment in {} is not one that this version of bulkhead reads:", path.string());
        complain(std::get<spec::Diagnostics>(parsed));
    } catch (const store::StoreError& error) {
        spdlog::error("{}", error.what());
    }
    return std::nullopt;
}

std::optional<model::TrialRecord> find_trial(const Recorded& recorded, std::uint32_t id)
{
    auto record = recorded.reader.trial(id);
    if (!record) {
        const auto planned = count_trials(model::expand(recorded.experiment));
        spdlog::error(
            "there is no trial {} in these results: the experiment has trials 1 to {}, and {} recorded", id, planned,
            recorded.reader.trial_count() == planned ? "all are"
                                                     : std::to_string(recorded.reader.trial_count()) + " of them are");
    }
    return record;
}

} // namespace bulkhead::cli
