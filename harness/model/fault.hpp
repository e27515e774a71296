#pragma once

#include "harness/model/outcome.hpp"
#include "harness/sys/termination.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

namespace bulkhead::model {

enum class Family : std::uint8_t { control, crash, exit, outside, harness };

/// What a fault does to a worker within its reach.
enum class Effect : std::uint8_t { nothing, contaminates, degrades, stalls, corrupts, dies };

/// How far a fault's effect goes, from nobody but the victim's own thread to everyone.
enum class Reach : std::uint8_t { worker, process, sharers, limits, pool };

/// Who carries the fault out: the victim itself, or the supervisor from outside.
enum class Agent : std::uint8_t { nobody, victim, supervisor_to_host, supervisor_to_thread };

/// The victim's whole process must end this way.
struct ProcessEnds {
    sys::Termination how;
    bool operator==(const ProcessEnds&) const = default;
};
/// The victim's thread ends and its process lives on, as long as it has another thread; the last thread to end takes
/// the process with it, which then ends as `last` says.
struct WorkerEnds {
    sys::Termination last;
    bool operator==(const WorkerEnds&) const = default;
};
/// The victim's process lives, under the same pid, but runs another program.
struct ImageReplaced {
    bool operator==(const ImageReplaced&) const = default;
};
/// The victim's process stops as a whole and completes no more ops.
struct ProcessStops {
    bool operator==(const ProcessStops&) const = default;
};
/// The victim goes on with its work.
struct GoesOn {
    bool operator==(const GoesOn&) const = default;
};
using VictimEnd = std::variant<GoesOn, ProcessEnds, WorkerEnds, ImageReplaced, ProcessStops>;

/// One row of the catalogue. Predictions are derived from `effect` and `reach`; nothing is predicted by hand.
struct FaultRow {
    std::string_view id;
    Family family;
    Effect effect;
    Reach reach;
    Agent agent;
    VictimEnd end;
    std::string_view si_code; ///< how siginfo explains the fatal signal ("SEGV_MAPERR"); empty where nobody can see one
    std::string_view commits; ///< one sentence: what is really done
    std::string_view why;     ///< why it reaches as far as it does
    std::string_view source;  ///< man page, standard or source file behind `why`
    /// What the fault itself takes between its stamp and its effect (RLIMIT_CPU counts whole seconds); the
    /// observation window is longer by this much.
    std::chrono::milliseconds takes{0};
    bool main_thread_only = false; ///< only thread 0 of a host, which is its main thread, can be the victim
};

/// The whole catalogue, in the order in which it is listed. `kill` and `tgkill` take a signal: see Fault.
std::span<const FaultRow> catalogue();

/// A fault as an experiment names it: a row, and a signal where the row takes one ("kill:SIGTERM").
struct Fault {
    std::uint16_t row = 0; ///< index into catalogue()
    int signal = 0;        ///< 0 unless the row is `kill` or `tgkill`

    auto operator<=>(const Fault&) const = default;
};

inline const FaultRow& row_of(Fault fault)
{
    return catalogue()[fault.row];
}
inline bool takes_signal(const FaultRow& row)
{
    return row.agent == Agent::supervisor_to_host || row.agent == Agent::supervisor_to_thread;
}
/// True for `none`: the trial is a golden run.
inline bool is_golden(Fault fault)
{
    return row_of(fault).agent == Agent::nobody;
}

/// Reads "segv-null", "kill:SIGTERM" or "kill:TERM"; nullopt when there is no such fault or signal.
std::optional<Fault> parse_fault(std::string_view text);
std::string to_string(Fault fault);

/// What the fault does to a worker in its reach, its reach, and the victim's end. For kill and tgkill these follow
/// from the signal's default action (signal(7)); for all others they are the row's.
struct FaultNature {
    Effect effect;
    Reach reach;
    VictimEnd end;
};
FaultNature nature_of(Fault fault);

std::string_view to_string(Family family);
std::string_view to_string(Effect effect);
std::string_view to_string(Reach reach);

/// "SIGSEGV" for 11, "SIGRTMIN+2" for 36, "signal 99" for what has no name.
std::string signal_name(int signal);
/// Reads "SIGTERM", "TERM" or "SIGRTMIN+2"; nullopt for no signal, and for the two that glibc keeps (32, 33).
std::optional<int> parse_signal(std::string_view text);
/// Every signal name that parse_signal takes, for messages ("did you mean").
std::span<const std::string_view> signal_names();

/// "exited with code 3", "killed by SIGSEGV (core dumped)".
std::string describe(const sys::Termination& termination);
std::string describe(const VictimEnd& end);

} // namespace bulkhead::model
