// Pictures of a trial and of a live pool.
#include "anatomy_samples.hpp"
#include "harness/report/anatomy_ties.hpp"
#include "harness/report/drawn_life.hpp"
#include "harness/report/svg_views.hpp"
#include "report_samples.hpp"
#include "svg_marks.hpp"

#include <doctest/doctest.h>
#include <limits>

using namespace bulkhead;
using namespace bulkhead::samples;
using texts::Language;

namespace {

std::string drawn(const model::TrialRecord& record, Language language = Language::english)
{
    return report::lifelines_svg(record, "first-look", language);
}

std::vector<report::DrawnLife> lives_of(const model::TrialRecord& record)
{
    return report::drawn_lives_of(record, model::judge(record));
}

std::uint64_t ops_of(const report::DrawnLife& life)
{
    std::uint64_t sum = 0;
    for (const report::DrawnStretch& stretch : life.stretches) {
        sum += stretch.ops;
    }
    return sum;
}

} // namespace

TEST_CASE("a trial has a line for each worker by its host, and a cross where one was seen to end")
{
    const std::string threads = drawn(trial(plan("segv-null", "1x8")));
    CHECK(marks(threads, "host") == 1);
    CHECK(marks(threads, "line sound") == 8);
    CHECK(marks(threads, "line died") == 8);
    CHECK(marks(threads, "end") == 8);
    CHECK(marks(threads, "fault") == 1);
    const std::string processes = drawn(trial(plan("segv-null", "8x1")));
    CHECK(marks(processes, "host") == 8);
    CHECK(marks(processes, "line died") == 1);
    CHECK(marks(processes, "end") == 1);
    const std::string thread_ends = drawn(trial(plan("thread-exit", "1x8")));
    CHECK(marks(thread_ends, "end") == 1);
}

TEST_CASE("a golden run has no fault and nobody's end")
{
    const std::string svg = drawn(trial(plan("none", "4x2")));
    CHECK(marks(svg, "fault") == 0);
    CHECK(marks(svg, "end") == 0);
    CHECK(marks(svg, "line sound") == 8);
    CHECK(has(svg, "Lifelines: golden run at 4x2"));
}

TEST_CASE("every op that was counted is on its worker's line, between the stamps at which it was counted")
{
    const model::TrialRecord record = trial(plan("segv-null", "4x2"));
    const auto lives = lives_of(record);
    for (std::size_t i = 0; i < lives.size(); ++i) {
        CAPTURE(i);
        if (!lives[i].ended_early) {
            CHECK(ops_of(lives[i]) == record.workers[i].ops_final);
        }
        model::Stamp at = record.started;
        for (const report::DrawnStretch& stretch : lives[i].stretches) {
            CHECK(stretch.from == at);
            CHECK(stretch.to > stretch.from);
            at = stretch.to;
        }
        CHECK(at <= lives[i].end);
    }
}

TEST_CASE("no worker of the victim's host has ops after the fault that ended it, however late that was noticed")
{
    model::TrialRecord record = trial(plan("segv-null", "1x8"));
    record.hosts.front().end_seen = *record.fired + 1'000'000;
    for (const report::DrawnLife& life : lives_of(record)) {
        REQUIRE_FALSE(life.stretches.empty());
        CHECK(life.stretches.back().to <= *record.fired);
        CHECK(life.end == *record.fired + 1'000'000);
    }
}

TEST_CASE(
    "whoever lives and does not answer has the colour of a stall from the fault on, and no op after the challenge")
{
    const model::TrialRecord record =
        trial(plan("sleep-forever", "4x2"), {.a_sibling_stalls = true, .inconclusive = {}});
    const auto lives = lives_of(record);
    CHECK(lives.back().outcome == model::Outcome::stalled);
    CHECK_FALSE(lives.back().as_predicted);
    CHECK(lives.back().stretches.back().to <= *record.challenged);
    const std::string svg = drawn(record);
    CHECK(marks(svg, "line stalled") == 2); // the victim, and the sibling
    CHECK(has(svg, ">stalled !<"));
    CHECK(has(svg, ">window ended<"));
}

TEST_CASE("a replacement begins where it was launched, and is sound from when it was ready")
{
    model::TrialRecord record = trial(plan("segv-null", "8x1"));
    const std::uint32_t host = record.plan.victim.host;
    record.restarts = {{.host = host,
                        .pid = 99,
                        .launched = *record.end_seen + 10,
                        .ready = *record.end_seen + 1000,
                        .termination = sys::Signaled{11, false},
                        .end_seen = *record.end_seen + 2000},
                       {.host = host, .pid = 100, .launched = *record.end_seen + 3000}};
    record.further_strikes = {{.ordered = *record.end_seen + 1100, .fired = *record.end_seen + 1500}};
    const std::string svg = drawn(record);
    CHECK(marks(svg, "launching") == 2);
    CHECK(marks(svg, "ready") == 1);
    CHECK(marks(svg, "end") == 2);
    CHECK(marks(svg, "fault") == 2);
    CHECK(has(svg, "its replacement is ready"));
}

TEST_CASE("stamps and counts that a host has made up leave every mark within the picture")
{
    constexpr auto most = std::numeric_limits<model::Stamp>::max();
    constexpr auto least = std::numeric_limits<model::Stamp>::min();
    for (const model::Stamp wild : {most, least, model::Stamp{0}}) {
        model::TrialRecord record = trial(plan("segv-null", "4x2"));
        record.fired = wild;
        record.fired_at_op = std::numeric_limits<std::uint64_t>::max();
        record.end_seen = ~wild;
        record.steady = wild;
        record.workers.back().before = model::Answer{.ops = 7'000'000'000'000, .check_holds = true, .at = wild};
        record.workers.front().ops_final = std::numeric_limits<std::uint64_t>::max();
        record.hosts.back().end_seen = least;
        const std::string svg = drawn(record);
        CHECK(furthest(svg) <= std::max(720.0, height_of(svg)));
        CHECK(svg.size() < 200'000);
    }
    model::TrialRecord backwards = trial(plan("none", "4x2"));
    backwards.finished = backwards.started - 5;
    CHECK(furthest(drawn(backwards)) <= 720);
}

TEST_CASE("of a thousand workers some are drawn, the victim among them, and the others are counted")
{
    model::TrialPlan large = plan("segv-null", "1024x1");
    large.victim = {1000, 0};
    const std::string svg = drawn(trial(large));
    CHECK(marks(svg, "line sound") == 64);
    CHECK(has(svg, "&gt; p1000t0"));
    CHECK(has(svg, "960 more workers are not drawn"));
    CHECK(height_of(svg) < 1300);
}

TEST_CASE("what a results file says of a trial stays text")
{
    model::TrialRecord record = trial(plan("segv-null", "4x2"), {.inconclusive = hostile});
    const std::string svg = report::lifelines_svg(record, hostile, Language::english);
    CHECK(is_harmless_xml(svg));
    CHECK(has(svg, "inconclusive:"));
    CHECK(has(svg, "&lt;script&gt;alert(1)"));
}

TEST_CASE("memory that workers see of one another is one box, and what each has to itself is a box for each")
{
    const std::string svg = report::memory_svg(anatomy("2x4"), Language::english);
    CHECK(marks(svg, "host") == 2);
    CHECK(marks(svg, "band code") == 1); // the same file for all
    CHECK(count_of(svg, "stroke-dasharray=\"4 3\"") == 1);
    CHECK(marks(svg, "band heap") == 2);
    CHECK(marks(svg, "band stack") == 2);
    CHECK(marks(svg, "band segment") == 2);
    CHECK(marks(svg, "band kernel") == 12); // six things of each host
    const std::string processes = report::memory_svg(anatomy("4x1"), Language::english);
    CHECK(marks(processes, "band heap") == 4);
    CHECK_FALSE(has(processes, "cell-mates"));
    const std::string shared = report::memory_svg(anatomy("2x4", true), Language::english);
    CHECK(marks(shared, "band segment") == 1);
    CHECK(marks(shared, "band heap") == 2);
}

TEST_CASE("stacks that lie in mappings of their own are told apart within what all see")
{
    model::Anatomy own = anatomy("1x4");
    CHECK(marks(report::memory_svg(own, Language::english), "chip") == 6); // here each part lies in one mapping
    for (model::WorkerAnatomy& worker : own.workers) {
        for (model::Address& address : worker.addresses) {
            if (address.part == model::Part::stack) {
                address.mapping->start -= 0x100000ULL * worker.id.thread;
            }
        }
    }
    const std::string svg = report::memory_svg(own, Language::english);
    CHECK(marks(svg, "chip") == 9);
    CHECK(marks(svg, "band stack") == 1);
}

TEST_CASE("what the kernel does not tell is drawn and told as unknown")
{
    model::Anatomy silent = anatomy("2x2");
    for (model::Pair& pair : silent.pairs) {
        pair.resources.fill(model::Common::unknown);
        pair.parts.fill(model::Sight::unknown);
    }
    const std::string svg = report::memory_svg(silent, Language::english);
    CHECK(marks(svg, "band kernel") == 0);
    CHECK(marks(svg, "band unknown") == 6 * 4);
    CHECK(has(svg, "cell-mates: unknown"));
    const report::Ties ties(silent, model::Part::heap);
    CHECK_FALSE(ties.together(0, 1));
    CHECK(ties.of_others(Language::english, "all", "none") == "unknown");
}

TEST_CASE("an anatomy of 64 workers stays within its picture, and names of mappings stay text")
{
    model::Anatomy large = anatomy("64x1");
    large.workers.front().addresses.front().mapping->path = "/" + hostile;
    for (const Language language : {Language::english, Language::korean}) {
        const std::string svg = report::memory_svg(large, language);
        CHECK(furthest(svg) <= std::max(720.0, height_of(svg)));
        CHECK(is_harmless_xml(svg));
        CHECK(marks(svg, "band heap") == 64);
    }
}
