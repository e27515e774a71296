#pragma once

#include <cstdint>

namespace bulkhead::model {

/// What a signal does to a process that neither handles, blocks nor ignores it: signal(7).
enum class DefaultAction : std::uint8_t {
    ends,               ///< "Term" and "Core": the process ends, killed by the signal
    ignored,            ///< "Ign", and "Cont" for a process that is not stopped
    stops,              ///< "Stop" that cannot be avoided: SIGSTOP
    stops_from_terminal ///< "Stop" for job control: the kernel discards it in an orphaned process group
};

/// Real-time signals end the process. A number that is no signal is ignored, as signal 0 is.
DefaultAction default_action(int signal);

} // namespace bulkhead::model
