#include "harness/run/rates.hpp"

#include "harness/sys/proc.hpp"
#include "harness/sys/processors.hpp"

#include <algorithm>

namespace bulkhead::run {
namespace {

using std::chrono::nanoseconds;

/// What the kernel says of the workers' threads and of the processors, at one moment.
struct Account {
    double run_ns = 0;    ///< processor time that the workers have had
    double waited_ns = 0; ///< time that they were ready to run and did not
    double idle_ns = 0;   ///< time that the processors had nothing to do
};

std::optional<Account> take_account(const Pool& pool, const model::TrialRecord& record,
                                    const std::vector<std::uint32_t>& processors)
{
    const auto idle = sys::idle_time(processors);
    if (!idle)
        return std::nullopt;
    Account account{.idle_ns = static_cast<double>(nanoseconds{*idle}.count())};
    for (const model::WorkerRecord& worker : record.workers) {
        const auto look = sys::look_at_thread(pool.hosts()[worker.id.host].record.pid, worker.tid);
        if (!look)
            return std::nullopt;
        account.run_ns += static_cast<double>(look->run_ns);
        account.waited_ns += static_cast<double>(look->waited_ns);
    }
    return account;
}

/// Of the processor time that the pool could have had between two moments, the share that went to others. It can only
/// have lost what its workers waited for, and only to others what these have had: of a pool with more workers than
/// processors the workers wait for one another, too, and what a pool has no use for is not taken from it.
double share_taken(const Account& before, const Account& after, double elapsed_ns, std::size_t processors)
{
    const double run = after.run_ns - before.run_ns;
    const double waited = after.waited_ns - before.waited_ns;
    const double idle = after.idle_ns - before.idle_ns;
    const double others = elapsed_ns * static_cast<double>(processors) - idle - run;
    const double taken = std::max(0.0, std::min(waited, others));
    return run + taken > 0 ? taken / (run + taken) : 0;
}

std::vector<pid_t> processes_of(const Pool& pool)
{
    std::vector<pid_t> processes;
    for (const Pool::Host& host : pool.hosts())
        processes.push_back(host.record.pid);
    return processes;
}

std::vector<pid_t> threads_of(const model::TrialRecord& record)
{
    std::vector<pid_t> threads;
    for (const model::WorkerRecord& worker : record.workers)
        threads.push_back(worker.tid);
    return threads;
}

void burst(Lane& lane, Pool& pool, model::TrialRecord& record, std::optional<double> model::WorkerRecord::*rate,
           const std::vector<std::vector<std::uint32_t>>& threads)
{
    const model::TrialPlan& plan = record.plan;
    std::vector<std::uint64_t> ops;
    for (const model::WorkerRecord& worker : record.workers)
        ops.push_back(lane.seat(worker.id.host).ops(worker.id.thread));
    const auto began = sys::monotonic_ns();
    const auto end = static_cast<std::uint64_t>(began + nanoseconds{plan.burst}.count());
    for (std::uint32_t number = 0; number < plan.shape.hosts; ++number)
        if (pool.alive(number) && pool.host(number).answered)
            pool.challenge(number, threads[number], end, workers::CallKind::burst);
    pool.wait(began + nanoseconds{plan.burst + plan.window + extra_for_bursts(plan)}.count(),
              [&pool] { return pool.quiet(); });
    for (std::uint32_t i = 0; i < record.workers.size(); ++i) {
        model::WorkerRecord& worker = record.workers[i];
        const auto answer = lane.seat(worker.id.host).answer(worker.id.thread, began);
        if (answer && answer->ops > ops[i])
            worker.*rate = static_cast<double>(answer->ops - ops[i]) * 1e9 / static_cast<double>(answer->at - began);
    }
}

} // namespace

std::vector<model::Figure> measure_rates(Lane& lane, Pool& pool, model::TrialRecord& record,
                                         std::optional<double> model::WorkerRecord::*rate,
                                         const std::vector<std::vector<std::uint32_t>>& threads)
{
    if (!record.plan.measures.throughput) {
        burst(lane, pool, record, rate, threads);
        return {};
    }
    const sys::Precedence precedence{processes_of(pool)};
    // The scheduler takes some tens of milliseconds to spread threads over processors that others are on.
    const sys::Placement placement{threads_of(record)};
    const auto before = take_account(pool, record, placement.processors());
    const auto began = sys::monotonic_ns();
    burst(lane, pool, record, rate, threads);
    const auto elapsed_ns = static_cast<double>(sys::monotonic_ns() - began);
    const auto after = take_account(pool, record, placement.processors());
    if (!before || !after)
        return {};
    return {{"processors_taken", share_taken(*before, *after, elapsed_ns, placement.processors().size())}};
}

std::chrono::milliseconds extra_for_bursts(const model::TrialPlan& plan)
{
    return plan.burst * 25;
}

} // namespace bulkhead::run
