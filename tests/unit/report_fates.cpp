#include "report_samples.hpp"

#include "harness/report/fates.hpp"
#include "harness/report/text.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace bulkhead;
using nlohmann::json;
using samples::lines_of;
using samples::says;

namespace {

constexpr report::Style plain{.colour = false, .width = 80};
const std::string title = "what became of them";

std::string text_of(const report::ExperimentReport& report, report::Style style = plain)
{
    return report::experiment_text(report, style);
}

/// The line of the table of what became of them, with single blanks.
std::string row_of(const std::string& text, const std::string& fault)
{
    std::string row;
    for (const std::string& line : lines_of(text.substr(std::min(text.find(title), text.size())))) {
        if (line.starts_with("  " + fault + " ")) {
            for (const char letter : line) {
                if (letter != ' ' || !row.ends_with(' ')) {
                    row += letter;
                }
            }
            return row;
        }
    }
    return "";
}

std::vector<std::string> whole_catalogue()
{
    std::vector<std::string> faults;
    for (const model::FaultRow& row : model::catalogue()) {
        if (row.family != model::Family::control && row.family != model::Family::harness) {
            faults.push_back(std::string(row.id) + (model::takes_signal(row) ? ":SIGTERM" : ""));
        }
    }
    return faults;
}

report::ExperimentReport of_every_family()
{
    return samples::report_on(
        samples::experiment({"8x1", "4x2", "1x8"}, {"segv-null", "thread-exit", "hold-lock", "cpu-hog", "wild-write",
                                                    "change-directory", "umask", "errno", "group-signal:SIGTERM"}));
}

model::Offer poor_machine()
{
    model::Offer offer;
    offer.root = false;
    offer.why_no_memory_cgroup = "no memory cgroup can be written";
    return offer;
}

} // namespace

TEST_CASE("where survivors do not tell it all, each fault has a row with the outcome of victim, cell-mates and others")
{
    const std::string text = text_of(of_every_family());
    CHECK(row_of(text, "segv-null") == " segv-null died: SIGSEGV died = intact =");
    CHECK(row_of(text, "thread-exit") == " thread-exit died: thread ended intact = intact =");
    CHECK(row_of(text, "hold-lock") == " hold-lock stalled stalled = intact =");
    CHECK(row_of(text, "cpu-hog") == " cpu-hog degraded degraded = degraded =");
    CHECK(row_of(text, "wild-write") == " wild-write intact corrupted = intact =");
    CHECK(row_of(text, "change-directory") == " change-directory contaminated contaminated = intact =");
    CHECK(row_of(text, "golden runs") == " golden runs intact intact = intact =");
}

TEST_CASE("the rows are grouped by family in the catalogue's order, whatever the order of the file")
{
    const std::string text = text_of(samples::report_on(
        samples::experiment({"4x2"}, {"change-directory", "hold-lock", "abort", "umask", "wild-write", "exit"})));
    const std::string table = text.substr(text.find(title));
    std::size_t last = 0;
    for (const std::string part : {"\nCrashes\n", "\n  abort", "\nExits\n", "\n  exit", "\nStalls\n", "\n  hold-lock",
                                   "\nCorruption\n", "\n  wild-write", "\nContamination\n", "\n  change-directory",
                                   "\n  umask", "\nControl\n", "\n  golden runs"}) {
        CAPTURE(part);
        const std::size_t at = table.find(part);
        REQUIRE(at != std::string::npos);
        CHECK(at >= last);
        last = at;
    }
}

TEST_CASE("faults that only kill need no such table, unless something else occurred")
{
    report::ExperimentReport report = samples::report_on(samples::experiment({"8x1", "1x8"}, {"abort", "exit"}));
    CHECK(text_of(report).find(title) == std::string::npos);
    samples::rerun(report, "exit", "8x1", 20, 1,
                   {.a_sibling_dies = false, .a_sibling_stalls = true, .a_sibling_changes = false, .inconclusive = ""});
    const std::string text = text_of(report);
    CHECK(text.find(title) != std::string::npos);
    CHECK(row_of(text, "exit") == " exit died: exit code 3 died = stalled 1/140 !");
    CHECK(text.find("\nCrashes\n") != std::string::npos);
}

TEST_CASE("an outcome that befell only some has its count, and one that was not predicted a mark")
{
    report::ExperimentReport report = of_every_family();
    samples::rerun(report, "change-directory", "4x2", 20, 3,
                   {.a_sibling_dies = true, .a_sibling_stalls = false, .a_sibling_changes = false, .inconclusive = ""});
    samples::rerun(report, "errno", "8x1", 20, 2,
                   {.a_sibling_dies = false, .a_sibling_stalls = false, .a_sibling_changes = true, .inconclusive = ""});
    const std::string text = text_of(report);
    CHECK(row_of(text, "change-directory") == " change-directory contaminated contaminated = died 6/260 !");
    CHECK(row_of(text, "errno").starts_with(" errno intact intact = contaminated "));
    CHECK(row_of(text, "errno").ends_with("/260 !"));
    CHECK(says(text, "! not as predicted"));
    CHECK(text_of(of_every_family()).find('!') == std::string::npos);
}

TEST_CASE("the table stays readable at 80 columns and without colour, and colour changes no letter of it")
{
    for (const report::ExperimentReport& report :
         {of_every_family(), samples::report_on(samples::experiment({"8x1", "4x2", "1x8"}, whole_catalogue()))}) {
        for (const std::uint32_t width : {60U, 80U, 120U}) {
            const std::string coloured = text_of(report, {.colour = true, .width = width});
            CHECK(lines_of(coloured) == lines_of(text_of(report, {.colour = false, .width = width})));
            for (const std::string& line : lines_of(coloured)) {
                CAPTURE(line);
                CHECK(report::columns(line) <= width);
            }
        }
        CHECK(says(text_of(report), "victim cell-mates other hosts"));
    }
}

TEST_CASE("of the whole catalogue the table of what became of them comes first, and nothing repeats it")
{
    model::Experiment experiment = samples::experiment({"8x1", "4x2", "1x8"}, whole_catalogue());
    experiment.trials = 4;
    report::ExperimentReport report = samples::report_on(experiment);
    std::string text = text_of(report);
    CHECK(report::is_large(report.cells));
    CHECK(text.find(title) < text.find("siblings that survived"));
    CHECK(says(text, "siblings that survived as predicted in every cell that was run, " +
                         std::to_string(report.cells.size()) + " of "));
    CHECK(says(text, " in a typical cell (the median of "));
    CHECK(lines_of(text).size() < 135);

    samples::rerun(report, "umask", "8x1", 4, 1,
                   {.a_sibling_dies = true, .a_sibling_stalls = false, .a_sibling_changes = false, .inconclusive = ""});
    text = text_of(report);
    const std::string matrix = text.substr(text.find("siblings that survived"));
    CHECK(says(matrix, "rows in which all is as predicted"));
    CHECK(says(matrix, "umask 27/28 ! all"));
    CHECK_FALSE(says(matrix, "segv-null 28/28"));
}

TEST_CASE("what this machine cannot have is skipped, and each reason is told once")
{
    const report::ExperimentReport report = samples::report_on(samples::experiment(
        {"8x1", "1x8"}, {"drop-privileges", "drop-privileges-alone", "oom-kill", "umask"}, poor_machine()));
    const std::string text = text_of(report);
    CHECK(says(text, "- drop-privileges, drop-privileges-alone: skipped: only root may change credentials"));
    CHECK(says(text, "- oom-kill: skipped: no memory cgroup can be written"));
    CHECK(says(text, "drop-privileges skipped skipped"));
    CHECK(says(text, "none inconclusive, 6 cells skipped"));
    CHECK(row_of(text, "oom-kill") == " oom-kill skipped");
    CHECK(text.find("not run") == std::string::npos);
    CHECK(text.find("NOT COMPLETE") == std::string::npos);
    CHECK(text.find("no trial at all") == std::string::npos);
}

TEST_CASE("what the pool shares, its guard and its limits stand under the heading when they are not as usual")
{
    model::Containment containment;
    containment.shared = model::bit_of(model::Medium::segment) | model::bit_of(model::Medium::lock);
    containment.robust_lock = true;
    containment.guard = model::Guard::siglongjmp;
    containment.limits.nofile = 64;
    const std::string text =
        text_of(samples::report_on(samples::experiment({"8x1"}, {"die-holding-lock"}, containment)));
    CHECK(says(text, "hosts share segment, lock; the lock is robust; guard siglongjmp; limits of a host: nofile = 64"));
    CHECK(text_of(samples::report_on(samples::experiment({"8x1"}, {"umask"}))).find("share") == std::string::npos);
    CHECK(says(text_of(of_every_family()), "processors shared out among all threads"));
}

TEST_CASE("a shared lock carries the stall to other hosts, and a guard changes the victim's end")
{
    model::Containment shared;
    shared.shared = model::bit_of(model::Medium::lock);
    CHECK(row_of(text_of(samples::report_on(samples::experiment({"4x2"}, {"hold-lock"}, shared))), "hold-lock") ==
          " hold-lock stalled stalled = stalled =");
    model::Containment guarded;
    guarded.guard = model::Guard::siglongjmp;
    const report::ExperimentReport report =
        samples::report_on(samples::experiment({"4x2"}, {"segv-null", "abort", "umask"}, guarded));
    CHECK(row_of(text_of(report), "segv-null") == " segv-null intact intact = intact =");
    CHECK(row_of(text_of(report), "abort") == " abort died: SIGABRT died = intact =");
    const json parsed = json::parse(report::experiment_json(report));
    for (const json& row : parsed.at("faults")) {
        if (row.at("fault") == "segv-null") {
            CHECK(row.at("victim_end") == "goes on");
        }
    }
}

TEST_CASE("the JSON of an experiment has the same rows, the containment, and what was skipped")
{
    report::ExperimentReport report = samples::report_on(
        samples::experiment({"4x2"}, {"hold-lock", "umask", "fd-leak", "drop-privileges"}, poor_machine()));
    samples::rerun(report, "umask", "4x2", 20, 3,
                   {.a_sibling_dies = true, .a_sibling_stalls = false, .a_sibling_changes = false, .inconclusive = ""});
    const json parsed = json::parse(report::experiment_json(report));
    const auto row = [&](const std::string& fault) {
        const json& rows = parsed.at("faults");
        return *std::ranges::find_if(rows, [&](const json& each) { return each.at("fault") == fault; });
    };
    CHECK(row("hold-lock").at("family") == "stall");
    CHECK(row("hold-lock").at("victims").at("worst") == "stalled");
    CHECK(row("hold-lock").at("cell_mates").at("outcomes").at("stalled") == 20);
    CHECK(row("hold-lock").at("other_hosts").at("as_predicted") == true);
    CHECK(row("umask").at("other_hosts").at("worst") == "died");
    CHECK(row("umask").at("other_hosts").at("predicted") == "intact");
    CHECK(row("umask").at("other_hosts").at("as_predicted") == false);
    CHECK(row("none").at("golden") == true);
    CHECK(row("drop-privileges").at("skipped") == "only root may change credentials");
    CHECK(row("drop-privileges").at("victims").at("worst").is_null());
    CHECK(parsed.at("skipped").at(0).at("fault") == "drop-privileges");
    CHECK(parsed.at("campaign").at("skipped_cells") == 1);
    CHECK(parsed.at("experiment").at("containment").at("commons") == true);
    CHECK(parsed.at("experiment").at("containment").at("limits").at("nofile") == 64);
    CHECK(parsed.at("experiment").at("containment").at("limits").at("cpu_s").is_null());
    CHECK(parsed.at("experiment").at("containment").at("share").empty());
    for (const json& cell : parsed.at("cells")) {
        CHECK(cell.at("skipped").is_null() == (cell.at("fault") != "drop-privileges"));
        if (cell.at("fault") == "hold-lock") {
            CHECK(cell.at("cell_mate_outcomes").at("stalled") == 20);
            CHECK(cell.at("other_host_outcomes").at("intact") == 120);
        }
    }
}
