#pragma once

#include "harness/sys/fd.hpp"

#include <utility>

namespace bulkhead::sys {

/// pipe2(2): its read end does not block, its write end does.
std::pair<Fd, Fd> pipe();

} // namespace bulkhead::sys
