// Texts that are composed of others: what is recognised in them, and that all which the model composes is.
#include "harness/model/channel.hpp"
#include "harness/model/claim.hpp"
#include "harness/model/judge.hpp"
#include "harness/report/chronicle.hpp"
#include "harness/report/claims.hpp"
#include "harness/report/figures.hpp"
#include "harness/report/relations.hpp"
#include "harness/report/result.hpp"
#include "harness/report/text.hpp"
#include "harness/texts/texts.hpp"
#include "model_records.hpp"
#include "report_samples.hpp"
#include "tests/korean.hpp"

#include <doctest/doctest.h>
#include <numeric>

using namespace bulkhead;
using texts::Language;

namespace {

std::string said(std::string_view english)
{
    return texts::say_composed(Language::korean, english);
}

/// Said in Korean, wholly.
void check_said(std::string_view english)
{
    const std::string korean = said(english);
    CAPTURE(english);
    CAPTURE(korean);
    CHECK((english.empty() || korean::has_hangul(korean)));
    CHECK(korean::english_in(korean) == "");
}

std::vector<model::Fault> every_fault()
{
    std::vector<model::Fault> faults;
    for (std::uint16_t row = 0; row < model::catalogue().size(); ++row) {
        if (!model::takes_signal(model::catalogue()[row])) {
            faults.push_back({row, 0});
            continue;
        }
        for (const std::string_view name : model::signal_names()) {
            faults.push_back({row, model::parse_signal(name).value()});
        }
    }
    return faults;
}

std::vector<double> first(int count)
{
    std::vector<double> values(static_cast<std::size_t>(count));
    std::iota(values.begin(), values.end(), 1.0);
    return values;
}

void check_reason(const model::FigureIs& claim, const std::vector<double>& values, const std::vector<double>& base)
{
    check_said(weigh_figure(claim, values, base).reason);
}

} // namespace

TEST_CASE("a language is known by its word and by the name of a locale, and English is what is not translated")
{
    CHECK(texts::parse_language("ko") == Language::korean);
    CHECK(texts::parse_language("ko_KR.UTF-8") == Language::korean);
    CHECK(texts::parse_language("C.UTF-8") == Language::english);
    CHECK_FALSE(texts::parse_language("fr_FR"));
    CHECK(texts::say(Language::english, "intact") == "intact");
    CHECK(texts::say(Language::korean, "intact") == "온전");
    CHECK(texts::say(Language::korean, "no such text") == "no such text");
    CHECK(said("no such text") == "no such text");
    CHECK(texts::say_composed(Language::english, "1 trial") == "1 trial");
}

TEST_CASE("a sentence is recognised by its format, and what stands in its places is said in its turn")
{
    CHECK(said("20 trials") == "시행 20회");
    CHECK(said("many trials") == "many trials");
    CHECK(said("its process ends: killed by SIGSEGV (si_code SEGV_MAPERR)") ==
          "프로세스가 끝납니다: SIGSEGV 시그널로 죽음 (si_code SEGV_MAPERR)");
    CHECK(said("0 of 140 siblings lost in 20 trials (95%: at most 13.9% of trials lose one)") ==
          "형제 워커 140개 가운데 0개를 잃음: 시행 20회 (95%: 하나라도 잃는 시행은 많아야 13.9%)");
    CHECK(said("zygote, fault inside-op after 10 to 100 ops, victim random, 20 trials a cell, seed 1, window 1 s, "
               "evidence "
               "10 ops") == "zygote, 결함 inside-op, 연산 10~100회 뒤, 희생자 random, 칸마다 시행 20회, 시드 1, 관찰 "
                            "시간 1 s, 근거 연산 10회");
    CHECK(said("1x8, segv-null, abort and exit: survivors = none") == "1x8, segv-null, abort, exit: survivors = none");
}

TEST_CASE("a text that fits no format, or has the signs of one in it, does no harm")
{
    for (const std::string_view text : {"", " ", ": ", "{}", "{0} trials", "}{", "a: b: c: d: e", " and ", "x and "}) {
        CHECK(said(text) == said(text));
    }
    CHECK(said("killed by {0}") == "{0} 시그널로 죽음");
    CHECK(said(std::string(2000, 'x') + ": y").size() == 2003);
}

TEST_CASE("whatever is derived from a row of the catalogue has its Korean")
{
    for (const model::Fault fault : every_fault()) {
        const model::FaultNature nature = model::nature_of(fault);
        CAPTURE(model::to_string(fault));
        check_said(model::describe(nature.end));
        check_said(model::to_string(nature.effect));
        check_said(model::to_string(nature.reach));
        check_said(report::describe_reach(nature.reach, nature.medium));
        check_said(report::describe_leaves(nature.leaves));
        check_said(report::describe_guards(fault));
        check_said(report::heading_of(model::row_of(fault).family));
        if (model::row_of(fault).needs != model::Need::nothing) {
            check_said(model::to_string(model::row_of(fault).needs));
        }
        for (const report::Setting& setting : report::settings_of(fault)) {
            check_said(setting.words);
        }
    }
    for (const model::Outcome outcome : model::all_outcomes) {
        check_said(to_string(outcome));
    }
    for (const model::Passage passage : model::passages) {
        check_said(to_string(passage));
    }
}

TEST_CASE("the reasons of verdicts about figures have their Korean")
{
    model::FigureIs claim{.figure = "detection", .bound = 50};
    check_reason(claim, {}, {});
    for (const model::Statistic statistic : {model::Statistic::median, model::Statistic::p90, model::Statistic::p99,
                                             model::Statistic::least, model::Statistic::most}) {
        claim.statistic = statistic;
        for (const model::Comparison comparison : {model::Comparison::at_least, model::Comparison::at_most}) {
            claim.comparison = comparison;
            for (const int trials : {1, 3, 8, 100, 400}) {
                check_reason(claim, first(trials), {});
                claim.times = model::Selection{};
                check_reason(claim, first(trials), {});
                check_reason(claim, first(trials), {0.0});
                check_reason(claim, first(trials), first(1));
                check_reason(claim, first(trials), first(60));
                claim.times.reset();
            }
        }
    }
}

TEST_CASE("what happens in a trial, and what comes of it, has its Korean")
{
    const auto check_told = [](const model::TrialRecord& record) {
        for (const report::Event& event : report::chronicle_of(record)) {
            check_said(event.name);
            check_said(event.text);
        }
        check_said(report::result_text(record, model::judge(record)));
    };
    for (const model::Fault fault : every_fault()) {
        for (const std::string_view shape : {"1x1", "4x1", "32x1", "4x2", "1x32"}) {
            check_told(tests::struck_record(model::to_string(fault), shape, {}));
            model::TrialRecord surprising = tests::struck_record(model::to_string(fault), shape);
            for (model::WorkerRecord& worker : surprising.workers) {
                tests::inflict(surprising, worker, model::Outcome::stalled);
            }
            check_told(surprising);
        }
    }
    check_told(tests::quiet_record("none", "8x1"));
    model::TrialRecord restarted = tests::struck_record("abort", "4x1");
    restarted.restarts = {
        {.strike = 1, .host = 0, .launched = 4'100, .ready = 4'500},
        {.strike = 1, .host = 1, .collateral = true, .launched = 4'100, .ready = 4'600},
        {.strike = 2, .host = 0, .launched = 5'100, .termination = sys::Exited{1}, .end_seen = 5'200}};
    restarted.further_strikes = {{.ordered = 4'700, .fired = 4'800, .end_seen = 4'900}, {.ordered = 5'300}};
    restarted.given_up = 5'400;
    check_told(restarted);
    CHECK(said("host 1 killed by SIGKILL, by its supervisor, 12 us after the fault") ==
          "호스트 1, SIGKILL 시그널로 죽음, 감독자가 끝냄, 결함 뒤 12 us");
    CHECK(
        said("host 1 exited with code 3; its black box was spoiled, and is not believed, 1 min 5 s after the fault") ==
        "호스트 1, 종료 코드 3; 블랙박스가 망가져서 믿지 않음, 결함 뒤 1 min 5 s");
    CHECK(said("p0, p2 and p3, 400 us after the launch") == "p0, p2, p3, 시작 뒤 400 us");
    CHECK(said("1/84 speed") == "1/84배속");
}

TEST_CASE("what an expectation says keeps the words of experiment files, and loses the English around them")
{
    const auto described = [](const model::Expectation& expectation) { return said(describe(expectation)); };
    CHECK(described(samples::expectation({}, {}, model::AllSiblings{})) == "모든 구성, 모든 결함: survivors = all");
    CHECK(described(samples::expectation({"8x1", "4x2"}, {"abort"}, model::NoSibling{})) ==
          "8x1, 4x2, abort: survivors = none");
    CHECK(described(samples::expectation({"8x1"}, {}, model::AsPredicted{})) ==
          "8x1, 모든 결함: blast_radius = predicted");
    model::Expectation sure = samples::expectation({"8x1"}, {"abort"}, model::AsPredicted{});
    sure.confidence = 0.99;
    CHECK(described(sure) == "8x1, abort: blast_radius = predicted, 신뢰 수준 99%");
    model::FigureIs figure{.figure = "throughput", .bound = 1.5};
    figure.times = model::Selection{.shapes = {{1, 1}}};
    CHECK(described(samples::expectation({"1x2"}, {"none"}, figure)) ==
          "1x2, none: throughput >= 1x1, 모든 결함의 1.5배");
}

TEST_CASE("why a trial could not be judged is said in Korean, with the names and figures that are in it")
{
    for (const char* const reason :
         {"no steady state: host p1 ended at its start: exit code 3",
          "no steady state: the check of worker p0t1 does not hold", "no steady state: it was not reached",
          "no steady state: p0t1 had not answered before the fault",
          "no steady state: p0t1 failed its check before the fault",
          "it took longer than a trial may (5000 ms); hosts that had not answered: p1, p3",
          "the victim did not complete its ops before the fault", "the victim was gone before the fault",
          "the victim did not complete its pieces of work before the fault",
          "the siblings were challenged before the victim's end was seen",
          "the record does not hold every host and worker of the pool", "p0t1: its ops per second were not measured",
          "p0t1: its process-wide state was not probed",
          "p0t1: the black box of its host is spoiled: nothing it says is believed",
          "p0t1: it did not answer, but was runnable and hardly run, got on, was stopped by others, or may wait for "
          "one at a "
          "disk: that is no stall"}) {
        check_said(reason);
    }
    CHECK(said("no steady state: worker p0t1 had not completed its first 200 ops within 5000 ms") ==
          "정상 상태 아님: p0t1 워커가 첫 연산 200회를 5000 ms 안에 마치지 못함");
}

TEST_CASE("what a worker's outcome was seen by is said in Korean")
{
    for (const char* const line :
         {"its host ended: SIGSEGV", "its host runs another program under the same pid",
          "its thread ended, and its host lived on", "a check failed: its result is not the one that its ops demand",
          "its host was stopped by a signal",
          "it owed an answer, and slept on without once being run: it waits for what never comes",
          "it owed an answer, but was runnable and hardly run, got on, was stopped by others, or may wait for one at a "
          "disk: that is no stall",
          "it completed no op after the fault", "it did not answer within the window of 500 ms",
          "1.00 M to 1.20 M ops per second at full speed before, 125 k to 130 k after: 0.11 to 0.12 of it, below the "
          "0.5 that counts as degraded",
          "998 k ops per second at full speed before, 1.00 M after: 1.00 of it"}) {
        check_said(line);
    }
}

TEST_CASE("the table of claims in Korean has no English but the words of experiment files")
{
    report::ExperimentReport report = samples::report_on(samples::experiment({"8x1", "1x8"}, {"segv-null", "abort"}));
    report.experiment.claim = "C13";
    report.experiment.question = "Does the abnormal end of one process leave the others alone?";
    report.experiment.expectations = {samples::expectation({"8x1"}, {}, model::AllSiblings{}),
                                      samples::expectation({"1x8"}, {}, model::AsPredicted{})};
    report.judged = model::judge(report.experiment, report.cells);
    report::ExperimentReport boundary = report;
    boundary.experiment.boundary = true;
    const std::string text = report::claims_text({report, boundary}, {.width = 80, .language = Language::korean});
    CAPTURE(text);
    CHECK(korean::english_in(text) == "");
    CHECK(samples::says(text, "C13 성립"));
    CHECK(samples::says(text, "한계: 한 프로세스가 비정상 종료해도 다른 프로세스는 무사한가?"));
    CHECK(samples::says(text, "(그 밖의 기대 1개)"));
    for (const std::string& line : samples::lines_of(text)) {
        CHECK(report::columns(line) <= 80);
    }
}
