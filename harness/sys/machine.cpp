#include "harness/sys/machine.hpp"

#include "harness/sys/machine_probe.hpp"

#include <fstream>
#include <gnu/libc-version.h>
#include <sched.h>
#include <sys/utsname.h>
#include <unistd.h>

namespace bulkhead::sys {
namespace {

struct Probe {
    std::string_view name;
    Finding (*look)();
    bool needed;
    std::string_view use;
    bool used = true; ///< by anything in this version
};

constexpr Probe probes[] = {
    {"pidfd_open", probe_pidfd_open, true, "a host's death arrives as an event; a reused pid is never mistaken for it"},
    {"pidfd_send_signal", probe_pidfd_send_signal, true, "signals reach the host they are meant for, or nobody"},
    {"waitid(P_PIDFD)", probe_waitid_pidfd, true, "reaps a host with its whole wait status"},
    {"memfd_create", probe_memfd, true, "the black box of each host"},
    {"PR_SET_PDEATHSIG", probe_parent_death_signal, true, "no host outlives the supervisor"},
    {"close_range", probe_close_range, true, "a host inherits exactly the descriptors it should"},
    {"PIDFD_THREAD", probe_pidfd_thread, false,
     "the end of one thread arrives as an event (Linux 6.9); without it, it is looked up in /proc"},
    {"seccomp filter", probe_seccomp, false, "the faults seccomp-kill and seccomp-kill-thread, which fail without it"},
    {"clone3", probe_clone3, false, "hosts start by clone(2), which every kernel with pidfds has", false},
    {"kcmp", probe_kcmp, false, "anatomy: what two workers share by the kernel's word, which is unknown without it"},
    {"process_vm_readv", probe_process_vm_readv, false,
     "anatomy: who sees whose writes, which is unknown without it; a parent may look into its children"},
    {"user namespace", probe_user_namespace, false, "a small disk without root"},
    {"PID namespace", probe_pid_namespace, false,
     "would end whatever a host has started; what a fault forks ends by PR_SET_PDEATHSIG", false},
    {"cgroup v1", probe_cgroup_v1, false, "limits on memory and on the number of threads; either version will do"},
    {"cgroup v2", probe_cgroup_v2, false, "the same limits"},
    {"memory cgroup", probe_memory_cgroup, false,
     "the fault oom-kill and limits by cgroup, which are skipped without it"},
    {"pids cgroup", probe_pids_cgroup, false,
     "the fault thread-bomb for root, whom RLIMIT_NPROC does not hold; without it root skips the fault"},
    {"small disk", probe_small_disk, false,
     "the fault disk-full, which is skipped without it: a tmpfs without a mount point"},
    {"RLIMIT_NOFILE", probe_nofile, false,
     "large pools: each host takes three descriptors of the supervisor, up to the hard limit"},
    {"RLIMIT_NPROC", probe_nproc, false,
     "large pools, and the fault thread-bomb for an ordinary user: counts every process and thread of the user"},
    {"core_pattern", probe_core_pattern, false,
     "nothing is written or started: hosts run with RLIMIT_CORE 1, which rules out core files and core programs",
     false},
    {"ptrace_scope", probe_ptrace_scope, false, "attaching a debugger to a host; Bulkhead itself traces nobody", false},
};

/// The value of the first line that starts with `key` in a file of "key : value" lines.
std::string value_of(const char* path, std::string_view key)
{
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with(key)) {
            const auto start = line.find_first_not_of(" \t", line.find(':') + 1);
            return start == std::string::npos ? "" : line.substr(start);
        }
    }
    return "unknown";
}

/// What a switch to another address space has to throw away: with the kernel's page tables isolated from the program's
/// (PTI) and without identifiers of address spaces (PCID), every address that the processor has looked up.
std::string address_spaces()
{
    const std::string isolation = first_line("/sys/devices/system/cpu/vulnerabilities/meltdown");
    const std::string flags = " " + value_of("/proc/cpuinfo", "flags") + " ";
    return isolation + (flags.find(" pcid ") == std::string::npos ? ", no PCID" : ", PCID");
}

std::string usable_cores()
{
    cpu_set_t cores;
    CPU_ZERO(&cores);
    if (::sched_getaffinity(0, sizeof(cores), &cores) != 0) {
        return "unknown"; // more cores than the set has room for
    }
    return std::to_string(CPU_COUNT(&cores));
}

} // namespace

std::vector<Capability> probe_capabilities()
{
    std::vector<Capability> capabilities;
    for (const Probe& probe : probes) {
        Finding seen = probe.look();
        capabilities.push_back({std::string(probe.name), seen.state, std::move(seen.found), std::string(probe.use),
                                probe.needed, probe.used});
    }
    return capabilities;
}

std::vector<MachineFact> machine_facts()
{
    utsname kernel{};
    ::uname(&kernel);
    return {
        {"kernel", std::string(kernel.sysname) + " " + kernel.release},
        {"architecture", kernel.machine},
        {"processor", value_of("/proc/cpuinfo", "model name")},
        {"cores", usable_cores()},
        {"address spaces", address_spaces()},
        {"memory", value_of("/proc/meminfo", "MemTotal")},
        {"glibc", ::gnu_get_libc_version()},
        {"core_pattern", first_line("/proc/sys/kernel/core_pattern")},
        {"user", ::geteuid() == 0 ? "root" : "not root"},
    };
}

} // namespace bulkhead::sys
