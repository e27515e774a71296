#include "harness/report/blast.hpp"
#include "harness/report/svg.hpp"
#include "harness/report/svg_views.hpp"
#include "harness/report/text.hpp"

#include <algorithm>

// Small dials of one scale beside each other, so that no colour has to tell one fault from another: from left to right
// the workers are further and further apart.

namespace bulkhead::report {
namespace {

using texts::Language;

constexpr std::size_t most_dials = 20;
constexpr double scale_width = 38;  ///< of the numbers left of the first dial
constexpr double dial_height = 104; ///< of the plot
constexpr double head = 22;
constexpr double foot = 30;
constexpr double gap = 18;

std::string percent(double share)
{
    return fmt::format("{:.3g}%", 100 * share);
}

std::string dial_tip(const Dial& dial, model::Shape shape, const Blast& blast)
{
    std::string predicted = percent(blast.predicted.low);
    if (blast.predicted.low < blast.predicted.high) {
        predicted += ".." + percent(blast.predicted.high);
    }
    return fmt::format("{} at {}: {} of the siblings lost (90% interval: {} to {}), {} predicted; {}", dial.name,
                       model::to_string(shape), percent(blast.share), percent(blast.interval.low),
                       percent(blast.interval.high), predicted, count(blast.trials, "trial"));
}

/// The place and the size of one dial's plot.
struct Plot {
    double x = 0;
    double y = 0;
    double width = 0;

    [[nodiscard]] double at(double share) const { return y + dial_height * (1 - std::clamp(share, 0.0, 1.0)); }
};

void draw_grid(Svg& svg, const Plot& plot, bool with_numbers)
{
    for (const double share : {0.0, 0.5, 1.0}) {
        svg.line(plot.x, plot.at(share), plot.x + plot.width, plot.at(share),
                 share > 0 ? R"(stroke="#e4e7eb")" : R"(stroke="#9aa5b1")");
        if (with_numbers) {
            svg.text(plot.x - 6, plot.at(share) + 3.5, percent(share),
                     {.size = 10, .fill = faint_ink, .anchor = Anchor::end});
        }
    }
}

void draw_predicted(Svg& svg, double x, const Plot& plot, const Blast& blast)
{
    const double high = plot.at(blast.predicted.high);
    const double low = plot.at(blast.predicted.low);
    svg.path(fmt::format("M{0} {1}l4 -4l4 4V{2}l-4 4l-4 -4Z", coordinate(x), coordinate(high), coordinate(low)),
             R"(class="predicted" fill="#ffffff" stroke="#5f6c7b" stroke-width="1.2")");
}

void draw_measured(Svg& svg, double x, const Plot& plot, const Blast& blast, const std::string& tip)
{
    const std::string_view colour = blast.as_predicted ? "#0a5a8c" : accent;
    const double high = plot.at(blast.interval.high);
    const double low = plot.at(blast.interval.low);
    svg.path(fmt::format("M{0} {1}h6m-3 0V{2}m-3 0h6", coordinate(x - 3), coordinate(high), coordinate(low)),
             fmt::format(R"(class="interval" fill="none" stroke="{}" stroke-width="1.4")", colour));
    svg.circle(x, plot.at(blast.share), 4, fmt::format(R"(class="measured" fill="{}")", colour), tip);
    if (!blast.as_predicted) {
        svg.text(x - 6, plot.at(blast.share) - 6, "!",
                 {.size = 13, .fill = accent, .anchor = Anchor::end, .bold = true});
    }
}

void draw_dial(Svg& svg, const Plot& plot, const Dial& dial, const std::vector<model::Shape>& shapes)
{
    const TextLook name{.size = 11.5, .bold = true};
    svg.text(plot.x, plot.y - 9, fitted_to(plot.width + gap - 4, dial.name, name), name);
    const double step = plot.width / static_cast<double>(shapes.size());
    for (std::size_t i = 0; i < shapes.size(); ++i) {
        const double x = plot.x + (static_cast<double>(i) + 0.5) * step;
        const TextLook label{.size = 10.5, .anchor = Anchor::middle};
        if (step >= width_of(model::to_string(shapes[i]), label) || i == 0 || i + 1 == shapes.size()) {
            svg.text(x, plot.y + dial_height + 15, model::to_string(shapes[i]), label);
        }
        const std::optional<Blast>& blast = dial.blasts[i];
        if (!blast) {
            svg.text(x, plot.y + dial_height - 4, "-", {.size = 11, .fill = faint_ink, .anchor = Anchor::middle});
            continue;
        }
        draw_predicted(svg, x + 3, plot, *blast);
        draw_measured(svg, x - 5, plot, *blast, dial_tip(dial, shapes[i], *blast));
    }
}

double draw_legend(Svg& svg, double y, Language language)
{
    const TextLook look{.size = 11};
    double x = svg_margin + 6;
    const auto words = [&](const std::string& text) {
        svg.text(x + 10, y + 4, text, look);
        x += 10 + width_of(text, look) + 24;
    };
    svg.path(fmt::format("M{} {}h6m-3 0v14m-3 0h6", coordinate(x - 3), coordinate(y - 7)),
             R"(fill="none" stroke="#0a5a8c" stroke-width="1.4")");
    svg.circle(x, y, 4, R"(fill="#0a5a8c")");
    words(said(language, "measured, with its 90% interval"));
    svg.path(fmt::format("M{} {}l4 -4l4 4l-4 4Z", coordinate(x - 4), coordinate(y)),
             R"(fill="#ffffff" stroke="#5f6c7b" stroke-width="1.2")");
    words(said(language, "predicted"));
    svg.text(x, y + 4, "!", {.size = 13, .fill = accent, .anchor = Anchor::middle, .bold = true});
    words(said(language, "not as predicted"));
    return y + 16;
}

} // namespace

std::string dial_svg(const ExperimentReport& report, Language language)
{
    const std::string title = said(language, "Blast radius by shape") + ": " + report.experiment.name;
    Svg svg(title, said(language, "For each fault the share of the siblings that were lost, from the shape whose "
                                  "workers are closest together to the one whose workers are furthest apart, beside "
                                  "the predicted share."));
    double y = svg.heading(title, texts::say(language, report.experiment.question));
    y = draw_legend(svg, y + 8, language);
    const std::vector<model::Shape> shapes = by_isolation(report.cells);
    const std::vector<Dial> dials = dials_of(report, most_dials);
    const std::size_t most_across = shapes.size() > 4 ? 2 : 4;
    const std::size_t below = std::max<std::size_t>(1, (dials.size() + most_across - 1) / most_across);
    const std::size_t across = std::max<std::size_t>(1, (dials.size() + below - 1) / below); // rows as even as can be
    const double inner = svg_width - 2 * svg_margin - scale_width;
    const double width = std::min(inner / static_cast<double>(across) - gap, 320.0);
    for (std::size_t i = 0; i < dials.size(); ++i) {
        const std::size_t column = i % across;
        const std::size_t row = i / across;
        const Plot plot{.x = svg_margin + scale_width + static_cast<double>(column) * (width + gap),
                        .y = y + head + static_cast<double>(row) * (head + dial_height + foot),
                        .width = width};
        draw_grid(svg, plot, column == 0);
        draw_dial(svg, plot, dials[i], shapes);
    }
    const std::size_t rows = (dials.size() + across - 1) / across;
    y += static_cast<double>(rows) * (head + dial_height + foot);
    std::string note = said(language, "share of the siblings that are not intact, mean over the trials; intervals by "
                                      "Clopper and Pearson with the trial as the unit") +
                       "; " + said(language, "each end of an interval is by itself a bound at 95%");
    if (are_families(report, most_dials)) {
        note += "; " + said(language, "faults are summed up by family");
    }
    y = svg.paragraph(svg_margin, y + 12, svg_width - 2 * svg_margin, note, {.size = 10.5, .fill = faint_ink});
    return std::move(svg).take(y + 8);
}

} // namespace bulkhead::report
