#pragma once

#include "harness/sys/machine.hpp"

#include <filesystem>
#include <string>
#include <string_view>

namespace bulkhead::sys {

/// What one probe saw.
struct Finding {
    Capability::State state = Capability::State::missing;
    std::string found;
};

/// "works" for 0, "EPERM: Operation not permitted" for an error number.
Finding from_error(int error);
/// The number is the error of the last call that failed; 0 when `ok`.
int error_unless(bool ok);

/// Starts a child that calls `act` and ends with the error number that it returns; gives that number, or what kept
/// the child from starting. The child is reaped on return. `act` may only make system calls: the caller may have
/// other threads.
int error_in_child(int (*act)());

/// The first line of a file; empty when it cannot be read.
std::string first_line(const std::filesystem::path& path);

// The probes, in the order of the table in machine.cpp.
Finding probe_pidfd_open();
Finding probe_pidfd_send_signal();
Finding probe_waitid_pidfd();
Finding probe_clone3();
Finding probe_pidfd_thread();
Finding probe_memfd();
Finding probe_close_range();
Finding probe_kcmp();
Finding probe_process_vm_readv();
Finding probe_parent_death_signal();
Finding probe_seccomp();
Finding probe_user_namespace();
Finding probe_pid_namespace();
Finding probe_cgroup_v1();
Finding probe_cgroup_v2();
Finding probe_memory_cgroup();
Finding probe_pids_cgroup();
Finding probe_small_disk();
Finding probe_nofile();
Finding probe_nproc();
Finding probe_core_pattern();
Finding probe_ptrace_scope();

} // namespace bulkhead::sys
