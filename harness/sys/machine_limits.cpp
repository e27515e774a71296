#include "harness/sys/machine_probe.hpp"

#include <sys/resource.h>

namespace bulkhead::sys {
namespace {

std::string describe(rlim_t limit)
{
    return limit == RLIM_INFINITY ? "unlimited" : std::to_string(limit);
}

/// Limited when not even the hard limit reaches `enough`.
Finding probe_limit(int resource, rlim_t enough)
{
    rlimit limit{};
    if (::getrlimit(static_cast<__rlimit_resource>(resource), &limit) != 0) {
        return from_error(error_unless(false));
    }
    const bool suffices = limit.rlim_max == RLIM_INFINITY || limit.rlim_max >= enough;
    return {suffices ? Capability::State::available : Capability::State::limited,
            "soft " + describe(limit.rlim_cur) + ", hard " + describe(limit.rlim_max)};
}

} // namespace

Finding probe_nofile()
{
    return probe_limit(RLIMIT_NOFILE, 4096); // the largest pool of processes: 1024 hosts with a few descriptors each
}

Finding probe_nproc()
{
    return probe_limit(RLIMIT_NPROC, 2048);
}

Finding probe_core_pattern()
{
    const std::string pattern = first_line("/proc/sys/kernel/core_pattern");
    if (pattern.empty()) {
        return {Capability::State::limited, "not readable, or no core files at all"};
    }
    if (pattern.front() == '|') {
        return {Capability::State::available, "a program: " + pattern.substr(1, pattern.find(' ') - 1)};
    }
    return {Capability::State::available, "a file: " + pattern};
}

Finding probe_ptrace_scope()
{
    const std::string scope = first_line("/proc/sys/kernel/yama/ptrace_scope");
    if (scope.empty() || scope == "0") {
        return {Capability::State::available, scope.empty() ? "no Yama: own processes may be traced" : "0"};
    }
    return {scope == "3" ? Capability::State::missing : Capability::State::limited, scope};
}

} // namespace bulkhead::sys
