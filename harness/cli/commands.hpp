#pragma once

#include "harness/cli/exit.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace bulkhead::cli {

enum class Format : std::uint8_t { text, json, markdown };

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

    [[nodiscard]] bool any() const
    {
        return !(shapes.empty() && faults.empty() && share.empty() && lock.empty() && guard.empty() && at.empty() &&
                 after_ops.empty() && victim.empty() && window.empty() && name.empty());
    }
};

/// What overrides the values of a file, and serves an ad hoc run as well.
struct Overrides {
    std::optional<std::uint32_t> trials;
    std::optional<std::uint64_t> seed;
    std::string launch;
    std::string order;
    std::string only; ///< "SHAPE/FAULT", both with wildcards

    [[nodiscard]] bool any() const { return trials || seed || !launch.empty() || !order.empty() || !only.empty(); }
};

struct RunCommand {
    std::vector<std::filesystem::path> files;
    AdHoc ad_hoc;
    Overrides overrides;
    std::uint32_t lanes = 1;
    std::optional<std::chrono::microseconds> time_limit; ///< of all experiments together
    std::filesystem::path out;
    bool record = true;
    bool quiet = false;
    Format format = Format::text;
};
struct ValidateCommand {
    std::vector<std::filesystem::path> files;
    Format format = Format::text;
};
struct ListCommand {
    std::string what;
    Format format = Format::text;
};
struct ExplainCommand {
    std::string fault;
    Format format = Format::text;
};
struct ShowCommand {
    std::filesystem::path results;
    std::optional<std::uint32_t> trial;
    Format format = Format::text;
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
    Format format = Format::text;
};
struct JudgeCommand {
    std::filesystem::path results;
    std::filesystem::path expect; ///< a file with the expectations; empty: the recorded ones
    Format format = Format::text;
};
struct AnatomyCommand {
    std::string shape = "2x2";
    std::string launch;
    std::vector<std::string> share;
    std::vector<std::string> unshare;
    Format format = Format::text;
};
struct CompareCommand {
    std::filesystem::path base; ///< a results file, a baseline, or the name of one
    std::filesystem::path fresh;
    std::filesystem::path folder; ///< of baselines
    double tolerance = 50;        ///< percent
    double points = 10;           ///< of a hundred
    double confidence = 0.95;
    bool times = false; ///< they count
    Format format = Format::text;
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
struct DoctorCommand {
    Format format = Format::text;
};

Exit execute(const RunCommand& command);
Exit execute(const ValidateCommand& command);
Exit execute(const ListCommand& command);
Exit execute(const ExplainCommand& command);
Exit execute(const ShowCommand& command);
Exit execute(const ReplayCommand& command);
Exit execute(const ResumeCommand& command);
Exit execute(const JudgeCommand& command);
Exit execute(const AnatomyCommand& command);
Exit execute(const CompareCommand& command);
Exit execute(const BaselineSaveCommand& command);
Exit execute(const BaselineListCommand& command);
Exit execute(const DoctorCommand& command);

} // namespace bulkhead::cli
