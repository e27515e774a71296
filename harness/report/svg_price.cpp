#include "harness/model/claim.hpp"
#include "harness/model/figure.hpp"
#include "harness/model/yardstick.hpp"
#include "harness/report/blast.hpp"
#include "harness/report/figures.hpp"
#include "harness/report/svg.hpp"
#include "harness/report/svg_views.hpp"
#include "harness/report/text.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <tuple>

// A line for each shape, a scale for each cost, all from zero: what a shape spares on the left it pays on the right.

namespace bulkhead::report {
namespace {

using model::CellSummary;
using texts::Language;

/// A cost of a pool in which nothing goes wrong, and what to call it.
struct Cost {
    std::string_view figure;
    std::string_view name;
};
constexpr auto costs = std::to_array<Cost>({{"startup", "start-up of the pool"},
                                            {"memory_per_worker", "memory for each worker"},
                                            {"throughput", "ops of the pool in a second"},
                                            {"round_trip_p50", "a message there and back"},
                                            {"switch", "switch to another worker"},
                                            {"request_p50", "answer to a client"}});

constexpr double row_height = 38;

/// A value with its interval, and the predicted one.
struct Spot {
    double value = 0;
    model::Interval interval;
    bool has_interval = true;
    std::optional<model::Interval> predicted;
    std::string text;
    std::uint64_t trials = 0;
};

/// A shape with a variant, over all experiments.
struct PriceRow {
    model::Shape shape;
    model::Variant variant;
    std::vector<const CellSummary*> faults;
    std::map<std::string_view, model::Values> values; ///< of golden runs
};

std::string text_of(std::string_view figure, double value)
{
    const model::FigureRow* const row = model::find_figure(figure);
    const std::string_view unit = row == nullptr ? "" : row->unit;
    constexpr double far = 9e18;
    if (unit == "us" || unit == "ns") {
        const double ns = std::clamp(unit == "us" ? value * 1e3 : value, -far, far);
        return describe(std::chrono::nanoseconds(static_cast<std::int64_t>(ns)));
    }
    if (unit == "KiB") {
        return value < 1024 ? fmt::format("{:.3g} KiB", value) : fmt::format("{:.3g} MiB", value / 1024);
    }
    return rounded(value) + (unit.empty() ? "" : " " + std::string(unit));
}

std::vector<PriceRow> rows_of(const std::vector<ExperimentReport>& reports)
{
    std::vector<PriceRow> rows;
    for (const ExperimentReport& report : reports) {
        for (const CellSummary& cell : report.cells) {
            auto row = std::ranges::find_if(rows, [&](const PriceRow& each) {
                return each.shape == cell.cell.shape && each.variant == cell.cell.variant;
            });
            if (row == rows.end()) {
                row = rows.insert(rows.end(), {cell.cell.shape, cell.cell.variant, {}, {}});
            }
            if (!model::is_golden(cell.cell.fault)) {
                row->faults.push_back(&cell);
                continue;
            }
            for (const auto& [figure, values] : cell.figures) {
                row->values[figure] += values;
            }
        }
    }
    std::ranges::stable_sort(rows, {}, [](const PriceRow& row) {
        const double siblings = std::max(1U, siblings_of(row.shape));
        return std::tuple(model::to_string(row.variant), -static_cast<double>(row.shape.threads - 1) / siblings,
                          row.shape.workers());
    });
    return rows;
}

std::optional<Spot> blast_spot(const PriceRow& row)
{
    const auto blast = blast_of(row.faults);
    if (!blast) {
        return std::nullopt;
    }
    return Spot{.value = blast->share,
                .interval = blast->interval,
                .has_interval = true,
                .predicted = blast->predicted,
                .text = fmt::format("{:.3g}%", 100 * blast->share),
                .trials = blast->trials};
}

std::optional<Spot> cost_spot(const PriceRow& row, std::string_view figure)
{
    const double confidence = model::two_sided(model::default_confidence);
    const auto found = row.values.find(figure);
    if (found == row.values.end() || found->second.empty()) {
        return std::nullopt;
    }
    const double median = model::median(found->second.kept());
    const auto interval = model::median_interval(found->second.kept(), confidence);
    return Spot{.value = median,
                .interval = interval.value_or(model::Interval{median, median}),
                .has_interval = interval.has_value(),
                .predicted = std::nullopt,
                .text = text_of(figure, median),
                .trials = found->second.count()};
}

/// One scale with a spot for each row.
struct Scale {
    std::string name;
    std::string better; ///< "less is better"
    std::vector<std::optional<Spot>> spots;
    double most = 0;
};

Scale scale_of(std::string name, std::string better, std::vector<std::optional<Spot>> spots)
{
    Scale scale{.name = std::move(name), .better = std::move(better), .spots = std::move(spots)};
    for (const auto& spot : scale.spots) {
        scale.most = spot ? std::max({scale.most, spot->value, spot->interval.high}) : scale.most;
    }
    return scale;
}

std::vector<Scale> scales_of(const std::vector<PriceRow>& rows, Language language)
{
    std::vector<Scale> scales;
    const auto add = [&](std::string name, std::string better, const auto& spot_of) {
        std::vector<std::optional<Spot>> spots;
        std::ranges::transform(rows, std::back_inserter(spots), spot_of);
        if (std::ranges::any_of(spots, [](const auto& spot) { return spot.has_value(); })) {
            scales.push_back(scale_of(std::move(name), std::move(better), std::move(spots)));
        }
    };
    add(said(language, "blast radius"), said(language, "less is better"), blast_spot);
    if (!scales.empty()) {
        scales.front().most = 1;
    }
    for (const Cost& cost : costs) {
        const auto yardstick = model::yardstick_of(cost.figure);
        const bool less = yardstick && yardstick->direction == model::Direction::less_is_worse;
        add(said(language, cost.name), said(language, less ? "more is better" : "less is better"),
            [&](const PriceRow& row) { return cost_spot(row, cost.figure); });
    }
    return scales;
}

void draw_spot(Svg& svg, const Spot& spot, double x, double y, double width, double most)
{
    const auto at = [&](double value) { return x + width * std::clamp(most > 0 ? value / most : 0, 0.0, 1.0); };
    svg.line(x, y, at(spot.value), y, R"(stroke="#b9cfe4" stroke-width="6")");
    if (spot.predicted) {
        const double low = at(spot.predicted->low);
        const double high = at(spot.predicted->high);
        svg.path(fmt::format("M{} {}l7 -7H{}l7 7l-7 7H{}Z", coordinate(low - 7), coordinate(y), coordinate(high),
                             coordinate(low)),
                 R"(class="predicted" fill="#ffffff" stroke="#5f6c7b" stroke-width="1.2")");
    }
    if (spot.has_interval) {
        svg.path(fmt::format("M{0} {1}v6m0 -3H{2}m0 -3v6", coordinate(at(spot.interval.low)), coordinate(y - 3),
                             coordinate(at(spot.interval.high))),
                 R"(class="interval" fill="none" stroke="#0a5a8c" stroke-width="1.4")");
    }
    svg.circle(at(spot.value), y, 3.5, R"(class="measured" fill="#0a5a8c")", count(spot.trials, "trial"));
    const TextLook look{.size = 10.5};
    svg.text(std::min(at(spot.value) + 4, x + width - width_of(spot.text, look)), y - 9, spot.text, look);
}

void draw_scale(Svg& svg, const Scale& scale, double x, double y, double width)
{
    const TextLook name{.size = 11.5, .bold = true};
    const double below = svg.paragraph(x, y, width + 14, scale.name, name);
    svg.text(x, below - 2, scale.better, {.size = 10, .fill = faint_ink});
    const double top = y + 44;
    const double bottom = top + static_cast<double>(scale.spots.size()) * row_height;
    svg.line(x, top, x, bottom, R"(stroke="#9aa5b1")");
    for (std::size_t i = 0; i < scale.spots.size(); ++i) {
        const double middle = top + (static_cast<double>(i) + 0.62) * row_height;
        if (scale.spots[i]) {
            draw_spot(svg, *scale.spots[i], x, middle, width, scale.most);
        } else {
            svg.text(x + 6, middle + 4, "-", {.size = 11, .fill = faint_ink});
        }
    }
}

} // namespace

std::string price_svg(const std::vector<ExperimentReport>& reports, Language language)
{
    std::string names;
    for (const ExperimentReport& report : reports) {
        names += (names.empty() ? "" : ", ") + report.experiment.name;
    }
    const std::string title = said(language, "The price of isolation") + ": " + names;
    Svg svg(title, said(language, "For each shape the blast radius, where it was measured, and beside it what the "
                                  "shape costs while nothing is wrong."));
    double y =
        svg.heading(title, reports.size() == 1 ? texts::say(language, reports.front().experiment.question) : "") + 14;
    const std::vector<PriceRow> rows = rows_of(reports);
    const std::vector<Scale> scales = scales_of(rows, language);
    const bool several =
        std::ranges::any_of(rows, [&](const PriceRow& row) { return row.variant != rows.front().variant; });
    const double left = several ? 170 : 56;
    const double step =
        (svg_width - 2 * svg_margin - left) / static_cast<double>(std::max<std::size_t>(1, scales.size()));
    for (std::size_t i = 0; i < scales.size(); ++i) {
        draw_scale(svg, scales[i], svg_margin + left + static_cast<double>(i) * step, y, std::min(step - 26, 260.0));
    }
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const double middle = y + 44 + (static_cast<double>(i) + 0.62) * row_height + 4;
        svg.text(svg_margin, middle, model::to_string(rows[i].shape), {.size = 12, .bold = true});
        if (several) {
            const TextLook look{.size = 10, .fill = faint_ink};
            svg.text(svg_margin + 44, middle, fitted_to(left - 52, model::to_string(rows[i].variant), look), look);
        }
    }
    y += 44 + static_cast<double>(rows.size()) * row_height;
    y = svg.paragraph(svg_margin, y + 18, svg_width - 2 * svg_margin,
                      said(language, "blast radius: mean share of the siblings lost, over all faults, with its 90% "
                                     "interval; diamond: predicted; costs: medians of golden runs, with 90% intervals "
                                     "where there are runs enough; every scale begins at zero") +
                          "; " + said(language, "each end of an interval is by itself a bound at 95%"),
                      {.size = 10.5, .fill = faint_ink});
    return std::move(svg).take(y + 8);
}

} // namespace bulkhead::report
