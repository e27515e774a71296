// The assembler puts the files into the program: g++ 12 and clang 14 know no #embed, and arrays of numbers take a
// compiler seconds. Where they are is in page_files.inc, which harness/CMakeLists.txt writes; it has this file made
// anew when one of them changes.

#include "harness/report/assets.hpp"

#include <cstddef>

#include "page_files.inc" // BULKHEAD_PAGE_HTML, _CSS, _SCRIPT, BULKHEAD_D3: an .incbin for each file

asm("\t.pushsection .rodata\n"
    "\t.hidden bulkhead_page_html, bulkhead_page_css, bulkhead_page_script, bulkhead_d3, bulkhead_page_end\n"
    "\t.globl bulkhead_page_html, bulkhead_page_css, bulkhead_page_script, bulkhead_d3, bulkhead_page_end\n"
    "bulkhead_page_html:\n" BULKHEAD_PAGE_HTML "bulkhead_page_css:\n" BULKHEAD_PAGE_CSS
    "bulkhead_page_script:\n" BULKHEAD_PAGE_SCRIPT "bulkhead_d3:\n" BULKHEAD_D3 "bulkhead_page_end:\n"
    "\t.byte 0\n"
    "\t.popsection\n");

extern "C" {
extern const char bulkhead_page_html[];
extern const char bulkhead_page_css[];
extern const char bulkhead_page_script[];
extern const char bulkhead_d3[];
extern const char bulkhead_page_end[];
}

namespace bulkhead::report {
namespace {

std::string_view text_between(const char* begin, const char* end)
{
    return {begin, static_cast<std::size_t>(end - begin)};
}

} // namespace

std::string_view page_html()
{
    return text_between(bulkhead_page_html, bulkhead_page_css);
}

std::string_view page_css()
{
    return text_between(bulkhead_page_css, bulkhead_page_script);
}

std::string_view page_script()
{
    return text_between(bulkhead_page_script, bulkhead_d3);
}

std::string_view d3_script()
{
    return text_between(bulkhead_d3, bulkhead_page_end);
}

} // namespace bulkhead::report
