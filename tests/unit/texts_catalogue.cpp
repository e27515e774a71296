// The catalogue of texts as a whole: nothing is missing in it, said twice, or left over.
#include "harness/model/experiment.hpp"
#include "harness/model/fault.hpp"
#include "harness/model/figure.hpp"
#include "harness/model/thesis.hpp"
#include "harness/texts/texts.hpp"
#include "said_in_source.hpp"
#include "tests/korean.hpp"

#include <cctype>
#include <doctest/doctest.h>
#include <map>
#include <set>

using namespace bulkhead;
using texts::Translation;

namespace {

const std::filesystem::path source_folder = BULKHEAD_SOURCE_DIR;

struct List {
    std::string_view name;
    std::span<const Translation> rows;
};

std::vector<List> lists()
{
    return {{"words", texts::words()},        {"page", texts::page()},         {"claims", texts::claims()},
            {"faults", texts::faults()},      {"figures", texts::figures()},   {"lessons", texts::lessons()},
            {"live", texts::live()},          {"pictures", texts::pictures()}, {"trials", texts::trials()},
            {"sentences", texts::sentences()}};
}

/// How often each place of a format occurs; those without a number are numbered as fmt does.
std::map<int, int> places_of(std::string_view format)
{
    std::map<int, int> places;
    int next = 0;
    for (std::size_t at = format.find('{'); at != std::string_view::npos; at = format.find('{', at + 1)) {
        const char first = at + 1 < format.size() ? format[at + 1] : '\0';
        ++places[std::isdigit(static_cast<unsigned char>(first)) != 0 ? first - '0' : next++];
    }
    return places;
}

std::set<std::string> keys_of(std::span<const Translation> rows)
{
    std::set<std::string> keys;
    for (const Translation& row : rows) {
        keys.emplace(row.english);
    }
    return keys;
}

/// What the shipped experiments ask.
std::set<std::string> questions()
{
    std::set<std::string> found;
    constexpr std::string_view key = "question = \"";
    for (const auto& entry : std::filesystem::recursive_directory_iterator(source_folder / "experiments")) {
        const std::string text = entry.path().extension() == ".toml" ? said::text_of(entry.path()) : "";
        // Not those of the course, which is in the list of its own.
        if (const std::size_t at = text.find(key);
            at != std::string::npos && entry.path().string().find("/lessons/") == std::string::npos) {
            const std::size_t begin = at + key.size();
            found.insert(text.substr(begin, text.find('"', begin) - begin));
        }
    }
    return found;
}

void check_translated(std::string_view english)
{
    CAPTURE(english);
    // Some have nothing but places and signs in them: "{0}, {1}".
    if (english.find_first_of("abcdefghijklmnopqrstuvwxyz") != std::string_view::npos) {
        CHECK(korean::has_hangul(texts::say(texts::Language::korean, english)));
    }
}

} // namespace

TEST_CASE("each text of the catalogue is there once, has Hangul in its translation, and no English words")
{
    std::set<std::string_view> seen;
    for (const List& list : lists()) {
        for (const Translation& row : list.rows) {
            if (row.english.empty() && list.rows.size() == 1) {
                continue; // a list to which nothing belongs yet
            }
            CAPTURE(list.name);
            CAPTURE(row.english);
            CHECK(seen.insert(row.english).second);
            CHECK(korean::english_in(row.korean) == "");
            // The formats of lists have nothing but signs in them.
            // Some have nothing but places and signs in them: "95%: {0} to {1}".
            CHECK((korean::has_hangul(row.korean) || places_of(row.english).size() > 1));
        }
    }
    CHECK(seen.size() > 500);
}

TEST_CASE("a translation has the places of its original, and no particle behind one that would depend on what comes")
{
    for (const List& list : lists()) {
        for (const Translation& row : list.rows) {
            CAPTURE(list.name);
            CAPTURE(row.english);
            CHECK(places_of(row.english) == places_of(row.korean));
            CHECK(korean::particle_behind_place(row.korean) == "");
        }
    }
}

TEST_CASE("whatever the catalogue of faults says has its Korean, and no translation of a fault is left over")
{
    std::set<std::string> spoken;
    for (const model::FaultRow& row : model::catalogue()) {
        CAPTURE(row.id);
        for (const std::string_view text : {row.commits, row.why, row.subtle}) {
            check_translated(text);
            if (!text.empty()) {
                spoken.emplace(text);
            }
        }
    }
    CHECK(keys_of(texts::faults()) == spoken);
}

TEST_CASE("whatever the claims say and their experiments ask has its Korean, and nothing is left over")
{
    std::set<std::string> spoken = questions();
    CHECK(spoken.size() > 50);
    for (const model::Thesis& thesis : model::theses()) {
        for (const std::string_view text : {thesis.says, thesis.measured, thesis.boundary, thesis.learned}) {
            spoken.emplace(text);
        }
    }
    for (const std::string& text : spoken) {
        check_translated(text);
    }
    CHECK(keys_of(texts::claims()) == spoken);
}

TEST_CASE("what every figure and every workload is has its Korean, and nothing is left over")
{
    std::set<std::string> spoken;
    for (const model::FigureRow& row : model::figure_catalogue()) {
        CAPTURE(row.meaning);
        CHECK(korean::has_hangul(texts::say_composed(texts::Language::korean, row.meaning)));
        CHECK(korean::english_in(texts::say_composed(texts::Language::korean, row.meaning)) == "");
        spoken.emplace(row.meaning);
    }
    for (const model::Workload workload : model::workloads) {
        check_translated(model::sentence_of(workload));
        spoken.emplace(model::sentence_of(workload));
    }
    for (const std::string& key : keys_of(texts::figures())) {
        CAPTURE(key);
        CHECK(spoken.contains(key));
    }
}

TEST_CASE("every literal that is said in the sources has its Korean")
{
    struct Call {
        std::string_view name;
        int arguments;
    };
    std::size_t found = 0;
    for (const Call& call : {Call{"say(", 1}, Call{"say(", 0}, Call{"say_composed(", 1}, Call{"said(", 0},
                             Call{"said(", 1}, Call{"entry(", 1}, Call{"heading(", 1}, Call{"in_words(", 0}}) {
        for (const said::Literal& literal :
             said::in_folder(source_folder / "harness", {".cpp"}, call.name, call.arguments)) {
            CAPTURE(literal.file.string());
            check_translated(literal.text);
            ++found;
        }
    }
    CHECK(found > 20);
}

TEST_CASE("every text of the report's page has its Korean, and no translation of it is left over")
{
    const std::filesystem::path folder = source_folder / "harness" / "report" / "page";
    std::set<std::string> spoken;
    for (const said::Literal& literal : said::in_folder(folder, {".js"}, "t(")) {
        CAPTURE(literal.file.string());
        check_translated(literal.text);
        spoken.insert(literal.text);
    }
    CHECK(spoken.size() > 100);
    // What stands there before any script has run.
    for (const std::string& text : said::behind(said::text_of(folder.parent_path() / "html.cpp"), "say(", 1)) {
        check_translated(text);
        spoken.insert(text);
    }
    for (const Translation& row : texts::page()) {
        CAPTURE(row.english);
        CHECK(spoken.contains(std::string(row.english)));
    }
}
