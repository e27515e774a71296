// The page of results: what is in it, how large it is, and what is never overwritten.
#include "tests/cli/tools.hpp"

#include "harness/spec/spec.hpp"
#include "harness/store/store.hpp"

#include <doctest/doctest.h>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sqlite3.h>
#include <sstream>

namespace bulkhead::tests {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

std::string text_of(const fs::path& path)
{
    std::ifstream file(path, std::ios::binary);
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
}

std::size_t count_of(const std::string& text, const std::string& part)
{
    std::size_t count = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) {
        ++count;
    }
    return count;
}

/// What a browser takes for the island: all up to the first end of an element.
Json island_of(const std::string& page)
{
    const std::string before = R"(<script type="application/json" id="bulkhead">)";
    REQUIRE(count_of(page, before) == 1);
    const auto begin = page.find(before) + before.size();
    return Json::parse(page.substr(begin, page.find("</", begin) - begin));
}

/// True when all that is in the first is in the second, too, at the same place.
bool is_part_of(const Json& part, const Json& whole)
{
    if (!part.is_structured() || part.type() != whole.type()) {
        return part == whole;
    }
    if (part.is_array() && part.size() != whole.size()) {
        return false;
    }
    for (const auto& [key, value] : part.items()) {
        const bool has = part.is_array() || whole.contains(key);
        if (!has || !is_part_of(value, part.is_array() ? whole.at(std::stoul(key)) : whole.at(key))) {
            return false;
        }
    }
    return true;
}

/// Six trials and two golden runs.
void run_first(const TempDir& folder, const std::string& out = "r.db")
{
    folder.write("a.toml", small_experiment("first", "survivors = \"all\""));
    REQUIRE(code_of(bulkhead(folder.path(), {"run", "a.toml", "--out", out})) == 1);
}

void change(const fs::path& results, const std::string& statement)
{
    sqlite3* database = nullptr;
    REQUIRE(sqlite3_open(results.c_str(), &database) == SQLITE_OK);
    CHECK(sqlite3_exec(database, statement.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK);
    sqlite3_close(database);
}

model::Experiment experiment_of(const std::string& text)
{
    return std::get<model::Experiment>(spec::parse(text, "large.toml"));
}

/// Every trial of the plan, each a copy of the one that a smaller campaign has of its cell.
void multiply(const fs::path& small, const fs::path& large, model::Experiment experiment)
{
    const store::Reader reader(small);
    reader.restore(experiment);
    std::map<std::uint32_t, model::TrialRecord> of_cell;
    reader.for_each([&](const model::TrialRecord& record) { of_cell.emplace(record.plan.cell, record); });
    const auto cells = model::expand(experiment);
    store::Writer writer(large, experiment, cells, reader.facts());
    for (const model::Cell& cell : cells) {
        model::TrialRecord record = of_cell.at(cell.number);
        for (std::uint32_t number = 0; number < cell.trials; ++number) {
            record.plan.id = cell.first_id + number;
            record.plan.number = number;
            if (record.end_seen) {
                ++*record.end_seen; // each was noticed at a time of its own
            }
            writer.add(record);
        }
    }
    writer.finish("complete");
}

TEST_CASE("a report lies beside its results, and has of them what show prints")
{
    const TempDir folder;
    run_first(folder);
    const Ended ended = bulkhead(folder.path(), {"report", "r.db"});
    CAPTURE(ended.err);
    REQUIRE(code_of(ended) == 0);
    CHECK(ended.out.starts_with("r.html: "));
    const Json island = island_of(text_of(folder / "r.html"));
    CHECK(island["format"] == "bulkhead-report");
    CHECK(island["language"] == "en");
    REQUIRE(island["experiments"].size() == 1);
    const Json& part = island["experiments"][0];

    Json shown = Json::parse(bulkhead(folder.path(), {"show", "r.db", "--format", "json"}).out);
    for (const Json& fact : part["facts"]) {
        CHECK(shown["facts"][fact["name"].get<std::string>()] == fact["value"]);
    }
    shown.erase("facts");
    shown.erase("worth_looking_at");
    CHECK(part["report"] == shown);
    CHECK(part["toml"] == text_of(folder / "a.toml"));
    CHECK(part["command"] == "bulkhead run a.toml");
    CHECK(part["save_as"].is_null());
    CHECK(part["trials"]["id"] == Json{1, 2, 3, 4, 5, 6, 7, 8});
    CHECK(part["cost"].size() == 2);
    CHECK(part["anatomy"].is_null());
    CHECK(island["comparison"].is_null());
    CHECK(island["claims"].is_null());

    REQUIRE(part["chosen"].size() == part["full"].size());
    CHECK(part["chosen"].size() >= 4);
    for (const Json& chosen : part["chosen"]) {
        const std::string id = std::to_string(chosen["id"].get<int>());
        const Json trial = Json::parse(bulkhead(folder.path(), {"show", "r.db", id, "--format", "json"}).out);
        CHECK(is_part_of(part["full"][id], trial));
        CHECK(part["full"][id]["events"] == trial["events"]);
        CHECK(part["full"][id]["workers"].size() == trial["workers"].size());
        CHECK(part["full"][id]["hosts"].size() == trial["hosts"].size());
    }
}

TEST_CASE("a report over ten trials has less than 500 kB, D3 and all")
{
    const TempDir folder;
    const Ended ran = bulkhead(folder.path(), {"run", "--fault", "abort", "--shape", "64x1", "--launch", "zygote",
                                               "--trials", "9", "--out", "r.db"});
    REQUIRE(code_of(ran) == 0);
    REQUIRE(code_of(bulkhead(folder.path(), {"report", "r.db"})) == 0);
    const Json island = island_of(text_of(folder / "r.html"));
    CHECK(island["experiments"][0]["trials"]["id"].size() == 10);
    CHECK_FALSE(island["experiments"][0]["chosen"].empty());
    CHECK(fs::file_size(folder / "r.html") < 500'000);
    REQUIRE(code_of(bulkhead(folder.path(), {"report", "r.db", "--lang", "ko", "-o", "k.html"})) == 0);
    CHECK(fs::file_size(folder / "k.html") < 500'000);
}

TEST_CASE("a report over 10,000 trials of 100 cells has less than 3 MB, and shows trials of every cell in full")
{
    const TempDir folder;
    const std::string text = R"(schema = 1
name = "large"
question = "How large is a report?"

[pool]
shapes = ["8x1", "4x2", "2x4", "1x8"]
launch = "zygote"

[fault]
kinds = ["segv-null", "segv-unmapped", "segv-readonly", "segv-noexec", "abort", "assert-failed", "illegal-instruction",
         "divide-by-zero", "breakpoint", "double-free", "uncaught-exception", "exit", "exit-immediately", "quick-exit",
         "exec-replace", "self-kill", "exception-caught", "umask", "change-directory", "kill:SIGTERM", "kill:SIGKILL",
         "kill:SIGHUP", "kill:SIGINT", "kill:SIGUSR1"]

[trials]
count = 1
golden = 0.01
)";
    const auto with = [&text](const std::string& count) {
        std::string changed = text;
        return changed.replace(changed.find("count = 1"), 9, "count = " + count);
    };
    folder.write("small.toml", with("1"));
    const Ended ran = bulkhead(folder.path(), {"run", "small.toml", "--jobs", "2", "--out", "small.db"});
    CAPTURE(ran.err);
    REQUIRE(fs::exists(folder / "small.db"));
    multiply(folder / "small.db", folder / "large.db", experiment_of(with("105")));

    const Ended ended = bulkhead(folder.path(), {"report", "large.db"});
    CAPTURE(ended.err);
    REQUIRE(code_of(ended) == 0);
    const std::string page = text_of(folder / "large.html");
    CHECK(page.size() < 3'000'000);
    const Json part = island_of(page)["experiments"][0];
    CHECK(part["trials"]["id"].size() >= 10'000);
    CHECK(part["report"]["cells"].size() == 100);
    std::set<int> shown;
    for (const Json& chosen : part["chosen"]) {
        shown.insert(chosen["cell"].get<int>());
    }
    CHECK(shown.size() == 100);
}

TEST_CASE("hostile text in a results file of somebody else stays text, and stops no report")
{
    const TempDir folder;
    run_first(folder);
    REQUIRE(code_of(bulkhead(folder.path(), {"report", "r.db", "-o", "harmless.html"})) == 0);
    const std::string payload = "</script><script>alert(1)</script><!--\xe2\x80\xa8\x1b[2J ]]> <img src=x onerror=a()>";
    const std::string bytes = "cast(x'3c2f7363726970743eff00c328' as text)"; // </script>, then what is no UTF-8
    const std::string quoted_payload = "'" + payload + "'";
    const std::string in_toml =
        "'</script><script>alert(1)</script><!--\xe2\x80\xa8'"; // no control character may be there
    change(folder / "r.db",
           "UPDATE fact SET value = " + quoted_payload + ", name = name || " + quoted_payload + " WHERE position = 1;" +
               "INSERT INTO fact SELECT max(position) + 1, " + bytes + ", " + bytes + " FROM fact;" +
               "UPDATE experiment SET origin = " + quoted_payload + ", text = replace(text, 'Does a worker', " +
               in_toml + ");" + "UPDATE trial SET inconclusive = " + quoted_payload + " WHERE id = 3;" +
               "UPDATE trial SET inconclusive = " + bytes + " WHERE id = 4;" + "INSERT INTO stack VALUES (3, 0, " +
               quoted_payload + "), (4, 0, " + bytes + ");" + "UPDATE worker SET probed = 1 WHERE trial = 3;" +
               "INSERT INTO change SELECT place, " + quoted_payload + ", " + bytes + ", " + quoted_payload +
               " FROM worker WHERE trial = 3;" + "INSERT INTO figure VALUES (5, " + quoted_payload + ", 9e999), (5, " +
               bytes + ", 1);" + "UPDATE campaign SET how = " + quoted_payload);
    const fs::path hostile = folder.path() / "<img src=x onerror=alert(1)>.db";
    fs::rename(folder / "r.db", hostile);
    const Ended ended = bulkhead(folder.path(), {"report", hostile.filename(), "-o", "r.html", "--title", payload});
    CAPTURE(ended.err);
    REQUIRE(code_of(ended) == 0);

    const std::string page = text_of(folder / "r.html");
    const std::string harmless = text_of(folder / "harmless.html");
    for (const std::string part : {"<script", "</script", "<img", "<!--", "<title", "\xe2\x80\xa8", "\x1b"}) {
        CAPTURE(part);
        CHECK(count_of(page, part) == count_of(harmless, part) + (part == "\xe2\x80\xa8" || part == "\x1b" ? 1 : 0));
    }
    const Json island = island_of(page);
    CHECK(island["title"] == payload);
    const Json& part = island["experiments"][0];
    CHECK(part["facts"][0]["value"] == payload);
    CHECK(part["facts"].back()["value"].get<std::string>().starts_with("</script>\xef\xbf\xbd"));
    CHECK(has(part["report"]["experiment"]["question"].get<std::string>(), "<script>alert(1)</script>"));
    CHECK(part["full"]["3"]["judgement"]["inconclusive"] == payload);
    CHECK(has(part["command"].get<std::string>(), "'</script><script>alert(1)</script>"));
    CHECK_FALSE(has(part["command"].get<std::string>(), "\x1b"));
}

TEST_CASE("an experiment whose name is none is refused, with nothing written")
{
    const TempDir folder;
    run_first(folder);
    change(folder / "r.db", "UPDATE experiment SET text = replace(text, '\"first\"', '\"</script><script>\"')");
    const Ended ended = bulkhead(folder.path(), {"report", "r.db"});
    CHECK(code_of(ended) == 2);
    CHECK_FALSE(fs::exists(folder / "r.html"));
}

TEST_CASE("a file that is there is overwritten only where it is a report")
{
    const TempDir folder;
    run_first(folder);
    folder.write("diary.html", "<!doctype html>\n<title>my diary</title>\n");
    for (const std::string kept : {"diary.html", "a.toml", "r.db"}) {
        CAPTURE(kept);
        const std::string before = text_of(folder.path() / kept);
        const Ended refused = bulkhead(folder.path(), {"report", "r.db", "-o", kept});
        CHECK(code_of(refused) == 2);
        CHECK(has(refused.err, kept));
        CHECK(refused.out.empty());
        CHECK(text_of(folder.path() / kept) == before);
    }
    REQUIRE(code_of(bulkhead(folder.path(), {"report", "r.db"})) == 0);
    REQUIRE(code_of(bulkhead(folder.path(), {"report", "r.db", "--title", "The second"})) == 0);
    CHECK(has(text_of(folder / "r.html"), "<title>The second</title>"));
}

TEST_CASE("a report of what cannot be read is none: exit code 2, and nothing written")
{
    const TempDir folder;
    run_first(folder);
    fs::create_directory(folder / "empty");
    const std::vector<std::pair<std::vector<std::string>, std::string>> mistakes = {
        {{"report"}, "RESULTS is missing"},
        {{"report", "none.db", "-o", "new/x.html"}, "none.db"},
        {{"report", "r.db", "none.db", "-o", "new/x.html"}, "none.db"},
        {{"report", "a.toml", "-o", "new/x.html"}, "a.toml"},
        {{"report", "empty", "-o", "new/x.html"}, "no results file (*.db)"},
        {{"report", "r.db", "-o", "new/x.html", "--anatomy", "none.json"}, "none.json"},
        {{"report", "r.db", "-o", "new/x.html", "--anatomy", "a.toml"}, "bulkhead anatomy --format json"},
        {{"report", "r.db", "-o", "new/x.html", "--lang", "fr"}, "fr"},
        {{"report", "r.db", "-o", "empty"}, "folder"},
    };
    for (const auto& [arguments, said] : mistakes) {
        const Ended ended = bulkhead(folder.path(), arguments);
        CAPTURE(ended.err);
        CHECK(code_of(ended) == 2);
        CHECK(has(ended.err, said));
        CHECK(ended.out.empty());
    }
    CHECK(folder.files() == std::vector<std::string>{"a.toml", "empty", "r.db"});
}

TEST_CASE("several results, and folders of them, make one report, which lies beside the first")
{
    const TempDir folder;
    fs::create_directory(folder / "all");
    run_first(folder, "all/b.db");
    run_first(folder, "all/a.db");
    run_first(folder, "c.db");
    REQUIRE(code_of(bulkhead(folder.path(), {"report", "all", "c.db"})) == 0);
    const Json island = island_of(text_of(folder.path() / "all" / "report.html"));
    REQUIRE(island["experiments"].size() == 3);
    CHECK(island["experiments"][0]["report"]["campaign"]["results"] == "all/a.db");
    CHECK(island["experiments"][2]["report"]["campaign"]["results"] == "c.db");
    for (const Json& part : island["experiments"]) {
        CHECK(part["chosen"].size() >= 4);
    }
}

TEST_CASE("a report to standard output is the page and nothing else")
{
    const TempDir folder;
    run_first(folder);
    const Ended page = bulkhead(folder.path(), {"report", "r.db", "-o", "-"});
    CHECK(code_of(page) == 0);
    CHECK(page.out.starts_with("<!doctype html>"));
    CHECK(page.out.ends_with("</html>\n\n"));
    CHECK(bulkhead(folder.path(), {"report", "r.db", "-o", "/dev/stdout"}).out == page.out);
    CHECK(folder.files() == std::vector<std::string>{"a.toml", "r.db"});
}

TEST_CASE("what anatomy has printed is in the report; what is nested without end is not")
{
    const TempDir folder;
    run_first(folder);
    const std::string anatomy = bulkhead(folder.path(), {"anatomy", "--shape", "1x2", "--format", "json"}).out;
    folder.write("anatomy.json", anatomy);
    REQUIRE(code_of(bulkhead(folder.path(), {"report", "r.db", "--anatomy", "anatomy.json"})) == 0);
    CHECK(island_of(text_of(folder / "r.html"))["experiments"][0]["anatomy"] == Json::parse(anatomy));
    folder.write("deep.json", R"({"format": "bulkhead-anatomy", "pairs": )" + std::string(200'000, '[') +
                                  std::string(200'000, ']') + "}");
    CHECK(code_of(bulkhead(folder.path(), {"report", "r.db", "--anatomy", "deep.json", "-o", "d.html"})) == 2);
}

TEST_CASE("results of an experiment that no file has come with the text to be saved")
{
    const TempDir folder;
    REQUIRE(code_of(bulkhead(folder.path(), {"run", "--fault", "abort", "--shape", "2x1", "--launch", "zygote",
                                             "--trials", "2", "--jobs", "2", "--out", "r.db"})) == 0);
    REQUIRE(code_of(bulkhead(folder.path(), {"report", "r.db"})) == 0);
    const Json part = island_of(text_of(folder / "r.html"))["experiments"][0];
    folder.write(part["save_as"].get<std::string>(), part["toml"]);
    CHECK(part["command"] == "bulkhead run " + part["save_as"].get<std::string>() + " --jobs 2");
    CHECK(code_of(bulkhead(folder.path(), {"validate", part["save_as"]})) == 0);
}

TEST_CASE("a comparison can be a page, too, with both sides, and what it prints is what it would print without")
{
    const TempDir folder;
    run_first(folder, "before.db");
    run_first(folder, "after.db");
    const Ended plain = bulkhead(folder.path(), {"compare", "before.db", "after.db", "--format", "json"});
    const Ended paged =
        bulkhead(folder.path(), {"compare", "before.db", "after.db", "--format", "json", "--html", "c.html"});
    CHECK(paged.out == plain.out);
    CHECK(code_of(paged) == code_of(plain));
    const Json island = island_of(text_of(folder / "c.html"));
    CHECK(island["comparison"] == Json::parse(plain.out));
    CHECK(island["comparison"]["format"] == "bulkhead-comparison");
    CHECK(island["experiments"].size() == 2);

    REQUIRE(code_of(bulkhead(folder.path(), {"baseline", "save", "main", "before.db"})) == 0);
    REQUIRE(code_of(bulkhead(folder.path(), {"compare", "main", "main", "--html", "m.html"})) == 0);
    CHECK(island_of(text_of(folder / "m.html"))["experiments"].empty());
    const Ended refused = bulkhead(folder.path(), {"compare", "before.db", "after.db", "--html", "a.toml"});
    CHECK(code_of(refused) == 2);
    CHECK(refused.out.empty());
}

} // namespace
} // namespace bulkhead::tests
