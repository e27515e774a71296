#include "harness/model/yardstick.hpp"

#include <algorithm>
#include <array>

namespace bulkhead::model {
namespace {

struct Row {
    std::string_view name; ///< of a figure; or, with a point at its end, of all that begin so
    Yardstick yardstick;
};

constexpr Yardstick lasts{Direction::more_is_worse, Scale::amount, true};
constexpr Yardstick yields{Direction::less_is_worse, Scale::amount, true}; // work in a second
constexpr Yardstick costs{Direction::more_is_worse, Scale::amount};        // memory, what was lost
constexpr Yardstick tells{Direction::none, Scale::amount};                 // how much was done before it was over
constexpr Yardstick reaches{Direction::more_is_worse, Scale::share};       // into other hosts
constexpr Yardstick describes{Direction::none, Scale::share};

constexpr auto yardstick_rows = std::to_array<Row>({
    {"startup", lasts},
    {"throughput", yields},
    {"throughput_after", yields},
    {"processors_taken", describes}, // by others: nothing of the program's
    {"detection", lasts},
    {"same_wait_status", describes}, // how far it reached is told by the outcomes
    {"memory_per_worker", costs},
    {"unique_per_worker", costs},
    {"transfers", tells},
    {"lost_updates", costs},
    {"sum_error", costs},
    {"repairs", tells},
    {"transfers_untold", costs},
    {"messages_sent", tells},
    {"messages_lost", costs},
    {"messages_duplicated", costs},
    {"messages_torn", costs},
    {"messages_reordered", costs},
    {"messages_refused", costs},
    {"messages_ahead", tells},
    {"shown_as_predicted", {Direction::less_is_worse, Scale::share}},
    {"round_trip_p50", lasts},
    {"round_trip_p99", lasts},
    {"shared_word", lasts},
    {"switch", lasts},
    {"jobs_done", tells},
    {"jobs_lost", costs},
    {"jobs_doubled", costs},
    {"jobs_unknown", costs},
    {"jobs_left", costs},
    {"jobs_refused", costs},
    {"requests", tells},
    {"requests_failed", costs},
    {"requests_closed", costs},
    {"requests_reset", costs},
    {"requests_refused", costs},
    {"requests_wrong", costs},
    {"requests_timed_out", costs},
    {"requests_slow", lasts},
    {"longest_gap", lasts},
    {"gap_at_fault", lasts},
    {"answered_again", {Direction::less_is_worse, Scale::share}},
    {"request_p50", lasts},
    {"request_p99", lasts},
    {"request_lateness", lasts},
    {"restarts", costs},
    {"collateral_restarts", costs},
    {"repair_time", lasts},
    {"ops_lost", lasts},
    {"availability", {Direction::less_is_worse, Scale::rest, true}},
    {"given_up", {Direction::more_is_worse, Scale::share}},
    {"seen_by_cell_mates.", describes},
    {"shared_with_cell_mates.", describes},
    {"seen_by_other_hosts.", reaches},
    {"shared_with_other_hosts.code", describes}, // the program's pages: whoever runs the same file has them
    {"shared_with_other_hosts.", reaches},
    {"placed.", describes},
    {"pss_kib_per_worker", costs},
    {"rss_kib_per_worker", costs},
    {"threads_per_host", tells},
    {"descriptors_per_host", costs},
    {"known.", describes},
    {"zombie.id", describes},
    {"zombie.state", describes},
    {"zombie.", costs},
});

} // namespace

std::string_view to_string(Direction direction)
{
    switch (direction) {
    case Direction::none: return "none";
    case Direction::more_is_worse: return "more";
    case Direction::less_is_worse: return "less";
    }
    return "?";
}

std::optional<Yardstick> yardstick_of(std::string_view figure)
{
    const auto* const row = std::ranges::find_if(yardstick_rows, [figure](const Row& each) {
        return each.name.ends_with('.') ? figure.starts_with(each.name) : figure == each.name;
    });
    return row == yardstick_rows.end() ? std::nullopt : std::optional(row->yardstick);
}

} // namespace bulkhead::model
