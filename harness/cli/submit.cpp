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
#include <sstream>
#include <string_view>

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
        to_stderr(fmt::format("Nothing was submitted or written.\n"));
        return std::nullopt;
    }
    model::Experiment experiment = std::move(selection.experiments.front());
    model::contain(experiment, run::offer_of_machine());
    return can_be_split(experiment, command.shards) ? std::optional(std::move(experiment)) : std::nullopt;
}

bool has_control(std::string_view text)
{
    return std::ranges::any_of(text, [](unsigned char c) { return std::iscntrl(c) != 0; });
}

/// False, with the reason on stderr, when the scripts could not name the folder.
bool can_be_named(const fs::path& folder)
{
    if (has_control(folder.native())) {
        spdlog::error("the folder's path has a line's end or another control character in it; give --out another one");
        return false;
    }
    if (folder.native().find('\\') != std::string::npos) { // sbatch(1), "filename pattern"
        spdlog::error("{}: a path with a backslash cannot be that of Slurm's logs; give --out another one",
                      folder.string());
        return false;
    }
    return true;
}

/// Why sbatch must not be given this option: the empty string when it may be.
std::string_view objection(std::string_view word)
{
    const std::string_view name = word.substr(0, word.find('='));
    const bool is_short = word.size() > 1 && word[1] != '-';
    const auto first = word.find_first_not_of("HhIkOQsVv", 1); // letters without a value can stand before another
    const auto is_called = [&](std::string_view whole, char letter) {
        // getopt_long(3) takes the beginning of a name for the name.
        return is_short ? first != std::string_view::npos && word[first] == letter
                        : name.size() > 3 && whole.starts_with(name);
    };
    if (is_called("--wait", 'W')) {
        return "sbatch would return only when the shards have ended, with the exit code of one of them";
    }
    return is_called("--array", 'a') ? "the array is made of the shards; see --shards and --max-running" : "";
}

/// False, with the reason on stderr, when a word after the experiment is no option for sbatch.
bool are_options(const std::vector<std::string>& words)
{
    for (const std::string& word : words) {
        if (has_control(word)) {
            spdlog::error("an option for sbatch has a line's end or another control character in it");
            return false;
        }
        if (!word.starts_with('-')) {
            spdlog::error(
                "\"{}\" is no option for sbatch; write each as one word after --, such as -- --partition=long", word);
            return false;
        }
        if (const std::string_view why = objection(word); !why.empty()) {
            spdlog::error("{} cannot be given to sbatch here: {}", word, why);
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

/// What submitting makes in the folder, which must not be there yet; taken away again unless it is kept, with the
/// folders around it that were made for it, and nothing else with it.
class Files {
public:
    explicit Files(fs::path folder) : folder_(std::move(folder))
    {
        for (fs::path each = folder_.parent_path(); !fs::exists(each); each = each.parent_path()) {
            around_.push_back(each);
        }
        fs::create_directories(folder_.parent_path());
        if (!fs::create_directory(folder_)) {
            throw std::runtime_error(folder_.string() +
                                     " is there already, and results are never overwritten; give --out another name");
        }
    }
    void write_all(const SlurmJob& job, const std::string& experiment)
    {
        write(folder_ / (job.name + ".toml"), experiment);
        write(array_script_of(job), array_script(job));
        write(merge_script_of(job), merge_script(job));
    }
    ~Files()
    {
        std::error_code ignored;
        if (kept_) {
            return;
        }
        for (const fs::path& path : written_) {
            fs::remove(path, ignored);
        }
        fs::remove(folder_, ignored); // fails when something else is in it
        for (const fs::path& path : around_) {
            fs::remove(path, ignored); // as this does
        }
    }
    Files(const Files&) = delete;
    Files& operator=(const Files&) = delete;

    void keep() { kept_ = true; }

private:
    void write(const fs::path& path, const std::string& text)
    {
        written_.push_back(path);
        std::ofstream file(path);
        file << text << std::flush;
        if (!file) {
            throw std::runtime_error("cannot write " + path.string());
        }
    }

    fs::path folder_;              ///< absolute
    std::vector<fs::path> around_; ///< the innermost first
    std::vector<fs::path> written_;
    bool kept_ = false;
};

/// What sbatch made of a job. One with a number is submitted, whatever the exit code is: with SBATCH_WAIT in the
/// environment that is the one of the job.
struct Answer {
    std::string number; ///< empty: none was told
    bool ended_well = false;
};

/// The number in a line of `sbatch --parsable`, which is "17" or "17;cluster"; empty when it is another line.
std::string number_in(const std::string& line)
{
    const auto end = std::ranges::find_if_not(line, [](unsigned char c) { return std::isdigit(c) != 0; });
    return end == line.end() || *end == ';' ? std::string(line.begin(), end) : "";
}

Answer submit(const std::vector<std::string>& command)
{
    const sys::CommandOutput said = sys::output_of(command);
    Answer answer{.number = "", .ended_well = said.how == sys::Termination(sys::Exited{0})};
    std::istringstream lines(said.text); // of a wrapper around sbatch, too
    for (std::string line; std::getline(lines, line);) {
        if (const std::string number = number_in(line); !number.empty()) {
            answer.number = number;
        }
    }
    return answer;
}

/// Of a command that names scripts which are kept.
[[noreturn]] void complain_about(const Answer& answer, const std::vector<std::string>& command)
{
    const std::string words = fmt::format("{}", fmt::join(command, " "));
    throw std::runtime_error(answer.ended_well
                                 ? "sbatch told no number, so it may or may not have taken the job: " + words
                                 : "sbatch did not take the job: " + words);
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
    const Answer answer = submit(submit_array(job));
    if (answer.number.empty() && !answer.ended_well) {
        throw std::runtime_error("sbatch did not take the job, so nothing was submitted and nothing is left; --dry-run "
                                 "shows the scripts and the command");
    }
    files.keep(); // it is at work in there, or may be
    if (answer.number.empty()) {
        complain_about(answer, submit_array(job));
    }
    const std::string& array = answer.number;
    print(fmt::format("job {}: {}, {}\n", array, experiment.name, described(job, experiment)));
    try {
        const Answer merge = submit(submit_merge(job, array));
        if (merge.number.empty()) {
            complain_about(merge, submit_merge(job, array));
        }
        print(fmt::format("job {}: merges them; its log has the report and the verdicts:\n  {}\n", merge.number,
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
    if (!can_be_named(job.folder)) {
        return Exit::mistake;
    }
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
