#include "harness/sys/file_lock.hpp"

#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>

namespace bulkhead::sys {

FileLock::FileLock(const std::filesystem::path& path) : file_(::open(path.c_str(), O_RDONLY | O_CLOEXEC))
{
    taken_by_another_ = file_ && ::flock(file_.number(), LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK;
}

} // namespace bulkhead::sys
