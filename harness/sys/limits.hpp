#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <sys/types.h>

namespace bulkhead::sys {

/// A process's soft limit, as prlimit(2) tells it: RLIMIT_AS, ...; the greatest number for none. nullopt when the
/// process is gone, or another user's.
std::optional<std::uint64_t> limit_of(pid_t pid, int resource);

/// What RLIMIT_NPROC is compared with: every thread in /proc whose process has the caller's real user. Other PID
/// namespaces are not seen, though the kernel counts them too.
std::set<pid_t> threads_of_user();

/// True when RLIMIT_NPROC holds for this process, found out by trying: neither root nor anybody with CAP_SYS_RESOURCE
/// or CAP_SYS_ADMIN is held by it (getrlimit(2)).
bool is_held_by_nproc();

/// From now on write(2) fails with EFBIG where RLIMIT_FSIZE ends a file, and SIGXFSZ does not end this process.
void take_size_limit_as_error() noexcept;

/// geteuid(2) is 0.
bool is_root() noexcept;

} // namespace bulkhead::sys
