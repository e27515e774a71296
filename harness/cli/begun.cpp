#include "harness/cli/begun.hpp"

#include "harness/cli/selection.hpp"
#include "harness/model/order.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <stdexcept>

namespace bulkhead::cli {

Begun begun_in(const store::Reader& reader, const model::Experiment& experiment, const std::vector<model::Cell>& cells)
{
    Begun begun;
    begun.finished.resize(std::size_t{count_trials(cells)} + 1);
    const model::Rounds rounds(experiment, cells);
    reader.for_each_outline([&](const store::Outline& trial) {
        const auto& [cell, number] = trial.address;
        if (cell >= cells.size() || number >= cells[cell].trials || trial.id != cells[cell].first_id + number) {
            throw std::runtime_error(
                fmt::format("trial {} belongs to no cell of its experiment \"{}\"", trial.id, experiment.name));
        }
        begun.finished[trial.id] = true;
        ++begun.trials;
        begun.rounds = std::max(begun.rounds, rounds.round_of(trial.address) + 1);
    });
    begun.took = reader.took();
    return begun;
}

} // namespace bulkhead::cli
