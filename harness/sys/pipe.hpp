#pragma once

#include "harness/sys/fd.hpp"

#include <utility>

namespace bulkhead::sys {

/// pipe2(2) of one page, which is little: its read end does not block, its write end does.
std::pair<Fd, Fd> small_pipe();

} // namespace bulkhead::sys
