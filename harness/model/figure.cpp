#include "harness/model/figure.hpp"

#include "harness/model/detection.hpp"
#include "harness/model/evidence.hpp"
#include "harness/model/shown.hpp"
#include "harness/model/trial.hpp"

#include <algorithm>
#include <array>

namespace bulkhead::model {
namespace {

constexpr auto figure_rows = std::to_array<FigureRow>({
    {"startup", "us", "time from the launch until every worker had completed its first ops"},
    {"throughput", "ops/s", "ops of the whole pool in a second, all workers at full speed"},
    {"processors_taken", "",
     "share of the processor time which the pool could have had meanwhile, and which other programs took"},
    {"throughput_after", "ops/s", "the same after the fault, of those that still work"},
    {"detection", "us", "time from the fault until the supervisor knew of the victim's end"},
    {"same_wait_status", "",
     "share of the siblings whose process ended by the very wait status of the victim's process, where that ended"},
    {"memory_per_worker", "KiB", "proportional set size (PSS) of the hosts, for each worker"},
    {"unique_per_worker", "KiB", "memory that would be free again if the hosts were gone, for each worker"},
    {"transfers", "", "transfers that the workers of the ledger completed"},
    {"lost_updates", "", "changes of an account that another worker's change overwrote"},
    {"sum_error", "", "how far the sum of the ledger's accounts is from what it was"},
    {"repairs", "", "half-done transfers that the next owner of the lock finished"},
    {"transfers_untold", "", "transfers that the owner of the ledger did, and that their client was not told of"},
    {"messages_sent", "", "messages that the workers of the ring had sent in all, or clients the owner of the ledger"},
    {"messages_lost", "", "those of them that a receiver which still works had not got when it had waited for them"},
    {"messages_duplicated", "", "messages that came a second time"},
    {"messages_torn", "", "frames that were begun, and that nobody will finish"},
    {"messages_reordered", "", "messages that came after a later one"},
    {"messages_refused", "", "frames that the check of their receiver refused"},
    {"messages_ahead", "", "messages that a flooding worker was ahead of its receiver when there was no more room"},
    {"shown_as_predicted", "",
     "1 when a channel showed the victim's neighbour what its kind is predicted to show, else 0"},
    {"jobs_done", "", "jobs whose result was told, and was the right one"},
    {"jobs_lost", "", "jobs whose effect was never done, and that are not handed out again"},
    {"jobs_doubled", "", "jobs whose effect was done more than once"},
    {"jobs_unknown", "", "jobs whose effect was done, whose result was never told, and that are not handed out again"},
    {"jobs_left", "", "jobs that waited to be handed out, and nobody was left to hand them to"},
    {"jobs_refused", "", "results that the supervisor's check refused"},
    {"round_trip_p50", "ns", "median time of a message there and one back, both workers on one processor"},
    {"round_trip_p99", "ns", "the same, not exceeded by 99 of 100"},
    {"switch", "ns",
     "what a message costs beyond its sending and its receiving: the switch to the other worker, on one processor"},
    {"shared_word", "ns", "median time of the same by one word of shared memory each way, on two processors"},
    {"requests", "", "requests that clients outside the pool sent, at a constant rate whatever became of them"},
    {"requests_failed", "", "those of them that got no right answer: all of the next five kinds"},
    {"requests_closed", "", "requests whose connection ended without an answer: whoever had read them was gone"},
    {"requests_reset", "",
     "requests whose connection was reset: whoever had not read them was gone (ECONNRESET, EPIPE)"},
    {"requests_refused", "", "requests that found nobody listening (ECONNREFUSED)"},
    {"requests_wrong", "", "requests that got an answer which is none to them"},
    {"requests_timed_out", "", "requests that had no end for as long as their client waited"},
    {"requests_slow", "", "requests that were answered, but later after they were due than a client likes"},
    {"longest_gap", "us", "the longest time in which no client got a right answer"},
    {"gap_at_fault", "us",
     "the longest time without a right answer, from the last one before the fault to the first to a request made after "
     "it"},
    {"answered_again", "", "1 when a request that was made after the fault got a right answer, else 0"},
    {"request_p50", "us", "median time from when a request was due until its answer had come, of the answered"},
    {"request_p99", "us", "the same, not exceeded by 99 of 100"},
    {"request_lateness", "us",
     "the longest time that a request went out after it was due: the load's own delay, not the pool's"},
    {"restarts", "", "hosts that the supervisor launched in the place of others, in supervised trials with a fault"},
    {"collateral_restarts", "", "those whose place had not been empty: the supervisor ended who was there"},
    {"repair_time", "us",
     "time from the fault until every worker of the victim's replacement had completed its first ops; the longest, "
     "where "
     "it was committed several times"},
    {"ops_lost", "",
     "ops that the workers which were down would have completed at their pace until they were replaced"},
    {"availability", "", "share of the workers' time, from the first fault to the last repair, in which they were up"},
    {"given_up", "", "1 when more restarts were called for than the supervisor may make, so that it ended the pool"},
    // See anatomy_figures.
    {"seen_by_cell_mates.global", "",
     "share of pairs of cell-mates of which the one sees what the other writes to a global"},
    {"seen_by_cell_mates.heap", "",
     "share of pairs of cell-mates of which the one sees what the other writes to the heap"},
    {"seen_by_cell_mates.stack", "",
     "share of pairs of cell-mates of which the one sees what the other writes to the writer's stack"},
    {"seen_by_cell_mates.thread_local", "",
     "share of pairs of cell-mates of which the one sees what the other writes to the writer's thread-local storage"},
    {"seen_by_cell_mates.segment", "",
     "share of pairs of cell-mates of which the one sees what the other writes to the shared segment"},
    {"shared_with_cell_mates.code", "", "share of pairs of cell-mates that have the same code"},
    {"shared_with_cell_mates.vm", "", "share of pairs of cell-mates that have the same address space"},
    {"shared_with_cell_mates.files", "", "share of pairs of cell-mates that have the same descriptor table"},
    {"shared_with_cell_mates.fs", "", "share of pairs of cell-mates that have the same working directory and umask"},
    {"shared_with_cell_mates.sighand", "", "share of pairs of cell-mates that have the same signal dispositions"},
    {"shared_with_cell_mates.io", "", "share of pairs of cell-mates that have the same I/O context"},
    {"shared_with_cell_mates.sysvsem", "",
     "share of pairs of cell-mates that have the same System V semaphore undo list"},
    {"seen_by_other_hosts.global", "",
     "share of pairs of workers of other hosts of which the one sees what the other writes to a global"},
    {"seen_by_other_hosts.heap", "",
     "share of pairs of workers of other hosts of which the one sees what the other writes to the heap"},
    {"seen_by_other_hosts.stack", "",
     "share of pairs of workers of other hosts of which the one sees what the other writes to the writer's stack"},
    {"seen_by_other_hosts.thread_local", "",
     "share of pairs of workers of other hosts of which the one sees what the other writes to the writer's "
     "thread-local storage"},
    {"seen_by_other_hosts.segment", "",
     "share of pairs of workers of other hosts of which the one sees what the other writes to the shared segment"},
    {"shared_with_other_hosts.code", "", "share of pairs of workers of other hosts that have the same code"},
    {"shared_with_other_hosts.vm", "", "share of pairs of workers of other hosts that have the same address space"},
    {"shared_with_other_hosts.files", "",
     "share of pairs of workers of other hosts that have the same descriptor table"},
    {"shared_with_other_hosts.fs", "",
     "share of pairs of workers of other hosts that have the same working directory and umask"},
    {"shared_with_other_hosts.sighand", "",
     "share of pairs of workers of other hosts that have the same signal dispositions"},
    {"shared_with_other_hosts.io", "", "share of pairs of workers of other hosts that have the same I/O context"},
    {"shared_with_other_hosts.sysvsem", "",
     "share of pairs of workers of other hosts that have the same System V semaphore undo list"},
    {"placed.code_executable", "", "share of workers whose code lies in a mapping of the program that can be executed"},
    {"placed.global_in_program", "",
     "share of workers whose global lies in a mapping of the program that can be written"},
    {"placed.heap_in_heap", "", "share of workers whose heap state lies in [heap]"},
    {"placed.stack_in_stack", "", "share of workers whose stack is [stack], which only a main thread's is"},
    {"placed.own_stack", "", "share of workers whose stack is at least 64 KiB from every cell-mate's"},
    {"placed.own_thread_local", "",
     "share of workers whose thread-local storage is at least 64 KiB from every cell-mate's"},
    {"placed.segment_in_file", "", "share of workers whose segment is a shared mapping of a file in memory"},
    {"known.id", "", "share of hosts that the kernel knows by an id of their own"},
    {"known.state", "", "share of hosts whose state it tells, and that have not ended"},
    {"known.priority", "", "share of workers whose thread has a policy and a priority"},
    {"pss_kib_per_worker", "KiB", "proportional set size of the hosts, for each worker"},
    {"rss_kib_per_worker", "KiB", "resident set size of the hosts, for each worker: shared pages count in each"},
    {"threads_per_host", "", "threads of a host"},
    {"descriptors_per_host", "", "open descriptors of a host"},
    {"zombie.id", "", "1 when a host that has ended and was not reaped still has its id"},
    {"zombie.state", "", "1 when its state is that of a zombie, Z"},
    {"zombie.memory", "KiB", "address space that is left of a host that has ended and was not reaped"},
    {"zombie.threads", "", "threads that the kernel still counts of it"},
    {"zombie.descriptors", "", "slots of its descriptor table"},
});

double microseconds(Stamp from, Stamp to)
{
    // Any two stamps have a difference, also those of a record that is damaged.
    return static_cast<double>(static_cast<Stamp>(static_cast<std::uint64_t>(to) - static_cast<std::uint64_t>(from))) /
           1e3;
}

/// The ops per second of all workers that have the rate.
std::optional<double> sum_of_rates(const TrialRecord& record, std::optional<double> WorkerRecord::*rate)
{
    std::optional<double> sum;
    for (const WorkerRecord& worker : record.workers) {
        if (worker.*rate) {
            sum = sum.value_or(0) + *(worker.*rate);
        }
    }
    return sum;
}

/// Of the whole pool: a part of it is another figure.
std::optional<double> throughput_of(const TrialRecord& record)
{
    const auto has_rate = [](const WorkerRecord& worker) { return worker.rate_before.has_value(); };
    return std::ranges::all_of(record.workers, has_rate) ? sum_of_rates(record, &WorkerRecord::rate_before)
                                                         : std::nullopt;
}

/// By the processes, whatever became of their threads. A process that the teardown ended has not ended by the fault.
std::optional<double> same_wait_status(const TrialRecord& record)
{
    const TrialPlan& plan = record.plan;
    if (is_golden(plan.fault) || plan.shape.workers() < 2 || !is_whole(record)) {
        return std::nullopt;
    }
    const HostRecord& of_victim = host_of(record, plan.victim);
    if (!of_victim.termination || of_victim.ended_in_teardown) {
        return std::nullopt;
    }
    const auto ended_alike = [&](const WorkerRecord& worker) {
        const HostRecord& host = host_of(record, worker.id);
        return worker.id != plan.victim && !host.ended_in_teardown && host.termination == of_victim.termination;
    };
    const auto alike = std::ranges::count_if(record.workers, ended_alike);
    return static_cast<double>(alike) / (plan.shape.workers() - 1);
}

/// Of trials in which somebody is launched anew when his host has ended.
void add_repairs(std::vector<Figure>& figures, const TrialRecord& record)
{
    const TrialPlan& plan = record.plan;
    if (plan.containment.supervision.strategy == Strategy::never || is_golden(plan.fault)) {
        return;
    }
    const Repairs repairs = repairs_of(record);
    figures.push_back({"restarts", static_cast<double>(repairs.restarts)});
    figures.push_back({"collateral_restarts", static_cast<double>(repairs.collateral)});
    if (repairs.longest_ns) {
        figures.push_back({"repair_time", static_cast<double>(*repairs.longest_ns) / 1e3});
    }
    if (repairs.down_ns && works_at_its_pace(plan.variant.workload)) {
        const auto pace_ns = static_cast<double>(std::chrono::nanoseconds(plan.pace).count());
        figures.push_back({"ops_lost", *repairs.down_ns / pace_ns});
    }
    if (repairs.down_ns && *repairs.span_ns > 0) {
        figures.push_back({"availability", 1 - *repairs.down_ns / (*repairs.span_ns * plan.shape.workers())});
    }
    figures.push_back({"given_up", record.given_up ? 1.0 : 0.0});
}

} // namespace

std::span<const FigureRow> figure_catalogue()
{
    return figure_rows;
}

const FigureRow* find_figure(std::string_view name)
{
    const auto* const row = std::ranges::find(figure_rows, name, &FigureRow::name);
    return row == figure_rows.end() ? nullptr : &*row;
}

std::vector<Figure> figures_of(const TrialRecord& record)
{
    std::vector<Figure> figures;
    if (record.steady) {
        figures.push_back({"startup", microseconds(record.started, *record.steady)});
    }
    if (const auto rate = throughput_of(record)) {
        figures.push_back({"throughput", *rate});
    }
    if (const auto rate = sum_of_rates(record, &WorkerRecord::rate_after); rate && record.fired) {
        figures.push_back({"throughput_after", *rate});
    }
    if (const auto detection = detection_of(record)) {
        figures.push_back({"detection", static_cast<double>(detection->count()) / 1e3});
    }
    if (const auto alike = same_wait_status(record)) {
        figures.push_back({"same_wait_status", *alike});
    }
    add_repairs(figures, record);
    if (const auto shown = shown_as_predicted(record)) {
        figures.push_back({"shown_as_predicted", *shown ? 1.0 : 0.0});
    }
    figures.insert(figures.end(), record.figures.begin(), record.figures.end());
    return figures;
}

} // namespace bulkhead::model
