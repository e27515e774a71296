#include "harness/sys/foreign_memory.hpp"

#include <cerrno>
#include <sys/uio.h>

namespace bulkhead::sys {

std::error_code read_memory(pid_t task, std::uint64_t address, std::span<std::byte> into)
{
    const iovec here{into.data(), into.size()};
    const iovec there{reinterpret_cast<void*>(address), into.size()};
    const ssize_t copied = ::process_vm_readv(task, &here, 1, &there, 1, 0);
    if (copied == static_cast<ssize_t>(into.size()))
        return {};
    return {copied < 0 ? errno : EFAULT, std::generic_category()};
}

} // namespace bulkhead::sys
