#pragma once

#include <cstdint>
#include <variant>

namespace bulkhead::sys {

/// The process called exit(2) with this code (0..255).
struct Exited {
    int code = 0;
    bool operator==(const Exited&) const = default;
};

/// A signal ended the process; `core_dumped` is the kernel's own word (WCOREDUMP).
struct Signaled {
    int signal = 0;
    bool core_dumped = false;
    bool operator==(const Signaled&) const = default;
};

/// How a process ended. Two types, because exit(139) and a SIGSEGV are different observations.
using Termination = std::variant<Exited, Signaled>;

} // namespace bulkhead::sys
