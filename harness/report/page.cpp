#include "harness/report/page.hpp"

#include "harness/report/text.hpp"

#include <algorithm>

namespace bulkhead::report {
namespace {

constexpr std::size_t least_width = 40;
constexpr std::size_t column_gap = 2;
constexpr std::string_view reset = "\x1b[0m";

std::string_view escape_of(Look look)
{
    switch (look) {
    case Look::plain: return "";
    case Look::bold: return "\x1b[1m";
    case Look::faint: return "\x1b[2m";
    case Look::green: return "\x1b[32m";
    case Look::red: return "\x1b[31m";
    case Look::bold_red: return "\x1b[1;31m";
    case Look::yellow: return "\x1b[33m";
    case Look::bold_yellow: return "\x1b[1;33m";
    case Look::magenta: return "\x1b[35m";
    case Look::cyan: return "\x1b[36m";
    case Look::blue: return "\x1b[34m";
    case Look::alarm: return "\x1b[1;37;41m";
    }
    return "";
}

void paint(std::string& out, const Ink& ink, bool colour)
{
    const std::string_view escape = colour ? escape_of(ink.look) : "";
    if (escape.empty() || ink.text.empty()) {
        out += ink.text;
        return;
    }
    out += escape;
    out += ink.text;
    out += reset;
}

/// Takes off the blanks at the line's end, but for those that show (on a background).
Line without_trailing_blanks(Line line)
{
    while (!line.empty() && line.back().look != Look::alarm) {
        std::string& text = line.back().text;
        text.erase(text.find_last_not_of(' ') + 1);
        if (!text.empty()) {
            break;
        }
        line.pop_back();
    }
    return line;
}

/// How many columns go into each block, when a block takes as many as fit, up to `most`.
std::vector<std::size_t> filled_blocks(std::size_t names, const std::vector<Column>& table, std::size_t page,
                                       std::size_t most)
{
    std::vector<std::size_t> sizes;
    std::size_t used = page;
    for (const Column& column : table) {
        used += column_gap + column.width;
        if (sizes.empty() || used > page || sizes.back() == most) {
            sizes.push_back(0);
            used = names + column_gap + column.width;
        }
        ++sizes.back();
    }
    return sizes;
}

/// The fewest blocks that the page allows, and among these the most even ones.
std::vector<std::size_t> block_sizes(std::size_t names, const std::vector<Column>& table, std::size_t page)
{
    const std::size_t fewest = filled_blocks(names, table, page, table.size()).size();
    for (std::size_t most = 1; most < table.size(); ++most) {
        std::vector<std::size_t> sizes = filled_blocks(names, table, page, most);
        if (sizes.size() == fewest) {
            return sizes;
        }
    }
    return filled_blocks(names, table, page, table.size());
}

/// A text in the page's language with the blanks around it: no narrower than it was, and with a blank behind it if it
/// had one.
std::string said_with_blanks(const Page& page, const std::string& text)
{
    const std::size_t begin = text.find_first_not_of(' ');
    if (begin == std::string::npos) {
        return text;
    }
    const std::size_t end = text.find_last_not_of(' ') + 1;
    std::string said = page.said(text.substr(begin, end - begin));
    said = begin > 0 ? right(said, columns(text.substr(0, end))) : said;
    return end < text.size() && columns(said) >= columns(text) ? said + ' ' : left(said, columns(text));
}

/// The column in the page's language, levelled anew.
Column said_column(const Page& page, const Column& column)
{
    Column result;
    for (Line line : column.lines) {
        while (!line.empty() && line.back().text.find_first_not_of(' ') == std::string::npos) {
            line.pop_back();
        }
        for (Ink& ink : line) {
            ink.text = said_with_blanks(page, ink.text);
        }
        result.add(std::move(line));
    }
    result.level();
    return result;
}

/// Side by side, as many blocks of columns as the page's width asks for.
void print_blocks(Page& page, const Column& names, const std::vector<Column>& table)
{
    std::size_t first = 0;
    for (const std::size_t size : block_sizes(names.width, table, page.width())) {
        if (first > 0) {
            page.blank();
        }
        for (std::size_t row = 0; row < names.lines.size(); ++row) {
            Line line = names.lines[row];
            for (std::size_t column = first; column < first + size; ++column) {
                line.push_back({std::string(column_gap, ' ')});
                const Line& part = table[column].lines.at(row);
                line.insert(line.end(), part.begin(), part.end());
            }
            page.line(line);
        }
        first += size;
    }
}

} // namespace

Look look_of(model::Outcome outcome)
{
    switch (outcome) {
    case model::Outcome::intact: return Look::green;
    case model::Outcome::contaminated: return Look::cyan;
    case model::Outcome::degraded: return Look::blue;
    case model::Outcome::stalled: return Look::yellow;
    case model::Outcome::corrupted: return Look::magenta;
    case model::Outcome::died: return Look::red;
    }
    return Look::plain;
}

std::size_t columns(const Line& line)
{
    std::size_t sum = 0;
    for (const Ink& ink : line) {
        sum += columns(ink.text);
    }
    return sum;
}

Page::Page(Style style)
    : width_(std::max<std::size_t>(style.width, least_width)), colour_(style.colour), language_(style.language)
{}

void Page::line(const Line& line)
{
    for (const Ink& ink : without_trailing_blanks(line)) {
        paint(text_, {clean(ink.text), ink.look}, colour_);
    }
    text_ += '\n';
}

void Page::blank()
{
    if (!text_.empty() && !text_.ends_with("\n\n")) {
        text_ += '\n';
    }
}

void Page::paragraph(const Line& label, std::string_view text, Look look)
{
    Line head = label;
    for (Ink& ink : head) {
        ink.text = ink.text.ends_with(' ') ? said_with_blanks(*this, ink.text) : said(ink.text);
    }
    const std::size_t indent = columns(head);
    bool is_first = true;
    for (std::string& part : wrapped(said(text), width_ - std::min(indent, width_ - 10))) {
        Line next = is_first ? head : Line{{std::string(indent, ' ')}};
        next.push_back({std::move(part), look});
        line(next);
        is_first = false;
    }
}

void Page::command(std::size_t indent, std::string_view text)
{
    line({{std::string(indent, ' ')}, {std::string(text), Look::bold}});
}

void Column::add(Line line)
{
    width = std::max(width, columns(line));
    lines.push_back(std::move(line));
}

void Column::level()
{
    for (Line& line : lines) {
        line.push_back({std::string(width - std::min(width, columns(line)), ' ')});
    }
}

void print_table(Page& page, const Column& names, const std::vector<Column>& table)
{
    if (page.language() == texts::Language::english) {
        print_blocks(page, names, table);
        return;
    }
    std::vector<Column> said;
    for (const Column& column : table) {
        said.push_back(said_column(page, column));
    }
    print_blocks(page, said_column(page, names), said);
}

} // namespace bulkhead::report
