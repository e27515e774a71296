#pragma once

#include "harness/model/containment.hpp"
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

enum class Family : std::uint8_t {
    control,
    crash,
    exit,
    outside,
    stall,
    resource,
    corruption,
    contamination,
    channel,
    harness
};

/// What a fault does to a worker within its reach.
enum class Effect : std::uint8_t { nothing, contaminates, degrades, stalls, corrupts, dies };

/// How far a fault's effect goes: to nobody but the victim's own thread, to its process, or to everybody who has the
/// row's medium in common with it.
enum class Reach : std::uint8_t { worker, process, sharers };

/// Who carries the fault out: the victim itself, or the supervisor from outside. The last four send a signal that the
/// experiment names (`kill:SIGTERM`); `supervisor` does what the row says.
enum class Agent : std::uint8_t {
    nobody,
    victim,
    supervisor,
    supervisor_to_host,
    supervisor_to_thread,
    supervisor_to_group
};

/// What a fault does in a channel of the ring of workers.
enum class InChannel : std::uint8_t {
    nothing,
    half_message, ///< the victim dies with half a message out, and the next worker waits for it
    writer_gone,  ///< it dies while the next worker waits for a message
    reader_gone,  ///< it dies while the worker before it waits for room
    garbage,      ///< it sends what is no message, and the next worker waits for one
    flood         ///< it sends until there is no room, and the next worker takes nothing meanwhile
};

/// What a fault needs of the machine, or of the rights, beyond what every trial needs.
enum class Need : std::uint8_t {
    nothing,
    root,          ///< the rights to change credentials
    memory_cgroup, ///< a writable memory cgroup, v1 or v2
    thread_limit,  ///< RLIMIT_NPROC for an ordinary user; root is exempt from it and needs a writable pids cgroup
    small_disk     ///< a tmpfs of its own: CAP_SYS_ADMIN, or a user namespace
};

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
/// The victim's thread lives and completes no more ops; its process goes on.
struct WorkerStalls {
    bool operator==(const WorkerStalls&) const = default;
};
/// The victim goes on with its work.
struct GoesOn {
    bool operator==(const GoesOn&) const = default;
};
using VictimEnd = std::variant<GoesOn, ProcessEnds, WorkerEnds, ImageReplaced, ProcessStops, WorkerStalls>;

/// An effect, and through what it reaches others.
struct Consequence {
    Effect effect = Effect::nothing;
    Reach reach = Reach::worker;
    Medium medium = Medium::process; ///< of the reach `sharers`
    /// A robust lock undoes it: whoever takes the lock next is told that its owner died (EOWNERDEAD).
    bool mended_by_robust_lock = false;
    /// Only if whoever takes it also mends what its dead owner left half-done.
    bool mended_by_repair = false;
    bool operator==(const Consequence&) const = default;
};

/// One row of the catalogue. Predictions are derived from `effect` and `reach`; nothing is predicted by hand.
struct FaultRow {
    std::string_view id;
    Family family;
    Effect effect;
    Reach reach;
    Agent agent;
    VictimEnd end;
    std::string_view
        si_code{};            ///< how siginfo explains the fatal signal ("SEGV_MAPERR"); empty where nobody can see one
    std::string_view commits; ///< one sentence: what is really done
    std::string_view why;     ///< why it reaches as far as it does
    std::string_view source;  ///< man page, standard or source file behind `why`
    /// What the fault itself takes between its stamp and its effect (RLIMIT_CPU counts whole seconds); the
    /// observation window is longer by this much.
    std::chrono::milliseconds takes{0};
    bool main_thread_only = false;   ///< only thread 0 of a host, which is its main thread, can be the victim
    Medium medium = Medium::process; ///< of the reach `sharers`
    Consequence leaves{};            ///< what it does besides, such as a lock that nobody will unlock
    Need needs = Need::nothing;
    bool outlasts_guard = false; ///< no handler of the victim's can end it: it strikes again, or strikes cell-mates too
    InChannel in_channel = InChannel::nothing;
    std::string_view subtle{}; ///< where the C library or the kernel is subtle: how, and the source
};

/// The whole catalogue, in the order in which it is listed. `kill`, `tgkill` and `group-signal` take a signal: see
/// Fault.
std::span<const FaultRow> catalogue();

/// A fault as an experiment names it: a row, and a signal where the row takes one ("kill:SIGTERM").
struct Fault {
    std::uint16_t row = 0; ///< index into catalogue()
    int signal = 0;        ///< 0 unless the row takes one

    auto operator<=>(const Fault&) const = default;
};

inline const FaultRow& row_of(Fault fault)
{
    return catalogue()[fault.row];
}
inline bool takes_signal(const FaultRow& row)
{
    return row.agent == Agent::supervisor_to_host || row.agent == Agent::supervisor_to_thread ||
           row.agent == Agent::supervisor_to_group;
}
/// True for `none`: the trial is a golden run.
inline bool is_golden(Fault fault)
{
    return row_of(fault).agent == Agent::nobody;
}

/// Reads "segv-null", "kill:SIGTERM" or "kill:TERM"; nullopt when there is no such fault or signal.
std::optional<Fault> parse_fault(std::string_view text);
std::string to_string(Fault fault);

/// What the fault does in this containment, and the victim's end. For signals these follow from the signal's default
/// action (signal(7)); for all others they are the row's, less what a guard or a robust lock keeps from happening.
struct FaultNature {
    Effect effect;
    Reach reach;
    VictimEnd end;
    Medium medium = Medium::process;
    Consequence leaves{};
};
FaultNature nature_of(Fault fault, const Containment& containment = {});

/// True when the guard `siglongjmp` has a handler for it.
bool is_guarded_signal(int signal);

/// True when the pipe that the workers write to loses its only reader.
bool breaks_pipe(Fault fault);

/// True when the fault does more than end somebody: it is committed on what the workers of a host hold in common, or
/// what it does can be seen by a probe only.
bool needs_commons(Fault fault);

std::string_view to_string(Family family);
std::string_view to_string(Effect effect);
std::string_view to_string(Reach reach);
std::string_view to_string(Need need); // "nothing", "root", "a writable memory cgroup", ...

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
