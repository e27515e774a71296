#pragma once

#include "harness/cli/exit.hpp"
#include "harness/texts/texts.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace bulkhead::cli {

enum class Format : std::uint8_t { text, json, markdown, svg };

/// What may be said on the command line about an experiment. Strings are judged by spec, like those of a file.
struct AdHoc {
    std::vector<std::string> shapes;
    std::vector<std::string> faults;
    std::string at;
    std::string after_ops; ///< "20", or "10..100"
    std::string victim;
    std::string window;
    std::string name;
    std::vector<std::string> share;
    std::string lock;
    std::string guard;
    std::vector<std::string> workload;
    std::vector<std::string> supervise;

    [[nodiscard]] bool any() const
    {
        return !(shapes.empty() && faults.empty() && workload.empty() && supervise.empty() && share.empty() &&
                 lock.empty() && guard.empty() && at.empty() && after_ops.empty() && victim.empty() && window.empty() &&
                 name.empty());
    }
};

/// Files for other programs that a command writes beside its report; empty: not this one.
struct OutputFiles {
    std::filesystem::path junit;
    std::filesystem::path tap;
    std::filesystem::path sarif;
};

/// What overrides the values of a file, and serves an ad hoc run as well.
struct Overrides {
    std::optional<std::uint32_t> trials;
    std::optional<std::uint64_t> seed;
    std::string launch;
    std::string order;
    std::string only;        ///< "SHAPE/FAULT", both with wildcards
    std::string expectation; ///< an id, or a number from 1

    [[nodiscard]] bool any() const
    {
        return trials || seed || !launch.empty() || !order.empty() || !only.empty() || !expectation.empty();
    }
};

struct RunCommand {
    std::vector<std::filesystem::path> files;
    AdHoc ad_hoc;
    Overrides overrides;
    std::uint32_t lanes = 1;
    std::optional<std::chrono::microseconds> time_limit; ///< of all experiments together
    std::filesystem::path out;
    bool record = true;
    std::string shard;  ///< "3/8", "auto", "auto/8"; empty: all of it
    bool go_on = false; ///< with the results file where it is there already
    bool quiet = false;
    bool live = false;
    std::optional<std::chrono::microseconds> pace; ///< how long the live view shows each trial
    OutputFiles outputs;
    Format format = Format::text;
    texts::Language language = texts::Language::english;
};
struct ValidateCommand {
    std::vector<std::filesystem::path> files;
    Format format = Format::text;
};
struct ListCommand {
    std::string what;
    std::filesystem::path file; ///< whose expectations are to be listed
    Format format = Format::text;
    texts::Language language = texts::Language::english;
};
struct ExplainCommand {
    std::string fault;
    Format format = Format::text;
    texts::Language language = texts::Language::english;
};
struct ShowCommand {
    std::filesystem::path results;
    std::optional<std::uint32_t> trial;
    Format format = Format::text;
    texts::Language language = texts::Language::english;
};
struct ReplayCommand {
    std::filesystem::path results;
    std::uint32_t trial = 0;
    Format format = Format::text;
};
struct ResumeCommand {
    std::filesystem::path results;
    std::uint32_t lanes = 1;
    std::optional<std::chrono::microseconds> time_limit;
    bool quiet = false;
    OutputFiles outputs;
    Format format = Format::text;
    texts::Language language = texts::Language::english;
};
struct JudgeCommand {
    std::filesystem::path results;
    std::filesystem::path expect; ///< a file with the expectations; empty: the recorded ones
    OutputFiles outputs;
    Format format = Format::text;
    texts::Language language = texts::Language::english;
};
struct ExportCommand {
    std::filesystem::path results;
    std::string format; ///< "markdown", "csv" or "jsonl"
    std::string rows;   ///< "verdicts", "cells", "trials" or "figures"; empty: what is usual for the format
};

struct MergeCommand {
    std::filesystem::path out;
    std::vector<std::filesystem::path> shards;
    bool partial = false; ///< also when something is missing
    OutputFiles outputs;
    Format format = Format::text;
};
struct SubmitSlurmCommand {
    std::filesystem::path file;
    std::uint32_t shards = 0;
    std::uint32_t max_running = 0; ///< 0: as many as Slurm likes
    std::uint32_t lanes = 1;
    std::filesystem::path folder; ///< empty: one in bulkhead-results
    bool dry_run = false;
    std::vector<std::string> options; ///< for sbatch
};
struct AnatomyCommand {
    std::string shape = "2x2";
    std::string launch;
    std::vector<std::string> share;
    std::vector<std::string> unshare;
    Format format = Format::text;
    texts::Language language = texts::Language::english; ///< of a picture
};
struct CompareCommand {
    std::filesystem::path base; ///< a results file, a baseline, or the name of one
    std::filesystem::path fresh;
    std::filesystem::path folder; ///< of baselines
    double tolerance = 50;        ///< percent
    double points = 10;           ///< of a hundred
    double confidence = 0.95;
    bool times = false;         ///< they count
    std::filesystem::path html; ///< a page to be made of it; empty: none
    Format format = Format::text;
};
enum class ReportForm : std::uint8_t { html, markdown, svg };
struct ReportCommand {
    std::vector<std::filesystem::path> results; ///< files, or folders of them
    std::filesystem::path out;                  ///< empty: beside the first; "-": standard output
    std::string title;
    std::filesystem::path anatomy;
    ReportForm form = ReportForm::html;
    std::string view;                   ///< of a picture
    std::optional<std::uint32_t> trial; ///< whose lifelines; nullopt: the worst
    texts::Language language = texts::Language::english;
};
struct BaselineSaveCommand {
    std::string name;
    std::filesystem::path results;
    std::filesystem::path folder;
    bool replace = false;
};
struct BaselineListCommand {
    std::filesystem::path folder;
    Format format = Format::text;
};
struct LabCommand {
    std::uint32_t lesson = 0;           ///< 0: list them
    std::optional<std::string> answers; ///< "a,c,b", a file, or "-"
    texts::Language language = texts::Language::english;
};
struct DoctorCommand {
    Format format = Format::text;
};
/// What packages and shells are made with: in no --help.
struct GenerateCommand {
    std::string what;
    std::vector<std::string> words;
};

Exit execute(const RunCommand& command);
Exit execute(const ValidateCommand& command);
Exit execute(const ListCommand& command);
Exit execute(const ExplainCommand& command);
Exit execute(const ShowCommand& command);
Exit execute(const ReplayCommand& command);
Exit execute(const ResumeCommand& command);
Exit execute(const JudgeCommand& command);
Exit execute(const ExportCommand& command);
Exit execute(const MergeCommand& command);
Exit execute(const SubmitSlurmCommand& command);
Exit execute(const AnatomyCommand& command);
Exit execute(const CompareCommand& command);
Exit execute(const ReportCommand& command);
Exit execute(const BaselineSaveCommand& command);
Exit execute(const BaselineListCommand& command);
Exit execute(const LabCommand& command);
Exit execute(const DoctorCommand& command);
Exit execute(const GenerateCommand& command);

} // namespace bulkhead::cli
