#pragma once

#include <cstdint>
#include <sys/types.h>
#include <system_error>
#include <variant>

namespace bulkhead::sys {

/// What two tasks can share by the flags of clone(2): kcmp(2).
enum class Resource : std::uint8_t {
    vm,      ///< the address space (CLONE_VM)
    files,   ///< the descriptor table (CLONE_FILES)
    fs,      ///< root, working directory, umask (CLONE_FS)
    sighand, ///< the dispositions of signals (CLONE_SIGHAND)
    io,      ///< the I/O context (CLONE_IO)
    sysvsem  ///< the undo list of System V semaphores (CLONE_SYSVSEM)
};

/// True when both have the very same: kcmp(2). Two that have none (io, sysvsem) count as the same. The error when the
/// kernel does not tell.
std::variant<bool, std::error_code> same(pid_t task, pid_t other, Resource resource);

/// Makes sure that a thread has an I/O context, which otherwise is made at its first disk I/O, by giving it the
/// priority that it has anyway: ioprio_set(2), best-effort 4. False when it may not be.
bool give_io_context(pid_t tid);

} // namespace bulkhead::sys
