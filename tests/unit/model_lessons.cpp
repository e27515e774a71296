// The course as data: whole, in both languages, and about experiments that there are.
#include "harness/model/lesson.hpp"
#include "harness/model/lesson_answer.hpp"
#include "harness/model/thesis.hpp"
#include "harness/spec/spec.hpp"
#include "harness/texts/texts.hpp"
#include "tests/korean.hpp"
#include "tests/unit/model_records.hpp"

#include <doctest/doctest.h>
#include <filesystem>
#include <set>

using namespace bulkhead;
using namespace bulkhead::tests;
using model::Lesson;
using model::Question;

namespace {

const std::filesystem::path folder = std::filesystem::path(BULKHEAD_SOURCE_DIR) / "experiments" / "lessons";

template <typename Each>
void for_each_question(Each&& each)
{
    for (const Lesson& lesson : model::lessons())
        for (std::size_t number = 0; number < model::count_questions(lesson); ++number) {
            CAPTURE(lesson.number);
            CAPTURE(number);
            each(lesson, lesson.questions.at(number));
        }
}

void check_text(std::string_view text)
{
    CAPTURE(text);
    if (!text.empty())
        CHECK(korean::has_hangul(texts::say(texts::Language::korean, text)));
}

std::vector<model::Cell> cells_of(const Lesson& lesson)
{
    std::vector<model::Cell> cells;
    for (const std::string_view file : lesson.files) {
        if (file.empty())
            continue;
        const auto read = spec::load(folder / file);
        REQUIRE(std::holds_alternative<model::Experiment>(read));
        const auto some = model::expand(std::get<model::Experiment>(read));
        cells.insert(cells.end(), some.begin(), some.end());
    }
    return cells;
}

bool is_in(const model::CellName& name, const std::vector<model::Cell>& cells)
{
    return std::ranges::any_of(cells, [&](const model::Cell& cell) { return model::is_named(name, cell); });
}

model::LessonTrial trial_of(const model::TrialRecord& record)
{
    model::Cell cell;
    cell.shape = record.plan.shape;
    cell.fault = record.plan.fault;
    return {cell, record, model::judge(record)};
}

/// The question of lesson 4 about a null pointer in that shape.
const Question& about(std::string_view shape_name)
{
    for (const Question& question : model::find_lesson(4)->questions)
        if (question.played.shape == shape_name && question.played.fault == "segv-null")
            return question;
    FAIL("there is no such question");
    return model::find_lesson(4)->questions.front();
}

} // namespace

TEST_CASE("there are twelve lessons, by number, and every claim is put to the test in one")
{
    std::set<std::string_view> tested;
    std::uint32_t number = 0;
    for (const Lesson& lesson : model::lessons()) {
        CHECK(lesson.number == ++number);
        for (const std::string_view claim : lesson.claims) {
            CHECK((claim.empty() || model::find_thesis(claim) != nullptr));
            tested.insert(claim);
        }
    }
    CHECK(number == 12);
    for (const model::Thesis& thesis : model::theses()) {
        CAPTURE(thesis.id);
        CHECK(tested.contains(thesis.id));
    }
    CHECK(model::find_lesson(13) == nullptr);
}

TEST_CASE("every text of every lesson is in the catalogue")
{
    for (const Lesson& lesson : model::lessons()) {
        check_text(lesson.title);
        check_text(lesson.variation);
        for (const std::string_view text : lesson.idea)
            check_text(text);
        for (const std::string_view text : lesson.why)
            check_text(text);
    }
    for_each_question([](const Lesson&, const Question& question) {
        check_text(question.asks);
        check_text(question.because);
        for (const model::Choice& choice : question.choices)
            check_text(choice.text);
        for (const model::Told& told : question.readings)
            check_text(told.label);
    });
}

TEST_CASE("a lesson has an idea, questions, a reason, sources, and something to try")
{
    for (const Lesson& lesson : model::lessons()) {
        CAPTURE(lesson.number);
        CHECK_FALSE(lesson.idea.front().empty());
        CHECK_FALSE(lesson.why.front().empty());
        CHECK(lesson.sources.find('(') != std::string_view::npos);
        CHECK(lesson.command.find("bulkhead ") != std::string_view::npos);
        CHECK(model::count_questions(lesson) >= 2);
    }
}

TEST_CASE("each choice says what must be measured for it to be right, and the one that is explained is among them")
{
    for_each_question([](const Lesson&, const Question& question) {
        const std::size_t choices = model::count_choices(question);
        CHECK(choices == 3);
        CHECK(question.expected < choices);
        for (const model::Choice& choice : question.choices) {
            CHECK(choice.right_when.front().is_there);
            for (const model::Condition& condition : choice.right_when)
                if (condition.is_there) {
                    CHECK_FALSE(question.readings.at(condition.reading).label.empty());
                    CHECK(condition.least <= condition.most);
                }
        }
    });
}

TEST_CASE("whatever a lesson reads or shows is a cell of its experiments, and each experiment belongs to a lesson")
{
    std::set<std::string> named;
    for (const Lesson& lesson : model::lessons()) {
        CAPTURE(lesson.number);
        const auto cells = cells_of(lesson);
        for (const std::string_view file : lesson.files)
            named.emplace(file);
        for (const Question& question : lesson.questions) {
            CHECK((question.played.shape.empty() || is_in(question.played, cells)));
            for (const model::Told& told : question.readings) {
                CAPTURE(told.label);
                CHECK((told.label.empty() || is_in(told.reading.cell, cells)));
                CHECK((told.reading.beside.shape.empty() || is_in(told.reading.beside, cells)));
            }
        }
    }
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        CAPTURE(entry.path().string());
        CHECK(named.contains(entry.path().filename().string()));
    }
}

TEST_CASE("the answer is right that the trials bear out")
{
    const std::vector processes{trial_of(struck_record("segv-null", "8x1")), trial_of(quiet_record("none", "8x1"))};
    CHECK(model::decide(about("8x1"), processes).right == std::optional<std::size_t>(0));
    const std::vector threads{trial_of(struck_record("segv-null", "1x8"))};
    const auto solution = model::decide(about("1x8"), threads);
    CHECK(solution.right == std::optional<std::size_t>(2));
    CHECK(solution.readings.front().siblings == 7);
    const std::vector hybrid{trial_of(struck_record("segv-null", "4x2"))};
    CHECK(model::decide(about("4x2"), hybrid).right == std::optional<std::size_t>(1));
}

TEST_CASE("no answer is right that does not hold in each trial")
{
    auto odd = struck_record("segv-null", "8x1");
    end_host(odd, 5, sys::Exited{1});
    const auto solution = model::decide(about("8x1"), {trial_of(struck_record("segv-null", "8x1")), trial_of(odd)});
    CHECK_FALSE(solution.right);
    CHECK(solution.why_not == model::Undecided::none_fits);
    CHECK(solution.readings.front().least == 6);
    CHECK(solution.readings.front().most == 7);
}

TEST_CASE("who is touched is answered right only where nobody else was lost in another way")
{
    const Question& question = model::find_lesson(6)->questions.front();
    const auto touched = struck_record("change-directory", "4x2");
    const auto solution = model::decide(question, {trial_of(touched)});
    CHECK(solution.right == std::optional<std::size_t>(1));
    CHECK(solution.readings.at(2).siblings == 1);

    auto elsewhere = touched;
    std::swap(elsewhere.workers[1].changes, elsewhere.workers[7].changes);
    std::swap(elsewhere.workers[1].probed, elsewhere.workers[7].probed);
    CHECK(model::decide(question, {trial_of(elsewhere)}).why_not == model::Undecided::none_fits);

    auto dead = touched;
    dead.workers[1].changes.clear();
    for (const std::uint32_t host : {1U, 2U, 3U})
        end_host(dead, host, sys::Exited{1});
    CHECK(model::decide(question, {trial_of(dead)}).why_not == model::Undecided::none_fits);
}

TEST_CASE("a run decides nothing without trials, with one that could not be judged, or after a loss without a fault")
{
    CHECK(model::decide(about("8x1"), {}).why_not == model::Undecided::not_run);

    auto broken = struck_record("segv-null", "8x1");
    broken.inconclusive = "no steady state";
    const auto solution = model::decide(about("8x1"), {trial_of(broken)});
    CHECK(solution.why_not == model::Undecided::inconclusive);
    CHECK(solution.detail == "no steady state");

    auto golden = quiet_record("none", "8x1");
    end_host(golden, 5, sys::Exited{1});
    CHECK(model::decide(about("8x1"), {trial_of(struck_record("segv-null", "8x1")), trial_of(golden)}).why_not ==
          model::Undecided::control_lost);
}

TEST_CASE("rates are compared by their medians, and not where other programs had the processors")
{
    const Question& question = model::find_lesson(9)->questions.front();
    const auto measured = [](std::string_view shape_name, double throughput, double taken) {
        auto record = quiet_record("none", shape_name);
        record.figures = {{"throughput", throughput}, {"processors_taken", taken}};
        auto trial = trial_of(record);
        trial.cell.variant.workload = model::Workload::compute;
        return trial;
    };
    const auto solution = model::decide(
        question, {measured("1x1", 100, 0), measured("1x2", 1, 0), measured("1x2", 190, 0.1), measured("1x2", 200, 0)});
    CHECK(solution.right == std::optional<std::size_t>(1));
    CHECK(solution.readings.front().median == doctest::Approx(1.9));
    const auto disturbed = model::decide(question, {measured("1x1", 100, 0.5), measured("1x2", 190, 0.4)});
    CHECK(disturbed.why_not == model::Undecided::disturbed);
    CHECK(disturbed.detail == "45%");
}

TEST_CASE("of two experiments that have a cell, the one decides that measures it")
{
    const Question& question = model::find_lesson(7)->questions.at(2);
    const auto measured = [](std::string_view shape_name, double nanoseconds) {
        auto record = quiet_record("none", shape_name);
        record.plan.measures.round_trip = true;
        record.figures = {{"round_trip_p50", nanoseconds}};
        return trial_of(record);
    };
    const auto other = trial_of(quiet_record("none", "2x1"));
    CHECK(model::decide(question, {other, measured("1x2", 7000), measured("2x1", 9000)}).right ==
          std::optional<std::size_t>(1));
    auto broken = measured("2x1", 9000);
    broken.record.figures.clear();
    CHECK(model::decide(question, {measured("1x2", 7000), measured("2x1", 9000), broken}).why_not ==
          model::Undecided::no_value);
}
