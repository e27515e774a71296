#include "harness/cli/commands.hpp"
#include "harness/cli/interruption.hpp"
#include "harness/cli/lab_answers.hpp"
#include "harness/cli/lab_page.hpp"
#include "harness/cli/lab_run.hpp"
#include "harness/cli/live_replay.hpp"
#include "harness/cli/output.hpp"
#include "harness/sys/clock.hpp"
#include "harness/sys/terminal.hpp"
#include "harness/sys/typed_line.hpp"

#include <cctype>
#include <cstdio>
#include <fmt/format.h>
#include <spdlog/spdlog.h>

namespace bulkhead::cli {
namespace {

using model::Lesson;
using model::Question;
using texts::say;

void show(const std::string& text)
{
    print(text);
    std::fflush(stdout);
}

/// Holds one lesson: asks at the terminal, or takes the answers that were given.
class Teacher {
public:
    Teacher(const Lesson& lesson, LessonRun run, std::optional<Answers> answers, texts::Language language)
        : lesson_(lesson), run_(std::move(run)), answers_(std::move(answers)), style_(style_of_stdout(language))
    {}

    Exit teach()
    {
        show(lesson_opening(lesson_, style_));
        if (!goes_on()) {
            return left();
        }
        for (std::size_t number = 0; number < model::count_questions(lesson_); ++number) {
            if (!take(number)) {
                return left();
            }
        }
        show(lesson_end(lesson_, command(), score_, style_));
        return exit_code();
    }

private:
    /// One question from its text to its explanation. False when the learner, or a signal, left.
    bool take(std::size_t number)
    {
        const Question& question = lesson_.questions.at(number);
        show(question_text(lesson_, number, style_));
        ++score_.asked;
        if (const std::string why = run_.why_skipped(question); !why.empty()) {
            ++skipped_;
            show("  " + fmt::format(fmt::runtime(say(style_.language, "This machine cannot run it: {}.")), why) + "\n");
            return goes_on();
        }
        const auto predicted = prediction(number);
        if (!predicted || !run(question)) {
            return false;
        }
        const model::Solution solution = model::decide(question, run_.trials());
        const model::LessonTrial* const played = run_.played(question);
        if (!play(played)) {
            return false;
        }
        show(result_text(question, solution, played, style_));
        show(verdict_text(question, solution, *predicted, style_));
        count(question, solution, *predicted);
        return goes_on();
    }

    void count(const Question& question, const model::Solution& solution, std::size_t predicted)
    {
        const bool measured = solution.right || solution.why_not == model::Undecided::none_fits;
        score_.decided += measured ? 1 : 0;
        score_.right += solution.right == predicted ? 1 : 0;
        undecided_ = undecided_ || !measured;
        surprised_ = surprised_ || (measured && solution.right != question.expected);
    }

    bool run(const Question& question)
    {
        const std::uint32_t trials = run_.missing_for(question);
        if (trials == 0) {
            show("\n");
            return true;
        }
        show("  " + fmt::format(fmt::runtime(say(style_.language, "Running it here, trials: {}")), trials) + " ...");
        const auto before = sys::monotonic_ns();
        const bool done = run_.run_for(question, interruption_->stop());
        const auto took = std::chrono::nanoseconds(sys::monotonic_ns() - before);
        show(done ? " " + report::describe(took) + "\n\n" : "\n");
        return done;
    }

    /// Plays the trial again, slowly, where somebody sits at a terminal that can show it. False: left. A signal ends
    /// the program meanwhile, as it should while nothing runs.
    bool play(const model::LessonTrial* played)
    {
        if (played == nullptr || answers_ || model::is_golden(played->record.plan.fault)) {
            return true;
        }
        interruption_.reset();
        const ReplayEnd end = replay_trial(
            played->record, {.title = std::string(say(style_.language, lesson_.title)), .language = style_.language});
        interruption_.emplace();
        return end != ReplayEnd::left;
    }

    /// nullopt: the learner left.
    std::optional<std::size_t> prediction(std::size_t number)
    {
        if (answers_) {
            show(
                "  " +
                fmt::format(fmt::runtime(say(style_.language, "The prediction: {}")), letter_of(answers_->at(number))) +
                "\n");
            return answers_->at(number);
        }
        const std::size_t choices = model::count_choices(lesson_.questions.at(number));
        for (;;) {
            show("  " +
                 fmt::format(fmt::runtime(say(style_.language, "Your prediction, a to {} (q leaves):")),
                             letter_of(choices - 1)) +
                 " ");
            const auto typed = line();
            if (!typed) {
                return std::nullopt;
            }
            const auto choice = static_cast<std::size_t>(typed->size() == 1 ? typed->front() - 'a' : 99);
            if (choice < choices) {
                return choice;
            }
            show(
                "  " +
                fmt::format(fmt::runtime(say(style_.language, "Type a letter from a to {}.")), letter_of(choices - 1)) +
                "\n");
        }
    }

    /// Waits until the learner has read. False: left.
    bool goes_on()
    {
        if (answers_) {
            return !interruption_->stop().requested();
        }
        show("  " + std::string(say(style_.language, "[Enter goes on, q leaves]")) + " ");
        const bool stays = line().has_value();
        show(stays ? "\n" : "");
        return stays;
    }

    /// What was typed, in small letters and without blanks; nullopt: q, the end of input, or a signal.
    std::optional<std::string> line()
    {
        const sys::TypedLine typed = sys::read_typed_line(interruption_->stop().descriptor());
        std::string word;
        for (const char letter : typed.text) {
            if (std::isspace(static_cast<unsigned char>(letter)) == 0) {
                word += static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
            }
        }
        if (typed.how != sys::Typed::line) {
            show("\n");
        }
        return typed.how == sys::Typed::line && word != "q" ? std::optional(word) : std::nullopt;
    }

    [[nodiscard]] Exit left() const
    {
        show(std::string(say(style_.language, "Left before the end; nothing of it is kept.")) + "\n");
        return Exit::interrupted;
    }

    /// The variation, with experiments where they are.
    [[nodiscard]] std::string command() const
    {
        constexpr std::string_view folder = "experiments/";
        std::string text(lesson_.command);
        if (const auto at = text.find(folder); at != std::string::npos && run_.folder() != "experiments") {
            const auto end = std::min(text.find(' ', at), text.size());
            const std::string file = text.substr(at + folder.size(), end - at - folder.size());
            text.replace(at, end - at, quoted((run_.folder() / file).string()));
        }
        return text;
    }

    [[nodiscard]] Exit exit_code() const
    {
        if (skipped_ == score_.asked) {
            return Exit::skipped;
        }
        return worse(undecided_ ? Exit::inconclusive : Exit::upheld, surprised_ ? Exit::refuted : Exit::upheld);
    }

    const Lesson& lesson_;
    LessonRun run_;
    std::optional<Answers> answers_;
    report::Style style_;
    std::optional<Interruption> interruption_{std::in_place};
    Score score_;
    std::size_t skipped_ = 0;
    bool undecided_ = false;
    bool surprised_ = false;
};

Exit misused(const std::string& what)
{
    to_stderr(fmt::format("bulkhead lab: {}\n'bulkhead lab --help' shows how it is used.\n", what));
    return Exit::mistake;
}

/// What is wrong with the answers for this lesson; empty: nothing.
std::string misfit(const Answers& answers, const Lesson& lesson)
{
    const std::size_t questions = model::count_questions(lesson);
    if (answers.size() != questions) {
        return fmt::format("lesson {} has {}, and there {} {}", lesson.number, counted(questions, "question"),
                           answers.size() == 1 ? "is" : "are", counted(answers.size(), "answer"));
    }
    for (std::size_t i = 0; i < questions; ++i) {
        if (answers[i] >= model::count_choices(lesson.questions.at(i))) {
            return fmt::format("question {} has no answer {}", i + 1, letter_of(answers[i]));
        }
    }
    return "";
}

} // namespace

Exit execute(const LabCommand& command)
{
    if (command.lesson == 0 && command.answers) {
        return misused("--answers belong to a lesson: name its number");
    }
    if (command.lesson == 0) {
        print(list_of_lessons(style_of_stdout(command.language)));
        return Exit::upheld;
    }
    const Lesson& lesson = *model::find_lesson(command.lesson);
    std::optional<Answers> answers;
    if (command.answers) {
        auto read = read_answers(*command.answers);
        if (const auto* wrong = std::get_if<std::string>(&read)) {
            return misused(*wrong);
        }
        answers = std::get<Answers>(std::move(read));
        if (const std::string wrong = misfit(*answers, lesson); !wrong.empty()) {
            return misused(wrong);
        }
    } else if (!sys::is_typed_at() || !sys::is_terminal(sys::Stream::out)) {
        return misused("a lesson asks questions, which takes a terminal; without one give your predictions by "
                       "--answers, such as --answers a,c,b");
    }
    auto run = LessonRun::open(lesson);
    if (!run) {
        return Exit::mistake;
    }
    return Teacher(lesson, std::move(*run), std::move(answers), command.language).teach();
}

} // namespace bulkhead::cli
