#pragma once

#include "harness/cli/exit.hpp"
#include "harness/cli/recorded.hpp"
#include "harness/report/report.hpp"
#include "harness/run/run.hpp"

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace bulkhead::cli {

/// Of this moment, for names of files: "20260101-120000".
std::string time_stamp();

/// Where the results of an experiment go.
struct Destination {
    bool record = true;
    std::filesystem::path file; ///< this very file, which must not exist; empty: one in `folder`
    /// NAME-YYYYmmdd-HHMMSS.db, with -2, -3, ... when there is one of that name; of a shard NAME-3-of-8.db
    std::filesystem::path folder;
    std::optional<model::Shard> shard{}; ///< run only these trials
    bool go_on = false;                  ///< with the file, where it is there already
};

/// The end of a time that begins now; nullopt without a limit.
std::optional<model::Stamp> deadline_in(std::optional<std::chrono::nanoseconds> limit);
bool is_over(std::optional<model::Stamp> deadline);

/// What of a campaign is shown to a person while it runs.
struct Watch {
    bool quiet = false;
    bool live = false;                               ///< trials in slow motion, where the terminal is fit for it
    std::optional<std::chrono::microseconds> pace{}; ///< how long each is shown; nullopt: some are, and nothing waits
    texts::Language language = texts::Language::english;
};

struct CampaignResult {
    report::ExperimentReport report;
    Exit exit = Exit::upheld;
};

/// Runs one experiment, records each trial, and says on stderr how far it is and how it ended unless all is well.
/// Throws store::StoreError when the results file cannot even be made, and gives nullopt, with the reasons on stderr,
/// when the one that is there cannot be gone on with; nothing was run then.
std::optional<CampaignResult> run_experiment(const model::Experiment& experiment, const Destination& destination,
                                             const run::Options& options, const run::Stop& stop, const Watch& watch);

/// Runs the trials that a results file does not have yet, and adds them; the report is of all. Throws
/// store::StoreError when the file cannot be read or taken up; nothing was run then.
CampaignResult resume_experiment(Recorded recorded, const std::filesystem::path& path, const run::Options& options,
                                 const run::Stop& stop, const Watch& watch);

} // namespace bulkhead::cli
