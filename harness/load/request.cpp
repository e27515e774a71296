#include "harness/load/request.hpp"

#include "harness/model/statistics.hpp"

#include <algorithm>
#include <iterator>
#include <string>

namespace bulkhead::load {
namespace {

using std::chrono::nanoseconds;

double in_microseconds(nanoseconds span)
{
    return static_cast<double>(span.count()) / 1e3;
}

/// When good answers came, in order, from when the first request was due. That nothing came after the last good answer
/// counts up to when the last request was due: what comes later nobody waited for.
std::vector<model::Stamp> moments_of_answers(std::span<const Request> requests)
{
    std::vector<model::Stamp> moments;
    for (const Request& request : requests)
        if (request.ending == Ending::answered)
            moments.push_back(*request.ended);
    std::ranges::sort(moments);
    if (moments.empty() || moments.back() < requests.back().due)
        moments.push_back(requests.back().due);
    moments.insert(moments.begin(), requests.front().due);
    return moments;
}

nanoseconds longest_gap(const std::vector<model::Stamp>& moments)
{
    nanoseconds longest{0};
    for (std::size_t i = 1; i < moments.size(); ++i)
        longest = std::max(longest, nanoseconds{moments[i] - moments[i - 1]});
    return longest;
}

/// When the first good answer came to a request that went out after that moment; nullopt: none did.
std::optional<model::Stamp> first_answer_after(std::span<const Request> requests, model::Stamp moment)
{
    std::optional<model::Stamp> first;
    for (const Request& request : requests)
        if (request.ending == Ending::answered && request.begun && *request.begun > moment)
            first = std::min(first.value_or(*request.ended), *request.ended);
    return first;
}

/// The longest one from the last answer by the time of the fault to `back`, when somebody is seen to work again. An
/// answer in between does not end it by itself: it may have been on its way already, from a worker that is gone.
/// nullopt: the fault does not lie among these moments.
std::optional<nanoseconds> gap_at_fault(std::vector<model::Stamp> moments, model::Stamp fired,
                                        std::optional<model::Stamp> back)
{
    const auto after = std::ranges::upper_bound(moments, fired);
    if (after == moments.begin() || after == moments.end())
        return std::nullopt;
    if (back)
        moments.erase(std::ranges::upper_bound(moments, *back), moments.end());
    moments.erase(moments.begin(), std::prev(std::ranges::upper_bound(moments, fired)));
    return longest_gap(moments);
}

std::vector<nanoseconds> waits_for_answers(std::span<const Request> requests)
{
    std::vector<nanoseconds> waits;
    for (const Request& request : requests)
        if (request.ending == Ending::answered)
            waits.emplace_back(*request.ended - request.due);
    return waits;
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

nanoseconds latest_start(std::span<const Request> requests)
{
    nanoseconds latest{0};
    for (const Request& request : requests)
        if (request.begun)
            latest = std::max(latest, nanoseconds{*request.begun - request.due});
    return latest;
}

std::vector<model::Figure> figures_of(std::span<const Request> requests, nanoseconds slow_after,
                                      std::optional<model::Stamp> fired)
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
    const std::vector<model::Stamp> moments = moments_of_answers(requests);
    figures.push_back({"longest_gap", in_microseconds(longest_gap(moments))});
    const auto back = fired ? first_answer_after(requests, *fired) : std::nullopt;
    if (const auto gap = fired ? gap_at_fault(moments, *fired, back) : std::nullopt) {
        figures.push_back({"gap_at_fault", in_microseconds(*gap)});
        figures.push_back({"answered_again", back ? 1.0 : 0.0});
    }
    if (!waits.empty()) {
        figures.push_back({"request_p50", in_microseconds(model::quantile(waits, 0.5))});
        figures.push_back({"request_p99", in_microseconds(model::quantile(waits, 0.99))});
    }
    figures.push_back({"request_lateness", in_microseconds(latest_start(requests))});
    return figures;
}

} // namespace bulkhead::load
