// Pictures of experiments: the periodic table of faults, the dial, the price.
#include "harness/model/support.hpp"
#include "harness/report/blast.hpp"
#include "harness/report/svg.hpp"
#include "harness/report/svg_table_parts.hpp"
#include "harness/report/svg_views.hpp"
#include "report_samples.hpp"
#include "svg_marks.hpp"

#include <doctest/doctest.h>
#include <set>

using namespace bulkhead;
using namespace bulkhead::samples;
using texts::Language;

namespace {

const std::vector<std::string> three_shapes{"8x1", "4x2", "1x8"};

std::vector<std::string> many_faults()
{
    std::vector<std::string> names;
    for (const model::FaultRow& row : model::catalogue()) {
        if (!model::takes_signal(row) && row.agent != model::Agent::nobody &&
            row.in_channel == model::InChannel::nothing) {
            names.emplace_back(row.id);
        }
    }
    return names;
}

report::ExperimentReport first_look()
{
    return report_on(experiment(three_shapes, {"segv-null", "thread-exit", "sleep-forever", "change-directory"}));
}

const model::CellSummary* only(const report::ExperimentReport& report, const std::string& fault,
                               const std::string& shape)
{
    for (const model::CellSummary& cell : report.cells) {
        if (model::to_string(cell.cell.fault) == fault && model::to_string(cell.cell.shape) == shape) {
            return &cell;
        }
    }
    return nullptr;
}

} // namespace

TEST_CASE("a picture is SVG 1.1 that begins with its title and its description, and loads nothing")
{
    for (const std::string& svg :
         {report::table_svg(first_look(), Language::english), report::dial_svg(first_look(), Language::english),
          report::price_svg({first_look()}, Language::english)}) {
        CHECK(svg.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" "
                              "version=\"1.1\" width=\"720\" height=\""));
        CHECK(svg.find("<title>") < svg.find("<desc>"));
        CHECK(svg.find("</desc>") < svg.find("<rect"));
        CHECK(svg.ends_with("</svg>\n"));
        CHECK(count_of(svg, "http") == 1); // the name of the language
        CHECK(count_of(svg, "href") == 0);
        CHECK(count_of(svg, "<style") == 0);
    }
}

TEST_CASE("a coordinate is a short number, whatever it is made of")
{
    CHECK(report::coordinate(1.0 / 3) == "0.33");
    CHECK(report::coordinate(-0.001) == "0");
    CHECK(report::coordinate(720) == "720");
    CHECK(report::coordinate(std::nan("")) == "0");
    CHECK(report::coordinate(-1.0 / 0.0) == "0");
    CHECK(report::coordinate(1e300) == "1000000");
}

TEST_CASE("the table has a cell for each fault and shape, painted by the worst that befell a sibling")
{
    const std::string svg = report::table_svg(first_look(), Language::english);
    CHECK(marks(svg, "cell") == 5 * 3); // the golden runs as well
    CHECK(marks(svg, "cell died") == 2);
    CHECK(marks(svg, "cell contaminated") == 2);
    CHECK(marks(svg, "cell intact") == 11);
    CHECK(marks(svg, "differs") == 0);
    CHECK(has(svg, "0/140 = none"));
    CHECK(has(svg, "segv-null at 4x2: 120 intact, 20 died; predicted: cell-mates died, other hosts intact; 20 trials"));
}

TEST_CASE("a cell that is not as predicted has a frame and an exclamation mark")
{
    report::ExperimentReport report = first_look();
    rerun(report, "segv-null", "8x1", 20, 1, {.a_sibling_dies = true, .inconclusive = {}});
    const std::string svg = report::table_svg(report, Language::english);
    CHECK(marks(svg, "differs") == 1);
    CHECK(has(svg, "139/140 ! all"));
    CHECK(has(svg, "! not as predicted"));
}

TEST_CASE("a cell that was skipped, or has no siblings or no verdict, has no outcome's colour")
{
    const std::string skipped = report::table_svg(
        report_on(experiment({"4x2"}, {"drop-privileges"}, model::Offer{.root = false})), Language::english);
    CHECK(marks(skipped, "cell none") == 2); // its golden runs were not judged, either
    CHECK(has(skipped, ">skipped<"));
    const std::string alone = report::table_svg(report_on(experiment({"1x1"}, {"abort"})), Language::english);
    CHECK(marks(alone, "cell none") == 2);
    CHECK(has(alone, ">no siblings<"));
    report::ExperimentReport report = first_look();
    rerun(report, "thread-exit", "8x1", 20, 20, {.inconclusive = "no steady state"});
    CHECK(has(report::table_svg(report, Language::english), ">?<"));
}

TEST_CASE("the whole catalogue stands in two columns, in which no family is named last and each goes on by its name")
{
    const auto report = report_on(experiment(three_shapes, many_faults()));
    const std::string svg = report::table_svg(report, Language::english);
    CHECK(marks(svg, "cell") == (many_faults().size() + 1) * 3);
    CHECK(count_of(svg, ">8x1</text>") == 2);
    CHECK(height_of(svg) < 1500);
    const auto grid = report::grid_of(report.cells);
    const auto rows = report::rows_of(grid);
    std::size_t next = 0;
    for (std::size_t blocks = 3; blocks > 0; --blocks) {
        const auto part = report::part_of(rows, next, blocks);
        CHECK_FALSE(part.front().fault); // a family's name
        CHECK(part.back().fault);
    }
    CHECK(next == rows.size());
}

TEST_CASE("each variant has a table of its own")
{
    model::Experiment two = experiment({"4x2"}, {"abort"});
    two.variants = {{.strategy = model::Strategy::one_for_one}, {.strategy = model::Strategy::one_for_all}};
    const std::string svg = report::table_svg(report_on(two), Language::english);
    CHECK(marks(svg, "cell") == 4);
    CHECK(has(svg, ">counter supervise=one-for-one<"));
    CHECK(has(svg, ">counter supervise=one-for-all<"));
}

TEST_CASE("blast radius is the mean share of lost siblings, with the trial as the unit of its interval")
{
    const report::ExperimentReport report = first_look();
    const auto hybrid = report::blast_of({only(report, "segv-null", "4x2")});
    REQUIRE(hybrid);
    CHECK(hybrid->trials == 20);
    CHECK(hybrid->share == doctest::Approx(1.0 / 7));
    CHECK(hybrid->predicted.low == doctest::Approx(1.0 / 7));
    CHECK(hybrid->as_predicted);
    const model::Interval exact = model::clopper_pearson(20.0 / 7, 20, 0.90);
    CHECK(hybrid->interval.low == doctest::Approx(exact.low));
    CHECK(hybrid->interval.high == doctest::Approx(exact.high));
    const auto threads = report::blast_of({only(report, "segv-null", "1x8"), only(report, "thread-exit", "1x8")});
    REQUIRE(threads);
    CHECK(threads->share == doctest::Approx(0.5));
    CHECK_FALSE(report::blast_of({}).has_value());
}

TEST_CASE("each end of the interval of a blast radius is the bound that a verdict tells of the same cell")
{
    const report::ExperimentReport report = first_look();
    const auto none_lost = report::blast_of({only(report, "segv-null", "8x1")});
    REQUIRE(none_lost);
    CHECK(none_lost->trials == 20);
    CHECK(none_lost->interval.low == 0);
    CHECK(none_lost->interval.high == doctest::Approx(model::otherwise_after(20))); // "at most 13.9% of trials"
}

TEST_CASE("shapes are dialled from the thread pool to the process pool, whatever order the file has")
{
    std::vector<std::string> names;
    for (const model::Shape shape :
         report::by_isolation(report_on(experiment({"4x2", "8x1", "1x8", "2x4"}, {"abort"})).cells)) {
        names.push_back(model::to_string(shape));
    }
    CHECK(names == std::vector<std::string>{"1x8", "2x4", "4x2", "8x1"});
}

TEST_CASE("the dial has a measured and a predicted mark for each fault and shape")
{
    const std::string svg = report::dial_svg(first_look(), Language::english);
    CHECK(marks(svg, "measured") == 12);
    CHECK(marks(svg, "interval") == 12);
    CHECK(marks(svg, "predicted") == 12);
    CHECK(
        has(svg,
            "segv-null at 4x2: 14.3% of the siblings lost (90% interval: 3.84% to 33.5%), 14.3% predicted; 20 trials"));
}

TEST_CASE("of many faults the dial sums up families")
{
    const auto report = report_on(experiment(three_shapes, many_faults()));
    std::set<model::Family> families;
    for (const model::Fault fault : report.experiment.faults) {
        if (!model::is_golden(fault) && model::row_of(fault).family != model::Family::harness) {
            families.insert(model::row_of(fault).family);
        }
    }
    const std::string svg = report::dial_svg(report, Language::english);
    CHECK(marks(svg, "measured") == families.size() * 3);
    CHECK(has(svg, "faults are summed up by family"));
    CHECK(has(svg, ">Crashes<"));
}

TEST_CASE("the price puts the costs of golden runs beside the blast radius, of several experiments by their shapes")
{
    const std::string one = report::price_svg({first_look()}, Language::english);
    CHECK(has(one, ">blast radius<"));
    CHECK(has(one, ">start-up of the pool<"));
    CHECK(marks(one, "measured") == 6); // three shapes, each with both
    CHECK(marks(one, "predicted") == 3);

    report::ExperimentReport costs = report_on(experiment({"8x1", "1x8"}, {}));
    cell_of(costs, "none", "8x1").figures["throughput"] = {1e6, 2e6, 3e6};
    const std::string alone = report::price_svg({costs}, Language::english);
    CHECK_FALSE(has(alone, ">blast radius<"));
    CHECK(has(alone, ">2.00 M ops/s<"));
    CHECK(has(alone, ">more is better<"));
    const std::string both = report::price_svg({costs, first_look()}, Language::english);
    CHECK(has(both, ">blast radius<"));
    CHECK(count_of(both, ">8x1<") == 1);
}

TEST_CASE("whatever an experiment is called and asks, it stays text in every picture")
{
    report::ExperimentReport report = first_look();
    report.experiment.name = hostile;
    report.experiment.question = hostile + hostile;
    rerun(report, "thread-exit", "8x1", 20, 20, {.inconclusive = hostile});
    for (const std::string& svg :
         {report::table_svg(report, Language::english), report::dial_svg(report, Language::english),
          report::price_svg({report}, Language::english)}) {
        CHECK(is_harmless_xml(svg));
        CHECK(has(svg, "&lt;script&gt;alert(1)&lt;/script&gt;"));
    }
}

TEST_CASE("every mark of a picture is within it, in each language")
{
    const auto all = report_on(experiment({"8x1", "4x2", "2x4", "1x8", "16x16"}, many_faults()));
    for (const Language language : {Language::english, Language::korean}) {
        for (const std::string& svg :
             {report::table_svg(all, language), report::dial_svg(all, language), report::price_svg({all}, language)}) {
            CHECK(furthest(svg) <= std::max(720.0, height_of(svg)));
            CHECK(height_of(svg) < 2500);
        }
    }
}
