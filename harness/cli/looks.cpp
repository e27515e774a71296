#include "harness/cli/looks.hpp"

#include "harness/model/order.hpp"

#include <spdlog/spdlog.h>
#include <vector>

namespace bulkhead::cli {
namespace {

constexpr std::uint32_t worth_a_note = 1000; ///< trials: they are read in a few hundredths of a second

/// The recorded trials of later rounds than a look has seen; nullopt when one is missing that it is to have seen.
std::optional<std::vector<std::uint32_t>> later_trials(const model::Look& look, const Begun& begun, const Tally& tally)
{
    const model::Rounds rounds(tally.experiment(), tally.cells());
    std::vector<std::uint32_t> later;
    for (const model::Cell& cell : tally.cells()) {
        const std::uint32_t seen = rounds.trials_in_first(look.rounds, cell.number); // by their numbers the first ones
        for (std::uint32_t number = 0; number < cell.trials; ++number) {
            const bool is_there = begun.finished[cell.first_id + number];
            if (number < seen && !is_there) {
                return std::nullopt;
            }
            if (number >= seen && is_there) {
                later.push_back(cell.first_id + number);
            }
        }
    }
    return later;
}

} // namespace

void LookNotes::note(const Tally& tally, store::Writer& writer)
{
    if (++since_ < worth_a_note) {
        return;
    }
    if (const auto look = tally.look(); look && look->rounds > rounds_) {
        writer.note_look(*look);
        rounds_ = look->rounds;
        since_ = 0;
    }
}

bool take_in(const store::Reader& reader, const Begun& begun, Tally& tally)
{
    const auto add = [&](const model::TrialRecord& record) { tally.add(record); };
    if (const auto look = reader.look(); look && look->rounds <= begun.rounds) {
        const auto later = later_trials(*look, begun, tally);
        if (later && tally.go_on_from(*look)) {
            spdlog::info("{}: the stop rules go on from round {}, and from {} trials after it", tally.experiment().name,
                         look->rounds, later->size());
            reader.for_each_of(*later, add);
            return false;
        }
    }
    reader.for_each(add);
    return true;
}

} // namespace bulkhead::cli
