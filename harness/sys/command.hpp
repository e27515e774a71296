#pragma once

#include "harness/sys/termination.hpp"

#include <string>
#include <vector>

namespace bulkhead::sys {

/// What a program said on its standard output, and how it ended.
struct CommandOutput {
    std::string text;
    Termination how;
};

/// Runs a program that is found by PATH, with /dev/null as its standard input and our own standard error, and waits for
/// its end, however long that takes. Not for workers. Throws std::system_error that names the program when it cannot be
/// started.
CommandOutput output_of(const std::vector<std::string>& words);

} // namespace bulkhead::sys
