#pragma once

#include <string>
#include <vector>

namespace bulkhead::sys {

/// One thing that this kernel and these rights allow, or do not.
struct Capability {
    enum class State { available, limited, missing };
    std::string name; ///< "pidfd_open", "cgroup v2", ...
    State state = State::missing;
    std::string found;   ///< what the probe saw: "works", "EPERM: ...", "soft 1024, hard 1048576"
    std::string use;     ///< what Bulkhead needs it for, and what is skipped or done otherwise without it
    bool needed = false; ///< Bulkhead does not work without it
    bool used = true;    ///< false: nothing in this version asks for it; it is told for whoever looks for a reason
};

/// Probes each by using it, not by version numbers. Leaves nothing behind.
std::vector<Capability> probe_capabilities();

struct MachineFact {
    std::string name;
    std::string value;
};
/// Kernel, architecture, processor model, cores this process may use, how it keeps address spaces apart, memory, glibc,
/// core_pattern, user (root or not).
std::vector<MachineFact> machine_facts();

} // namespace bulkhead::sys
