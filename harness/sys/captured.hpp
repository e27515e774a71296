#pragma once

#include "harness/sys/fd.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace bulkhead::sys {

/// What a program wrote.
struct Captured {
    std::string text;     ///< to its standard output and error, up to the limit
    bool cut = false;     ///< it wrote more
    bool in_time = false; ///< it ended by itself
};

/// Runs a program (`words`, the first of which is its path) in a session of its own, with no environment, and waits for
/// its end. It is killed when it takes longer than the limit, and is reaped in any case. Throws std::system_error when
/// it cannot be started. `null` is /dev/null.
Captured capture(const std::vector<std::string>& words, const Fd& null, std::chrono::milliseconds limit,
                 std::size_t most_bytes);

/// The path of a program that can be executed, by $PATH; empty when there is none.
std::string find_program(const std::string& name);

} // namespace bulkhead::sys
