#include "harness/report/svg.hpp"

#include "harness/report/text.hpp"
#include "harness/report/xml.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace bulkhead::report {
namespace {

constexpr double line_height = 1.35; ///< of the size of the text

/// What steers the direction in which text runs goes, as in a terminal; all else XML can hold.
std::string harmless(std::string_view text)
{
    return xml(clean(text));
}

std::string_view anchor_name(Anchor anchor)
{
    switch (anchor) {
    case Anchor::start: return "start";
    case Anchor::middle: return "middle";
    case Anchor::end: return "end";
    }
    return "start";
}

} // namespace

OutcomePaint paint_of(model::Outcome outcome)
{
    switch (outcome) {
    case model::Outcome::intact: return {"#0b7a5f", "#dcf0e8", "\u2713"};
    case model::Outcome::contaminated: return {"#1c6fa8", "#d7eafa", "~"};
    case model::Outcome::degraded: return {"#7a6200", "#f8eec2", "\u2193"};
    case model::Outcome::stalled: return {"#a14f00", "#fde5c8", "\u2016"};
    case model::Outcome::corrupted: return {"#8a3588", "#f1dcf1", "#"};
    case model::Outcome::died: return {"#bb3413", "#fadfd6", "\u00d7"};
    }
    return {};
}

double width_of(std::string_view text, const TextLook& look)
{
    const double of_letter = look.mono ? 0.61 : (look.bold ? 0.58 : 0.54);
    return static_cast<double>(columns(text)) * of_letter * look.size;
}

std::string fitted_to(double width, std::string_view text, const TextLook& look)
{
    const double of_letter = width_of("x", look);
    return fitted(text, static_cast<std::size_t>(std::max(0.0, width / of_letter)));
}

std::string coordinate(double value)
{
    constexpr double furthest = 1e6; // far outside of every picture, and written without an exponent
    const double held = std::isfinite(value) ? std::clamp(value, -furthest, furthest) : 0;
    std::string text = fmt::format("{:.2f}", held);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.ends_with('.')) {
        text.pop_back();
    }
    return text == "-0" ? "0" : text;
}

Svg::Svg(std::string_view title, std::string_view description)
    : title_(harmless(title)), description_(harmless(description))
{}

void Svg::element(std::string_view name, const std::string& attributes, std::string_view tip)
{
    if (tip.empty()) {
        body_ += fmt::format("<{} {}/>\n", name, attributes);
    } else {
        body_ += fmt::format("<{0} {1}><title>{2}</title></{0}>\n", name, attributes, harmless(tip));
    }
}

void Svg::rect(double x, double y, double width, double height, std::string_view look, std::string_view tip)
{
    element("rect",
            fmt::format(R"(x="{}" y="{}" width="{}" height="{}" {})", coordinate(x), coordinate(y),
                        coordinate(std::max(0.0, width)), coordinate(std::max(0.0, height)), look),
            tip);
}

void Svg::line(double x1, double y1, double x2, double y2, std::string_view look)
{
    element("line",
            fmt::format(R"(x1="{}" y1="{}" x2="{}" y2="{}" {})", coordinate(x1), coordinate(y1), coordinate(x2),
                        coordinate(y2), look),
            "");
}

void Svg::path(std::string_view d, std::string_view look, std::string_view tip)
{
    element("path", fmt::format(R"(d="{}" {})", d, look), tip);
}

void Svg::circle(double x, double y, double radius, std::string_view look, std::string_view tip)
{
    element("circle",
            fmt::format(R"(cx="{}" cy="{}" r="{}" {})", coordinate(x), coordinate(y), coordinate(radius), look), tip);
}

void Svg::text(double x, double y, std::string_view text, const TextLook& look)
{
    std::string attributes = fmt::format(R"(x="{}" y="{}" font-size="{}" fill="{}")", coordinate(x), coordinate(y),
                                         coordinate(look.size), look.fill);
    if (look.anchor != Anchor::start) {
        attributes += fmt::format(R"( text-anchor="{}")", anchor_name(look.anchor));
    }
    attributes += look.bold ? R"( font-weight="bold")" : "";
    attributes += look.mono ? R"( font-family="monospace")" : "";
    body_ += fmt::format("<text {}>{}</text>\n", attributes, harmless(text));
}

double Svg::paragraph(double x, double y, double width, std::string_view text, const TextLook& look)
{
    const auto letters = static_cast<std::size_t>(std::max(1.0, width / width_of("x", look)));
    for (const std::string& part : wrapped(text, letters)) {
        this->text(x, y, part, look);
        y += look.size * line_height;
    }
    return y;
}

double Svg::heading(std::string_view title, std::string_view below)
{
    constexpr double inner = svg_width - 2 * svg_margin;
    const double y = paragraph(svg_margin, 30, inner, title, {.size = 17, .bold = true});
    return below.empty() ? y : paragraph(svg_margin, y - 2, inner, below, {.size = 12, .fill = faint_ink});
}

std::string Svg::take(double height) &&
{
    return fmt::format(R"(<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" version="1.1" width="{0}" height="{1}" viewBox="0 0 {0} {1}" font-family="sans-serif">
<title>{2}</title>
<desc>{3}</desc>
<rect width="{0}" height="{1}" fill="#ffffff"/>
{4}</svg>
)",
                       coordinate(svg_width), coordinate(height), title_, description_, body_);
}

} // namespace bulkhead::report
