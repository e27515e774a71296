#include "harness/cli/command_line.hpp"

#include "harness/cli/command_model.hpp"
#include "harness/cli/compare_options.hpp"
#include "harness/cli/generate_options.hpp"
#include "harness/cli/help.hpp"
#include "harness/cli/help_format.hpp"
#include "harness/cli/lab_options.hpp"
#include "harness/cli/language.hpp"
#include "harness/cli/options.hpp"
#include "harness/cli/output.hpp"
#include "harness/cli/report_options.hpp"
#include "harness/cli/run_options.hpp"
#include "harness/cli/usage_mistake.hpp"
#include "harness/model/shard.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdint>
#include <fmt/format.h>
#include <map>
#include <memory>

namespace bulkhead::cli {
namespace {

/// The parser of the whole command line, and what it reads into.
class Parser {
public:
    Parser();
    std::variant<CommandLine, Exit> parse(std::vector<std::string> words);
    [[nodiscard]] const CLI::App& app() const { return app_; }

private:
    void declare_validate();
    void declare_list();
    void declare_explain();
    void declare_show();
    void declare_replay();
    void declare_resume();
    void declare_judge();
    void declare_export();
    void declare_merge();
    void declare_submit();
    void declare_anatomy();
    void declare_comparing();
    void declare_reporting();
    void declare_doctor();
    void declare_course();
    CLI::App& declare(const char* name, const char* description, const char* footer);

    CLI::App app_;
    std::int64_t verbose_ = 0;
    std::int64_t quiet_ = 0;
    RunCommand run_;
    ValidateCommand validate_;
    ListCommand list_;
    ExplainCommand explain_;
    ShowCommand show_;
    ReplayCommand replay_;
    ResumeCommand resume_;
    JudgeCommand judge_;
    ExportCommand export_;
    MergeCommand merge_;
    SubmitSlurmCommand submit_slurm_;
    AnatomyCommand anatomy_;
    CompareCommand compare_;
    ReportCommand report_;
    BaselineSaveCommand baseline_save_;
    BaselineListCommand baseline_list_;
    LabCommand lab_;
    DoctorCommand doctor_;
    GenerateCommand generate_;
};

Parser::Parser() : app_("Breaks one worker of a pool of processes or threads, and measures who survives.", "bulkhead")
{
    app_.formatter(std::make_shared<HelpFormat>()); // of all commands: it is handed down
    app_.require_subcommand(1);
    app_.footer(main_examples);
    app_.set_version_flag(
        "--version", [] { return version_text(); }, "Print the version and what it was built with");
    app_.set_help_flag("-h,--help", "Print this help");
    app_.add_flag("-v,--verbose", verbose_, "Say more on stderr about what is done; twice says most");
    app_.add_flag("-q,--quiet", quiet_, "Nothing on stderr but errors: no progress, no remarks");
    declare_run(declare("run", "Run experiments, and report who survived", run_examples), run_);
    declare_validate();
    declare_list();
    declare_explain();
    declare_show();
    declare_replay();
    declare_resume();
    declare_judge();
    declare_export();
    declare_merge();
    declare_submit();
    declare_reporting();
    declare_comparing();
    declare_anatomy();
    declare_course();
    declare_doctor();
    declare_generate(app_, generate_);
}

CLI::App& Parser::declare(const char* name, const char* description, const char* footer)
{
    CLI::App& command = *app_.add_subcommand(name, description);
    command.fallthrough();
    command.footer(footer);
    return command;
}

void Parser::declare_validate()
{
    CLI::App& validate = declare("validate", "Look for mistakes in experiment files, run nothing", validate_examples);
    validate.add_option("FILE", validate_.files, "Experiments: files or folders")->required()->type_name("");
    add_format(validate, validate_.format);
}

void Parser::declare_list()
{
    CLI::App& list =
        declare("list", "List the faults, workloads, figures, claims or experiments there are", list_examples);
    list.add_option("WHAT", list_.what, "faults, workloads, figures, claims, experiments or expectations")
        ->required()
        ->type_name("");
    list.add_option("FILE", list_.file, "The experiment whose expectations are meant")->type_name("");
    add_format(list, list_.format, every_format);
    add_language(list, list_.language);
}

void Parser::declare_explain()
{
    CLI::App& explain = declare("explain", "Say what a fault does, whom it reaches and why; or what a claim is about",
                                explain_examples);
    explain.add_option("FAULT", explain_.fault, "A fault or a claim, such as segv-null, kill:SIGTERM or C13")
        ->required()
        ->type_name("");
    add_format(explain, explain_.format);
    add_language(explain, explain_.language);
}

void Parser::declare_show()
{
    CLI::App& show = declare("show", "Report on a results file, or on one trial of it", show_examples);
    show.add_option("RESULTS", show_.results, "A results file")->required()->type_name("");
    show.add_option("TRIAL", show_.trial, "Number of a trial: its time line, and each worker's outcome")->type_name("");
    add_format(show, show_.format);
    add_language(show, show_.language);
}

void Parser::declare_replay()
{
    CLI::App& replay = declare("replay", "Run a recorded trial again, and compare the outcomes", replay_examples);
    replay.add_option("RESULTS", replay_.results, "A results file")->required()->type_name("");
    replay.add_option("TRIAL", replay_.trial, "Number of the trial")->required()->type_name("");
    add_format(replay, replay_.format);
}

void Parser::declare_resume()
{
    CLI::App& resume = declare("resume", "Go on with a campaign that did not come to its end", resume_examples);
    resume.add_option("RESULTS", resume_.results, "Its results file")->required()->type_name("");
    add_lanes(resume, resume_.lanes, "Trials that run side by side (1)");
    add_outputs(resume, resume_.outputs);
    add_time_limit(resume, resume_.time_limit, "Longest time for going on, such as 10min");
    add_format(resume, resume_.format);
    add_language(resume, resume_.language);
}

void Parser::declare_judge()
{
    CLI::App& judge = declare("judge", "Judge recorded trials, by other expectations if you like", judge_examples);
    judge.add_option("RESULTS", judge_.results, "A results file")->required()->type_name("");
    judge.add_option("--expect", judge_.expect, "An experiment file whose expectations are to be judged")
        ->type_name("FILE");
    add_outputs(judge, judge_.outputs);
    add_format(judge, judge_.format);
    add_language(judge, judge_.language);
}

void Parser::declare_export()
{
    CLI::App& exporting = declare("export", "Print recorded trials as CSV, JSON Lines or Markdown", export_examples);
    exporting.add_option("RESULTS", export_.results, "A results file")->required()->type_name("");
    exporting.add_option("--format", export_.format, "csv, jsonl or markdown")->required()->type_name("FORMAT");
    exporting.add_option("--rows", export_.rows, "What a row is: trials (the default), figures, cells or verdicts")
        ->type_name("WORD");
}

void Parser::declare_merge()
{
    CLI::App& merge = declare("merge", "Make one results file of the shards of a campaign", merge_examples);
    merge.add_option("OUT", merge_.out, "The results file to be made")->required()->type_name("");
    merge.add_option("SHARDS", merge_.shards, "Results files of shards")->required()->type_name("");
    merge.add_flag("--partial", merge_.partial, "Also when shards, or trials of them, are missing");
    add_outputs(merge, merge_.outputs);
    add_format(merge, merge_.format);
}

void Parser::declare_submit()
{
    CLI::App& submit = declare("submit", "Have a cluster run an experiment in shards", submit_examples);
    submit.require_subcommand(1);
    CLI::App& slurm = *submit.add_subcommand("slurm", "Submit a job array to Slurm, and a job that merges its results");
    slurm.fallthrough();
    slurm.footer(submit_examples);
    slurm.add_option("EXPERIMENT", submit_slurm_.file, "An experiment file")->required()->type_name("");
    slurm.add_option("SBATCH", submit_slurm_.options, "After --: further options for sbatch, such as --partition=long")
        ->type_name("");
    slurm.add_option("--shards", submit_slurm_.shards, "Into how many tasks of the array it is split")
        ->required()
        ->check(CLI::Range(1U, model::max_shards).description(""))
        ->type_name("N");
    slurm.add_option("--max-running", submit_slurm_.max_running, "So many tasks at a time, at most")
        ->check(CLI::Range(1U, model::max_shards).description(""))
        ->type_name("M");
    add_lanes(slurm, submit_slurm_.lanes, "Trials that run side by side in each shard (1)");
    slurm.add_option("-o,--out", submit_slurm_.folder, "New folder for scripts, logs and results, seen by all nodes")
        ->type_name("PATH");
    slurm.add_flag("--dry-run", submit_slurm_.dry_run, "Print the scripts and commands; write and submit nothing");
}

void Parser::declare_anatomy()
{
    CLI::App& anatomy = declare("anatomy", "Show what processes and threads are made of, and share", anatomy_examples);
    anatomy.add_option("--shape", anatomy_.shape, "Shape of the pool (2x2)")->type_name("SHAPE");
    anatomy.add_option("--launch", anatomy_.launch, "How hosts start: exec (the default) or zygote")->type_name("WORD");
    add_list(anatomy, "--share", anatomy_.share, "What hosts share: nothing (the default), segment, lock, ...");
    add_list(anatomy, "--unshare", anatomy_.unshare, "What each host's last thread leaves: files, fs, sysvsem");
    add_format(anatomy, anatomy_.format, text_json_or_svg);
    add_language(anatomy, anatomy_.language);
}

void Parser::declare_comparing()
{
    CLI::App& compare = declare("compare", compare_summary, compare_examples);
    declare_compare(compare, compare_);
    add_format(compare, compare_.format);
    CLI::App& baseline = declare("baseline", baseline_summary, baseline_examples);
    const BaselineParsers parsers = declare_baseline(baseline, baseline_save_, baseline_list_);
    add_format(*parsers.list, baseline_list_.format);
}

void Parser::declare_course()
{
    declare_lab(declare("lab", lab_summary, lab_examples), lab_);
}

void Parser::declare_reporting()
{
    declare_report(declare("report", report_summary, report_examples), report_);
}

void Parser::declare_doctor()
{
    add_format(declare("doctor", "Say what this machine and these rights allow", doctor_examples), doctor_.format);
}

std::variant<CommandLine, Exit> Parser::parse(std::vector<std::string> words)
{
    const bool asks_for_help = !words.empty() && words.front() == "help"; // as many programs have it
    if (asks_for_help) {
        words.front() = "--help";
    }
    try {
        app_.parse(std::vector<std::string>(words.rbegin(), words.rend())); // it takes them from the end
    } catch (const CLI::ParseError& error) {
        const bool is_told = error.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success);
        const bool has_no_such_help = asks_for_help && words.size() > 1 && chosen_command(app_).empty();
        if (is_told && !has_no_such_help) {
            app_.exit(error); // help and version, to stdout
            return Exit::upheld;
        }
        const std::string chosen = chosen_command(app_);
        const std::string command = chosen.empty() ? "" : " " + chosen;
        to_stderr(fmt::format("bulkhead{0}: {1}\n'bulkhead{0} --help' shows how it is used.\n", command,
                              explain_usage_mistake(app_, error, words)));
        return Exit::mistake;
    }
    run_.quiet = quiet_ > 0;
    resume_.quiet = quiet_ > 0;
    const std::map<std::string, Command> commands{{"run", run_},
                                                  {"validate", validate_},
                                                  {"list", list_},
                                                  {"explain", explain_},
                                                  {"show", show_},
                                                  {"replay", replay_},
                                                  {"resume", resume_},
                                                  {"judge", judge_},
                                                  {"export", export_},
                                                  {"merge", merge_},
                                                  {"submit slurm", submit_slurm_},
                                                  {"anatomy", anatomy_},
                                                  {"compare", compare_},
                                                  {"lab", lab_},
                                                  {"report", report_},
                                                  {"doctor", doctor_},
                                                  {"generate", generate_},
                                                  {"baseline save", baseline_save_},
                                                  {"baseline list", baseline_list_}};
    return CommandLine{commands.at(chosen_command(app_)), verbose_ - quiet_};
}

} // namespace

std::variant<CommandLine, Exit> read_command_line(int argc, char** argv)
{
    return Parser().parse({argv + std::min(argc, 1), argv + argc});
}

CommandModel command_model()
{
    return model_of(Parser().app());
}

} // namespace bulkhead::cli
