// `bulkhead anatomy`.
#include "tests/cli/run_binary.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

namespace bulkhead::tests {
namespace {

using Json = nlohmann::json;

TEST_CASE("anatomy shows a live pool, leaves no file behind and exits with 0")
{
    const TempDir folder;
    const Ended text = bulkhead(folder.path(), {"anatomy"});
    CAPTURE(text.err);
    CHECK(code_of(text) == 0);
    for (const std::string part : {"anatomy of a pool 2x2", "p1t1", "[heap]", "[stack]", "kcmp(2)", "GHSTM",
                                   "20 of 20 writes", "Z zombie", "no memory and no descriptors"}) {
        CHECK_MESSAGE(has(text.out, part), part);
    }
    CHECK(folder.files().empty());
}

TEST_CASE("the JSON of an anatomy tells what is shared in any shape")
{
    const TempDir folder;
    const auto figures = [&](const std::vector<std::string>& options) {
        std::vector<std::string> arguments{"anatomy", "--format", "json"};
        arguments.insert(arguments.end(), options.begin(), options.end());
        return Json::parse(bulkhead(folder.path(), arguments).out).at("figures");
    };
    const Json processes = figures({"--shape", "4x1"});
    CHECK(processes.at("seen_by_other_hosts.heap") == 0.0);
    CHECK(processes.value("shared_with_other_hosts.vm", 0.0) == 0.0); // a sandbox may forbid kcmp(2)
    CHECK_FALSE(processes.contains("seen_by_cell_mates.heap"));
    const Json threads = figures({"--shape", "1x4", "--launch", "zygote"});
    CHECK(threads.at("seen_by_cell_mates.stack") == 1.0);
    CHECK(threads.at("pss_kib_per_worker") < processes.at("pss_kib_per_worker"));
    CHECK(figures({"--shape", "4x1", "--share", "segment"}).at("seen_by_other_hosts.segment") == 1.0);
}

TEST_CASE("the picture of an anatomy is of the pool that was launched, in the language that is asked for")
{
    const TempDir folder;
    const Ended english = bulkhead(folder.path(), {"anatomy", "--shape", "1x3", "--format", "svg", "--lang", "en"});
    CAPTURE(english.err);
    CHECK(code_of(english) == 0);
    CHECK(english.out.starts_with("<?xml version=\"1.0\""));
    CHECK(has(english.out, "<title>Memory of a pool 1x3</title>"));
    CHECK(has(english.out, "15 of 15 writes were seen in the writer's own memory"));
    const Ended korean = bulkhead(folder.path(), {"anatomy", "--shape", "1x3", "--format", "svg", "--lang", "ko"});
    CHECK(has(korean.out, "<title>풀의 메모리: 1x3</title>"));
}

TEST_CASE("a pool that cannot be looked at is a mistake, and so is a word that means nothing")
{
    const TempDir folder;
    struct Mistake {
        std::vector<std::string> options;
        std::string said;
    };
    const Mistake mistakes[] = {{{"--shape", "2by2"}, "2by2"},
                                {{"--shape", "2x2,4x1"}, "2x2,4x1"},
                                {{"--shape", "65x1"}, "at most 64 workers"},
                                {{"--share", "segmnet"}, "did you mean \"segment\"?"},
                                {{"--launch", "zygot"}, "did you mean \"zygote\"?"},
                                {{"--unshare", "flies"}, "did you mean \"files\"?"},
                                {{"--shpae", "2x2"}, "did you mean \"--shape\"?"},
                                {{"--format", "markdown"}, "valid: text, json"}};
    for (const Mistake& mistake : mistakes) {
        std::vector<std::string> arguments{"anatomy"};
        arguments.insert(arguments.end(), mistake.options.begin(), mistake.options.end());
        const Ended ended = bulkhead(folder.path(), arguments);
        CAPTURE(mistake.said);
        CAPTURE(ended.err);
        CHECK(code_of(ended) == 2);
        CHECK(has(ended.err, mistake.said));
        CHECK(ended.out.empty());
    }
}

TEST_CASE("a pool that cannot be launched is no answer")
{
    const TempDir folder;
    const Ended ended = Program({"anatomy"}, {folder.path(), {"BULKHEAD_HOST=/bin/true"}, false, {}}).wait();
    CHECK(code_of(ended) == 3);
    CHECK(has(ended.err, "the pool is not ready: host p")); // whichever was seen to end first
    CHECK(has(ended.err, " ended at its start"));
}

} // namespace
} // namespace bulkhead::tests
