#include "harness/report/comparison.hpp"
#include "harness/report/page.hpp"
#include "harness/report/text.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <fmt/format.h>

namespace bulkhead::report {
namespace {

using model::Compared;
using model::Difference;
using model::SideBySide;

constexpr Difference listed[] = {Difference::worse, Difference::better, Difference::differs};
constexpr Difference summed[] = {Difference::same, Difference::cannot_tell};

Look look_of_difference(Difference difference)
{
    switch (difference) {
    case Difference::worse: return Look::bold_red;
    case Difference::better: return Look::green;
    case Difference::differs: return Look::yellow;
    case Difference::same:
    case Difference::cannot_tell: return Look::plain;
    }
    return Look::plain;
}

/// Four digits, and times in the unit that suits them.
std::string value_text(double value, std::string_view unit)
{
    const double nanoseconds = unit == "us" ? value * 1e3 : value;
    if ((unit == "us" || unit == "ns") && std::abs(nanoseconds) < 1e18) {
        return describe(std::chrono::nanoseconds(std::llround(nanoseconds)));
    }
    return fmt::format("{:.4g}{}{}", value, unit.empty() ? "" : " ", unit);
}

/// A ratio and both ends of its interval are written alike, so that nobody takes one end for the other side of "as
/// before": percentages read well where none of them is far from it.
bool is_in_percent(const Compared& compared)
{
    const auto is_small = [](double ratio) { return ratio > 0.5 && ratio < 2; };
    return is_small(compared.change) &&
           (!compared.interval || (is_small(compared.interval->low) && is_small(compared.interval->high)));
}

std::string change_in(const Compared& compared, double change, bool in_percent)
{
    if (compared.is_ratio) {
        const std::string_view of = compared.yardstick.scale == model::Scale::rest ? "missing " : "";
        return in_percent ? fmt::format("{}{:+.3g}%", of, (change - 1) * 100 + 0.0)
                          : fmt::format("{}x{:.3g}", of, change);
    }
    if (compared.yardstick.scale == model::Scale::share) {
        return fmt::format("{:+.3g} points", std::round(change * 1e6) / 1e4 + 0.0);
    }
    const std::string text = value_text(change + 0.0, model::unit_of(compared.figure));
    return change < 0 ? text : "+" + text;
}

std::string side_text(const Compared& compared, bool fresh)
{
    if (compared.is_share_of_trials) {
        const model::Counted& share = fresh ? compared.fresh_share : compared.base_share;
        return fmt::format("{}/{}", share.hits, share.of);
    }
    return value_text(fresh ? compared.fresh_median : compared.base_median, model::unit_of(compared.figure));
}

std::string chance_text(double chance)
{
    return chance < 1e-6 ? "p<1e-6" : fmt::format("p={:.2g}", chance);
}

/// "+50 (+26.7 to +68.1) points, p=0.0012".
std::string evidence_text(const Compared& compared)
{
    if (compared.yardstick.scale == model::Scale::share && compared.interval) {
        return fmt::format("{:+.3g} ({:+.3g} to {:+.3g}) points, {}", compared.change * 100 + 0.0,
                           compared.interval->low * 100 + 0.0, compared.interval->high * 100 + 0.0,
                           chance_text(compared.corrected));
    }
    const std::string interval = compared.interval
                                     ? fmt::format(" ({} to {})", change_text(compared, compared.interval->low),
                                                   change_text(compared, compared.interval->high))
                                     : "";
    return fmt::format("{}{}, {}", change_text(compared, compared.change), interval, chance_text(compared.corrected));
}

std::vector<const Compared*> all_of(const SideBySide& both, Difference difference)
{
    std::vector<const Compared*> found;
    for (const Compared& each : both.figures) {
        if (each.difference == difference) {
            found.push_back(&each);
        }
    }
    return found;
}

std::size_t widest(const std::vector<const Compared*>& figures, std::string (*text)(const Compared&))
{
    std::size_t width = 0;
    for (const Compared* each : figures) {
        width = std::max(width, columns(text(*each)));
    }
    return width;
}

/// What got worse, or better, or differs: each figure below its cell.
void print_listed(Page& page, const SideBySide& both, Difference difference)
{
    const std::vector<const Compared*> figures = all_of(both, difference);
    if (figures.empty()) {
        return;
    }
    page.blank();
    std::string heading{to_string(difference)};
    std::ranges::transform(heading, heading.begin(), [](char letter) { return static_cast<char>(letter - 'a' + 'A'); });
    page.line({{fmt::format("{}  {}", heading, count(figures.size(), "figure")), look_of_difference(difference)}});
    const std::size_t name = widest(figures, [](const Compared& each) { return each.figure; });
    const std::size_t base = widest(figures, [](const Compared& each) { return side_text(each, false); });
    const std::size_t fresh = widest(figures, [](const Compared& each) { return side_text(each, true); });
    std::string cell;
    for (const Compared* each : figures) {
        if (each->cell != cell) {
            cell = each->cell;
            page.line({{"  "}, {cell, Look::bold}});
        }
        page.paragraph({{"    "},
                        {left(each->figure, name)},
                        {"  " + right(side_text(*each, false), base)},
                        {" -> ", Look::faint},
                        {right(side_text(*each, true), fresh), look_of_difference(difference)},
                        {"  "}},
                       evidence_text(*each));
    }
    const auto is_timed = [](const Compared* each) { return each->yardstick.is_timed; };
    if (difference == Difference::differs && std::ranges::any_of(figures, is_timed)) {
        page.paragraph({{"  "}},
                       "Times differ as much between campaigns of the same program when something else runs beside one "
                       "of them. Where nothing did, --times lets them count.",
                       Look::faint);
    }
}

/// The cells in which the same is said of one figure.
struct IntervalSum {
    const Compared* widest_low = nullptr; ///< the one whose interval reaches lowest
    const Compared* widest_high = nullptr;
    std::size_t cells = 0;
    std::size_t without_interval = 0;
};

/// A ratio and a difference have no common scale.
bool is_alike(const Compared& one, const Compared& other)
{
    return one.figure == other.figure && one.is_ratio == other.is_ratio;
}

IntervalSum sum_of(const std::vector<const Compared*>& figures, const Compared& like)
{
    IntervalSum sum;
    for (const Compared* each : figures) {
        if (!is_alike(*each, like)) {
            continue;
        }
        ++sum.cells;
        if (!each->interval) {
            ++sum.without_interval;
            continue;
        }
        if (sum.widest_low == nullptr || each->interval->low < sum.widest_low->interval->low) {
            sum.widest_low = each;
        }
        if (sum.widest_high == nullptr || each->interval->high > sum.widest_high->interval->high) {
            sum.widest_high = each;
        }
    }
    return sum;
}

std::string sum_text(const IntervalSum& sum, Difference difference)
{
    std::string text;
    if (sum.widest_low != nullptr) {
        const bool in_percent = is_in_percent(*sum.widest_low) && is_in_percent(*sum.widest_high);
        text = fmt::format("{}{} to {}", difference == Difference::cannot_tell ? "may be " : "",
                           change_in(*sum.widest_low, sum.widest_low->interval->low, in_percent),
                           change_in(*sum.widest_high, sum.widest_high->interval->high, in_percent));
    }
    if (sum.without_interval > 0) {
        text += fmt::format("{}too few values{}", text.empty() ? "" : "; ",
                            sum.without_interval < sum.cells ? fmt::format(" in {}", sum.without_interval) : "");
    }
    return text;
}

/// What is the same, or of what nothing can be told: a line for each figure.
void print_summed(Page& page, const SideBySide& both, Difference difference)
{
    const std::vector<const Compared*> figures = all_of(both, difference);
    if (figures.empty()) {
        return;
    }
    page.blank();
    const std::string heading =
        difference == Difference::same
            ? fmt::format("same: {}, within {:.3g}%, shares within {:.3g} points", count(figures.size(), "figure"),
                          both.demands.tolerance * 100, both.demands.points * 100)
            : fmt::format("cannot tell  {}: neither a change nor its absence is proven",
                          count(figures.size(), "figure"));
    page.paragraph({}, heading, Look::bold);
    const std::size_t name = widest(figures, [](const Compared& each) { return each.figure; });
    std::vector<const Compared*> done;
    for (const Compared* each : figures) {
        if (std::ranges::any_of(done, [each](const Compared* other) { return is_alike(*each, *other); })) {
            continue;
        }
        done.push_back(each);
        const IntervalSum sum = sum_of(figures, *each);
        page.paragraph({{"    "},
                        {left(each->figure, name)},
                        {fmt::format("  {:>3} cell{}  ", sum.cells, sum.cells == 1 ? " " : "s")}},
                       sum_text(sum, difference));
    }
}

void print_sides(Page& page, const ComparisonReport& report)
{
    for (const auto& [word, side] : {std::pair{"BASE", &report.base}, std::pair{"NEW ", &report.fresh}}) {
        page.paragraph({{word, Look::bold}, {"  "}}, fmt::format("{}  ({}, {})", side->path, side->sample.experiment,
                                                                 count(trials_of(side->sample), "trial")));
    }
}

void print_control_arms(Page& page, const SideBySide& both)
{
    const auto print_failures = [&page](std::string_view word, const std::vector<std::string>& failures) {
        if (!failures.empty()) {
            page.blank();
            page.paragraph({{fmt::format("control arm failed in {}  ", word), Look::bold_red}},
                           fmt::format("{}. Nothing can be concluded from it.", fmt::join(failures, "; ")));
        }
    };
    print_failures("BASE", both.base_failures);
    print_failures("NEW", both.fresh_failures);
}

void print_unlike(Page& page, const ComparisonReport& report)
{
    const std::vector<Unlike> unlike = unlike_in(report.base.sample, report.fresh.sample);
    if (unlike.empty()) {
        return;
    }
    page.blank();
    page.line({{"not run alike", Look::bold_yellow}});
    const auto what_of = [](const Unlike& each) {
        return each.line > 0 ? fmt::format("{}, line {}", each.what, each.line) : each.what;
    };
    std::size_t width = 0;
    for (const Unlike& each : unlike) {
        width = std::max(width, columns(what_of(each)));
    }
    for (const Unlike& each : unlike) {
        const auto shown = [](const std::string& text) { return text.empty() ? "nothing" : text; };
        page.paragraph({{"    "}, {left(what_of(each), width)}, {"  BASE  "}}, shown(each.base));
        page.paragraph({{"    "}, {std::string(width, ' ')}, {"  NEW   "}}, shown(each.fresh));
    }
}

void print_one_sided(Page& page, std::string_view side, const std::vector<std::string>& cells)
{
    if (!cells.empty()) {
        page.blank();
        page.paragraph({{fmt::format("only in {}  ", side), Look::yellow}}, fmt::format("{}", fmt::join(cells, ", ")));
    }
}

void print_conclusion(Page& page, const SideBySide& both)
{
    page.blank();
    if (both.figures.empty()) {
        page.paragraph({{"nothing compared  ", Look::bold_yellow}}, "both sides have no cell in common that was run");
        return;
    }
    const std::size_t worse = count_of(both, Difference::worse);
    const Look look = worse == 0 ? Look::green : Look::bold_red;
    page.paragraph({{worse == 0 ? "nothing got worse" : fmt::format("{} got worse", count(worse, "figure")), look}},
                   fmt::format(", {} better, {} differ, {} same, {} cannot be told", count_of(both, Difference::better),
                               count_of(both, Difference::differs), count_of(both, Difference::same),
                               count_of(both, Difference::cannot_tell)));
    page.paragraph({},
                   fmt::format("{}; p is corrected for {}, so that chance alone raises an alarm in at most "
                               "{:.3g}% of comparisons. Intervals: {:.4g}%, each for itself.",
                               count(both.cells, "cell"), count(both.tests, "test"),
                               (1 - both.demands.confidence) * 100, both.demands.confidence * 100),
                   Look::faint);
}

} // namespace

std::string change_text(const Compared& compared, double change)
{
    return change_in(compared, change, is_in_percent(compared));
}

std::string comparison_text(const ComparisonReport& report, Style style)
{
    Page page(style);
    print_sides(page, report);
    print_control_arms(page, report.both);
    print_unlike(page, report);
    print_one_sided(page, "BASE", report.both.only_base);
    print_one_sided(page, "NEW", report.both.only_fresh);
    for (const Difference difference : listed) {
        print_listed(page, report.both, difference);
    }
    for (const Difference difference : summed) {
        print_summed(page, report.both, difference);
    }
    print_conclusion(page, report.both);
    return page.take();
}

} // namespace bulkhead::report
