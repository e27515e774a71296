// What explain and doctor say of what is not: a fault that does nothing, and what this version does not use.
#include "tests/cli/run_binary.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

namespace bulkhead::tests {
namespace {

using Json = nlohmann::json;

TEST_CASE("of a golden run it is explained that nobody is within reach, and no source is named where there is none")
{
    const TempDir folder;
    const Ended golden = bulkhead(folder.path(), {"explain", "none"});
    CHECK(code_of(golden) == 0);
    CHECK(has(golden.out, "Within reach  nobody\n"));
    CHECK_FALSE(has(golden.out, "Source"));
    CHECK_FALSE(has(golden.out, "\n\n\n"));
    const Ended korean = bulkhead(folder.path(), {"explain", "none", "--lang", "ko"});
    CHECK_FALSE(has(korean.out, "출처"));
    CHECK(has(bulkhead(folder.path(), {"explain", "errno"}).out, "Within reach  the victim alone\n"));
}

TEST_CASE("a family of faults is explained with a command that runs one of them, as a fault is")
{
    const TempDir folder;
    for (const std::string family : {"kill", "tgkill"}) {
        const Ended ended = bulkhead(folder.path(), {"explain", family});
        CHECK(code_of(ended) == 0);
        CHECK(ended.out.ends_with("\nSee for yourself\n  bulkhead run --shape 8x1,4x2,1x8 --fault " + family +
                                  ":SIGTERM\n"));
    }
}

TEST_CASE("doctor tells what this version does not use apart from what it uses where it is there")
{
    const TempDir folder;
    const std::string text = bulkhead(folder.path(), {"doctor"}).out;
    const std::size_t needed =
        text.find("\nNeeded\n"); // before it stands what the machine is, with some of these names
    const std::size_t used = text.find("\nUsed where it is there\n");
    const std::size_t unused = text.find("\nNot used by this version\n");
    REQUIRE(needed != std::string::npos);
    REQUIRE(used != std::string::npos);
    REQUIRE(unused != std::string::npos);
    const Json json = Json::parse(bulkhead(folder.path(), {"doctor", "--format", "json"}).out);
    for (const Json& capability : json["capabilities"]) {
        const auto name = capability["name"].get<std::string>();
        CAPTURE(name);
        const std::size_t row = text.find("\n  " + name + " ", needed);
        REQUIRE(row != std::string::npos);
        CHECK((row > unused) == !capability["used"].get<bool>());
        CHECK((row < used) == capability["needed"].get<bool>());
    }
}

} // namespace
} // namespace bulkhead::tests
