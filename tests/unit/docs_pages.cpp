// What the pages of documentation say must be so.
#include "tests/unit/docs_pages.hpp"

#include <algorithm>
#include <cctype>
#include <doctest/doctest.h>
#include <fstream>
#include <regex>
#include <set>

namespace bulkhead::tests {

namespace fs = std::filesystem;

namespace {

const fs::path root = BULKHEAD_SOURCE_DIR;

/// "`[pool]`: the workers" is "pool-the-workers".
std::string anchor_of(const std::string& heading)
{
    const std::string text = std::regex_replace(heading, std::regex(R"(\[([^\]]*)\]\([^)]*\))"), "$1");
    std::string anchor;
    for (const char each : text) {
        const auto byte = static_cast<unsigned char>(each);
        if (std::isalnum(byte) != 0 || each == '-' || each == '_' || byte >= 0x80) {
            anchor += static_cast<char>(std::tolower(byte));
        } else if (each == ' ') {
            anchor += '-';
        }
    }
    return anchor;
}

void add_anchor(Page& page, const std::string& heading)
{
    const std::string anchor = anchor_of(heading);
    const auto same = std::ranges::count(page.anchors, anchor);
    page.anchors.push_back(same == 0 ? anchor : anchor + "-" + std::to_string(same));
}

void add_matches(std::vector<std::string>& found, const std::string& text, const std::regex& pattern)
{
    for (auto match = std::sregex_iterator(text.begin(), text.end(), pattern); match != std::sregex_iterator();
         ++match) {
        found.push_back((*match)[1]);
    }
}

/// Text between two lines that are empty or begin something else: code within it may go on in the next line.
void add_text(Page& page, const std::string& text)
{
    static const std::regex code("`([^`]+)`");
    static const std::regex link(R"(\]\(([^)\s]+)\))");
    static const std::regex html(R"re((?:src|href)="([^"]+)")re");
    add_matches(page.spans, text, code);
    const std::string without_code = std::regex_replace(text, code, "");
    add_matches(page.links, without_code, link);
    add_matches(page.links, without_code, html);
}

} // namespace

Page read_page(const fs::path& path)
{
    Page page{.path = path, .anchors = {}, .links = {}, .code = {}, .spans = {}};
    std::ifstream file(path);
    REQUIRE_MESSAGE(file, path.string());
    std::string text;
    bool fenced = false;
    for (std::string line; std::getline(file, line);) {
        const std::size_t first = line.find_first_not_of(' ');
        if (first != std::string::npos && line.compare(first, 3, "```") == 0) {
            fenced = !fenced;
        } else if (fenced || (text.empty() && line.starts_with("    "))) {
            page.code.push_back(line);
        } else if (line.empty()) {
            add_text(page, text);
            text.clear();
        } else if (line.starts_with("#")) {
            add_anchor(page, line.substr(line.find(' ') + 1));
            add_text(page, line);
        } else {
            text += line + " ";
        }
    }
    add_text(page, text);
    return page;
}

std::vector<fs::path> all_pages()
{
    std::vector<fs::path> pages{root / "README.md", root / "CONTRIBUTING.md", root / "CHANGELOG.md",
                                root / "bench/README.md"};
    for (const auto& entry : fs::recursive_directory_iterator(root / "docs")) {
        if (entry.path().extension() == ".md") {
            pages.push_back(entry.path());
        }
    }
    return pages;
}

namespace {

/// Why the link leads nowhere; empty when it does lead somewhere, or out of the house.
std::string mistake_in(const Page& page, const std::string& link)
{
    if (link.find("://") != std::string::npos || link.starts_with("mailto:")) {
        return "";
    }
    const std::size_t hash = std::min(link.find('#'), link.size());
    const fs::path target = hash == 0 ? page.path : page.path.parent_path() / link.substr(0, hash);
    if (!fs::exists(target)) {
        return "no such file";
    }
    if (hash == link.size() || target.extension() != ".md") {
        return "";
    }
    const Page there = hash == 0 ? page : read_page(target);
    return std::ranges::find(there.anchors, link.substr(hash + 1)) == there.anchors.end() ? "no such heading" : "";
}

TEST_CASE("every link in the documentation leads to a file that is there, and every anchor to a heading")
{
    std::size_t links = 0;
    for (const fs::path& path : all_pages()) {
        const Page page = read_page(path);
        for (const std::string& link : page.links) {
            CAPTURE(path.string());
            CAPTURE(link);
            CHECK(mistake_in(page, link).empty());
            ++links;
        }
    }
    CHECK(links > 100);
}

TEST_CASE("a link that leads nowhere, and an anchor of no heading, are seen")
{
    const Page page = read_page(root / "docs/reference/exit-codes.md");
    CHECK(mistake_in(page, "no-such-page.md") == "no such file");
    CHECK(mistake_in(page, "experiment-file.md#no-such-heading") == "no such heading");
    CHECK(mistake_in(page, "experiment-file.md#pool-the-workers-under-test").empty());
}

TEST_CASE("every page of the documentation can be reached from its index, by one link or several")
{
    std::set<fs::path> reached;
    std::vector<fs::path> next{root / "docs/README.md"};
    while (!next.empty()) {
        const fs::path path = fs::weakly_canonical(next.back());
        next.pop_back();
        if (path.extension() != ".md" || !reached.insert(path).second) {
            continue;
        }
        const Page page = read_page(path);
        for (const std::string& link : page.links) {
            if (link.find("://") == std::string::npos && link.front() != '#') {
                next.push_back(path.parent_path() / link.substr(0, link.find('#')));
            }
        }
    }
    for (const fs::path& path : all_pages()) {
        CHECK_MESSAGE(reached.contains(fs::weakly_canonical(path)), path.string());
    }
}

TEST_CASE("every picture of the documentation is shown on a page")
{
    std::set<fs::path> shown;
    for (const fs::path& path : all_pages()) {
        for (const std::string& link : read_page(path).links) {
            if (link.find("://") == std::string::npos) {
                shown.insert(fs::weakly_canonical(path.parent_path() / link));
            }
        }
    }
    std::size_t pictures = 0;
    for (const auto& entry : fs::directory_iterator(root / "docs/pictures")) {
        CHECK_MESSAGE(shown.contains(fs::weakly_canonical(entry.path())), entry.path().string());
        ++pictures;
    }
    CHECK(pictures >= 6);
}

} // namespace
} // namespace bulkhead::tests
