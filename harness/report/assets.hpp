#pragma once

#include <string_view>

namespace bulkhead::report {

// The files of the HTML report's page, which are in the program itself: a report needs nothing from anywhere.

std::string_view page_html(); ///< with markers for what goes into it: see fill_page
std::string_view page_css();
std::string_view page_script(); ///< all of ours, one after the other
std::string_view d3_script();   ///< https://d3js.org

} // namespace bulkhead::report
