// The channels of an experiment file.

#include "spec_reading.hpp"

#include <fmt/format.h>

#include <doctest/doctest.h>

using namespace bulkhead;
using namespace bulkhead::spec;
using namespace bulkhead::spec::test;
using model::ChannelKind;

namespace {

const std::string ring = "shapes = [\"1x2\", \"2x1\"]\nworkload = \"ring\"\n";

} // namespace

TEST_CASE("channels are read, alone or several, and make variants of the ring")
{
    const auto alone = experiment_in(file_with(4, ring + "channel = \"tcp\""));
    REQUIRE(alone.variants.size() == 1);
    CHECK(alone.variants.front().channel == ChannelKind::tcp);
    const auto several = experiment_in(file_with(4, ring + R"(channel = ["mqueue", "ring"])"));
    REQUIRE(several.variants.size() == 2);
    CHECK(several.variants.back().channel == ChannelKind::ring);
    CHECK(experiment_in(file_with(4, ring)).variants.front().channel == ChannelKind::pipe);
}

TEST_CASE("an expectation speaks of the channels that the experiment has")
{
    const std::string pool = ring + R"(channel = ["tcp", "pipe"])" + "\n";
    const auto experiment = experiment_in(file_with(4, pool) + "when = { channel = \"tcp\" }\n");
    CHECK(experiment.expectations.front().when.channels == std::vector{ChannelKind::tcp});
    const auto found = mistakes_in(file_with(4, pool) + "when = { channel = \"stream\" }\n");
    REQUIRE(found.size() == 1);
    CHECK(found.front().message == "no cell of this experiment has the channel \"stream\"");
}

TEST_CASE("a channel that nobody uses, and more ends than a host can be given, are mistakes")
{
    check_case({.line = 4,
                .text = "shapes = [\"8x1\"]\nchannel = \"tcp\"",
                .column = 11,
                .message = "no workload of this experiment sends messages",
                .hint = "add workload = \"ring\"",
                .below = 1});
    check_case({.line = 4,
                .text = "shapes = [\"1x120\", \"1x121\"]\nworkload = \"ring\"",
                .column = 20,
                .message = "a host of the ring cannot have 121 threads",
                .hint = "at most 120"});
}

TEST_CASE("a fault in a channel needs workers that have channels, all of them")
{
    const Diagnostics found = mistakes_in(file_with(6, "kinds = [\"flood\"]"));
    REQUIRE(found.size() == 1);
    CHECK(found.front().message == "\"flood\" is committed in a channel, which only the ring has");
    CHECK(found.front().line == 6);
    CHECK(found.front().hint == "write workload = \"ring\" in [pool], and no other");
    const auto with = [](std::string_view workload) {
        return mistakes_in("schema = 1\nname = \"x\"\npool.shapes = [\"4x1\"]\npool.workload = " +
                           std::string(workload) + "\nfault.kinds = [\"flood\"]\n");
    };
    CHECK(with(R"(["ring"])").empty());
    CHECK(with(R"(["ring", "counter"])").size() == 1);
}

TEST_CASE("what breaks a pipe needs workers that SIGPIPE ends, and whom nobody launches anew")
{
    const auto with = [](std::string_view workload, std::string_view rest) {
        return mistakes_in("schema = 1\nname = \"x\"\npool.shapes = [\"4x1\"]\npool.workload = " +
                           std::string(workload) + "\nfault.kinds = [\"last-reader-dies\"]\n" + std::string(rest));
    };
    CHECK(with(R"(["counter", "ledger"])", "").empty());
    CHECK(with(R"(["counter"])", "supervise.strategy = \"never\"\n").empty());
    const Diagnostics blocked = with(R"(["counter", "ring"])", "");
    REQUIRE(blocked.size() == 1);
    CHECK(blocked.front().message == "the workers of \"ring\" outlive \"last-reader-dies\": they keep SIGPIPE blocked");
    CHECK(blocked.front().line == 5);
    CHECK(with(R"(["counter"])", "supervise.strategy = \"one-for-one\"\n").empty()); // each host makes its own pipe
    const Diagnostics replaced =
        with(R"(["counter"])", "supervise.strategy = [\"never\", \"one-for-one\"]\npool.share = [\"channel\"]\n");
    REQUIRE(replaced.size() == 1);
    CHECK(replaced.front().message == "after \"last-reader-dies\" there is no pipe that a new host could be given");
    CHECK(replaced.front().line == 6);
    CHECK(replaced.front().column == 32);
}

TEST_CASE("a round trip is measured between two workers that send messages")
{
    const std::string measured = "[observe]\nmeasure = [\"round-trip\"]\n";
    CHECK(mistakes_in(file_with(4, ring) + measured).size() == 1); // [observe] twice
    const auto with = [&](std::string_view pool) {
        return mistakes_in("schema = 1\nname = \"x\"\n[pool]\n" + std::string(pool) +
                           "\n[fault]\nkinds = [\"none\"]\n" + measured);
    };
    CHECK(with(ring).empty());
    const auto large = with("shapes = [\"1x3\"]\nworkload = \"ring\"");
    REQUIRE(large.size() == 1);
    CHECK(large.front().message == "round trips and switches are measured between two workers, and 1x3 has 3");
    const auto silent = with("shapes = [\"1x2\"]");
    REQUIRE(silent.size() == 1);
    CHECK(silent.front().message ==
          "round trips and switches are measured by messages, and no workload of this experiment sends any");
}

TEST_CASE("stops from the terminal are refused where hosts that are executed share a group: it is not orphaned")
{
    const auto found_with = [](std::string_view pool, std::string_view fault) {
        return mistakes_in(experiment_of(pool, fault));
    };
    for (const char* const signal : {"SIGTSTP", "SIGTTIN", "SIGTTOU"}) {
        for (const char* const fault : {"kill", "group-signal"}) {
            const std::string word = fmt::format("{}:{}", fault, signal);
            const Diagnostics found = found_with("share = [\"group\"]\n", word);
            REQUIRE(found.size() == 1);
            CHECK(found.front().message ==
                  fmt::format("\"{}\" stops hosts that share a group, where they are launched by exec", word));
            CHECK(found_with("share = [\"group\"]\nlaunch = \"zygote\"\n", word).empty());
            CHECK(found_with("", word).empty());
        }
    }
    CHECK(found_with("share = [\"group\"]\n", "kill:SIGSTOP").empty());
}
