#include "harness/model/evidence.hpp"
#include "harness/model/judge.hpp"

#include <fmt/format.h>

namespace bulkhead::model {
namespace {

struct InAWord {
    std::string operator()(const sys::Exited& exited) const { return fmt::format("exit {}", exited.code); }
    std::string operator()(const sys::Signaled& signaled) const { return signal_name(signaled.signal); }
};

} // namespace

std::string end_of_victim(const TrialRecord& record)
{
    const HostRecord& host = host_of(record, record.plan.victim);
    if (ended_early(host)) {
        return host.termination ? std::visit(InAWord{}, *host.termination) : "unknown";
    }
    if (host.image_replaced) {
        return "replaced";
    }
    if (victim_of(record).thread_end_seen) {
        return "thread-ended";
    }
    return host.stopped ? "stopped" : "lives";
}

} // namespace bulkhead::model
