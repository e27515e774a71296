#pragma once

#include "harness/model/difference.hpp"
#include "harness/model/yardstick.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bulkhead::model {

/// What is said of a figure of a cell in two campaigns.
enum class Difference : std::uint8_t {
    worse,
    better,
    differs,    ///< beyond the tolerance, where neither way is the worse one, or the machine may be to blame
    same,       ///< proven to be within the tolerance
    cannot_tell ///< neither is proven
};
inline constexpr Difference differences[] = {Difference::worse, Difference::better, Difference::differs,
                                             Difference::same, Difference::cannot_tell};
std::string_view to_string(Difference difference); // "worse", ..., "cannot tell"

struct Demands {
    double tolerance = 0.5; ///< an amount is the same up to 1 + tolerance times as much, and as little
    double points = 0.1;    ///< a share is the same within so much
    /// Of each interval; 1 - confidence is the chance of a false alarm in a whole comparison.
    double confidence = 0.95;
    bool times = false; ///< the machine was alike and quiet: a figure that is timed can be worse, or better
};

/// One figure of one cell, on both sides.
struct Compared {
    std::string cell; ///< its name, as name_of
    std::string shape;
    std::string fault;
    std::string variant;
    std::string figure; ///< a name of figure_catalogue(), "survivors", or a share of trials, such as "sibling_lost"
    Yardstick yardstick;
    bool is_share_of_trials = false;
    Counted base_share; ///< of trials
    Counted fresh_share;
    double base_median = 0; ///< of the values
    double fresh_median = 0;
    std::size_t base_count = 0; ///< values
    std::size_t fresh_count = 0;
    bool partial = false;             ///< some judged trials of a side do not have the figure
    bool is_ratio = false;            ///< the change is a ratio; else a difference
    double change = 0;                ///< fresh beside base
    std::optional<Interval> interval; ///< of the change
    double chance = 1;                ///< of what was seen or more, had nothing changed beyond the tolerance
    double corrected = 1;             ///< the same, after so many comparisons
    bool exact = true;                ///< it was counted, not taken from the normal distribution
    bool rises = false;               ///< what was seen speaks for more of the figure, rather than less
    bool could_tell = false;          ///< with so many trials, and these sums, the test could have found something
    Difference difference = Difference::cannot_tell;
};

/// By Fisher's exact test. `figure` is one of the shares of trials, and neither side may be empty.
Compared compare_shares(std::string_view figure, Counted base, Counted fresh, const Demands& demands);
/// By the rank test of the values against the base times the tolerance, in the direction that what was seen speaks for.
/// Neither side may be empty.
Compared compare_values(std::string_view figure, const std::vector<double>& base, const std::vector<double>& fresh,
                        const Demands& demands);
/// What is said of it once its chance is corrected.
Difference judge(const Compared& compared, const Demands& demands);

/// The shares of trials that are compared, and what each is.
struct ShareRow {
    std::string_view name;
    std::string_view meaning;
};
inline constexpr ShareRow sibling_lost{"sibling_lost", "share of trials in which a sibling was not intact"};
inline constexpr ShareRow sibling_degraded{"sibling_degraded",
                                           "share of trials in which a sibling was degraded, or worse"};
inline constexpr ShareRow sibling_stalled{"sibling_stalled", "share of trials in which a sibling stalled, or worse"};
inline constexpr ShareRow sibling_corrupted{"sibling_corrupted",
                                            "share of trials in which a sibling was corrupted, or died"};
inline constexpr ShareRow sibling_died{"sibling_died", "share of trials in which a sibling died"};
inline constexpr ShareRow no_verdict{"no_verdict", "share of trials that could not be judged"};
/// Of each trial: values, no share of trials.
inline constexpr ShareRow survivors{"survivors", "share of the siblings of a trial that were intact"};

/// One sentence on a figure, for the shares of trials too; empty when it is not known.
std::string_view meaning_of(std::string_view figure);
/// The unit of a figure, empty when it has none.
std::string_view unit_of(std::string_view figure);

} // namespace bulkhead::model
