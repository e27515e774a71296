#include "harness/load/request.hpp"
#include "workers/request.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace bulkhead;
using load::Ending;
using load::Request;
using namespace std::chrono_literals;

namespace {

constexpr std::int64_t us = 1000;

/// Due every 100 us from 1,000 us on; each ends so long after it was due.
std::vector<Request> requests_of(const std::vector<std::pair<Ending, std::int64_t>>& ends)
{
    std::vector<Request> requests;
    std::int64_t due = 1000 * us;
    for (const auto& [ending, after] : ends) {
        requests.push_back({.due = due, .begun = due, .ended = due + after * us, .ending = ending});
        due += 100 * us;
    }
    return requests;
}

double figure(const std::vector<Request>& requests, std::string_view name)
{
    const auto figures = figures_of(requests, 10ms);
    const auto found = std::ranges::find(figures, name, &model::Figure::name);
    return found == figures.end() ? -1 : found->value;
}

} // namespace

TEST_CASE("a load without a request has no figures")
{
    CHECK(load::figures_of({}, 10ms).empty());
}

TEST_CASE("every figure of a load is in the catalogue")
{
    for (const model::Figure& each : load::figures_of(requests_of({{Ending::answered, 40}}), 10ms)) {
        CAPTURE(each.name);
        CHECK(model::find_figure(each.name) != nullptr);
    }
}

TEST_CASE("only a right answer is none of the failures, and each failure has a count of its own")
{
    const auto requests = requests_of({{Ending::answered, 40},
                                       {Ending::wrong, 40},
                                       {Ending::reset, 40},
                                       {Ending::reset, 40},
                                       {Ending::closed, 40},
                                       {Ending::refused, 40},
                                       {Ending::timed_out, 40}});
    CHECK(figure(requests, "requests") == 7);
    CHECK(figure(requests, "requests_failed") == 6);
    CHECK(figure(requests, "requests_wrong") == 1);
    CHECK(figure(requests, "requests_reset") == 2);
    CHECK(figure(requests, "requests_closed") == 1);
    CHECK(figure(requests, "requests_refused") == 1);
    CHECK(figure(requests, "requests_timed_out") == 1);
}

TEST_CASE("a request is slow when its answer came later than the limit after it was due, however late it went out")
{
    auto requests = requests_of({{Ending::answered, 10'000}, {Ending::answered, 10'001}, {Ending::closed, 20'000}});
    CHECK(figure(requests, "requests_slow") == 1);
    requests[1].begun = requests[1].due + 9'990 * us;
    CHECK(figure(requests, "requests_slow") == 1);
    CHECK(figure(requests, "request_lateness") == 9'990);
}

TEST_CASE("the longest gap lies between any two good answers, in the order in which they came")
{
    // Answers at 1,040, 1,340 and 1,250: the first one waited for the longest is the one at 1,250.
    CHECK(figure(requests_of({{Ending::answered, 40}, {Ending::answered, 240}, {Ending::answered, 50}}),
                 "longest_gap") == 210);
    // A failure fills no gap.
    CHECK(figure(requests_of({{Ending::answered, 40}, {Ending::closed, 40}, {Ending::answered, 40}}), "longest_gap") ==
          200);
}

TEST_CASE("the time before the first answer and after the last one are gaps, too")
{
    CHECK(figure(requests_of({{Ending::answered, 500}, {Ending::answered, 410}}), "longest_gap") == 500);
    CHECK(figure(requests_of({{Ending::answered, 40}, {Ending::closed, 40}, {Ending::closed, 40}}), "longest_gap") ==
          160);
    CHECK(figure(requests_of({{Ending::closed, 40}, {Ending::timed_out, 500}, {Ending::reset, 1}}), "longest_gap") ==
          200);
}

namespace {

double figure_at(const std::vector<Request>& requests, std::optional<std::int64_t> fired, std::string_view name)
{
    const auto figures = figures_of(requests, 10ms, fired);
    const auto found = std::ranges::find(figures, name, &model::Figure::name);
    return found == figures.end() ? -1 : found->value;
}

} // namespace

TEST_CASE("the gap at the fault ends with an answer to a request that was made after the fault")
{
    // Made at 1,000, 1,100 and 1,200, answered at 1,040, 1,240 and 1,740 us.
    const auto requests = requests_of({{Ending::answered, 40}, {Ending::answered, 140}, {Ending::answered, 540}});
    const auto gap_at = [&](std::optional<std::int64_t> fired) { return figure_at(requests, fired, "gap_at_fault"); };
    CHECK(gap_at(1'010 * us) == 200);
    CHECK(gap_at(1'100 * us) == 500); // of the request made at that moment nobody knows who has answered it
    CHECK(gap_at(1'240 * us) == 500); // what was answered at that moment was answered
    CHECK(gap_at(999 * us) == -1);
    CHECK(gap_at(1'741 * us) == -1);
    CHECK(gap_at(std::nullopt) == -1);
    CHECK(figure_at(requests, 1'100 * us, "answered_again") == 1);
    CHECK(figure_at(requests, 1'240 * us, "answered_again") == 0);
    CHECK(figure_at(requests, std::nullopt, "answered_again") == -1);
}

TEST_CASE("the answer that a victim has sent right before the fault does not end the gap at it")
{
    auto requests = requests_of({{Ending::answered, 40},
                                 {Ending::answered, 40},
                                 {Ending::closed, 40},
                                 {Ending::closed, 40},
                                 {Ending::closed, 40},
                                 {Ending::closed, 40}});
    const std::int64_t fired = 1'135 * us; // five before the second answer came in
    CHECK(figure_at(requests, fired, "gap_at_fault") == 360);
    CHECK(figure_at(requests, fired, "answered_again") == 0);
    requests[4] = {.due = requests[4].due, .begun = requests[4].begun, .ended = 1'430 * us, .ending = Ending::answered};
    CHECK(figure_at(requests, fired, "gap_at_fault") == 290);
    CHECK(figure_at(requests, fired, "answered_again") == 1);
}

TEST_CASE("an old request that is answered late, right before the first new one, hides nothing of the gap")
{
    // Made at 1,000, 1,100 and 1,200; the second waits until somebody is there again, as the third one does.
    const auto requests = requests_of({{Ending::answered, 40}, {Ending::answered, 900}, {Ending::answered, 810}});
    CHECK(figure_at(requests, 1'150 * us, "gap_at_fault") == 960);
}

TEST_CASE("times to an answer are those of answered requests, and there are none where nobody was answered")
{
    const auto requests = requests_of(
        {{Ending::answered, 30}, {Ending::answered, 50}, {Ending::answered, 40}, {Ending::timed_out, 9'000}});
    CHECK(figure(requests, "request_p50") == 40);
    CHECK(figure(requests, "request_p99") == 50);
    CHECK(figure(requests_of({{Ending::closed, 40}}), "request_p50") == -1);
}

TEST_CASE("no failure shortens the longest gap, wherever it is")
{
    rc::check([](const std::vector<bool>& fails) {
        std::vector<std::pair<Ending, std::int64_t>> all_good(fails.size() + 1, {Ending::answered, 40});
        auto some_fail = all_good;
        for (std::size_t i = 0; i < fails.size(); ++i)
            if (fails[i])
                some_fail[i].first = Ending::reset;
        RC_ASSERT(figure(requests_of(some_fail), "longest_gap") >= figure(requests_of(all_good), "longest_gap"));
    });
}

TEST_CASE("a reply is taken for its own request only, and only from a worker")
{
    using namespace workers;
    const Message request = make_request(7, 4711);
    const Message reply = make_reply(3, request);
    CHECK(is_request(request));
    CHECK_FALSE(is_request(reply));
    CHECK(is_reply_to(request, reply));
    CHECK_FALSE(is_reply_to(make_request(8, 4711), reply));
    CHECK_FALSE(is_reply_to(make_request(7, 4712), reply));
    CHECK_FALSE(is_reply_to(request, request)); // an echo has worked at nothing
    Message touched = reply;
    touched.payload[0] ^= 1U;
    CHECK_FALSE(is_reply_to(request, touched));
}
