// The load generator against servers that do what servers do, and worse.

#include "harness/load/generator.hpp"
#include "harness/sys/clock.hpp"
#include "tests/live/small_server.hpp"
#include "tests/within.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>
#include <future>
#include <string>
#include <sys/resource.h>
#include <system_error>

using namespace bulkhead;
using load::Ending;
using load::Generator;
using load::Rate;
using load::Request;
using test::SmallServer;
using tests::within;
using namespace std::chrono_literals;

namespace {

/// Until the load has lasted so long; nothing is proven by the time that passes.
void let_pass(std::chrono::milliseconds time)
{
    ::poll(nullptr, 0, static_cast<int>(time.count()));
}

std::vector<Request> load_for(std::chrono::milliseconds time, const Rate& rate)
{
    Generator generator{rate};
    let_pass(time);
    return generator.finish();
}

bool all_end(const std::vector<Request>& requests, Ending ending)
{
    const bool same =
        std::ranges::all_of(requests, [ending](const Request& request) { return request.ending == ending; });
    return same && !requests.empty();
}

double figure(const std::vector<Request>& requests, std::string_view name)
{
    const auto figures = load::figures_of(requests, 10ms);
    return std::ranges::find(figures, name, &model::Figure::name)->value;
}

std::size_t open_descriptors()
{
    const std::filesystem::directory_iterator open{"/proc/self/fd"};
    return static_cast<std::size_t>(std::distance(begin(open), end(open)));
}

/// Connections of this port in TIME_WAIT: state 06 of /proc/net/tcp (proc(5)).
int in_time_wait(std::uint16_t port)
{
    std::array<char, 8> hex{};
    std::snprintf(hex.data(), hex.size(), ":%04X", port);
    std::ifstream table{"/proc/net/tcp"};
    int count = 0;
    for (std::string line; std::getline(table, line);)
        count += line.find(hex.data()) != std::string::npos && line.find(" 06 ") != std::string::npos ? 1 : 0;
    return count;
}

} // namespace

TEST_CASE("a server that answers is seen to, at the rate that was asked for")
{
    SmallServer server{test::answer};
    const auto requests = load_for(100ms, {.port = server.port(), .interval = 1ms, .patience = 10s});
    CHECK(all_end(requests, Ending::answered));
    CHECK(requests.size() >= 100);
    for (std::size_t i = 1; i < requests.size(); ++i)
        CHECK(requests[i].due - requests[i - 1].due == 1'000'000);
    for (const Request& request : requests) {
        CHECK(*request.begun >= request.due);
        CHECK(*request.ended > *request.begun);
    }
    CHECK(figure(requests, "longest_gap") > 0);
}

TEST_CASE("each way to fail a client is told from the others")
{
    const auto endings_of = [](const SmallServer::Treat& treat, std::chrono::milliseconds patience = 10s) {
        SmallServer server{treat};
        return load_for(20ms, {.port = server.port(), .interval = 2ms, .patience = patience});
    };
    CHECK(all_end(endings_of([](SmallServer&, sys::Fd connection, std::size_t) { sys::reset_on_close(connection); }),
                  Ending::reset));
    CHECK(all_end(
        endings_of([](SmallServer&, sys::Fd connection, std::size_t) { SmallServer::read_request(connection); }),
        Ending::closed));
    CHECK(all_end(endings_of([](SmallServer&, sys::Fd connection, std::size_t) {
                      SmallServer::write(connection, workers::make_reply(0, SmallServer::read_request(connection)), 63);
                  }),
                  Ending::closed));
    CHECK(all_end(endings_of([](SmallServer&, sys::Fd connection, std::size_t) {
                      SmallServer::read_request(connection);
                      SmallServer::write(connection, workers::make_garbage(1));
                  }),
                  Ending::wrong));
    CHECK(all_end(endings_of([](SmallServer&, sys::Fd connection, std::size_t) { // somebody else's answer
                      const auto request = SmallServer::read_request(connection);
                      const auto another = workers::make_request(request.number, request.payload[0] + 1);
                      SmallServer::write(connection, workers::make_reply(0, another));
                  }),
                  Ending::wrong));
    CHECK(all_end(
        endings_of([](SmallServer& server, sys::Fd connection, std::size_t) { server.keep(std::move(connection)); },
                   150ms),
        Ending::timed_out));
}

TEST_CASE("where nobody listens, every request is refused")
{
    std::uint16_t port = 0;
    {
        const sys::Fd listener = sys::listen_on_loopback(1);
        port = sys::port_of(listener);
    }
    CHECK(all_end(load_for(20ms, {.port = port, .interval = 2ms}), Ending::refused));
}

TEST_CASE("a server that stops for a while leaves out no request: each one that was due meanwhile is slow")
{
    std::int64_t began = 0;
    std::int64_t ended = 0;
    std::vector<Request> requests;
    {
        SmallServer server{[&](SmallServer& self, sys::Fd connection, std::size_t number) {
            if (number == 20) {
                began = sys::monotonic_ns();
                self.pause(150ms);
                ended = sys::monotonic_ns();
            }
            test::answer(self, std::move(connection), number);
        }};
        requests = load_for(400ms, {.port = server.port(), .interval = 1ms, .patience = 5s});
    }
    CHECK(all_end(requests, Ending::answered));
    CHECK(requests.size() >= 400);
    for (std::size_t i = 1; i < requests.size(); ++i)
        CHECK(requests[i].due - requests[i - 1].due == 1'000'000);
    const auto due_meanwhile = std::ranges::count_if(
        requests, [&](const Request& request) { return request.due > began && request.due < ended - 10'000'000; });
    CHECK(due_meanwhile > 0);
    CHECK(figure(requests, "requests_slow") >= static_cast<double>(due_meanwhile));
    // Answers that were sent before it stopped may have come while it did.
    std::int64_t last_before = 0;
    for (const Request& request : requests) {
        last_before = *request.ended < ended ? std::max(last_before, *request.ended) : last_before;
    }
    CHECK(figure(requests, "longest_gap") >= static_cast<double>(ended - last_before) / 1e3);
}

TEST_CASE("beyond the connections that it may have at once requests wait, and their time counts")
{
    SmallServer server{[](SmallServer& self, sys::Fd connection, std::size_t number) {
        self.pause(20ms);
        test::answer(self, std::move(connection), number);
    }};
    const auto requests = load_for(50ms, {.port = server.port(), .interval = 5ms, .patience = 10s, .most_at_once = 1});
    CHECK(all_end(requests, Ending::answered));
    CHECK(requests.size() >= 10);
    for (std::size_t i = 1; i < requests.size(); ++i)
        CHECK(*requests[i].begun >= *requests[i - 1].ended);
    CHECK(figure(requests, "requests_slow") == static_cast<double>(requests.size()));
    CHECK(figure(requests, "request_lateness") >= 50'000);
}

TEST_CASE("many loads in a row leave no descriptor open and no port in TIME_WAIT")
{
    SmallServer server{test::answer};
    const auto open = open_descriptors();
    for (int i = 0; i < 200; ++i)
        CHECK(all_end(load_for(5ms, {.port = server.port(), .interval = 200us, .patience = 10s}), Ending::answered));
    CHECK(within(120s, [&] { return open_descriptors() == open; })); // the server may not have closed the last yet
    CHECK(in_time_wait(server.port()) == 0);
}

TEST_CASE("a load that is given up ends at once, whatever is under way, and leaves no descriptor open")
{
    const auto open = open_descriptors();
    {
        SmallServer server{
            [](SmallServer& self, sys::Fd connection, std::size_t) { self.keep(std::move(connection)); }};
        auto ended = std::async(std::launch::async, [&] {
            const Generator generator{{.port = server.port(), .patience = 1h}};
            let_pass(20ms);
        });
        CHECK(ended.wait_for(10s) == std::future_status::ready);
    }
    CHECK(open_descriptors() == open);
}

TEST_CASE("with no descriptors left a client cannot ask: no failure of the server's, and told at the end")
{
    SmallServer server{test::answer};
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    Generator generator{{.port = server.port(), .interval = 1ms}};
    const rlimit none{3, limit.rlim_max};
    ::setrlimit(RLIMIT_NOFILE, &none);
    let_pass(200ms);
    ::setrlimit(RLIMIT_NOFILE, &limit);
    CHECK_THROWS_AS(generator.finish(), std::system_error);
}
