// The report as Markdown.
#include "harness/report/experiment_markdown.hpp"
#include "harness/report/markdown_parts.hpp"
#include "report_samples.hpp"
#include "svg_marks.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace bulkhead;
using namespace bulkhead::samples;
using texts::Language;

namespace {

const std::vector<std::pair<std::string, std::string>> facts{{"kernel", "Linux 6.1"}, {"bulkhead", "bulkhead 0.1.0"}};

model::Experiment sample()
{
    model::Experiment made = experiment({"8x1", "4x2"}, {"segv-null", "sleep-forever"});
    made.text = "schema = 1\nname = \"first-look\"\n";
    made.expectations = {expectation({"8x1"}, {"segv-null"}, model::AllSiblings{}),
                         expectation({"4x2"}, {"segv-null"}, model::AsPredicted{})};
    return made;
}

std::string written(const report::ExperimentReport& report, Language language = Language::english)
{
    return report::experiment_markdown(report, facts, language);
}

} // namespace

TEST_CASE(
    "a report as Markdown has the question, the verdict in a sentence, the verdicts, the matrix, the facts and the "
    "way to do it again")
{
    const std::string text = written(report_on(sample()));
    CAPTURE(text);
    CHECK(text.starts_with("# first-look\n\nDoes a worker that dies take its siblings with it?\n\n"
                           "**Upheld: all 2 expectations hold.** Every sibling ended as predicted in 80 of 80 trials"));
    CHECK(has(text, "| upheld | 8x1, segv-null: survivors = all (line 24) |"));
    CHECK(has(text, "| fault | 8x1 | 4x2 |\n|---|---|---|\n"));
    CHECK(has(text, "| `segv-null` | 140/140 = all | 120/140 = 6/7 |\n"));
    CHECK(has(text, "| golden runs | "));
    CHECK(has(text, "| kernel | Linux 6.1 |\n"));
    CHECK(has(text, "```toml\nschema = 1\nname = \"first-look\"\n```\n"));
    CHECK(has(text, "```sh\nbulkhead run first-look.toml\nbulkhead show bulkhead-results/first-look.db "));
}

TEST_CASE("what is not as predicted is strong in the matrix, and says what happened where nobody died of it")
{
    report::ExperimentReport report = report_on(sample());
    rerun(report, "segv-null", "8x1", 20, 2, {.a_sibling_stalls = true, .inconclusive = {}});
    const std::string text = written(report);
    CHECK(has(text, "| **138/140 stalled ! all** |"));
    CHECK(has(text, "**Refuted, 1 of 2 expectations: 8x1, segv\\-null") == false); // '-' needs no escape
    CHECK(has(text, "**Refuted, 1 of 2 expectations: 8x1, segv-null: survivors = all: "));
    CHECK(has(text, "| **refuted** |"));
}

TEST_CASE("golden runs that lost a sibling come before any verdict")
{
    report::ExperimentReport report = report_on(sample());
    rerun(report, "none", "8x1", 2, 1, {.a_sibling_dies = true, .inconclusive = {}});
    const std::string text = written(report);
    CHECK(has(text, "**Nothing can be concluded: golden runs, in which nothing was done, lost workers: 8x1.**"));
    CHECK(has(text, "**No success:** golden runs of 8x1 lost workers"));
}

TEST_CASE("an experiment that only measures has its figures instead of a matrix")
{
    report::ExperimentReport report = report_on(experiment({"8x1", "1x8"}, {}));
    const std::string text = written(report);
    CAPTURE(text);
    CHECK_FALSE(has(text, "## Siblings that survived"));
    CHECK(has(text, "| startup, us | golden runs | 1240 | 1240 |\n"));
    CHECK(has(text, "No expectation is stated, so there is no verdict."));
}

TEST_CASE("the interval of a figure in the Markdown is the one that the JSON has, each end a bound at 95%")
{
    report::ExperimentReport report = report_on(experiment({"8x1", "1x8"}, {}));
    cell_of(report, "none", "8x1").figures["memory_per_worker"] = {901, 902, 903, 904, 905, 906, 907, 908};
    const nlohmann::json cells = nlohmann::json::parse(report::experiment_json(report)).at("cells");
    const auto cell = std::ranges::find_if(cells, [](const auto& each) { return each.at("shape") == "8x1"; });
    REQUIRE(cell != cells.end());
    const nlohmann::json& figures = cell->at("figures");
    const auto memory =
        std::ranges::find_if(figures, [](const auto& each) { return each.at("name") == "memory_per_worker"; });
    REQUIRE(memory != figures.end());
    CHECK(memory->at("low_95") == 902);
    CHECK(memory->at("high_95") == 907);
    const std::string text = written(report);
    CAPTURE(text);
    CHECK(has(text, "| memory\\_per\\_worker, KiB | golden runs | 904.5 (902 to 907) |"));
    CHECK(has(text, "Medians, with their 90% intervals where there are trials enough; each end of an interval is by "
                    "itself a bound at 95%."));
}

TEST_CASE("nothing that a results file holds becomes markup of the Markdown")
{
    report::ExperimentReport report = report_on(sample());
    report.experiment.name = hostile;
    report.experiment.question = hostile;
    report.experiment.text = "name = '''\n```\n</details><script>alert(1)</script>\n````x\n'''\n\x1b[31m\n";
    report.results = "a `b` $(reboot)\n.db";
    const std::string text =
        report::experiment_markdown(report, {{hostile, hostile}, {"a|b", "c\nd"}}, Language::english);
    CAPTURE(text);
    CHECK(has(text, "\\<script\\>"));
    CHECK_FALSE(has(text.substr(0, text.find("## How to repeat it")), "<script>")); // below, it is code
    CHECK(has(text, "`````toml\n"));                                                // a longer fence than any in it
    CHECK(text.ends_with("\n`````\n\n"));
    CHECK(has(text, "| a\\|b | c d |\n"));
    for (const char* const part : {"\x1b", "\x01", "\xff", "\xe2\x80\xae"}) {
        CHECK_FALSE(has(text, part));
    }
}

TEST_CASE("a report as Markdown is Korean where that is asked for, but for what a person has typed")
{
    const std::string text = written(report_on(sample()), Language::korean);
    CAPTURE(text);
    CHECK(has(text, "**성립: 기대 2개가 모두 맞습니다.**"));
    CHECK(has(text, "| `segv-null` | 140/140 = all |"));
    for (const char* const english : {"Upheld", "Verdicts", "upheld", "golden runs", "Machine", "repeat"}) {
        CHECK_FALSE_MESSAGE(has(text, english), english);
    }
}
