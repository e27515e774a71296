#pragma once

#include "harness/sys/fd.hpp"

#include <filesystem>

namespace bulkhead::sys {

/// Keeps a file for one process for as long as it lives, a kill -9 included: flock(2). It keeps nobody from the file
/// who does not ask for the lock.
class FileLock {
public:
    /// Of a file that is there. What cannot be locked at all (a file system without locks) counts as kept.
    explicit FileLock(const std::filesystem::path& path);

    /// False: somebody else keeps it.
    [[nodiscard]] explicit operator bool() const { return !taken_by_another_; }

    /// False: the file was removed, or another one is in its place.
    [[nodiscard]] bool is_at(const std::filesystem::path& path) const;

private:
    Fd file_;
    bool taken_by_another_ = false;
};

} // namespace bulkhead::sys
