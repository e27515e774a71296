#include "workers/faults/faults.hpp"

#include <array>

namespace bulkhead::workers {
namespace {

// In the order of the catalogue.
constexpr auto functions = std::to_array<FaultFunction>({
    {"segv-null", faults::segv_null},
    {"segv-unmapped", faults::segv_unmapped},
    {"segv-readonly", faults::segv_readonly},
    {"segv-noexec", faults::segv_noexec},
    {"stack-overflow", faults::stack_overflow},
    {"bus-error", faults::bus_error},
    {"divide-by-zero", faults::divide_by_zero},
    {"illegal-instruction", faults::illegal_instruction},
    {"breakpoint", faults::breakpoint},
    {"abort", faults::abort},
    {"assert-failed", faults::assert_failed},
    {"uncaught-exception", faults::uncaught_exception},
    {"noexcept-throw", faults::noexcept_throw},
    {"pure-virtual-call", faults::pure_virtual_call},
    {"double-free", faults::double_free},
    {"heap-smash", faults::heap_smash},
    {"stack-smash", faults::stack_smash},
    {"self-kill", faults::self_kill},
    {"closed-pipe", faults::closed_pipe},
    {"seccomp-kill", faults::seccomp_kill},
    {"seccomp-kill-thread", faults::seccomp_kill_thread},
    {"cpu-limit", faults::cpu_limit},
    {"file-size-limit", faults::file_size_limit},
    {"truncate-shared-file", faults::truncate_shared_file},
    {"exit", faults::exit},
    {"exit-immediately", faults::exit_immediately},
    {"quick-exit", faults::quick_exit},
    {"main-returns", faults::main_returns},
    {"exec-replace", faults::exec_replace},
    {"thread-exit", faults::thread_exit},
    {"thread-vanishes", faults::thread_vanishes},
    {"thread-cancelled", faults::thread_cancelled},
    {"exception-caught", faults::exception_caught},
    {"scribble-black-box", faults::scribble_black_box},
});

} // namespace

std::span<const FaultFunction> fault_functions()
{
    return functions;
}

} // namespace bulkhead::workers
