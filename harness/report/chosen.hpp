#pragma once

#include "harness/model/judge.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace bulkhead::report {

/// Why a trial is shown in full.
enum class Why : std::uint8_t { worst, typical };
std::string_view to_string(Why why); // "worst", "typical"

struct ChosenTrial {
    std::uint32_t id = 0;
    std::uint32_t cell = 0;
    Why why = Why::typical;
    bool operator==(const ChosenTrial&) const = default;
};

/// Finds the trials of each cell that are worth the room that a trial takes in full. The typical one is in the middle
/// by survivors and then by detection. The worst is a golden run that lost a sibling, or else one that did not go as
/// predicted, or else one that is inconclusive; of these, and of all where there is none such, the one with the fewest
/// survivors.
class Choice {
public:
    explicit Choice(const std::vector<model::Cell>& cells);
    void add(const model::TrialRecord& record, const model::TrialJudgement& judgement);

    /// One or two of each cell that has trials, those first that are to be had where there is not room for all: the
    /// worst where something is wrong, the typical ones of faults, then what is worst where all is well, and the
    /// typical golden runs.
    [[nodiscard]] std::vector<ChosenTrial> in_order() const;

private:
    /// In the order of how much it is to be looked at.
    enum class Concern : std::uint8_t { golden_loss, not_as_predicted, inconclusive, none };
    struct Outline {
        std::uint32_t survivors = 0;
        std::int64_t detection = 0; ///< nanoseconds; as late as can be where there was none
        std::uint32_t id = 0;
        auto operator<=>(const Outline&) const = default;
    };
    struct Worst {
        Concern concern = Concern::none;
        std::uint32_t survivors = 0;
        std::uint32_t id = 0;
        auto operator<=>(const Worst&) const = default;
    };
    struct OfCell {
        bool golden = false;
        std::vector<Outline> judged;
        std::optional<Worst> worst;
    };
    static Worst worst_of(const OfCell& cell, const model::TrialRecord& record, const model::TrialJudgement& judgement);
    static std::optional<std::uint32_t> typical_of(const OfCell& cell);

    std::vector<OfCell> cells_;
};

/// Bytes that a report with so many trials may have: under 500,000 with up to ten of them, under 3,000,000 with any
/// number.
std::size_t most_bytes(std::uint64_t trials);

} // namespace bulkhead::report
