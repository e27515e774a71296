#include "harness/load/request.hpp"

#include "harness/model/statistics.hpp"

#include <algorithm>
#include <string>

namespace bulkhead::load {
namespace {

using std::chrono::nanoseconds;

double in_microseconds(nanoseconds span)
{
    return static_cast<double>(span.count()) / 1e3;
}

/// The longest time without a good answer, from when the first request was due. That nothing came after the last good
/// answer counts up to when the last request was due: what comes later nobody waited for.
nanoseconds longest_gap(std::span<const Request> requests)
{
    std::vector<model::Stamp> answers;
    for (const Request& request : requests)
        if (request.ending == Ending::answered)
            answers.push_back(*request.ended);
    std::ranges::sort(answers);
    if (answers.empty() || answers.back() < requests.back().due)
        answers.push_back(requests.back().due);
    model::Stamp before = requests.front().due;
    nanoseconds longest{0};
    for (const model::Stamp answer : answers) {
        longest = std::max(longest, nanoseconds{answer - before});
        before = answer;
    }
    return longest;
}

std::vector<nanoseconds> waits_for_answers(std::span<const Request> requests)
{
    std::vector<nanoseconds> waits;
    for (const Request& request : requests)
        if (request.ending == Ending::answered)
            waits.emplace_back(*request.ended - request.due);
    return waits;
}

nanoseconds latest_start(std::span<const Request> requests)
{
    nanoseconds latest{0};
    for (const Request& request : requests)
        if (request.begun)
            latest = std::max(latest, nanoseconds{*request.begun - request.due});
    return latest;
}

} // namespace

std::string_view to_string(Ending ending)
{
    switch (ending) {
    case Ending::answered: return "answered";
    case Ending::wrong: return "wrong";
    case Ending::reset: return "reset";
    case Ending::closed: return "closed";
    case Ending::refused: return "refused";
    case Ending::timed_out: return "timed-out";
    }
    return "?";
}

std::vector<model::Figure> figures_of(std::span<const Request> requests, nanoseconds slow_after)
{
    if (requests.empty())
        return {};
    const auto count = [&](Ending ending) {
        return static_cast<double>(std::ranges::count(requests, ending, &Request::ending));
    };
    const std::vector<nanoseconds> waits = waits_for_answers(requests);
    const auto slow = std::ranges::count_if(waits, [&](nanoseconds wait) { return wait > slow_after; });
    const auto all = static_cast<double>(requests.size());
    std::vector<model::Figure> figures{{"requests", all},
                                       {"requests_failed", all - count(Ending::answered)},
                                       {"requests_slow", static_cast<double>(slow)}};
    for (const auto& [name, ending] : {std::pair{"requests_reset", Ending::reset},
                                       {"requests_closed", Ending::closed},
                                       {"requests_refused", Ending::refused},
                                       {"requests_wrong", Ending::wrong},
                                       {"requests_timed_out", Ending::timed_out}})
        figures.push_back({name, count(ending)});
    figures.push_back({"longest_gap", in_microseconds(longest_gap(requests))});
    if (!waits.empty()) {
        figures.push_back({"request_p50", in_microseconds(model::quantile(waits, 0.5))});
        figures.push_back({"request_p99", in_microseconds(model::quantile(waits, 0.99))});
    }
    figures.push_back({"request_lateness", in_microseconds(latest_start(requests))});
    return figures;
}

} // namespace bulkhead::load
