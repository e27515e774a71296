#include "harness/report/shown_table.hpp"
#include "report_samples.hpp"

#include <algorithm>
#include <doctest/doctest.h>

using namespace bulkhead;
using model::ChannelKind;
using model::Passage;
using samples::lines_of;
using samples::says;

namespace {

model::CellSummary cell(std::string_view fault, ChannelKind kind, std::map<Passage, std::uint64_t> shown)
{
    model::CellSummary summary;
    summary.cell.shape = {4, 1};
    summary.cell.fault = model::parse_fault(fault).value();
    summary.cell.variant = {.workload = model::Workload::ring, .channel = kind};
    summary.shown = std::move(shown);
    return summary;
}

/// Runs of spaces as one.
std::string squeezed(std::string text)
{
    const auto both = [](char a, char b) { return a == ' ' && b == ' '; };
    text.erase(std::unique(text.begin(), text.end(), both), text.end());
    return text;
}

std::string text_of(const std::vector<model::CellSummary>& cells)
{
    report::Page page({.colour = false, .width = 100});
    report::print_shown(page, cells);
    return squeezed(page.take());
}

} // namespace

TEST_CASE("what was shown stands in a row for each fault and a column for each channel, over all shapes")
{
    const std::string text = text_of({cell("writer-gone", ChannelKind::pipe, {{Passage::end_of_stream, 4}}),
                                      cell("writer-gone", ChannelKind::ring, {{Passage::timed_out, 4}}),
                                      cell("reader-gone", ChannelKind::pipe, {{Passage::broken_pipe, 4}}),
                                      cell("reader-gone", ChannelKind::pipe, {{Passage::broken_pipe, 2}})});
    CHECK(lines_of(text).size() == 4);
    CHECK(says(text, "writer-gone the next one end-of-stream timed-out"));
    CHECK(says(text, "reader-gone the one before broken-pipe -"));
    CHECK(text.find('!') == text.rfind('!')); // in the legend alone
}

TEST_CASE("what was shown otherwise than predicted, if only once, is marked and counted")
{
    const std::string text =
        text_of({cell("reader-gone", ChannelKind::stream, {{Passage::reset, 3}, {Passage::broken_pipe, 1}}),
                 cell("reader-gone", ChannelKind::tcp, {{Passage::done, 4}})});
    CHECK(says(text, "reset 3/4 !"));
    CHECK(says(text, "done !"));
}

TEST_CASE("without faults in a channel there is no such table")
{
    CHECK(text_of({cell("abort", ChannelKind::pipe, {})}).empty());
}
