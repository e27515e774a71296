// What comparisons promise, with the program itself on both sides: nothing has changed, and they say so.
#include "tests/cli/run_binary.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

namespace bulkhead::tests {
namespace {

using Json = nlohmann::json;

constexpr int comparisons = 50;

constexpr const char* experiment = R"(schema = 1
name = "unchanged"
[pool]
shapes = ["4x1", "2x2", "1x4"]
launch = "zygote"
[fault]
kinds = ["segv-null", "exit", "thread-exit"]
[observe]
window = "10s"
measure = ["memory"]
[trials]
count = 12
)";

std::string campaign(int number)
{
    return std::to_string(number) + ".db";
}

bool is_alarm(const Json& figure)
{
    return figure["difference"] == "worse" || figure["difference"] == "better" || figure["difference"] == "differs";
}

/// What became of workers; a trial without a verdict may be the doing of whatever else is at work on the machine.
bool is_outcome(const Json& figure)
{
    const std::string name = figure["figure"];
    return name.starts_with("sibling_") || name == "survivors" || name == "same_wait_status";
}

} // namespace

TEST_CASE(
    "50 comparisons of campaigns of the same program raise no more alarms than the stated level, and none of outcomes")
{
    const TempDir folder;
    folder.write("x.toml", experiment);
    for (int number = 0; number <= comparisons; ++number) {
        const Ended ran = bulkhead(
            folder.path(), {"run", "x.toml", "--quiet", "--seed", std::to_string(number), "--out", campaign(number)});
        CAPTURE(ran.err);
        REQUIRE(std::holds_alternative<sys::Exited>(ran.how));
    }
    int alarms = 0;
    for (int number = 0; number < comparisons; ++number) {
        const Ended compared =
            bulkhead(folder.path(), {"compare", campaign(number), campaign(number + 1), "--format", "json"});
        CAPTURE(compared.err);
        const Json report = Json::parse(compared.out);
        CHECK(code_of(compared) == (report["counts"]["worse"] > 0 ? 1 : 0));
        CHECK(report["confidence"] == 0.95);
        CHECK_MESSAGE(report["tests"] >= 20, "so many chances to be wrong");
        bool alarm = false;
        for (const Json& figure : report["figures"]) {
            CAPTURE(figure.dump());
            CHECK_FALSE((is_outcome(figure) && is_alarm(figure)));
            alarm = alarm || (is_alarm(figure) && !figure["timed"].get<bool>());
        }
        alarms += alarm ? 1 : 0;
    }
    // At a level of 5% 2.5 of 50 are to be expected at most; more than 5 come in one of 26 such series.
    CHECK(alarms <= 5);
}

} // namespace bulkhead::tests
