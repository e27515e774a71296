// The memory picture: boxes by the shape, bars by what is shared, marks by the outcomes.
#include "harness/report/memory_picture.hpp"
#include "tests/unit/model_records.hpp"

#include <doctest/doctest.h>
#include <sstream>

using namespace bulkhead;
using namespace bulkhead::tests;

namespace {

std::string drawn(const report::MemoryPicture& picture, texts::Language language = texts::Language::english,
                  bool unicode = false, std::uint32_t width = 80)
{
    report::Page page({.width = width});
    report::print_memory(page, picture, language, unicode);
    return page.take();
}

bool has(const std::string& text, const std::string& part)
{
    return text.find(part) != std::string::npos;
}

} // namespace

TEST_CASE("each process is a box with its parts, and each thread has a stack in its process's box")
{
    const std::string text = drawn({.shape = shape("2x2")});
    CAPTURE(text);
    CHECK(has(text, "p0          p1\n"));
    CHECK(has(text, "stack    | t0 | t1 | | t0 | t1 |\n"));
    CHECK(has(text, "heap     |         | |         |\n"));
    CHECK_FALSE(has(text, "segment"));
    CHECK_FALSE(has(text, "fate"));
}

TEST_CASE("what all processes share is a bar below them, and only that")
{
    model::Containment containment;
    containment.shared = model::bit_of(model::Medium::segment) | model::bit_of(model::Medium::group);
    const std::string text = drawn({.shape = shape("2x1"), .containment = containment});
    CAPTURE(text);
    CHECK(has(text, "segment  ============="));
    CHECK(has(text, "group    ============="));
    CHECK_FALSE(has(text, "open file"));
}

TEST_CASE("the fate of each worker stands below its stack")
{
    const auto record = struck_record("segv-null", "4x2", {1, 0});
    const auto outcomes = model::judge(record).outcomes;
    const std::string text = drawn({.shape = shape("4x2"), .victim = record.plan.victim, .outcomes = outcomes});
    CAPTURE(text);
    CHECK(has(text, "fate       ok   ok     X    X      ok   ok     ok   ok\n"));
    CHECK(has(text, "the victim is p1t0"));
}

TEST_CASE("every line of a picture fits the page, in both languages")
{
    for (const auto language : texts::languages)
        for (const char* name : {"8x1", "4x2", "1x8", "64x1"}) {
            std::istringstream lines(drawn({.shape = shape(name)}, language, true, 60));
            for (std::string line; std::getline(lines, line);) {
                CAPTURE(line);
                CHECK(report::columns(report::Line{{line}}) <= 60);
            }
        }
}
