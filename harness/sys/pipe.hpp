#pragma once

#include "harness/sys/fd.hpp"

#include <chrono>
#include <utility>

namespace bulkhead::sys {

/// pipe2(2): its read end does not block, its write end does.
std::pair<Fd, Fd> pipe();

/// True when nobody has the read end of this pipe open any more; waits for it until the limit. poll(2): POLLERR.
bool is_unread(const Fd& write_end, std::chrono::milliseconds limit);

} // namespace bulkhead::sys
