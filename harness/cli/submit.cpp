#include "harness/cli/campaign.hpp"
#include "harness/cli/commands.hpp"
#include "harness/cli/output.hpp"
#include "harness/cli/selection.hpp"
#include "harness/cli/slurm_job.hpp"
#include "harness/run/offer.hpp"
#include "harness/sys/command.hpp"

#include <algorithm>
#include <cctype>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <fstream>
#include <optional>
#include <spdlog/spdlog.h>

namespace bulkhead::cli {
namespace {

namespace fs = std::filesystem;

/// The one experiment; nullopt, with the reasons on stderr, when it is wrong or has too few trials for so many shards.
std::optional<model::Experiment> read_experiment(const SubmitSlurmCommand& command)
{
    std::error_code ignored;
    if (fs::is_directory(command.file, ignored)) {
        spdlog::error("{} is a folder; submit one experiment after the other", command.file.string());
        return std::nullopt;
    }
    Selection selection = select_files({command.file}, {});
    if (!selection.mistakes.empty()) {
        complain(selection.mistakes);
        fmt::print(stderr, "Nothing was submitted or written.\n");
        return std::nullopt;
    }
    model::Experiment experiment = std::move(selection.experiments.front());
    model::contain(experiment, run::offer_of_machine());
    return can_be_split(experiment, command.shards) ? std::optional(std::move(experiment)) : std::nullopt;
}

/// False, with the reason on stderr, when a word after the experiment is no option for sbatch.
bool are_options(const std::vector<std::string>& words)
{
    for (const std::string& word : words) {
        if (!word.starts_with('-') || word.find('\n') != std::string::npos) {
            spdlog::error(
                "\"{}\" is no option for sbatch; write each as one word after --, such as -- --partition=long", word);
            return false;
        }
    }
    return true;
}

SlurmJob job_of(const SubmitSlurmCommand& command, const std::string& name)
{
    SlurmJob job;
    job.program = fs::read_symlink("/proc/self/exe");
    const fs::path folder =
        command.folder.empty() ? fs::path("bulkhead-results") / (name + "-" + time_stamp()) : command.folder;
    job.folder = fs::absolute(folder / "").lexically_normal().parent_path();
    job.name = name;
    job.shards = command.shards;
    job.max_running = command.max_running;
    job.lanes = command.lanes;
    job.options = command.options;
    return job;
}

/// What submitting makes in the folder, which must not be there yet; taken away again unless it is kept.
class Files {
public:
    explicit Files(fs::path folder) : folder_(std::move(folder))
    {
        fs::create_directories(folder_.parent_path());
        if (!fs::create_directory(folder_)) {
            throw std::runtime_error(folder_.string() +
                                     " is there already, and results are never overwritten; give --out another name");
        }
    }
    void write_all(const SlurmJob& job, const std::string& experiment) const
    {
        write(folder_ / (job.name + ".toml"), experiment);
        write(array_script_of(job), array_script(job));
        write(merge_script_of(job), merge_script(job));
    }
    ~Files()
    {
        std::error_code ignored;
        if (!kept_) {
            fs::remove_all(folder_, ignored);
        }
    }
    Files(const Files&) = delete;
    Files& operator=(const Files&) = delete;

    void keep() { kept_ = true; }

private:
    static void write(const fs::path& path, const std::string& text)
    {
        std::ofstream file(path);
        file << text << std::flush;
        if (!file) {
            throw std::runtime_error("cannot write " + path.string());
        }
    }

    fs::path folder_;
    bool kept_ = false;
};

/// The job's number; throws when there is none.
std::string submit(const std::vector<std::string>& command)
{
    const sys::CommandOutput said = sys::output_of(command);
    const auto end = std::ranges::find_if_not(said.text, [](unsigned char c) { return std::isdigit(c) != 0; });
    const std::string number(said.text.begin(), end); // "17", or "17;cluster"
    if (said.how != sys::Termination(sys::Exited{0}) || number.empty()) {
        throw std::runtime_error("sbatch did not take the job: " + fmt::format("{}", fmt::join(command, " ")));
    }
    return number;
}

std::string described(const SlurmJob& job, const model::Experiment& experiment)
{
    const std::uint32_t trials = count_trials(model::expand(experiment));
    return fmt::format("{} in {}{}", counted(trials, "trial"), counted(job.shards, "shard"),
                       job.max_running > 0 ? fmt::format(", {} at a time", job.max_running) : "");
}

void print_plan(const SlurmJob& job)
{
    const auto line = [](const std::vector<std::string>& words) {
        std::string text;
        for (const std::string& word : words) {
            text += (text.empty() ? "" : " ") + quoted(word);
        }
        return text;
    };
    print(fmt::format("# {}\n{}\n# {}\n{}\n# submitted by\n{}\n{}\n", array_script_of(job).string(), array_script(job),
                      merge_script_of(job).string(), merge_script(job), line(submit_array(job)),
                      line(submit_merge(job, "JOB"))));
}

void submit_both(const SlurmJob& job, const model::Experiment& experiment, Files& files)
{
    const std::string array = submit(submit_array(job));
    files.keep(); // it is at work in there
    print(fmt::format("job {}: {}, {}\n", array, experiment.name, described(job, experiment)));
    try {
        const std::string merge = submit(submit_merge(job, array));
        print(fmt::format("job {}: merges them; its log has the report and the verdicts:\n  {}\n", merge,
                          (job.folder / "merge.log").string()));
    } catch (const std::exception&) {
        spdlog::error("job {} was submitted, and the merge after it was not. When it is done: sh {}", array,
                      quoted(merge_script_of(job)));
        throw;
    }
}

} // namespace

Exit execute(const SubmitSlurmCommand& command)
{
    const auto experiment = read_experiment(command);
    if (!experiment || !are_options(command.options)) {
        return Exit::mistake;
    }
    const SlurmJob job = job_of(command, experiment->name);
    if (command.dry_run) {
        print_plan(job);
        return Exit::upheld;
    }
    std::optional<Files> files;
    try {
        files.emplace(job.folder);
        files->write_all(job, experiment->text);
    } catch (const std::runtime_error& error) { // std::filesystem::filesystem_error is one
        spdlog::error("{}", error.what());
        return Exit::mistake;
    }
    submit_both(job, *experiment, *files); // what it throws ends the program with Exit::inconclusive
    return Exit::upheld;
}

} // namespace bulkhead::cli
