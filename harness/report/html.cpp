#include "harness/report/html.hpp"

#include "harness/report/assets.hpp"
#include "harness/texts/texts.hpp"

#include <algorithm>
#include <array>

namespace bulkhead::report {
namespace {

constexpr std::string_view generator = R"(<meta name="generator" content="bulkhead">)";
constexpr std::string_view before_island = R"(<script type="application/json" id="bulkhead">)";

struct Replacement {
    std::string_view what;
    std::string_view by;
};

/// Every occurrence, from left to right; nothing is looked for in what was put in.
std::string replaced(std::string_view text, std::initializer_list<Replacement> replacements)
{
    std::string result;
    result.reserve(text.size() + text.size() / 8);
    for (std::size_t at = 0; at < text.size();) {
        const auto* const found = std::ranges::find_if(
            replacements, [&](const Replacement& each) { return text.substr(at).starts_with(each.what); });
        if (found == replacements.end()) {
            result += text[at++];
            continue;
        }
        result += found->by;
        at += found->what.size();
    }
    return result;
}

} // namespace

std::string for_island(std::string_view json)
{
    return replaced(json, {{"<", "\\u003c"},
                           {">", "\\u003e"},
                           {"&", "\\u0026"},
                           {"\xe2\x80\xa8", "\\u2028"},
                           {"\xe2\x80\xa9", "\\u2029"}});
}

std::string html_text(std::string_view text)
{
    return replaced(text, {{"<", "&lt;"}, {">", "&gt;"}, {"&", "&amp;"}});
}

std::string fill_page(const PageParts& parts)
{
    const std::string language = "<html lang=\"" + html_text(parts.language) + "\"";
    const std::string title = "<title>" + html_text(parts.title) + "</title>";
    const auto spoken = texts::parse_language(parts.language).value_or(texts::Language::english);
    const std::string_view needs_script = texts::say(
        spoken, "This report draws itself from the data it carries, and needs JavaScript for that. It asks nothing of "
                "any network.");
    const std::string island = std::string(before_island) + for_island(parts.island) + "</script>";
    return replaced(page_html(), {{R"(<html lang="en")", language},
                                  {"<title>Bulkhead</title>", title},
                                  {"<!--style-->", page_css()},
                                  {"<!--needs script-->", needs_script},
                                  {"<!--data-->", island},
                                  {"<!--script d3-->", d3_script()},
                                  {"<!--script-->", page_script()}});
}

std::size_t size_of_bare_page()
{
    return fill_page({}).size();
}

bool is_report(std::string_view beginning)
{
    const std::string_view seen = beginning.substr(0, enough_of_report);
    return seen.starts_with("<!doctype html>") && seen.find(generator) != std::string_view::npos;
}

} // namespace bulkhead::report
