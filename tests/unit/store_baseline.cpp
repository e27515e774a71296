#include "comparison_samples.hpp"
#include "store_fixture.hpp"

#include "harness/store/baseline.hpp"
#include "harness/store/located_json.hpp"

#include <fstream>

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace bulkhead;
using namespace bulkhead::store;
using store::fixture::contains;

namespace {

Baseline sample()
{
    Baseline baseline{"main", tests::made_campaign(1, {.loses = 0.3, .trials = 4})};
    baseline.sample.facts.emplace_back("odd", "a \"quote\", a tab\t and \xc3\xa4");
    baseline.sample.text = "schema = 1\n\nname = \"x\"\n";
    return baseline;
}

/// What is said of a text that is no baseline.
std::string said_of(const std::string& text)
{
    try {
        (void)parse_baseline(text, "b.json");
    } catch (const BaselineError& error) {
        return error.what();
    }
    return {};
}

/// The sample's text with one thing changed.
std::string with(const std::string& part, const std::string& other)
{
    std::string text = baseline_text(sample());
    const std::size_t at = text.find(part);
    REQUIRE(at != std::string::npos);
    return text.replace(at, part.size(), other);
}

} // namespace

TEST_CASE("a baseline comes back as it was written, and is written alike each time")
{
    const Baseline baseline = sample();
    const std::string text = baseline_text(baseline);
    CHECK(parse_baseline(text, "b.json") == baseline);
    CHECK(baseline_text(parse_baseline(text, "b.json")) == text);
}

TEST_CASE("a baseline keeps how many trials have a figure that some do not have")
{
    Baseline baseline = sample();
    model::CellSample& cell = baseline.sample.cells[0];
    cell.having["detection"] = cell.judged - 1;
    cell.figures["detection"].pop_back();
    const std::string text = baseline_text(baseline);
    CHECK(text.find(R"("having": {"detection": 3}, "figures")") != std::string::npos);
    CHECK(parse_baseline(text, "b.json") == baseline);
    std::string older = text;
    const std::string key = R"("having": {"detection": 3}, )";
    older.erase(older.find(key), key.size());
    CHECK(parse_baseline(older, "b.json") == baseline);
    CHECK(said_of(with("\"figures\": {", "\"having\": {\"detection\": 4}, \"figures\": {"))
              .find("\"detection\" cannot be had by 4 of 4 judged trials") != std::string::npos);
    CHECK(said_of(with("\"figures\": {", "\"having\": {\"speed\": 3}, \"figures\": {"))
              .find("\"speed\" cannot be had by 3 of 4") != std::string::npos);
}

TEST_CASE("a baseline has a line for each cell and one for each of its figures")
{
    const std::string text = baseline_text(sample());
    std::size_t cells = 0;
    std::size_t figures = 0;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        cells += line.starts_with("    {\"shape\": ") ? 1 : 0;
        figures +=
            line.starts_with("      \"detection\": [") || line.starts_with("      \"memory_per_worker\": [") ? 1 : 0;
    }
    CHECK(cells == 12);
    CHECK(figures == 24);
}

TEST_CASE("a mistake in a baseline is told with its line and column, and what would be right")
{
    struct Mistake {
        std::string text;
        std::string said;
    };
    const Mistake mistakes[] = {
        {"", "b.json:1:1: syntax error"},
        {"[1, 2]", "b.json:1:1: the file is a list; it must be an object"},
        {"{}", "b.json:1:1: this is no baseline"},
        {"{\n  \"bulkhead_baseline\": 2}", "b.json:2:24: this is a baseline of version 2"},
        {with("\"name\": \"main\"", "\"name\": 7"), "b.json:3:11: \"name\" is a number; it must be a text"},
        {with("\"ended\"", "\"endet\""), "did you mean \"ended\"?"},
        {with("\"8x1\"", "\"8y1\""), "b.json:17:15: \"8y1\" is no shape"},
        {with("\"judged\": 4", "\"judged\": -4"), "\"judged\" is -4; it must be a whole number"},
        {with("\"judged\": 4", "\"judged\": 4.5"), "\"judged\" is 4.5; it must be a whole number"},
        {with("\"judged\": 4", "\"judged\": 4000000000"), "it must be a whole number from 0 to 1000000"},
        {with("\"judged\": 4", "\"judged\": 5"), "the trials of \"worst\" are not the 5 judged ones"},
        {with("\"intact\"", "\"intcat\""), "\"intcat\" is no outcome"},
        {with("\"survivors\": {\"", "\"survivors\": {\"9"), "is no number of survivors; a pool 8x1 has 7 to survive"},
        {with("\"detection\": [", "\"detection\": [1e9, "), "the figure \"detection\" has 5 values of 4 judged trials"},
        {with("\"detection\": [", "\"detection\": [null, "), "the figure \"detection\" has 5 values"},
        {with("\"abort\"", "\"segv-null\""), "the cell 8x1 segv-null is there twice"},
        {with("\"inconclusive\": 0, ", ""), "the key \"inconclusive\" is missing here"},
        {with("\"facts\"", "\"name\""), "the key \"name\" is there twice"},
        {"{\"a\": [[[[[[[[[[1]]]]]]]]]]}", "nested too deep"},
        {"{\"a\": 1e999}", "number overflow"},
        {std::string("{\"a\": \"\xff\"}"), "b.json:1:8: "},
    };
    for (const Mistake& mistake : mistakes) {
        const std::string said = said_of(mistake.text);
        CAPTURE(said);
        CAPTURE(mistake.said);
        CHECK(contains(said, mistake.said));
    }
}

TEST_CASE("a baseline that was cut off or damaged anywhere is refused with its place, or is one: nothing else happens")
{
    const std::string text = baseline_text(sample());
    for (std::size_t size = 0; size + 2 < text.size(); ++size)
        CHECK_MESSAGE(said_of(text.substr(0, size)).starts_with("b.json:"), size);
    CHECK(rc::check([&text] {
        std::string damaged = text;
        for (int i = 0; i < 3; ++i)
            damaged[*rc::gen::inRange<std::size_t>(0, text.size())] = *rc::gen::arbitrary<char>();
        const std::string said = said_of(damaged);
        RC_ASSERT(said.empty() || said.starts_with("b.json:"));
    }));
}

TEST_CASE("every value knows where it stands")
{
    const std::string text = "{\"a\": [10,\n 2 , \"x\"], \"b\": {\"c\":true}}";
    const LocatedJson json = read_json(text);
    const auto at = [&text](const LocatedJson& value) { return text.substr(value.offset, 2); };
    CHECK(json.offset == 0);
    CHECK(at(*json.find("a")) == "[1");
    CHECK(at(json.find("a")->items[0]) == "10");
    CHECK(at(json.find("a")->items[1]) == "2 ");
    CHECK(at(json.find("a")->items[2]) == "\"x");
    CHECK(at(*json.find("b")) == "{\"");
    CHECK(at(*json.find("b")->find("c")) == "tr");
    CHECK(json.find("c") == nullptr);
    const TextPlace place = place_in(text, json.find("a")->items[1].offset);
    CHECK(place.line == 2);
    CHECK(place.column == 2);
    CHECK(place.source == " 2 , \"x\"], \"b\": {\"c\":true}}");
}

TEST_CASE("a baseline file is made with its folder, replaced only when that is asked for, and nothing stays beside it")
{
    const fixture::Folder folder;
    const auto file = folder / "kept/main.json";
    write_baseline(file, sample(), false);
    CHECK(read_baseline(file) == sample());
    CHECK(contains(fixture::complaint_of([&] { write_baseline(file, {"other", {}}, false); }), "it exists"));
    CHECK(read_baseline(file).name == "main");
    Baseline other = sample();
    other.name = "other";
    write_baseline(file, other, true);
    CHECK(read_baseline(file).name == "other");
    CHECK(std::distance(std::filesystem::directory_iterator(folder / "kept"), {}) == 1);
    CHECK(contains(fixture::complaint_of([&] { write_baseline(file / "x.json", other, true); }), "cannot write"));
    CHECK(contains(fixture::complaint_of([&] { (void)read_baseline(folder.path()); }), "it is no file"));
    CHECK(contains(fixture::complaint_of([&] { (void)read_baseline(folder / "none.json"); }), "cannot read"));
}

TEST_CASE("a name is one of a file in the folder, and of none elsewhere")
{
    for (const char* name : {"main", "v1.2", "release_3-rc1", "7"})
        CHECK(may_name_baseline(name));
    for (const char* name : {"", ".hidden", "-x", "a/b", "../x", "a b", "a\n"})
        CHECK_FALSE(may_name_baseline(name));
}

TEST_CASE("what could not be read again is not written as a baseline")
{
    const fixture::Folder folder;
    Baseline large = sample();
    large.sample.cells.front().inconclusive = most_trials_of_cell + 1;
    CHECK(contains(fixture::complaint_of([&] { write_baseline(folder / "x.json", large, false); }),
                   "has more trials than the 1000000 of a cell"));
    CHECK_FALSE(std::filesystem::exists(folder / "x.json"));
    large.sample.cells.front().inconclusive = most_trials_of_cell;
    write_baseline(folder / "x.json", large, false);
    CHECK(read_baseline(folder / "x.json") == large);
}
