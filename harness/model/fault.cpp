#include "harness/model/fault.hpp"

#include "harness/model/signal.hpp"

#include <algorithm>
#include <csignal>

namespace bulkhead::model {
namespace {

FaultNature nature_of_signal(int signal)
{
    switch (default_action(signal)) {
    case DefaultAction::ends: return {Effect::dies, Reach::process, ProcessEnds{sys::Signaled{signal, false}}};
    case DefaultAction::stops: return {Effect::stalls, Reach::process, ProcessStops{}};
    case DefaultAction::ignored:
    // Each host is in a process group of a session that is not its parent's (where it is not, spec refuses these
    // faults), so the group is orphaned, and the kernel discards these three there: setpgid(2) and POSIX.1-2017, 2.4.3.
    case DefaultAction::stops_from_terminal: break;
    }
    return {Effect::nothing, Reach::worker, GoesOn{}};
}

/// True when the guard keeps the fault from ending the victim: it goes on, with whatever the fault left behind.
bool is_caught(const FaultRow& row, Guard guard)
{
    switch (guard) {
    case Guard::none: return false;
    case Guard::catch_all: return row.id == "uncaught-exception";
    case Guard::siglongjmp: {
        const auto* const end = std::get_if<ProcessEnds>(&row.end);
        const auto* const how = end == nullptr ? nullptr : std::get_if<sys::Signaled>(&end->how);
        return row.agent == Agent::victim && how != nullptr && is_guarded_signal(how->signal) && !row.outlasts_guard;
    }
    }
    return false;
}

std::string in_words(const sys::Exited& exited)
{
    return "exited with code " + std::to_string(exited.code);
}
std::string in_words(const sys::Signaled& signaled)
{
    return "killed by " + signal_name(signaled.signal) + (signaled.core_dumped ? " (core dumped)" : "");
}

std::string in_words(const WorkerStalls& /*end*/)
{
    return "lives, but completes no more ops";
}
std::string in_words(const GoesOn& /*end*/)
{
    return "goes on with its work";
}
std::string in_words(const ProcessEnds& end)
{
    return "its process ends: " + describe(end.how);
}
std::string in_words(const WorkerEnds& end)
{
    return "its thread ends and its process lives on; with the last thread the process ends too: " + describe(end.last);
}
std::string in_words(const ImageReplaced& /*end*/)
{
    return "its process runs another program under the same pid";
}
std::string in_words(const ProcessStops& /*end*/)
{
    return "its process is stopped";
}

} // namespace

std::optional<Fault> parse_fault(std::string_view text)
{
    const auto colon = text.find(':');
    const auto row = std::ranges::find(catalogue(), text.substr(0, colon), &FaultRow::id);
    if (row == catalogue().end()) {
        return std::nullopt;
    }
    Fault fault{.row = static_cast<std::uint16_t>(row - catalogue().begin()), .signal = 0};
    const bool has_signal = colon != std::string_view::npos;
    if (has_signal != takes_signal(*row)) {
        return std::nullopt;
    }
    if (has_signal) {
        const auto signal = parse_signal(text.substr(colon + 1));
        if (!signal) {
            return std::nullopt;
        }
        fault.signal = *signal;
    }
    return fault;
}

std::string to_string(Fault fault)
{
    const FaultRow& row = row_of(fault);
    std::string text(row.id);
    if (takes_signal(row)) {
        text += ':' + signal_name(fault.signal);
    }
    return text;
}

FaultNature nature_of(Fault fault, const Containment& containment)
{
    const FaultRow& row = row_of(fault);
    if (takes_signal(row)) {
        FaultNature nature = nature_of_signal(fault.signal);
        if (row.agent == Agent::supervisor_to_group && nature.reach != Reach::worker) {
            nature.reach = Reach::sharers;
            nature.medium = Medium::group;
        }
        return nature;
    }
    FaultNature nature{row.effect, row.reach, row.end, row.medium, row.leaves};
    if (is_caught(row, containment.guard)) {
        nature.effect = Effect::nothing;
        nature.reach = Reach::worker;
        nature.end = GoesOn{};
    }
    // A guard saves the owner's life, and a robust lock is handed on only when its owner ends.
    if (nature.leaves.mended_by_robust_lock && containment.robust_lock && !is_caught(row, containment.guard)) {
        nature.leaves = {};
    }
    // Without a lock nobody can tell a broken record from one that is being written.
    if (nature.leaves.mended_by_repair && (containment.unlocked || containment.repairs)) {
        nature.leaves = {};
    }
    return nature;
}

bool is_guarded_signal(int signal)
{
    return signal == SIGSEGV || signal == SIGBUS || signal == SIGFPE;
}

bool breaks_pipe(Fault fault)
{
    const FaultRow& row = row_of(fault);
    return row.medium == Medium::channel && row.effect == Effect::dies;
}

bool needs_commons(Fault fault)
{
    const FaultRow& row = row_of(fault);
    switch (row.family) {
    case Family::stall:
    case Family::resource:
    case Family::corruption:
    case Family::contamination: return true;
    case Family::control:
    case Family::crash:
    case Family::exit:
    case Family::outside:
    case Family::channel:
    case Family::harness: break;
    }
    return row.leaves.effect != Effect::nothing || row.medium == Medium::segment || row.medium == Medium::channel;
}

std::string_view to_string(Family family)
{
    switch (family) {
    case Family::control: return "control";
    case Family::crash: return "crash";
    case Family::exit: return "exit";
    case Family::outside: return "outside";
    case Family::stall: return "stall";
    case Family::resource: return "resource";
    case Family::corruption: return "corruption";
    case Family::contamination: return "contamination";
    case Family::channel: return "channel";
    case Family::harness: return "harness";
    }
    return "?";
}

std::string_view to_string(Effect effect)
{
    switch (effect) {
    case Effect::nothing: return "nothing";
    case Effect::contaminates: return "contaminates";
    case Effect::degrades: return "degrades";
    case Effect::stalls: return "stalls";
    case Effect::corrupts: return "corrupts";
    case Effect::dies: return "dies";
    }
    return "?";
}

std::string_view to_string(Reach reach)
{
    switch (reach) {
    case Reach::worker: return "worker";
    case Reach::process: return "process";
    case Reach::sharers: return "sharers";
    }
    return "?";
}

std::string_view to_string(Need need)
{
    switch (need) {
    case Need::nothing: return "nothing";
    case Need::root: return "root";
    case Need::memory_cgroup: return "a writable memory cgroup";
    case Need::thread_limit: return "a limit on threads: RLIMIT_NPROC, or as root a writable pids cgroup";
    case Need::small_disk: return "a small tmpfs: CAP_SYS_ADMIN or a user namespace";
    }
    return "?";
}

std::string describe(const sys::Termination& termination)
{
    return std::visit([](const auto& how) { return in_words(how); }, termination);
}

std::string describe(const VictimEnd& end)
{
    return std::visit([](const auto& how) { return in_words(how); }, end);
}

} // namespace bulkhead::model
