#include "harness/sys/cgroup_place.hpp"
#include "harness/sys/machine_probe.hpp"

namespace bulkhead::sys {
namespace {

/// What this version of cgroups has of the controllers that are used. A controller belongs to one version at a time.
Finding probe_version(bool v2)
{
    std::string usable;
    std::string refused;
    for (const Controller controller : {Controller::memory, Controller::pids}) {
        const CgroupPlace place = cgroup_place_for(controller);
        if (place.v2 != v2)
            continue;
        const std::string reason = place.why_not.empty() ? why_no_cgroup(controller) : place.why_not;
        if (reason.empty())
            usable.append(" ").append(to_string(controller));
        else
            refused.append(refused.empty() ? "" : "; ").append(reason);
    }
    if (usable.empty())
        return {Capability::State::missing,
                refused.empty() ? "has neither the memory nor the pids controller" : refused};
    const std::string found = "writable:" + usable + (refused.empty() ? "" : "; " + refused);
    return {refused.empty() ? Capability::State::available : Capability::State::limited, found};
}

} // namespace

Finding probe_cgroup_v1()
{
    return probe_version(false);
}

Finding probe_cgroup_v2()
{
    return probe_version(true);
}

} // namespace bulkhead::sys
