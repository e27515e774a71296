#include "harness/run/offer.hpp"

#include "harness/sys/cgroup.hpp"
#include "harness/sys/cgroup_place.hpp"
#include "harness/sys/limits.hpp"
#include "harness/sys/machine_probe.hpp"
#include "harness/sys/small_disk.hpp"

namespace bulkhead::run {
namespace {

model::Offer find_offer()
{
    model::Offer offer;
    offer.root = sys::is_root();
    offer.why_no_memory_cgroup = sys::why_no_cgroup(sys::Controller::memory);
    offer.why_no_small_disk = sys::why_no_small_disk();
    offer.thread_limit = model::ThreadLimit::nproc;
    if (!sys::is_held_by_nproc()) {
        const std::string why_no_pids = sys::why_no_cgroup(sys::Controller::pids);
        offer.thread_limit = why_no_pids.empty() ? model::ThreadLimit::pids : model::ThreadLimit::none;
        if (!why_no_pids.empty())
            offer.why_no_thread_limit = "RLIMIT_NPROC does not hold for a user with these rights, and " + why_no_pids;
    }
    // The file has "0" where it can be switched on, and is missing where the kernel has no autogroups.
    offer.processors_by_host =
        sys::first_line("/proc/sys/kernel/sched_autogroup_enabled") == "1" && sys::in_root_cpu_cgroup();
    return offer;
}

} // namespace

const model::Offer& offer_of_machine()
{
    static const model::Offer offer = find_offer();
    return offer;
}

} // namespace bulkhead::run
