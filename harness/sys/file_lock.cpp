#include "harness/sys/file_lock.hpp"

#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

namespace bulkhead::sys {

// O_NONBLOCK: a named pipe would wait for a writer.
FileLock::FileLock(const std::filesystem::path& path) : file_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK))
{
    taken_by_another_ = file_ && ::flock(file_.number(), LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK;
}

bool FileLock::is_at(const std::filesystem::path& path) const
{
    struct stat own {};
    struct stat there {};
    if (!file_) // it could not be opened to be read, and nothing is known
        return true;
    return ::fstat(file_.number(), &own) == 0 && ::stat(path.c_str(), &there) == 0 && own.st_dev == there.st_dev &&
           own.st_ino == there.st_ino;
}

} // namespace bulkhead::sys
