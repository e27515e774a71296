// Markdown, as far as docs/reference uses it, to scdoc(5).
#include "harness/cli/man_page.hpp"
#include "harness/cli/scdoc.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <sstream>

namespace bulkhead::cli {
namespace {

/// Without the marks for code: scdoc cannot have one format inside another.
std::string plain(std::string_view text)
{
    std::string result(text);
    std::erase(result, '`');
    return result;
}

/// What a mark opens here, up to where the same mark closes it; empty: it stands for itself.
std::string_view enclosed(std::string_view text, std::string_view mark)
{
    if (!text.starts_with(mark)) {
        return {};
    }
    const std::size_t end = text.find(mark, mark.size());
    const auto inner = end == std::string_view::npos ? std::string_view{} : text.substr(mark.size(), end - mark.size());
    // "2 * 3 * 4" has no mark.
    return inner.starts_with(' ') || inner.ends_with(' ') ? std::string_view{} : inner;
}

/// "[text](target)": the text, and where the target lies elsewhere, that too.
std::string link_text(std::string_view text, std::string_view target)
{
    const std::string said = plain(text);
    return target.starts_with("http") && target != text ? fmt::format("{} <{}>", said, target) : said;
}

/// A line of text with code, bold, italics and links.
std::string inline_text(std::string_view text)
{
    std::string result;
    std::string words; // without a format
    const auto add = [&](const std::string& formatted, std::string_view& rest, std::size_t length) {
        result += words.empty() ? "" : scdoc_text(words, result.empty());
        words.clear();
        result += formatted;
        rest.remove_prefix(length);
    };
    while (!text.empty()) {
        if (const auto code = enclosed(text, "`"); !code.empty()) {
            add(scdoc_bold(code), text, code.size() + 2);
        } else if (const auto bold = enclosed(text, "**"); !bold.empty()) {
            add(scdoc_bold(plain(bold)), text, bold.size() + 4);
        } else if (const auto italic = enclosed(text, "*"); !italic.empty()) {
            add(scdoc_italic(plain(italic)), text, italic.size() + 2);
        } else if (const std::size_t middle = text.find("](");
                   text.front() == '[' && middle != std::string_view::npos) {
            const std::size_t end = std::min(text.find(')', middle), text.size() - 1);
            words += link_text(text.substr(1, middle - 1), text.substr(middle + 2, end - middle - 2));
            text.remove_prefix(end + 1);
        } else {
            words += text.front();
            text.remove_prefix(1);
        }
    }
    return result + (words.empty() ? "" : scdoc_text(words, result.empty()));
}

std::string trimmed(std::string_view text)
{
    const std::size_t first = text.find_first_not_of(' ');
    return first == std::string_view::npos ? ""
                                           : std::string(text.substr(first, text.find_last_not_of(' ') - first + 1));
}

/// The cells of "| a | b |"; "\|" is no border.
std::vector<std::string> cells_of(const std::string& row)
{
    std::vector<std::string> cells;
    std::string cell;
    for (std::size_t i = 1; i < row.size(); ++i) {
        if (row[i] == '\\' && i + 1 < row.size() && row[i + 1] == '|') {
            cell += row[++i];
        } else if (row[i] == '|') {
            cells.push_back(trimmed(cell));
            cell.clear();
        } else {
            cell += row[i];
        }
    }
    return cells;
}

/// Reads a page line by line, and writes each block when it is whole.
class ManualPage {
public:
    ManualPage(std::string_view name, int section) : text_(scdoc_title(name, section)), name_(name) {}
    void read(const std::string& line);
    std::string end();

private:
    void read_text(const std::string& line);
    void add_heading(const std::string& line);
    void add_row(const std::string& line);
    void end_block();

    std::string text_;
    std::string name_;
    std::string paragraph_; ///< under way; a line of a list begins with its mark
    std::string mark_;      ///< of the list's line under way
    std::string literal_;   ///< lines of a block under way
    bool fenced_ = false;
    std::vector<std::string> header_; ///< of the table under way
    bool titled_ = false;
};

void ManualPage::end_block()
{
    if (!paragraph_.empty()) {
        text_ += mark_ + inline_text(paragraph_) + (mark_.empty() ? "\n\n" : "\n");
    }
    if (!literal_.empty()) {
        text_ += scdoc_literal(literal_) + "\n";
    }
    paragraph_.clear();
    mark_.clear();
    literal_.clear();
}

void ManualPage::add_heading(const std::string& line)
{
    end_block();
    const std::size_t level = line.find(' ');
    const std::string title = plain(line.substr(level + 1));
    if (!titled_) {
        text_ += fmt::format("# NAME\n\n{} - {}\n\n# DESCRIPTION\n\n", name_, scdoc_text(title));
        titled_ = true;
        return;
    }
    // man pages have two levels of headings.
    text_ += (level <= 2 ? "\n# " : "\n## ") + title + "\n\n";
}

void ManualPage::add_row(const std::string& line)
{
    end_block();
    const std::vector<std::string> cells = cells_of(line);
    if (header_.empty()) {
        header_ = cells;
        return;
    }
    if (line.find_first_not_of("|-: ") == std::string::npos) {
        return;
    }
    text_ += "\n" + inline_text(cells.front()) + "\n";
    std::string middle;
    for (std::size_t i = 1; i + 1 < cells.size(); ++i) {
        if (!cells[i].empty() && i < header_.size()) {
            const std::string name = header_[i].empty() ? "" : scdoc_italic(plain(header_[i])) + ": ";
            middle += (middle.empty() ? "" : "; ") + name + inline_text(cells[i]);
        }
    }
    text_ += middle.empty() ? "" : "\t" + middle + ".\n\n";
    text_ += cells.size() > 1 && !cells.back().empty() ? "\t" + inline_text(cells.back()) + "\n\n" : "";
}

void ManualPage::read_text(const std::string& line)
{
    const std::string words = trimmed(line);
    const std::size_t number = words.find_first_not_of("0123456789");
    const bool numbered = number != std::string::npos && number > 0 && words.compare(number, 2, ". ") == 0;
    if (words.starts_with("- ") || numbered) {
        end_block();
        mark_ = numbered ? ". " : "- ";
        paragraph_ = words.substr(words.find(' ') + 1);
        return;
    }
    paragraph_ += (paragraph_.empty() ? "" : " ") + words;
}

void ManualPage::read(const std::string& line)
{
    if (line.starts_with("```")) {
        fenced_ = !fenced_;
        if (fenced_) {
            end_block();
        }
    } else if (fenced_ || (paragraph_.empty() && line.starts_with("    "))) {
        literal_ += (fenced_ ? line : line.substr(4)) + "\n";
    } else if (line.starts_with("#")) {
        add_heading(line);
    } else if (line.starts_with("|")) {
        add_row(line);
        return;
    } else if (line.empty()) {
        end_block();
        text_ += "\n";
    } else {
        read_text(line);
    }
    header_.clear();
}

std::string ManualPage::end()
{
    end_block();
    // scdoc takes an empty line more than it needs for a mistake in some places, and one too few in all.
    std::string result;
    for (const char each : text_) {
        if (!(each == '\n' && result.ends_with("\n\n"))) {
            result += each;
        }
    }
    return result + "# SEE ALSO\n\n*bulkhead*(1)\n";
}

} // namespace

std::string manual_of(std::string_view markdown, std::string_view name, int section)
{
    ManualPage page(name, section);
    std::istringstream lines{std::string(markdown)};
    for (std::string line; std::getline(lines, line);) {
        page.read(line);
    }
    return page.end();
}

} // namespace bulkhead::cli
