#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace bulkhead::cli {

/// A campaign as a job array of Slurm, and a job that merges its shards. All paths are absolute.
struct SlurmJob {
    std::filesystem::path program;
    std::filesystem::path folder; ///< where everything is put
    std::string name;             ///< of the experiment, whose file is NAME.toml in the folder
    std::uint32_t shards = 1;
    std::uint32_t max_running = 0;    ///< tasks of the array at a time; 0: as many as Slurm likes
    std::uint32_t lanes = 1;          ///< of each shard
    std::vector<std::string> options; ///< further ones for sbatch, for both jobs
};

std::filesystem::path array_script_of(const SlurmJob& job); ///< its path
std::filesystem::path merge_script_of(const SlurmJob& job);
std::string array_script(const SlurmJob& job); ///< its text
std::string merge_script(const SlurmJob& job);

/// The commands that submit them; the second one needs the number that the first one tells.
std::vector<std::string> submit_array(const SlurmJob& job);
std::vector<std::string> submit_merge(const SlurmJob& job, const std::string& array_job);

} // namespace bulkhead::cli
