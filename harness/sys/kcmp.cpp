#include "harness/sys/kcmp.hpp"

#include <cerrno>
#include <linux/ioprio.h>
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
    constexpr int usual = IOPRIO_PRIO_VALUE(IOPRIO_CLASS_BE, 4);
    return ::syscall(SYS_ioprio_set, IOPRIO_WHO_PROCESS, tid, usual) == 0;
}

} // namespace bulkhead::sys
