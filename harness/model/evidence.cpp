#include "harness/model/evidence.hpp"

#include <algorithm>

namespace bulkhead::model {

bool is_whole(const TrialRecord& record)
{
    const Shape shape = record.plan.shape;
    const WorkerId victim = record.plan.victim;
    if (record.hosts.size() != shape.hosts || record.workers.size() != shape.workers() || victim.host >= shape.hosts ||
        victim.thread >= shape.threads) {
        return false;
    }
    for (std::uint32_t number = 0; number < shape.hosts; ++number) {
        if (record.hosts[number].number != number) {
            return false;
        }
    }
    for (std::uint32_t index = 0; index < shape.workers(); ++index) {
        if (record.workers[index].id != worker_at(index, shape)) {
            return false;
        }
    }
    return std::ranges::all_of(record.restarts, [&](const Restart& restart) { return restart.host < shape.hosts; });
}

const HostRecord* find_host(const TrialRecord& record, std::uint32_t number)
{
    const auto found = std::ranges::find(record.hosts, number, &HostRecord::number);
    return found == record.hosts.end() ? nullptr : &*found;
}

const HostRecord& host_of(const TrialRecord& record, WorkerId worker)
{
    return record.hosts[worker.host];
}

const WorkerRecord& victim_of(const TrialRecord& record)
{
    return record.workers[index_of(record.plan.victim, record.plan.shape)];
}

bool ended_early(const HostRecord& host)
{
    return (host.termination || host.end_seen) && !host.ended_in_teardown;
}

bool proves_itself(const WorkerRecord& worker, std::uint32_t evidence_ops)
{
    if (!worker.before || !worker.after || !worker.after->check_holds || worker.check_failures > 0) {
        return false;
    }
    // A garbled count may be anything: the difference is taken only where it cannot wrap.
    return worker.after->ops > worker.before->ops && worker.after->ops - worker.before->ops >= evidence_ops;
}

} // namespace bulkhead::model
