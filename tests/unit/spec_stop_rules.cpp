#include "spec_reading.hpp"

// The keys of [trials] that say in which order trials are run, and what ends a campaign before its count.

using namespace bulkhead;
using namespace bulkhead::spec;
using namespace bulkhead::spec::test;
using namespace std::chrono_literals;

TEST_CASE("the rules that stop a campaign are read")
{
    const auto rules_of = [](std::string_view text) {
        return experiment_in(file_with(10, "count = 9\n" + std::string(text))).stop;
    };
    CHECK_FALSE(experiment_in(file_with(0, "")).stop.any());
    CHECK(rules_of("until = { half_width = 0.01 }").half_width == 0.01);
    CHECK(rules_of("sequential = {}").sequential == model::Sequential{});
    CHECK(rules_of("sequential = { alpha = 0.01, beta = 0.1, indifference = 0.2 }").sequential ==
          model::Sequential{.alpha = 0.01, .beta = 0.1, .indifference = 0.2});
    CHECK(rules_of("until_refuted = true").until_refuted);
    CHECK_FALSE(rules_of("until_refuted = false").any());
    CHECK(rules_of("for = \"10m\"").time == 10min);
    CHECK(rules_of("for = \"90s\"\nuntil_refuted = true").time == 90s);
}

TEST_CASE("limits on the time of a trial, and of all, are read; they stop nothing early")
{
    const model::Experiment limited = experiment_in(file_with(10, "trial_limit = \"30s\"\ntime_limit = \"2h\""));
    CHECK(limited.trial_limit == 30s);
    CHECK(limited.time_limit == 2h);
    CHECK_FALSE(limited.stop.any());
    check_case({10, "trial_limit = \"25h\"", 15, "\"25h\" is out of range", "24h"});
}

TEST_CASE("each order of trials is read")
{
    for (const model::Order order : model::orders)
        CHECK(experiment_in(file_with(10, "order = \"" + std::string(to_string(order)) + "\"")).order == order);
    check_case({10, "order = \"by-cells\"", 9, "\"by-cells\" is not a valid value", "did you mean \"by-cell\"?"});
}

TEST_CASE("a rule that could never hold is refused")
{
    check_case({10, "until_refuted = true", 17, "how many trials of each cell there may be at most is not said",
                "count = 1000"});
    check_case({10, "count = 9\norder = \"by-cell\"\nfor = \"1s\"", 7,
                "one cell after the other, a campaign cannot stop early: some cells would have no trial",
                "\"interleaved\"", 2});
    check_case({10, "count = 9\nuntil = { half_width = 0.6 }", 24, "0.6 is out of range", "at most 0.5", 1});
    check_case({10, "count = 9\nuntil = {}", 9, "\"half_width\" is missing in until of [trials]", "half_width", 1});
    check_case({10, "count = 9\nsequential = { alpha = 0 }", 24, "0 is out of range", "above 0", 1});
    check_case({10, "count = 9\nsequential = { gamma = 0.1 }", 16,
                "there is no key \"gamma\" in sequential of [trials]", "alpha", 1});
    check_case({10, "count = 9\nfor = \"soon\"", 7, "\"soon\" is not a duration", "10min", 1});
}

TEST_CASE("a rule without an expectation, or a cell, that it could look at is refused")
{
    const auto mistake_in = [](std::string_view rule, std::string_view expectation) {
        std::string file = file_with(10, "count = 9\n" + std::string(rule));
        const std::string_view usual = "survivors = \"all\"";
        file.replace(file.find(usual), usual.size(), expectation);
        const Diagnostics found = mistakes_in(file);
        return found.empty() ? "" : found.front().message;
    };
    const std::string_view figure = "figure = \"same_wait_status\"\nis = \"<= 0\"";
    CHECK(mistake_in("sequential = {}", figure) == "no expectation is there that a sequential test could decide");
    CHECK(mistake_in("until_refuted = true", figure) == "no expectation is there that a single trial could refute");
    CHECK(mistake_in("until_refuted = true", "survivors = \">= 0.9\"") ==
          "no expectation is there that a single trial could refute");
    CHECK(mistake_in("until_refuted = true", std::string(figure) + "\nstatistic = \"most\"").empty());
    CHECK(mistake_in("until_refuted = true", "figure = \"throughput\"\nis = \">= 1\"\nstatistic = \"least\"") ==
          "no expectation is there that a single trial could refute");
    CHECK(mistake_in("sequential = {}", "survivors = \">= 0.9\"").empty());
}
