#pragma once

#include "harness/model/outcome.hpp"
#include "harness/texts/texts.hpp"

#include <cstdint>
#include <fmt/format.h>
#include <string>
#include <string_view>

// What all pictures have in common. SVG 1.1 with presentation attributes only: no style sheet, no script, no font of
// its own, nothing that is loaded from anywhere, so that a paper's or a slide's program shows it as a browser does.

namespace bulkhead::report {

/// Pictures are as wide as a page of text: a unit is a pixel.
inline constexpr double svg_width = 720;
inline constexpr double svg_margin = 16;

/// Dark text, faint text, and the one colour that accents: the fault, and what is not as predicted.
inline constexpr std::string_view ink = "#17212b";
inline constexpr std::string_view faint_ink = "#55626f";
inline constexpr std::string_view accent = "#bb3413";

/// How an outcome is painted: where all are struck by it full, where only some are pale; and a sign, so that it can be
/// told without colours. The same as in the page of the report.
struct OutcomePaint {
    std::string_view full;
    std::string_view pale;
    std::string_view sign;
};
OutcomePaint paint_of(model::Outcome outcome);

enum class Anchor : std::uint8_t { start, middle, end };

struct TextLook {
    double size = 12;
    std::string_view fill = ink;
    Anchor anchor = Anchor::start;
    bool bold = false;
    bool mono = false; ///< names that a person types
};

/// About how wide the text will be; fonts differ, and no browser is asked.
double width_of(std::string_view text, const TextLook& look);
/// The text cut to that width, with ".." in place of what is gone.
std::string fitted_to(double width, std::string_view text, const TextLook& look);

/// A number as a coordinate: finite, with at most two decimals.
std::string coordinate(double value);

/// A picture that is drawn mark by mark. `look` is attributes as they are to stand in the tag, and never comes from
/// anybody's data; text may be anything.
class Svg {
public:
    /// The description is for those who do not see the picture.
    Svg(std::string_view title, std::string_view description);

    /// `tip` is what a browser tells of the mark; empty: nothing.
    void rect(double x, double y, double width, double height, std::string_view look, std::string_view tip = "");
    void line(double x1, double y1, double x2, double y2, std::string_view look);
    void path(std::string_view d, std::string_view look, std::string_view tip = "");
    void circle(double x, double y, double radius, std::string_view look, std::string_view tip = "");
    void text(double x, double y, std::string_view text, const TextLook& look = {});
    /// Lines of about that width, one below the other; gives the y below the last one.
    double paragraph(double x, double y, double width, std::string_view text, const TextLook& look = {});

    /// The title, and the text below it, at the top of the picture; gives the y below them.
    double heading(std::string_view title, std::string_view below);

    /// The whole document.
    [[nodiscard]] std::string take(double height) &&;

private:
    void element(std::string_view name, const std::string& attributes, std::string_view tip);

    std::string title_;
    std::string description_;
    std::string body_;
};

/// The text in that language, with the values in the places of its {}.
template <class... Values>
std::string said(texts::Language language, std::string_view english, const Values&... values)
{
    return fmt::format(fmt::runtime(texts::say(language, english)), values...);
}

} // namespace bulkhead::report
