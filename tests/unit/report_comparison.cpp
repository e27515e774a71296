#include "comparison_samples.hpp"
#include "report_samples.hpp"

#include "harness/report/comparison.hpp"
#include "harness/report/text.hpp"

#include <algorithm>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace bulkhead;
using samples::lines_of;
using samples::says;
using tests::made_campaign;

namespace {

/// In NEW trials of hold-lock at 8x1 lose a sibling, every trial is slow, and another kernel is at work.
report::ComparisonReport report_on_a_regression()
{
    report::ComparisonReport report;
    report.base = {"before.db", made_campaign(1)};
    report.fresh = {"after.db", made_campaign(2, {.detection = 4})};
    model::Random random(3);
    report.fresh.sample.cells[3] = tests::made_cell(random, "8x1", "hold-lock", {.loses = 1});
    report.fresh.sample.cells.back().shape = "2x2";
    report.fresh.sample.facts[0].second = "Linux 6.2";
    report.fresh.sample.text += "share = [\"lock\"]\n";
    model::settle(report.fresh.sample);
    report.both = model::compare(report.base.sample, report.fresh.sample, {});
    return report;
}

} // namespace

TEST_CASE("the text of a comparison says what got worse, where, from what to what, and what was not alike")
{
    const std::string text = report::comparison_text(report_on_a_regression(), {});
    for (const std::string part :
         {"WORSE 1 figure", "8x1 hold-lock sibling_lost 0/20 -> 20/20 +100 (+77.2 to +100) points, p<1e-6",
          "only in BASE 1x8 hold-lock", "only in NEW 2x2 hold-lock", "kernel BASE Linux 6.1 NEW Linux 6.2",
          "experiment, line 2 BASE nothing NEW share = [\"lock\"]", "DIFFERS", "--times lets them count",
          "1 figure got worse", "cannot tell", "no_verdict 11 cells may be -16.1 points to +16.1 points"}) {
        CHECK_MESSAGE(says(text, part), part);
    }
}

TEST_CASE("no line of a comparison is wider than the page, with colour it says the same, and without it has none")
{
    const report::ComparisonReport report = report_on_a_regression();
    for (const std::uint32_t width : {60U, 80U, 120U}) {
        const auto plain = lines_of(report::comparison_text(report, {.colour = false, .width = width}));
        const auto coloured = report::comparison_text(report, {.colour = true, .width = width});
        CHECK(lines_of(coloured) == plain);
        CHECK(coloured.find("\x1b[1;31m") != std::string::npos);
        for (const std::string& line : plain)
            CHECK_MESSAGE(report::columns(line) <= width, line);
    }
    CHECK(report::comparison_text(report, {}).find('\x1b') == std::string::npos);
}

TEST_CASE("control characters of a foreign baseline do not reach the terminal")
{
    report::ComparisonReport report = report_on_a_regression();
    report.base.sample.facts[0].second = "evil \x1b[2J";
    report.base.sample.cells.back().fault = "evil \x1b[2J";
    report.base.path = "evil \x1b[2J";
    report.both = model::compare(report.base.sample, report.fresh.sample, {});
    CHECK(report::comparison_text(report, {}).find('\x1b') == std::string::npos);
}

TEST_CASE("the JSON of a comparison has every figure with its counts, its interval and its test")
{
    const auto json = nlohmann::json::parse(report::comparison_json(report_on_a_regression()));
    CHECK(json["counts"]["worse"] == 1);
    CHECK(json["cells"] == 11);
    CHECK(json["unlike"].size() == 2);
    CHECK(json["only_new"][0] == "2x2 hold-lock");
    const auto found = std::find_if(json["figures"].begin(), json["figures"].end(),
                                    [](const auto& figure) { return figure["difference"] == "worse"; });
    REQUIRE(found != json["figures"].end());
    CHECK((*found)["figure"] == "sibling_lost");
    CHECK((*found)["new"]["trials"] == 20);
    CHECK((*found)["new"]["of"] == 20);
    CHECK((*found)["change"]["estimate"] == 1);
    CHECK((*found)["test"] == "Fisher");
    CHECK((*found)["p_corrected"] < 1e-6);
}

TEST_CASE("campaigns run alike have nothing to remark, and without a common cell the text says so")
{
    const model::Sample sample = made_campaign(1);
    CHECK(report::unlike_in(sample, sample).empty());
    model::Sample cut = sample;
    cut.ended = "interrupted";
    REQUIRE(report::unlike_in(sample, cut).size() == 1);
    CHECK(report::unlike_in(sample, cut)[0].what == "ended");
    report::ComparisonReport report = report_on_a_regression();
    report.fresh.sample.cells.clear();
    report.both = model::compare(report.base.sample, report.fresh.sample, {});
    CHECK(says(report::comparison_text(report, {}), "nothing compared both sides have no cell in common"));
}
