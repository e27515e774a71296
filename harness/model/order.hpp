#pragma once

#include "harness/model/experiment.hpp"
#include "harness/model/random.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace bulkhead::model {

/// Whose turn it is.
struct Turn {
    TrialAddress trial;
    std::uint32_t round = 0; ///< from 0
};

/// How the trials of an experiment are dealt out to rounds. In each round every cell with a fault has one trial, and
/// golden runs have theirs evenly spread: one in some rounds, or several in each.
class Rounds {
public:
    Rounds(const Experiment& experiment, const std::vector<Cell>& cells);

    [[nodiscard]] std::uint32_t count() const { return count_; }
    /// Trials of this cell in the first so many rounds.
    [[nodiscard]] std::uint32_t trials_in_first(std::uint32_t rounds, std::uint32_t cell) const;
    /// The round that this trial is of; it is one of the cell's.
    [[nodiscard]] std::uint32_t round_of(TrialAddress trial) const;

private:
    struct Share {
        std::uint32_t trials = 0;
        std::uint32_t phase = 0; ///< below count_; keeps small cells from all falling into the same rounds
    };
    std::uint32_t count_ = 0;
    std::vector<Share> shares_; ///< by cell
};

/// The order in which the trials of an experiment are run. It is worked out round by round as it is asked for, so that
/// it takes no more memory for a million trials than for ten.
class TrialOrder {
public:
    /// `cells` must outlive it.
    TrialOrder(const Experiment& experiment, const std::vector<Cell>& cells);

    /// nullopt: that were all.
    std::optional<Turn> next();

private:
    std::optional<Turn> next_of_cell();
    void deal_round();

    const std::vector<Cell>& cells_;
    Order order_;
    Rounds rounds_;
    Random random_;
    std::vector<TrialAddress> dealt_; ///< of the round whose turn it is
    std::uint32_t round_ = 0;         ///< the next to be dealt
    std::size_t cell_ = 0;            ///< by cell: the one whose turn it is
    std::size_t next_ = 0;            ///< of the round that was dealt, or of the cell
};

} // namespace bulkhead::model
