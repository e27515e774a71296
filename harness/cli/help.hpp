#pragma once

// What the end of each command's --help says.

namespace bulkhead::cli {

inline constexpr auto run_examples =
    R"(A FILE that is a folder stands for every *.toml in it and in the folders below it.
All files are read before anything runs: with a mistake in any of them nothing
is run or written.

Examples:
  bulkhead run experiments/first-look.toml
  bulkhead run experiments/ --out results/ --jobs 2
  bulkhead run experiments/first-look.toml --only '8x1/segv-*' --trials 100
  bulkhead run --shape 8x1,1x8 --fault segv-null,kill:SIGTERM --trials 50
  bulkhead run --shape 8x1 --fault hold-lock --share lock
  bulkhead run experiments/first-look.toml --junit junit.xml --sarif x.sarif
  bulkhead run first-look.toml --expectation 8x1-every-fault-survivors-all
  bulkhead run experiments/first-look.toml --shard 3/8  one of eight; then merge

Exit code: 0 every expectation upheld, 1 one refuted, 2 a mistake in the usage or a
file, 3 inconclusive, 4 nothing selected, 77 everything skipped, 130 interrupted.)";

inline constexpr auto validate_examples =
    R"(Says, too, what the planned trials can support, and which expectations they cannot
uphold, whatever comes.

Example:
  bulkhead validate experiments/

Exit code: 0 when all files are in order, 2 when one is not.)";

inline constexpr auto list_examples = R"(Examples:
  bulkhead list faults
  bulkhead list experiments --format json
  bulkhead list expectations experiments/first-look.toml
  bulkhead list faults --format markdown > docs/reference/faults.md)";

inline constexpr auto explain_examples = R"(Examples:
  bulkhead explain segv-null
  bulkhead explain kill:SIGTERM
  bulkhead explain kill             what each signal does by default
  bulkhead explain C13              a claim, its measure, and what was learned)";

inline constexpr auto show_examples = R"(The verdicts are judged again from the stored facts; nothing is run.

Examples:
  bulkhead show bulkhead-results/first-look-20260101-120000.db
  bulkhead show bulkhead-results/first-look-20260101-120000.db 17)";

inline constexpr auto replay_examples = R"(Example:
  bulkhead replay bulkhead-results/first-look-20260101-120000.db 17

Exit code: 0 when each worker's outcome is the same, 1 when one differs, 3 when
either run has no outcome.)";

inline constexpr auto resume_examples =
    R"(Runs exactly the trials that the file does not have yet, whatever ended the campaign.
One that a rule of [trials] has stopped early has nothing left to run.
Refused when the experiment file, the program, the host or the machine is another now.

Example:
  bulkhead resume bulkhead-results/first-look-20260101-120000.db

Exit code: as that of run.)";

inline constexpr auto judge_examples =
    R"(Nothing is run. The expectations are those that were recorded, or those of another
experiment file, of which nothing else is used.

Examples:
  bulkhead judge bulkhead-results/first-look-20260101-120000.db
  bulkhead judge first-look-20260101-120000.db --expect stricter.toml

Exit code: as that of run.)";

inline constexpr auto export_examples =
    R"(To standard output, a line for each trial, figure of a trial, cell, or expectation and
cell. Everything is judged again from the stored facts; nothing is run.

Examples:
  bulkhead export results.db --format csv > trials.csv
  bulkhead export results.db --format jsonl --rows figures
  bulkhead export results.db --format markdown > verdicts.md)";

inline constexpr auto merge_examples =
    R"(Refused when the files are not shards of one campaign, when two have a trial in
common, and, without --partial, when a trial is missing. OUT is there as a whole, or
not at all. The report and the verdicts are those of one campaign.

Example:
  bulkhead merge all.db bulkhead-results/first-look-*-of-8.db

Exit code: as that of run; 2 not mergeable, 3 something is missing.)";

inline constexpr auto submit_examples =
    R"(Makes a folder with the experiment and two scripts, and submits these: an array with
a task for each shard, and a job after it that merges them. A task that is requeued
goes on from where it ended. The folder, and this program, must be seen by all nodes.

Examples:
  bulkhead submit slurm experiments/first-look.toml --shards 8 --dry-run
  bulkhead submit slurm big.toml --shards 100 --max-running 20 -- --partition=x

Exit code: 0 submitted, 2 a mistake in the usage or a file, 3 sbatch took no job.)";

inline constexpr auto anatomy_examples =
    R"(Launches a pool, reads it from /proc while it lives, has each worker write and
looks who sees it, kills a host and reads what is left of that.

Examples:
  bulkhead anatomy
  bulkhead anatomy --shape 8x1 --share segment
  bulkhead anatomy --shape 1x8 --launch zygote --format json
  bulkhead anatomy --shape 1x3 --unshare files,fs
  bulkhead anatomy --shape 2x4 --format svg > memory.svg

Exit code: 0 when the pool could be read, 2 a mistake in the usage, 3 when the pool
could not be launched.)";

inline constexpr auto doctor_examples =
    R"(Exit code: 0 when everything that is needed is there, 3 when something is missing.)";

inline constexpr auto main_examples = R"(Start with:
  bulkhead run experiments/first-look.toml
  bulkhead run --fault segv-null
'bulkhead COMMAND --help' says more about each command.)";

} // namespace bulkhead::cli
