#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace bulkhead::tests {

/// A page of Markdown, as far as tests look at it.
struct Page {
    std::filesystem::path path;
    std::vector<std::string> anchors; ///< of its headings, as GitHub makes them
    std::vector<std::string> links;   ///< targets of links and pictures, but those in code
    std::vector<std::string> code;    ///< lines of its blocks of code
    std::vector<std::string> spans;   ///< `code` within lines
};

Page read_page(const std::filesystem::path& path);

/// README.md, CONTRIBUTING.md, CHANGELOG.md, bench/README.md, and everything below docs.
std::vector<std::filesystem::path> all_pages();

} // namespace bulkhead::tests
