#pragma once

#include "harness/model/judge.hpp"
#include "harness/model/lesson.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

// Which answer to a question of a lesson is right: a pure function of the trials that were run for it.

namespace bulkhead::model {

struct LessonTrial {
    Cell cell;
    TrialRecord record;
    TrialJudgement judgement;
};

/// True when the name means this cell.
bool is_named(const CellName& name, const Cell& cell);
/// True when the question cannot be decided without this cell: it is read, it is to be shown, or it has the golden runs
/// of one that is read.
bool is_needed(const Question& question, const Cell& cell);

/// How the values of a reading are told.
enum class ReadingKind : std::uint8_t { siblings, shown, share, ratio, figure };
ReadingKind kind_of(const Reading& reading);

/// What a reading gave.
struct Read {
    std::vector<double> values{}; ///< one of each trial; of a ratio only the ratio
    double median = 0;
    double least = 0;
    double most = 0;
    std::uint32_t siblings = 0; ///< of each trial; where only cell-mates are counted, those
    bool is_there = true;       ///< not, where a trial did not yield it, and no choice depends on it
};

/// Why no answer is right.
enum class Undecided : std::uint8_t {
    no,           ///< one is
    not_run,      ///< there is no trial to decide it by
    inconclusive, ///< a trial could not be judged
    control_lost, ///< a golden run lost a sibling
    no_value,     ///< a trial did not yield what was to be read
    disturbed,    ///< other programs took too much of the processors
    none_fits     ///< it was measured, and is not what any of the choices says
};

struct Solution {
    std::optional<std::size_t> right{}; ///< the choice that the run makes right
    Undecided why_not = Undecided::no;
    std::string detail{};         ///< the trial's reason, or the share that others took
    std::vector<Read> readings{}; ///< in the question's order
};
Solution decide(const Question& question, const std::vector<LessonTrial>& trials);

} // namespace bulkhead::model
