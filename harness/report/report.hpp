#pragma once

#include "harness/model/judge.hpp"
#include "harness/model/shard.hpp"
#include "harness/texts/texts.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace bulkhead::report {

/// How text for a person is to look.
struct Style {
    bool colour = false;
    std::uint32_t width = 80;                            ///< columns
    texts::Language language = texts::Language::english; ///< where the text is in the catalogue of texts
};

/// Everything that a report on an experiment is made of.
struct ExperimentReport {
    model::Experiment experiment;
    std::vector<model::CellSummary> cells; ///< in the order of expand()
    std::vector<model::Judged> judged;     ///< in the order of the expectations
    std::optional<model::Shard> shard{};   ///< the part of the campaign that this is; then nothing is judged
    std::string results;                   ///< path of the results file
    std::string ended;                     ///< "complete", "interrupted", ...
    std::uint32_t planned = 0;             ///< trials
    std::uint32_t finished = 0;
    std::uint32_t saved = 0; ///< planned, and not to be run because a stop rule held before
    std::optional<model::Stopped> stopped{};
    std::uint32_t rounds = 0; ///< of the whole plan; known where it was stopped
    std::chrono::nanoseconds took{0};
};

/// The matrix faults x shapes (measured survivors beside the predicted, the victim's end, median and p99 detection
/// latency); where survivors do not tell it all, what became of victims, cell-mates and other hosts for each fault; the
/// verdict of each expectation with its reason, where the results are, and the command that shows the worst trial.
/// Readable without colour.
std::string experiment_text(const ExperimentReport& report, Style style);
std::string experiment_json(const ExperimentReport& report);

/// The events of one trial on one time line, then each worker's outcome and each host's end in words.
std::string trial_text(const model::TrialRecord& record, const std::string& experiment_name, Style style);
/// The language is that of what it says to people: events, evidence, the ends of hosts, why it is inconclusive.
std::string trial_json(const model::TrialRecord& record, const std::string& experiment_name,
                       texts::Language language = texts::Language::english);

/// The catalogue as docs/reference/faults.md has it, from its rows alone.
std::string faults_markdown();

/// "612 us", "1.24 ms", "3.1 s": at most three significant digits; from a minute on "1 min 15 s", "2 h 5 min".
std::string describe(std::chrono::nanoseconds duration);

} // namespace bulkhead::report
