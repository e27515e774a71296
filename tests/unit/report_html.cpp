#include "harness/report/html.hpp"

#include "harness/report/assets.hpp"
#include "tests/korean.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>
#include <rapidcheck.h>

using namespace bulkhead;
using nlohmann::json;

namespace {

/// What a results file of somebody else may have for a name, a fact or the words of a worker.
const std::vector<std::string> payloads{
    "</script><script>alert(1)</script>",
    "</SCRIPT ><img src=x onerror=alert(1)>",
    "<!--",
    "<!--<script>",
    "-->",
    "]]>",
    "<!--style--><!--needs script--><!--data--><!--script d3--><!--script-->",
    "\"}]}</script>",
    "\\u003c/script\\u003e",
    "&lt;script&gt;",
    "line \xe2\x80\xa8 and paragraph \xe2\x80\xa9",
    std::string("nul \0 escape \x1b[2J bell \a delete \x7f", 33),
    "invalid \xff\xc3 \xed\xa0\x80 \xf4\x90\x80\x80",
    "<title>Bulkhead</title><html lang=\"en\"",
    "${alert(1)} `alert(1)`",
};

/// As whoever makes an island writes it.
std::string json_of(const std::string& text)
{
    return json{{"text", text}}.dump(-1, ' ', false, json::error_handler_t::replace);
}

std::size_t count_of(std::string_view text, std::string_view part)
{
    std::size_t count = 0;
    for (auto at = text.find(part); at != std::string_view::npos; at = text.find(part, at + part.size())) {
        ++count;
    }
    return count;
}

/// What a browser takes for the island: all up to the first end of a script element, however that is written.
std::string island_in(const std::string& page)
{
    const std::string before = R"(<script type="application/json" id="bulkhead">)";
    const auto begin = page.find(before) + before.size();
    return page.substr(begin, page.find("</", begin) - begin);
}

} // namespace

TEST_CASE("JSON for the island has no character that HTML would see, and is the same JSON")
{
    for (const std::string& payload : payloads) {
        CAPTURE(payload);
        const std::string plain = json_of(payload);
        const std::string safe = report::for_island(plain);
        CHECK(safe.find_first_of("<>&") == std::string::npos);
        CHECK(safe.find("\xe2\x80\xa8") == std::string::npos);
        CHECK(safe.find("\xe2\x80\xa9") == std::string::npos);
        CHECK(json::parse(safe) == json::parse(plain));
    }
}

TEST_CASE("whatever bytes a text has, the island is the same JSON without a character that HTML would see")
{
    CHECK(rc::check([](const std::string& text) {
        const std::string plain = json_of(text);
        const std::string safe = report::for_island(plain);
        RC_ASSERT(safe.find_first_of("<>&") == std::string::npos);
        RC_ASSERT(json::parse(safe) == json::parse(plain));
    }));
}

TEST_CASE("no text in the island or in the title makes an element, ends one, or is taken for a marker")
{
    const std::string harmless = report::fill_page({"en", "title", json_of("text")});
    for (const std::string& payload : payloads) {
        CAPTURE(payload);
        const std::string page = report::fill_page({"en", payload, json_of(payload)});
        CHECK(json::parse(island_in(page)) == json::parse(json_of(payload)));
        for (const char* const part : {"<script", "</script", "<img", "<!--", "-->", "<title", "<style", "<html"}) {
            CAPTURE(part);
            CHECK(count_of(page, part) == count_of(harmless, part));
        }
    }
}

TEST_CASE("the page has each of its markers once, and what takes their place has nothing that would end it")
{
    for (const char* const marker : {"<html lang=\"en\"", "<title>Bulkhead</title>", "<!--style-->",
                                     "<!--needs script-->", "<!--data-->", "<!--script d3-->", "<!--script-->"}) {
        CAPTURE(marker);
        CHECK(count_of(report::page_html(), marker) == 1);
    }
    for (const std::string_view script : {report::d3_script(), report::page_script()}) {
        CHECK_FALSE(script.empty());
        CHECK(count_of(script, "</script") == 0);
        CHECK(count_of(script, "<!--") == 0);
    }
    CHECK_FALSE(report::page_css().empty());
    CHECK(count_of(report::page_css(), "</style") == 0);
    CHECK(report::d3_script().starts_with("// https://d3js.org v5.")); // with its authors' name
}

TEST_CASE("where no script runs, the page says in its language that it needs one")
{
    const auto without_script = [](const std::string& page) {
        const auto begin = page.find("<noscript>");
        return page.substr(begin, page.find("</noscript>") - begin);
    };
    CHECK(without_script(report::fill_page({"en", "title", "{}"})).find("needs JavaScript") != std::string::npos);
    const std::string korean = without_script(report::fill_page({"ko", "title", "{}"}));
    CHECK(korean::has_hangul(korean));
    CHECK(korean::english_in(korean.substr(korean.find("alone"))) == "");
}

TEST_CASE("the page asks nothing of any network, and forbids it")
{
    const std::string page = report::fill_page({"en", "title", "{}"});
    CHECK(count_of(page, "Content-Security-Policy") == 1);
    CHECK(count_of(page, "default-src 'none'") == 1);
    for (const char* const part : {" src=\"http", " href=\"http", "@import", "url(http", "fetch(", "XMLHttpRequest("}) {
        CAPTURE(part);
        CHECK(count_of(report::page_html(), part) == 0);
        CHECK(count_of(report::page_css(), part) == 0);
        CHECK(count_of(report::page_script(), part) == 0);
    }
}

TEST_CASE("a page is told from other files by how it begins")
{
    const std::string page = report::fill_page({"ko", "<b>title</b> & more", "{}"});
    CHECK(report::is_report(page));
    CHECK(report::is_report(page.substr(0, report::enough_of_report)));
    CHECK(count_of(page, "<html lang=\"ko\"") == 1);
    CHECK(count_of(page, "<title>&lt;b&gt;title&lt;/b&gt; &amp; more</title>") == 1);
    CHECK_FALSE(report::is_report("<!doctype html><title>diary</title>"));
    CHECK_FALSE(report::is_report("notes: " + page));
    CHECK_FALSE(report::is_report(""));
}

TEST_CASE("the size of a page is that of a bare one, its title and its island")
{
    const std::string island = json_of("a < b");
    CHECK(report::fill_page({"en", "title", island}).size() ==
          report::size_of_bare_page() + 5 + report::for_island(island).size());
}
