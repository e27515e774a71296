#pragma once

#include <cmath>
#include <regex>
#include <string>

/// What can be told of a picture without drawing it.
namespace bulkhead::samples {

inline bool has(const std::string& text, const std::string& part)
{
    return text.find(part) != std::string::npos;
}

inline std::size_t count_of(const std::string& text, const std::string& part)
{
    std::size_t found = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) {
        ++found;
    }
    return found;
}

/// Marks whose class begins so.
inline std::size_t marks(const std::string& svg, const std::string& name)
{
    return count_of(svg, "class=\"" + name + "\"") + count_of(svg, "class=\"" + name + " ");
}

/// The largest size of any number that places a mark; infinite where one is no number.
inline double furthest(const std::string& svg)
{
    static const std::regex place(R"re( (?:x|y|x1|x2|y1|y2|cx|cy|r|width|height)="([^"]*)")re");
    double most = 0;
    for (auto it = std::sregex_iterator(svg.begin(), svg.end(), place); it != std::sregex_iterator(); ++it) {
        const std::string number = (*it)[1];
        const bool is_number = number.find_first_not_of("-.0123456789") == std::string::npos && !number.empty();
        most = is_number ? std::max(most, std::abs(std::stod(number))) : INFINITY;
    }
    return most;
}

/// The picture's own height, as it says.
inline double height_of(const std::string& svg)
{
    const std::string before = "width=\"720\" height=\"";
    return std::stod(svg.substr(svg.find(before) + before.size()));
}

/// Text that must stay text in a picture, in Markdown and in a page.
inline const std::string hostile =
    "<script>alert(1)</script>]]><!--&quot;\"'/><svg onload=x> \x01\x1b[31m\xff\xfe\xe2\x80\xae|`**x**`";

/// Nothing of `hostile` has become markup, and nothing in it steers whoever shows it.
inline bool is_harmless_xml(const std::string& svg)
{
    for (const char* const part : {"<script", "<svg onload", "<!--", "]]>", "\x01", "\x1b", "\xff", "\xe2\x80\xae"}) {
        if (svg.find(part) != std::string::npos) {
            return false;
        }
    }
    return true;
}

} // namespace bulkhead::samples
