#include "harness/cli/command_line.hpp"

#include "harness/cli/command_model.hpp"
#include "harness/cli/compare_options.hpp"
#include "harness/cli/generate_options.hpp"
#include "harness/cli/help.hpp"
#include "harness/cli/lab_options.hpp"
#include "harness/cli/language.hpp"
#include "harness/cli/live_options.hpp"
#include "harness/cli/output.hpp"
#include "harness/cli/report_options.hpp"
#include "harness/cli/toml_words.hpp"
#include "harness/cli/usage_mistake.hpp"
#include "harness/model/shard.hpp"
#include "harness/spec/words.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdint>
#include <fmt/format.h>
#include <limits>
#include <map>
#include <span>

namespace bulkhead::cli {
namespace {

struct FormatWord {
    std::string_view word;
    Format format;
};
constexpr FormatWord text_or_json[] = {{"text", Format::text}, {"json", Format::json}};
constexpr FormatWord text_json_or_svg[] = {{"text", Format::text}, {"json", Format::json}, {"svg", Format::svg}};
constexpr FormatWord every_format[] = {{"text", Format::text}, {"json", Format::json}, {"markdown", Format::markdown}};

void add_format(CLI::App& command, Format& format, std::span<const FormatWord> words = text_or_json)
{
    const auto read = [&format, words](const std::string& word) {
        const std::string meant = word == "md" ? "markdown" : word; // as `report` calls it
        const auto found = std::ranges::find(words, std::string_view(meant), &FormatWord::word);
        if (found == words.end()) {
            std::vector<std::string> valid;
            for (const FormatWord& each : words) {
                valid.emplace_back(each.word);
            }
            throw CLI::ValidationError("--format", fmt::format("\"{}\" is not a format; valid: {}{}", word,
                                                               fmt::join(valid, ", "), did_you_mean(word, valid)));
        }
        format = found->format;
    };
    const std::string more = words.size() > 2 ? fmt::format(", json or {}", words.back().word) : " or json";
    command.add_option_function<std::string>("--format", read, "How results are printed: text (the default)" + more)
        ->type_name("FORMAT");
}

/// A list that is written with commas.
void add_list(CLI::App& command, const std::string& name, std::vector<std::string>& list, const std::string& text)
{
    const auto read = [&list](const std::string& words) { list = CLI::detail::split(words, ','); };
    command.add_option_function<std::string>(name, read, text)->type_name("LIST");
}

/// Where to write what other programs read.
void add_outputs(CLI::App& command, OutputFiles& outputs)
{
    command.add_option("--junit", outputs.junit, "Write the verdicts as JUnit's XML, too")->type_name("PATH");
    command.add_option("--tap", outputs.tap, "Write them as TAP, version 13")->type_name("PATH");
    command.add_option("--sarif", outputs.sarif, "Write those that are not upheld as SARIF 2.1.0")->type_name("PATH");
}

void add_time_limit(CLI::App& command, std::optional<std::chrono::microseconds>& limit, const std::string& text)
{
    static constexpr std::chrono::hours most{10'000}; // as of a file's time_limit
    const auto read = [&limit](const std::string& word) {
        limit = spec::parse_duration(word);
        if (!limit || limit->count() == 0) {
            throw CLI::ValidationError("--time-limit", fmt::format("\"{}\" is no duration; a whole number and its unit "
                                                                   "(us, ms, s, min, h), such as 10min",
                                                                   word));
        }
        if (*limit > most) {
            throw CLI::ValidationError("--time-limit", fmt::format("\"{}\" is out of range; at most 10000h", word));
        }
    };
    command.add_option_function<std::string>("--time-limit", read, text)->type_name("TIME");
}

/// The parser of the whole command line, and what it reads into.
class Parser {
public:
    Parser();
    std::variant<CommandLine, Exit> parse(int argc, char** argv);
    [[nodiscard]] const CLI::App& app() const { return app_; }

private:
    void declare_run();
    void declare_ad_hoc(CLI::App& command);
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
    bool no_record_ = false;
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
    app_.require_subcommand(1);
    app_.footer(main_examples);
    app_.set_version_flag(
        "--version", [] { return version_text(); }, "Print the version and what it was built with");
    app_.set_help_flag("-h,--help", "Print this help");
    app_.add_flag("-v,--verbose", verbose_, "Say more on stderr about what is done; twice says most");
    app_.add_flag("-q,--quiet", quiet_, "Nothing on stderr but errors: no progress, no remarks");
    app_.get_formatter()->column_width(28);
    declare_run();
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
    command.get_formatter()->column_width(28);
    return command;
}

void Parser::declare_run()
{
    CLI::App& run = declare("run", "Run experiments, and report who survived", run_examples);
    run.add_option("FILE", run_.files, "Experiments to run: files or folders")->type_name("");
    run.add_option("--trials", run_.overrides.trials, "Trials of each cell, instead of the file's")->type_name("N");
    run.add_option("--seed", run_.overrides.seed, "Seed of everything that is drawn, instead of the file's")
        ->check(CLI::Range(std::int64_t{0}, std::numeric_limits<std::int64_t>::max()).description(""))
        ->type_name("N");
    run.add_option("--launch", run_.overrides.launch, "How hosts start: exec or zygote, instead of the file's")
        ->type_name("WORD");
    run.add_option("--order", run_.overrides.order, "Order: interleaved, by-cell or as-written, instead of the file's")
        ->type_name("WORD");
    run.add_option("--only", run_.overrides.only, "Only these cells: 'SHAPE/FAULT', with wildcards")
        ->type_name("CELLS");
    run.add_option("--expectation", run_.overrides.expectation, "Only this one of FILE, and the cells it speaks of")
        ->type_name("ID");
    run.add_option("-j,--jobs", run_.lanes, "Trials that run side by side (1)")
        ->check(CLI::Range(1U, 1024U).description(""))
        ->type_name("N");
    add_time_limit(run, run_.time_limit, "Longest time for all experiments together, such as 10min");
    run.add_option("-o,--out", run_.out, "Results file; with several experiments a folder for them")->type_name("PATH");
    run.add_flag("--no-record", no_record_, "Keep no results file");
    add_outputs(run, run_.outputs);
    run.add_option("--shard", run_.shard, "Run only part I of N of the trials: I/N, or auto where a job array tells")
        ->type_name("I/N");
    run.add_flag("--resume", run_.go_on, "Go on with the results file where it is there already");
    declare_live(run, run_);
    add_format(run, run_.format);
    add_language(run, run_.language);
    declare_ad_hoc(run);
}

void Parser::declare_ad_hoc(CLI::App& command)
{
    const std::string without_file = "Ad hoc, without FILE";
    CLI::App& options = *command.add_option_group(without_file);
    AdHoc& ad_hoc = run_.ad_hoc;
    add_list(options, "--shape", ad_hoc.shapes, "Shapes of the pool, such as 8x1,4x2,1x8 (which is the default)");
    add_list(options, "--fault", ad_hoc.faults, "Faults, such as segv-null,abort: see 'bulkhead list faults'");
    add_list(options, "--workload", ad_hoc.workload, "What workers do: counter (the default), ledger, serve, ...");
    add_list(options, "--supervise", ad_hoc.supervise, "Who is launched anew: never (the default), one-for-one, ...");
    options.add_option("--at", ad_hoc.at, "Injection point: between-ops (the default) or inside-op")->type_name("WORD");
    const auto not_ops = [](const std::string& word) {
        return is_ops(word) ? ""
                            : fmt::format("\"{}\" is neither a number such as 10 nor a range such as 10..100", word);
    };
    options.add_option("--after-ops", ad_hoc.after_ops, "Ops before the fault: a number, or a range such as 10..100")
        ->check(CLI::Validator(not_ops, ""))
        ->type_name("OPS");
    options
        .add_option("--victim", ad_hoc.victim, "The victim, such as p0t1; any (the default) draws one for each trial")
        ->type_name("WORKER");
    options.add_option("--window", ad_hoc.window, "Longest time to observe the siblings, such as 500ms (the default)")
        ->type_name("TIME");
    add_list(options, "--share", ad_hoc.share, "What hosts share: nothing (the default), lock, segment, disk, ...");
    options.add_option("--lock", ad_hoc.lock, "The pool's lock: plain (the default) or robust")->type_name("WORD");
    options.add_option("--guard", ad_hoc.guard, "What guards each worker: none (the default), catch or siglongjmp")
        ->type_name("WORD");
    options.add_option("--name", ad_hoc.name, "Name of the experiment, and of its results file")->type_name("NAME");
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
    resume.add_option("-j,--jobs", resume_.lanes, "Trials that run side by side (1)")
        ->check(CLI::Range(1U, 1024U).description(""))
        ->type_name("N");
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
    slurm.get_formatter()->column_width(28);
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
    slurm.add_option("-j,--jobs", submit_slurm_.lanes, "Trials that run side by side in each shard (1)")
        ->check(CLI::Range(1U, 1024U).description(""))
        ->type_name("N");
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

std::variant<CommandLine, Exit> Parser::parse(int argc, char** argv)
{
    try {
        app_.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success)) {
            app_.exit(error); // help and version, to stdout
            return Exit::upheld;
        }
        const std::string chosen = chosen_command(app_);
        const std::string command = chosen.empty() ? "" : " " + chosen;
        fmt::print(stderr, "bulkhead{0}: {1}\n'bulkhead{0} --help' shows how it is used.\n", command,
                   explain_usage_mistake(app_, error, {argv + 1, argv + argc}));
        return Exit::mistake;
    }
    run_.record = !no_record_;
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
    return Parser().parse(argc, argv);
}

CommandModel command_model()
{
    return model_of(Parser().app());
}

} // namespace bulkhead::cli
