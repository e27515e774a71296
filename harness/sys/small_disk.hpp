#pragma once

#include "harness/sys/fd.hpp"

#include <cstddef>
#include <string>

namespace bulkhead::sys {

/// A file system in memory of that size, in whole pages, with room for a few files: an empty folder, for openat(2),
/// that anybody who has the descriptor may write to. It is mounted nowhere, and gone with the last descriptor of it or
/// in it. Takes CAP_SYS_ADMIN, or the right to make a user namespace; throws std::system_error.
Fd small_disk(std::size_t bytes);

/// Makes one and writes a file there. Empty when that works; else what did not, in words.
std::string why_no_small_disk();

} // namespace bulkhead::sys
