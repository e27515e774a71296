#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string_view>

// The course: what each lesson says, asks, and runs. Every text here is also in the catalogue of texts, in Korean.

namespace bulkhead::model {

/// A cell of a lesson's experiments, by the words of the file.
struct CellName {
    std::string_view shape;
    std::string_view fault;
    std::string_view variant{}; ///< a word of to_string(Variant), such as "lock=none"; empty: whichever comes first
};

/// Something that the run tells: of each trial the number of siblings with an outcome ("stalled"), or of those among
/// them that are in the victim's process ("stalled.cell-mates"), what a channel showed ("shown.torn": 1 or 0), or a
/// figure of the catalogue.
struct Reading {
    CellName cell;
    std::string_view what;
    CellName beside{};              ///< with it, the ratio of both medians; empty: none
    std::string_view beside_what{}; ///< empty: the same as `what`
};

/// A reading, and how it is told.
struct Told {
    std::string_view label; ///< empty: there is none
    Reading reading{};
};

/// What a reading must be for a choice to be right: each trial's value where it counts siblings or tells what a channel
/// showed, else the median.
struct Condition {
    std::uint8_t reading = 0; ///< position in the question
    double least = 0;
    double most = std::numeric_limits<double>::infinity();
    bool is_there = true;
};
inline constexpr Condition no_condition{0, 0, 0, false};

struct Choice {
    std::string_view text; ///< empty: there is none
    std::array<Condition, 3> right_when{no_condition, no_condition, no_condition};
};

struct Question {
    std::string_view asks; ///< empty: there is none
    std::array<Choice, 3> choices{};
    std::array<Told, 3> readings{};
    std::size_t expected = 0; ///< the choice that `because` explains; which one is right the run decides
    std::string_view because{};
    CellName played{}; ///< of which one trial is shown, with its picture; empty: none
};

struct Lesson {
    std::uint32_t number = 0;
    std::string_view title;
    std::array<std::string_view, 3> claims{}; ///< ids of theses
    std::array<std::string_view, 2> files{};  ///< in experiments/lessons
    std::array<std::string_view, 4> idea{};   ///< paragraphs, before anything is asked
    std::array<Question, 4> questions{};
    std::array<std::string_view, 4> why{}; ///< paragraphs, after all of it
    std::string_view sources{};            ///< man pages
    std::string_view variation{};          ///< something to try
    std::string_view command{};            ///< with which; a path begins with "experiments/"
};

/// All of them, by number.
std::span<const Lesson> lessons();
/// nullptr: there is none of that number.
const Lesson* find_lesson(std::uint32_t number);
std::size_t count_questions(const Lesson& lesson);
std::size_t count_choices(const Question& question);

} // namespace bulkhead::model
