#include "harness/cli/lab_page.hpp"

#include "harness/cli/live_replay.hpp"
#include "harness/model/thesis.hpp"
#include "harness/report/memory_picture.hpp"
#include "harness/report/page.hpp"
#include "harness/report/scene.hpp"
#include "harness/report/text.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace bulkhead::cli {
namespace {

using report::Ink;
using report::Look;
using report::Page;
using report::Style;
using texts::say;

constexpr std::string_view indent = "  ";

template <typename... Values>
std::string filled(std::string_view format, Values&&... values)
{
    return fmt::format(fmt::runtime(format), std::forward<Values>(values)...);
}

void heading(Page& page, std::string_view text)
{
    page.blank();
    page.line({{std::string(text), Look::bold}});
}

void paragraphs(Page& page, std::span<const std::string_view> texts, Style style)
{
    for (const std::string_view text : texts) {
        if (!text.empty()) {
            page.paragraph({{std::string(indent)}}, say(style.language, text));
            page.blank();
        }
    }
}

/// In digits while they are few: "1.11 k" reads badly where the label says KiB or ns.
std::string figure_text(double value)
{
    if (value >= 1e5) {
        return report::rounded(value);
    }
    return value < 100 ? fmt::format("{:.3g}", value) : fmt::format("{:.0f}", value);
}

std::string value_text(const model::Reading& reading, const model::Read& read, Style style)
{
    const auto trials = read.values.size();
    switch (model::kind_of(reading)) {
    case model::ReadingKind::siblings:
        return read.least == read.most
                   ? filled(say(style.language, "{0} of {1}, in each of {2} trials"), read.least, read.siblings, trials)
                   : filled(say(style.language, "{0} to {1} of {2}, in {3} trials"), read.least, read.most,
                            read.siblings, trials);
    case model::ReadingKind::shown:
        return filled(say(style.language, "in {0} of {1} trials"), std::ranges::count(read.values, 1.0), trials);
    case model::ReadingKind::share: return fmt::format("{:.0f}%", 100 * read.median);
    case model::ReadingKind::ratio: return fmt::format("{:.2g}", read.median);
    case model::ReadingKind::figure: return figure_text(read.median);
    }
    return "";
}

void readings(Page& page, const model::Question& question, const model::Solution& solution, Style style)
{
    std::size_t width = 0;
    for (const model::Told& told : question.readings) {
        width = std::max(width, report::columns(say(style.language, told.label)));
    }
    for (std::size_t i = 0; i < solution.readings.size(); ++i) {
        if (!solution.readings[i].is_there) {
            continue;
        }
        const model::Told& told = question.readings.at(i);
        page.line({{std::string(indent)},
                   {report::left(say(style.language, told.label), width)},
                   {"  "},
                   {value_text(told.reading, solution.readings[i], style), Look::bold}});
    }
}

/// Why the run decides nothing, in a sentence.
std::string reason_of(const model::Solution& solution, Style style)
{
    switch (solution.why_not) {
    case model::Undecided::no:
    case model::Undecided::none_fits: return "";
    case model::Undecided::not_run: return std::string(say(style.language, "no trial of it was run"));
    case model::Undecided::inconclusive:
        return filled(say(style.language, "a trial could not be judged: {}"), solution.detail);
    case model::Undecided::control_lost:
        return std::string(say(style.language, "a sibling was lost in a run without the fault"));
    case model::Undecided::no_value:
        return filled(say(style.language, "a trial did not yield what was to be measured: {}"), solution.detail);
    case model::Undecided::disturbed:
        return filled(say(style.language,
                          "other programs took too much of the processors meanwhile ({}); try again when it is quiet"),
                      solution.detail);
    }
    return "";
}

/// What is too long for one line goes on in the next, in a way that a shell takes; a quoted path is not taken apart.
void print_command(Page& page, std::string_view command)
{
    std::size_t left = 4;
    while (left + command.size() > page.width() && command.find('\'') == std::string_view::npos) {
        const auto cut = command.rfind(" --", page.width() - left - 2);
        if (cut == std::string_view::npos) {
            break;
        }
        page.command(left, fmt::format("{} \\", command.substr(0, cut)));
        command.remove_prefix(cut + 1);
        left = 6;
    }
    page.command(left, command);
}

void choice_line(Page& page, const model::Question& question, std::size_t choice, Look look, Style style)
{
    page.paragraph({{std::string(indent) + indent.data()}, {letter_of(choice) + "  ", look}},
                   say(style.language, question.choices.at(choice).text), look);
}

/// That the run differs from what the lesson was written for.
void surprise(Page& page, const model::Question& question, Style style)
{
    page.paragraph({{std::string(indent)}, {"!  ", Look::bold_yellow}},
                   filled(say(style.language, "This is not what this lesson expects, which is answer {}. What was "
                                              "measured counts; what follows explains the answer that was expected."),
                          letter_of(question.expected)),
                   Look::yellow);
}

/// That the explanation is not borne out here.
void caveat(Page& page, const model::Question& question, Style style)
{
    page.paragraph({{std::string(indent)}, {"!  ", Look::bold_yellow}},
                   filled(say(style.language, "What follows explains the answer that this lesson expects, which is {}; "
                                              "nothing was measured here that bears it out."),
                          letter_of(question.expected)),
                   Look::yellow);
}

} // namespace

std::string letter_of(std::size_t choice)
{
    return {static_cast<char>('a' + choice)};
}

std::string list_of_lessons(Style style)
{
    Page page(style);
    heading(page, say(style.language, "A course in twelve lessons: what processes and threads keep apart"));
    page.blank();
    page.paragraph({{std::string(indent)}},
                   say(style.language, "Where a command begins with 'bulkhead' and it is not installed, type the path "
                                       "of the program instead; after the set-up in the README that is "
                                       "build/release/bulkhead."));
    page.blank();
    for (const model::Lesson& lesson : model::lessons()) {
        std::string claims;
        for (const std::string_view claim : lesson.claims) {
            claims += claim.empty() ? "" : (claims.empty() ? "" : " ") + std::string(claim);
        }
        page.line({{fmt::format("  {:>2}  ", lesson.number), Look::bold},
                   {report::left(say(style.language, lesson.title), 62)},
                   {" " + claims, Look::faint}});
    }
    page.blank();
    page.paragraph({{std::string(indent)}},
                   say(style.language, "Each takes ten minutes or so: it asks for your prediction, runs the experiment "
                                       "here, and explains what happened. Begin with:"));
    page.command(4, "bulkhead lab 1");
    page.paragraph({{std::string(indent)}},
                   say(style.language, "On the right: the claims that a lesson puts to the test. More about one:"));
    page.command(4, "bulkhead explain C13");
    return page.take();
}

std::string lesson_opening(const model::Lesson& lesson, Style style)
{
    Page page(style);
    heading(page, filled(say(style.language, "Lesson {0} of {1}: {2}"), lesson.number, model::lessons().size(),
                         say(style.language, lesson.title)));
    page.blank();
    paragraphs(page, lesson.idea, style);
    page.line({{std::string(indent)}, {std::string(say(style.language, "What is put to the test")), Look::bold}});
    for (const std::string_view id : lesson.claims) {
        if (const model::Thesis* const thesis = id.empty() ? nullptr : model::find_thesis(id)) {
            page.paragraph({{std::string(indent)}, {std::string(id) + "  ", Look::faint}},
                           say(style.language, thesis->says));
        }
    }
    page.blank();
    return page.take();
}

std::string question_text(const model::Lesson& lesson, std::size_t number, Style style)
{
    Page page(style);
    const model::Question& question = lesson.questions.at(number);
    heading(page, filled(say(style.language, "Question {0} of {1}: what do you predict?"), number + 1,
                         count_questions(lesson)));
    page.blank();
    page.paragraph({{std::string(indent)}}, say(style.language, question.asks));
    page.blank();
    for (std::size_t choice = 0; choice < model::count_choices(question); ++choice) {
        choice_line(page, question, choice, Look::bold, style);
    }
    page.blank();
    return page.take();
}

std::string result_text(const model::Question& question, const model::Solution& solution,
                        const model::LessonTrial* played, Style style)
{
    Page page(style);
    if (!solution.readings.empty()) {
        heading(page, say(style.language, "What happened"));
        page.blank();
        readings(page, question, solution, style);
    }
    if (played == nullptr) {
        page.blank();
        return page.take();
    }
    page.blank();
    const model::TrialPlan& plan = played->record.plan;
    const bool is_golden = model::is_golden(plan.fault);
    std::string text = page.take();
    if (!is_golden) {
        text += report::lifelines_text(played->record, style, unicode_wanted()) + "\n";
    }
    Page picture(style);
    report::print_memory(picture,
                         {.shape = plan.shape,
                          .containment = plan.containment,
                          .victim = is_golden ? std::nullopt : std::optional(plan.victim),
                          .outcomes = is_golden ? std::vector<model::Outcome>{} : played->judgement.outcomes},
                         style.language, unicode_wanted());
    return text + picture.take() + "\n";
}

std::string verdict_text(const model::Question& question, const model::Solution& solution, std::size_t predicted,
                         Style style)
{
    Page page(style);
    const std::string own = letter_of(predicted);
    if (solution.right && *solution.right == predicted) {
        page.line({{std::string(indent)},
                   {filled(say(style.language, "You predicted {}, and so it was."), own), Look::green}});
    } else if (solution.right) {
        page.line({{std::string(indent)},
                   {filled(say(style.language, "You predicted {0}. It was {1}:"), own, letter_of(*solution.right)),
                    Look::yellow}});
        choice_line(page, question, *solution.right, Look::bold, style);
    } else if (solution.why_not == model::Undecided::none_fits) {
        page.line({{std::string(indent)},
                   {filled(say(style.language, "You predicted {}. It was none of the three."), own), Look::yellow}});
    } else {
        page.paragraph({{std::string(indent)}, {"!  ", Look::bold_yellow}},
                       filled(say(style.language, "The run decides nothing: {}."), reason_of(solution, style)));
        caveat(page, question, style);
    }
    if (solution.right != question.expected && (solution.right || solution.why_not == model::Undecided::none_fits)) {
        surprise(page, question, style);
    }
    page.blank();
    page.paragraph({{std::string(indent)}}, say(style.language, question.because));
    page.blank();
    return page.take();
}

std::string lesson_end(const model::Lesson& lesson, const std::string& command, Score score, Style style)
{
    Page page(style);
    heading(page, say(style.language, "Why it is so"));
    page.blank();
    paragraphs(page, lesson.why, style);
    page.paragraph({{std::string(indent)}, {std::string(say(style.language, "To read")) + "  ", Look::faint}},
                   lesson.sources);
    heading(page, say(style.language, "Try it"));
    page.blank();
    page.paragraph({{std::string(indent)}}, say(style.language, lesson.variation));
    print_command(page, command);
    page.blank();
    page.line(
        {{filled(say(style.language, "You predicted {0} of {1} right."), score.right, score.decided), Look::bold}});
    if (score.decided < score.asked) {
        page.paragraph({}, filled(say(style.language, "Questions that could not be decided here: {}."),
                                  score.asked - score.decided));
    }
    if (lesson.number < model::lessons().size()) {
        page.line({{std::string(say(style.language, "Next:")) + " "},
                   {fmt::format("bulkhead lab {}", lesson.number + 1), Look::bold}});
    }
    return page.take();
}

} // namespace bulkhead::cli
