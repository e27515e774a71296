#pragma once

#include "harness/cli/lab_run.hpp"
#include "harness/model/lesson.hpp"
#include "harness/model/lesson_answer.hpp"
#include "harness/report/report.hpp"

#include <optional>
#include <string>

namespace bulkhead::cli {

// What a lesson says, a piece at a time, as text for a terminal. All in the style's language.

std::string list_of_lessons(report::Style style);

/// The title, what the lesson is about, and the claims that it puts to the test.
std::string lesson_opening(const model::Lesson& lesson, report::Style style);

/// The question and its choices; `number` from 0.
std::string question_text(const model::Lesson& lesson, std::size_t number, report::Style style);

/// What the run showed: each reading, one trial worker by worker, and the memory picture with their fates.
std::string result_text(const model::Question& question, const model::Solution& solution,
                        const model::LessonTrial* played, report::Style style);

/// Which answer was right, beside the one that was given, and why; or why none is.
std::string verdict_text(const model::Question& question, const model::Solution& solution, std::size_t predicted,
                         report::Style style);

/// How many were predicted right, of how many that were decided.
struct Score {
    std::size_t right = 0;
    std::size_t decided = 0;
    std::size_t asked = 0;
};
/// Why it is so, the manual's pages, something to try, and the score.
std::string lesson_end(const model::Lesson& lesson, const std::string& command, Score score, report::Style style);

/// "a", "b", ... of a choice.
std::string letter_of(std::size_t choice);

} // namespace bulkhead::cli
