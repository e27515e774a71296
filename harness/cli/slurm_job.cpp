#include "harness/cli/slurm_job.hpp"

#include "harness/cli/output.hpp"

#include <fmt/format.h>

namespace bulkhead::cli {
namespace {

/// A line that sbatch reads in a script. It takes quotes as a shell does, and backslashes also within them: there they
/// stand for themselves in a shell, and for the next character here.
std::string option_line(const std::string& option)
{
    std::string doubled;
    for (const char c : option) {
        doubled.append(c == '\\' ? 2 : 1, c);
    }
    return "#SBATCH " + cli::quoted(doubled) + "\n";
}

/// sbatch(1), "filename pattern": a percent sign stands for itself when it is there twice.
std::string as_pattern(const std::filesystem::path& path)
{
    std::string pattern;
    for (const char c : path.string()) {
        pattern.append(c == '%' ? 2 : 1, c);
    }
    return pattern;
}

std::string script(const SlurmJob& job, const std::vector<std::string>& options, const std::string& body)
{
    std::string text = "#!/bin/sh\n";
    for (const std::string& option : options) {
        text += option_line(option);
    }
    for (const std::string& option : job.options) { // later ones win
        text += option_line(option);
    }
    return text + body;
}

} // namespace

std::filesystem::path array_script_of(const SlurmJob& job)
{
    return job.folder / "shard.sh";
}

std::filesystem::path merge_script_of(const SlurmJob& job)
{
    return job.folder / "merge.sh";
}

// The number of shards is written, and not taken from the array, so that `sbatch --array=3` runs the third of all.
std::string array_script(const SlurmJob& job)
{
    const std::string at_most = job.max_running > 0 ? fmt::format("%{}", job.max_running) : "";
    const std::vector<std::string> options{
        "--job-name=" + job.name, fmt::format("--array=1-{}{}", job.shards, at_most),    "--ntasks=1", "--requeue",
        "--open-mode=append",     "--output=" + as_pattern(job.folder) + "/shard-%a.log"};
    const std::string lanes = job.lanes > 1 ? fmt::format(" --jobs {}", job.lanes) : "";
    return script(job, options,
                  fmt::format("# To run shard 3 again, from where it ended: sbatch --array=3 {}\n"
                              "exec {} run {} \\\n"
                              "    --shard \"$SLURM_ARRAY_TASK_ID/{}\" --resume --out {}{}\n",
                              quoted(array_script_of(job)), quoted(job.program),
                              quoted(job.folder / (job.name + ".toml")), job.shards, quoted(job.folder.string() + "/"),
                              lanes));
}

std::string merge_script(const SlurmJob& job)
{
    const std::vector<std::string> options{"--job-name=" + job.name + "-merge", "--ntasks=1", "--no-requeue",
                                           "--open-mode=append", "--output=" + as_pattern(job.folder) + "/merge.log"};
    return script(job, options,
                  fmt::format("exec {} merge {} \\\n    {}*-of-{}.db\n", quoted(job.program),
                              quoted(job.folder / (job.name + ".db")), quoted((job.folder / job.name).string() + "-"),
                              job.shards));
}

std::vector<std::string> submit_array(const SlurmJob& job)
{
    return {"sbatch", "--parsable", array_script_of(job)};
}

// afterany: also after shards that failed, so that somebody says which are missing.
std::vector<std::string> submit_merge(const SlurmJob& job, const std::string& array_job)
{
    return {"sbatch", "--parsable", "--dependency=afterany:" + array_job, merge_script_of(job)};
}

} // namespace bulkhead::cli
