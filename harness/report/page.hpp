#pragma once

#include "harness/report/report.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace bulkhead::report {

/// How a piece of text looks when colour is on: the standard 16 colours, bold and faint. Without colour it is plain.
enum class Look : std::uint8_t {
    plain,
    bold,
    faint,
    green,
    red,
    bold_red,
    yellow,
    bold_yellow,
    magenta,
    cyan,
    blue,
    alarm ///< white on red, for what must not be overlooked
};

/// Text for a terminal, and how it looks.
struct Ink {
    std::string text;
    Look look = Look::plain;
};
using Line = std::vector<Ink>;

/// The colour of an outcome.
Look look_of(model::Outcome outcome);

std::size_t columns(const Line& line);

/// Collects the lines of a report and paints them. Whatever text it is given, no control character of it comes out.
class Page {
public:
    /// A width below 40 columns is taken as 40: no table fits in less.
    explicit Page(Style style);

    [[nodiscard]] std::size_t width() const { return width_; }
    /// The text in the page's language, as far as the catalogue of texts knows it. Paragraphs and tables
    /// are put into it as they are printed.
    [[nodiscard]] std::string said(std::string_view english) const { return texts::say_composed(language_, english); }
    [[nodiscard]] texts::Language language() const { return language_; }

    void line(const Line& line);
    /// An empty line, unless there is one already.
    void blank();
    /// `label`, then the text, wrapped to the page; further lines hang below where the text began.
    void paragraph(const Line& label, std::string_view text, Look look = Look::plain);
    /// A command or a path, on a line of its own and never broken, however long it is, so that it can be copied.
    void command(std::size_t indent, std::string_view text);

    [[nodiscard]] std::string take() { return std::move(text_); }

private:
    std::size_t width_;
    bool colour_;
    std::string text_;
    texts::Language language_;
};

/// A column of a table: every line has the same width. The first lines may be its heading.
struct Column {
    std::vector<Line> lines;
    std::size_t width = 0;

    void add(Line line);
    /// Gives every line the column's width by blanks behind it.
    void level();
};

/// Prints the columns side by side, each block of them with `names` in front: as many blocks as the page's width asks
/// for, of about as many columns each. A block never exceeds the page unless a single column does.
void print_table(Page& page, const Column& names, const std::vector<Column>& table);

} // namespace bulkhead::report
