#include "harness/sys/kcmp.hpp"

#include <cerrno>
#include <linux/kcmp.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace bulkhead::sys {
namespace {

int type_of(Resource resource)
{
    switch (resource) {
    case Resource::vm: return KCMP_VM;
    case Resource::files: return KCMP_FILES;
    case Resource::fs: return KCMP_FS;
    case Resource::sighand: return KCMP_SIGHAND;
    case Resource::io: return KCMP_IO;
    case Resource::sysvsem: return KCMP_SYSVSEM;
    }
    return -1;
}

} // namespace

std::variant<bool, std::error_code> same(pid_t task, pid_t other, Resource resource)
{
    const long order = ::syscall(SYS_kcmp, task, other, type_of(resource), 0UL, 0UL);
    if (order < 0)
        return std::error_code{errno, std::generic_category()};
    return order == 0;
}

bool give_io_context(pid_t tid)
{
    // By ioprio_set(2). Since 6.1.192 (Debian 12) <linux/ioprio.h>, which has these, has a parameter named `class`.
    constexpr int who_process = 1;  // IOPRIO_WHO_PROCESS
    constexpr int best_effort = 2;  // IOPRIO_CLASS_BE
    constexpr int class_shift = 13; // IOPRIO_CLASS_SHIFT
    constexpr int usual = best_effort << class_shift | 4;
    return ::syscall(SYS_ioprio_set, who_process, tid, usual) == 0;
}

} // namespace bulkhead::sys
