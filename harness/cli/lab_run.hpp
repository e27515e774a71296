#pragma once

#include "harness/model/lesson.hpp"
#include "harness/model/lesson_answer.hpp"
#include "harness/run/run.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace bulkhead::cli {

/// The experiments of a lesson, and the trials that were run of them. Nothing is recorded.
class LessonRun {
public:
    /// Reads the files; nullopt, with the reason on stderr, when one is missing or wrong, or has not what the lesson
    /// speaks of.
    static std::optional<LessonRun> open(const model::Lesson& lesson);

    /// Why this machine cannot run what the question needs; empty when it can.
    [[nodiscard]] std::string why_skipped(const model::Question& question) const;
    /// Trials that are still to be run for it.
    [[nodiscard]] std::uint32_t missing_for(const model::Question& question) const;
    /// Runs them. False when it was asked to stop before they were done.
    bool run_for(const model::Question& question, const run::Stop& stop);

    [[nodiscard]] const std::vector<model::LessonTrial>& trials() const { return trials_; }
    /// The trial to be shown for the question; nullptr: none.
    [[nodiscard]] const model::LessonTrial* played(const model::Question& question) const;
    /// Where the files lie: "experiments", or the installed folder.
    [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }

private:
    struct Part {
        model::Experiment experiment;
        std::vector<model::Cell> cells;
        std::vector<bool> finished; ///< by trial id
    };
    [[nodiscard]] std::vector<bool> not_to_run(const Part& part, const model::Question& question) const;

    std::filesystem::path folder_;
    std::vector<Part> parts_;
    std::vector<model::LessonTrial> trials_;
};

} // namespace bulkhead::cli
