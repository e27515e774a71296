#include "harness/report/repairs.hpp"

#include "harness/report/figures.hpp"
#include "harness/report/text.hpp"

#include <algorithm>
#include <functional>

namespace bulkhead::report {
namespace {

using model::Restart;
using model::Stamp;
using model::TrialRecord;

/// "p0", "p0, p2 and p3", "all 8 hosts".
std::string places_of(const TrialRecord& record, const std::vector<const Restart*>& restarts)
{
    if (restarts.size() > 1 && restarts.size() == record.plan.shape.hosts) {
        return "all " + count(restarts.size(), "host");
    }
    std::string text;
    for (std::size_t i = 0; i < restarts.size(); ++i) {
        text += i == 0 ? "" : i + 1 == restarts.size() ? " and " : ", ";
        text += "p" + std::to_string(restarts[i]->host);
    }
    return text;
}

/// Those that were launched because of one end: a place that comes again begins the next.
std::vector<std::vector<const Restart*>> rounds_of(const TrialRecord& record)
{
    std::vector<std::vector<const Restart*>> rounds;
    for (const Restart& restart : record.restarts) {
        const bool goes_on = !rounds.empty() && rounds.back().front()->strike == restart.strike &&
                             rounds.back().back()->host < restart.host;
        if (!goes_on) {
            rounds.emplace_back();
        }
        rounds.back().push_back(&restart);
    }
    return rounds;
}

void add_round(std::vector<Event>& events, const TrialRecord& record, const std::vector<const Restart*>& round)
{
    const auto collateral = std::ranges::count_if(round, &Restart::collateral);
    std::string text =
        places_of(record, round) + " in the place of " + (round.size() == 1 ? "the one" : "those") + " that had ended";
    if (collateral > 0) {
        text += ", " + std::to_string(collateral) + " of which the supervisor ended";
    }
    events.push_back({round.front()->launched, "restarted", text});
    Stamp last = 0;
    for (const Restart* const restart : round) {
        last = std::max(last, restart->ready.value_or(0));
    }
    if (std::ranges::all_of(round, [](const Restart* restart) { return restart->ready.has_value(); })) {
        events.push_back(
            {last, "ready",
             places_of(record, round) + ", " + describe(between(round.front()->launched, last)) + " after the launch"});
    }
    for (const Restart* const restart : round) {
        if (restart->end_seen && !restart->ended_in_teardown && restart->termination && !restart->ready) {
            events.push_back({*restart->end_seen, "host ended",
                              "the new p" + std::to_string(restart->host) + " " +
                                  model::describe(*restart->termination) + " before it was ready"});
        }
    }
}

void add_strike(std::vector<Event>& events, const TrialRecord& record, const model::Strike& strike, std::size_t number)
{
    const std::string which =
        "strike " + std::to_string(number) + ", on the replacement of " + to_string(record.plan.victim);
    if (!strike.fired) {
        events.push_back({strike.ordered, "ordered", which + ": it did not reach the fault"});
        return;
    }
    events.push_back({*strike.fired, "FIRED", which});
    if (strike.end_seen) {
        events.push_back(
            {*strike.end_seen, "end seen",
             describe(between(*strike.fired, *strike.end_seen)) + " after strike " + std::to_string(number)});
    }
}

} // namespace

void add_repairs(std::vector<Event>& events, const TrialRecord& record)
{
    for (const auto& round : rounds_of(record)) {
        add_round(events, record, round);
    }
    std::size_t number = 1;
    for (const model::Strike& strike : record.further_strikes) {
        add_strike(events, record, strike, ++number);
    }
    if (record.given_up) {
        events.push_back({*record.given_up, "given up",
                          "one end more than " + count(record.plan.containment.supervision.max_restarts, "restart") +
                              " are allowed for: everything is ended"});
    }
}

} // namespace bulkhead::report
