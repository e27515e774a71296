#include "harness/model/order.hpp"

#include <algorithm>
#include <utility>

namespace bulkhead::model {
namespace {

constexpr std::uint64_t for_the_order = 0x6f72646572;  // "order": not the stream of any trial
constexpr std::uint64_t for_the_phases = 0x7068617365; // "phase"

std::uint32_t rounds_of(const std::vector<Cell>& cells)
{
    std::uint32_t with_fault = 0;
    std::uint32_t golden = 0;
    for (const Cell& cell : cells) {
        std::uint32_t& most = is_golden(cell.fault) ? golden : with_fault;
        most = std::max(most, cell.trials);
    }
    return with_fault > 0 ? with_fault : golden;
}

void shuffle(std::vector<TrialAddress>& trials, Random& random)
{
    for (std::size_t left = trials.size(); left > 1; --left) {
        std::swap(trials[left - 1], trials[random.below(left)]);
    }
}

} // namespace

std::string_view to_string(Order order)
{
    switch (order) {
    case Order::interleaved: return "interleaved";
    case Order::by_cell: return "by-cell";
    case Order::as_written: return "as-written";
    }
    return "?";
}

Rounds::Rounds(const Experiment& experiment, const std::vector<Cell>& cells) : count_(rounds_of(cells))
{
    Random random(mix(experiment.seed ^ for_the_phases));
    for (const Cell& cell : cells) {
        const auto drawn = static_cast<std::uint32_t>(count_ > 0 ? random.below(count_) : 0);
        // A campaign that may stop after any round has its control arm from the first one on.
        const bool from_the_first = is_golden(cell.fault) && experiment.stop.any() && count_ > 0;
        shares_.push_back({cell.trials, from_the_first ? count_ - 1 : drawn});
    }
}

// Of its n trials a cell has (r * n + phase) / R in the first r of R rounds, rounded down: none in the first 0, all in
// R.
std::uint32_t Rounds::trials_in_first(std::uint32_t rounds, std::uint32_t cell) const
{
    const Share& share = shares_.at(cell);
    return count_ == 0 ? 0
                       : static_cast<std::uint32_t>((std::uint64_t{rounds} * share.trials + share.phase) /
                                                    std::uint64_t{count_});
}

// The least r for which the first r + 1 rounds have this trial.
std::uint32_t Rounds::round_of(TrialAddress trial) const
{
    const Share& share = shares_.at(trial.cell);
    const std::uint64_t needed = (std::uint64_t{trial.number} + 1) * count_ - share.phase;
    return static_cast<std::uint32_t>((needed + share.trials - 1) / share.trials - 1);
}

TrialOrder::TrialOrder(const Experiment& experiment, const std::vector<Cell>& cells)
    : cells_(cells), order_(experiment.order), rounds_(experiment, cells), random_(mix(experiment.seed ^ for_the_order))
{}

std::optional<Turn> TrialOrder::next()
{
    if (order_ == Order::by_cell) {
        return next_of_cell();
    }
    while (next_ == dealt_.size()) {
        if (round_ == rounds_.count()) {
            return std::nullopt;
        }
        deal_round();
        next_ = 0;
        ++round_;
    }
    return Turn{dealt_[next_++], round_ - 1};
}

std::optional<Turn> TrialOrder::next_of_cell()
{
    while (cell_ < cells_.size() && next_ == cells_[cell_].trials) {
        ++cell_;
        next_ = 0;
    }
    if (cell_ == cells_.size()) {
        return std::nullopt;
    }
    const TrialAddress trial{.cell = cells_[cell_].number, .number = static_cast<std::uint32_t>(next_++)};
    return Turn{trial, rounds_.round_of(trial)};
}

void TrialOrder::deal_round()
{
    dealt_.clear();
    for (const Cell& cell : cells_) {
        const std::uint32_t end = rounds_.trials_in_first(round_ + 1, cell.number);
        for (std::uint32_t number = rounds_.trials_in_first(round_, cell.number); number < end; ++number) {
            dealt_.push_back({.cell = cell.number, .number = number});
        }
    }
    if (order_ == Order::interleaved) {
        shuffle(dealt_, random_);
        // Which trial of a cell has which of its turns is not drawn: they come by their number.
        std::vector<std::uint32_t> next(cells_.size());
        for (const Cell& cell : cells_) {
            next[cell.number] = rounds_.trials_in_first(round_, cell.number);
        }
        for (TrialAddress& trial : dealt_) {
            trial.number = next[trial.cell]++;
        }
    }
}

std::vector<TrialAddress> order_trials(const Experiment& experiment, const std::vector<Cell>& cells)
{
    std::vector<TrialAddress> order;
    TrialOrder turns(experiment, cells);
    while (const auto turn = turns.next()) {
        order.push_back(turn->trial);
    }
    return order;
}

} // namespace bulkhead::model
