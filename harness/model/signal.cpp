#include "harness/model/signal.hpp"

#include "harness/model/fault.hpp"

#include <algorithm>
#include <array>
#include <csignal>

namespace bulkhead::model {
namespace {

struct SignalRow {
    std::string_view name;
    int number;
    DefaultAction action;
};

using enum DefaultAction;

/// The kernel's numbers: glibc's SIGRTMIN is no constant, for it keeps the first two (32, 33) to itself.
constexpr int first_real_time = 34;
constexpr int last_real_time = 64;

/// Standard signals in the order of their numbers, then synonyms, so that a number is shown by its usual name.
constexpr auto standard_signals = std::to_array<SignalRow>({
    {"SIGHUP", SIGHUP, ends},
    {"SIGINT", SIGINT, ends},
    {"SIGQUIT", SIGQUIT, ends},
    {"SIGILL", SIGILL, ends},
    {"SIGTRAP", SIGTRAP, ends},
    {"SIGABRT", SIGABRT, ends},
    {"SIGBUS", SIGBUS, ends},
    {"SIGFPE", SIGFPE, ends},
    {"SIGKILL", SIGKILL, ends},
    {"SIGUSR1", SIGUSR1, ends},
    {"SIGSEGV", SIGSEGV, ends},
    {"SIGUSR2", SIGUSR2, ends},
    {"SIGPIPE", SIGPIPE, ends},
    {"SIGALRM", SIGALRM, ends},
    {"SIGTERM", SIGTERM, ends},
    {"SIGSTKFLT", SIGSTKFLT, ends},
    {"SIGCHLD", SIGCHLD, ignored},
    {"SIGCONT", SIGCONT, ignored},
    {"SIGSTOP", SIGSTOP, stops},
    {"SIGTSTP", SIGTSTP, stops_from_terminal},
    {"SIGTTIN", SIGTTIN, stops_from_terminal},
    {"SIGTTOU", SIGTTOU, stops_from_terminal},
    {"SIGURG", SIGURG, ignored},
    {"SIGXCPU", SIGXCPU, ends},
    {"SIGXFSZ", SIGXFSZ, ends},
    {"SIGVTALRM", SIGVTALRM, ends},
    {"SIGPROF", SIGPROF, ends},
    {"SIGWINCH", SIGWINCH, ignored},
    {"SIGIO", SIGIO, ends},
    {"SIGPWR", SIGPWR, ends},
    {"SIGSYS", SIGSYS, ends},
    {"SIGIOT", SIGABRT, ends},
    {"SIGPOLL", SIGIO, ends},
    {"SIGCLD", SIGCHLD, ignored},
});

/// By position: the first is first_real_time.
constexpr auto real_time_names = std::to_array<std::string_view>({
    "SIGRTMIN",    "SIGRTMIN+1",  "SIGRTMIN+2",  "SIGRTMIN+3",  "SIGRTMIN+4",  "SIGRTMIN+5",  "SIGRTMIN+6",
    "SIGRTMIN+7",  "SIGRTMIN+8",  "SIGRTMIN+9",  "SIGRTMIN+10", "SIGRTMIN+11", "SIGRTMIN+12", "SIGRTMIN+13",
    "SIGRTMIN+14", "SIGRTMIN+15", "SIGRTMIN+16", "SIGRTMIN+17", "SIGRTMIN+18", "SIGRTMIN+19", "SIGRTMIN+20",
    "SIGRTMIN+21", "SIGRTMIN+22", "SIGRTMIN+23", "SIGRTMIN+24", "SIGRTMIN+25", "SIGRTMIN+26", "SIGRTMIN+27",
    "SIGRTMIN+28", "SIGRTMIN+29", "SIGRTMIN+30",
});
static_assert(real_time_names.size() == last_real_time - first_real_time + 1);

constexpr auto all_names = [] {
    std::array<std::string_view, standard_signals.size() + real_time_names.size()> names;
    const auto end = std::ranges::transform(standard_signals, names.begin(), &SignalRow::name).out;
    std::ranges::copy(real_time_names, end);
    return names;
}();

/// "TERM" for "SIGTERM".
constexpr std::string_view without_prefix(std::string_view name)
{
    return name.substr(3);
}

bool is_real_time(int signal)
{
    return signal >= first_real_time && signal <= last_real_time;
}

} // namespace

DefaultAction default_action(int signal)
{
    const auto row = std::ranges::find(standard_signals, signal, &SignalRow::number);
    if (row != standard_signals.end()) {
        return row->action;
    }
    return is_real_time(signal) ? ends : ignored;
}

std::string signal_name(int signal)
{
    const auto row = std::ranges::find(standard_signals, signal, &SignalRow::number);
    if (row != standard_signals.end()) {
        return std::string(row->name);
    }
    if (is_real_time(signal)) {
        return std::string(real_time_names[static_cast<std::size_t>(signal - first_real_time)]);
    }
    return "signal " + std::to_string(signal);
}

std::optional<int> parse_signal(std::string_view text)
{
    const auto same = [text](std::string_view name) { return name == text || without_prefix(name) == text; };

    const auto row = std::ranges::find_if(standard_signals, same, &SignalRow::name);
    if (row != standard_signals.end()) {
        return row->number;
    }
    const auto name = std::ranges::find_if(real_time_names, same);
    if (name != real_time_names.end()) {
        return first_real_time + static_cast<int>(name - real_time_names.begin());
    }
    return std::nullopt;
}

std::span<const std::string_view> signal_names()
{
    return all_names;
}

} // namespace bulkhead::model
