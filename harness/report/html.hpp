#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace bulkhead::report {

// Whatever a results file says may come from somebody who means ill: an experiment's name, a fact, the words of a
// worker or of a debugger. In the page it stands in one place only, the island, and there as JSON in which no character
// is left that HTML would see.

/// JSON as it may stand in a script element: `<`, `>` and `&`, which in JSON occur within strings only, and the two
/// characters that end a line in old JavaScript are written as \uXXXX. The same JSON to whoever reads it.
std::string for_island(std::string_view json);

/// Text as it may stand between tags.
std::string html_text(std::string_view text);

/// What the page is filled with.
struct PageParts {
    std::string_view language = "en"; ///< "en", "ko"
    std::string_view title;           ///< any text
    std::string_view island;          ///< any JSON
};

/// The page as a whole: page_html() with its style, its scripts and these parts in the place of
///   <html lang="en"   <title>Bulkhead</title>   <!--style-->   <!--needs script-->   <!--script d3-->   <!--script-->
/// of which the last four are the content of an element; and <!--data--> stands for the whole element of the island.
/// These are looked for in page_html() alone, and not in what has been put into it.
std::string fill_page(const PageParts& parts);

/// Bytes of a page without the title and the island.
std::size_t size_of_bare_page();

/// True when a file that begins so is a report of ours.
bool is_report(std::string_view beginning);
/// How much of a file is_report wants to see.
inline constexpr std::size_t enough_of_report = 4096;

} // namespace bulkhead::report
