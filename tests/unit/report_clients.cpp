#include "harness/report/clients_table.hpp"
#include "report_samples.hpp"

#include <algorithm>
#include <doctest/doctest.h>

using namespace bulkhead;
using model::Strategy;
using samples::lines_of;
using samples::says;

namespace {

model::CellSummary cell(std::string_view fault, model::Shape shape, Strategy strategy, std::vector<double> failed,
                        std::vector<double> gaps)
{
    model::CellSummary summary;
    summary.cell.shape = shape;
    summary.cell.fault = model::parse_fault(fault).value();
    summary.cell.variant = {.workload = model::Workload::serve, .strategy = strategy};
    summary.figures["requests"] = std::vector<double>(failed.size(), 500);
    summary.figures["requests_failed"] = std::move(failed);
    summary.figures["longest_gap"] = std::move(gaps);
    return summary;
}

/// Runs of spaces as one.
std::string text_of(std::vector<model::CellSummary> cells)
{
    report::ExperimentReport report;
    report.cells = std::move(cells);
    report::Page page({.colour = false, .width = 140});
    report::print_clients(page, report);
    std::string text = page.take();
    const auto both = [](char a, char b) { return a == ' ' && b == ' '; };
    text.erase(std::unique(text.begin(), text.end(), both), text.end());
    return text;
}

} // namespace

TEST_CASE("what clients saw of the shapes stands below one another: failed requests and longest gap in one table")
{
    const std::string text = text_of({cell("none", {8, 1}, Strategy::never, {0, 0}, {900, 900}),
                                      cell("segv-null", {8, 1}, Strategy::never, {1, 1, 1}, {1000, 2000, 1200}),
                                      cell("none", {1, 8}, Strategy::never, {0}, {950}),
                                      cell("segv-null", {1, 8}, Strategy::never, {297, 300, 301}, {150'000, 150'100})});
    const auto lines = lines_of(text);
    REQUIRE(lines.size() == 6);
    CHECK(says(lines[1], "failed longest gap slow gap at the fault p50 p99"));
    CHECK(says(lines[2], " 8x1 segv-null 1 1.2 (1..2) ms - - - -"));
    CHECK(says(lines[3], " 1x8 segv-null 300 (297..301) 150 (150..150) ms, 2 of 3 - - - -"));
    CHECK(says(lines[4], " 8x1 golden runs 0 900 us - - - -"));
    CHECK(says(lines[5], " 1x8 golden runs"));
}

TEST_CASE("where there are several strategies, a row names its own")
{
    const std::string text = text_of({cell("segv-null", {8, 1}, Strategy::never, {1}, {1000}),
                                      cell("segv-null", {8, 1}, Strategy::one_for_one, {1}, {1000})});
    CHECK(says(text, " 8x1 segv-null, never 1"));
    CHECK(says(text, " 8x1 segv-null, one-for-one 1"));
}

TEST_CASE("where variants differ by something else than the strategy, a row names all of its variant")
{
    model::CellSummary sharing = cell("segv-null", {8, 1}, Strategy::never, {2}, {1000});
    sharing.cell.variant.shared = model::SharedMedia{model::bit_of(model::Medium::group)};
    const std::string text = text_of({cell("segv-null", {8, 1}, Strategy::never, {1}, {1000}), sharing});
    CHECK(says(text, " 8x1 segv-null, serve 1"));
    CHECK(says(text, " 8x1 segv-null, " + model::to_string(sharing.cell.variant) + " 2"));
}

TEST_CASE("without clients there is no such table")
{
    model::CellSummary summary;
    summary.cell.shape = {8, 1};
    CHECK(text_of({summary}).empty());
}
