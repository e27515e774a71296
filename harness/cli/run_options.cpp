#include "harness/cli/run_options.hpp"

#include "harness/cli/language.hpp"
#include "harness/cli/live_options.hpp"
#include "harness/cli/options.hpp"
#include "harness/cli/toml_words.hpp"

#include <cstdint>
#include <fmt/format.h>
#include <limits>

namespace bulkhead::cli {
namespace {

void declare_ad_hoc(CLI::App& run, AdHoc& ad_hoc)
{
    const std::string without_file = "Ad hoc, without FILE";
    CLI::App& options = *run.add_option_group(without_file);
    options.set_help_flag(); // it would have one of its own
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

} // namespace

void declare_run(CLI::App& run, RunCommand& command)
{
    run.add_option("FILE", command.files, "Experiments to run: files or folders")->type_name("");
    run.add_option("--trials", command.overrides.trials, "Trials of each cell, instead of the file's")->type_name("N");
    run.add_option("--seed", command.overrides.seed, "Seed of everything that is drawn, instead of the file's")
        ->check(CLI::Range(std::int64_t{0}, std::numeric_limits<std::int64_t>::max()).description(""))
        ->type_name("N");
    run.add_option("--launch", command.overrides.launch, "How hosts start: exec or zygote, instead of the file's")
        ->type_name("WORD");
    run.add_option("--order", command.overrides.order,
                   "Order: interleaved, by-cell or as-written, instead of the file's")
        ->type_name("WORD");
    run.add_option("--only", command.overrides.only, "Only these cells: 'SHAPE/FAULT', with wildcards")
        ->type_name("CELLS");
    run.add_option("--expectation", command.overrides.expectation, "Only this one of FILE, and the cells it speaks of")
        ->type_name("ID");
    add_lanes(run, command.lanes, "Trials that run side by side (1)");
    add_time_limit(run, command.time_limit, "Longest time for all experiments together, such as 10min");
    run.add_option("-o,--out", command.out, "Results file; with several experiments a folder for them")
        ->type_name("PATH");
    run.add_flag_callback(
        "--no-record", [&command] { command.record = false; }, "Keep no results file");
    add_outputs(run, command.outputs);
    run.add_option("--shard", command.shard, "Run only part I of N of the trials: I/N, or auto where a job array tells")
        ->type_name("I/N");
    run.add_flag("--resume", command.go_on, "Go on with the results file where it is there already");
    declare_live(run, command);
    add_format(run, command.format);
    add_language(run, command.language);
    declare_ad_hoc(run, command.ad_hoc);
}

} // namespace bulkhead::cli
