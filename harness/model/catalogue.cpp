#include "harness/model/fault.hpp"

#include <array>
#include <csignal>

namespace bulkhead::model {
namespace {

using enum Family;
using enum Effect;
using enum Reach;
using std::chrono::milliseconds;

constexpr VictimEnd by_signal(int signal)
{
    return ProcessEnds{sys::Signaled{signal, false}};
}
constexpr VictimEnd by_exit(int code)
{
    return ProcessEnds{sys::Exited{code}};
}

constexpr std::string_view fatal_signal =
    "The signal's default action ends the whole process, whichever thread raised it; other processes have an address "
    "space and a signal state of their own.";
constexpr std::string_view process_exits = "Ending the program ends every thread of the process at once.";
constexpr std::string_view thread_alone =
    "Only the calling thread ends; its cell-mates share the process, not the thread. What it held (locks, a message "
    "half-sent) stays as it was.";

constexpr auto rows = std::to_array<FaultRow>({
    {"none", control, nothing, worker, Agent::nobody, GoesOn{}, "", "nothing: a golden run, the control arm",
     "Nothing is done, so nobody is within reach. A sibling lost here is a bug of the harness.", "-"},

    // Crashes
    {"segv-null", crash, dies, process, Agent::victim, by_signal(SIGSEGV), "SEGV_MAPERR",
     "writes through a null pointer", fatal_signal, "signal(7), sigaction(2): SEGV_MAPERR"},
    {"segv-unmapped", crash, dies, process, Agent::victim, by_signal(SIGSEGV), "SEGV_MAPERR",
     "reads an address that is not mapped", fatal_signal, "signal(7), sigaction(2): SEGV_MAPERR"},
    {"segv-readonly", crash, dies, process, Agent::victim, by_signal(SIGSEGV), "SEGV_ACCERR",
     "writes to a page of code", fatal_signal, "signal(7), sigaction(2): SEGV_ACCERR"},
    {"segv-noexec", crash, dies, process, Agent::victim, by_signal(SIGSEGV), "SEGV_ACCERR", "jumps into the heap",
     fatal_signal, "signal(7), mprotect(2): PROT_EXEC"},
    // A thread's guard page is mapped without any right (ACCERR); the main thread's stack ends where RLIMIT_STACK does
    // not let it grow, and nothing is mapped there (MAPERR).
    {"stack-overflow", crash, dies, process, Agent::victim, by_signal(SIGSEGV), "SEGV_MAPERR or SEGV_ACCERR",
     "recurses without end, past the end of its stack",
     "The kernel cannot deliver SIGSEGV on a stack that is used up, and its default action ends the whole process.",
     "signal(7), sigaltstack(2), pthread_attr_setguardsize(3)"},
    {"bus-error", crash, dies, process, Agent::victim, by_signal(SIGBUS), "BUS_ADRERR",
     "touches a mapping beyond the end of its truncated file", fatal_signal, "mmap(2), sigaction(2): BUS_ADRERR"},
    {"divide-by-zero", crash, dies, process, Agent::victim, by_signal(SIGFPE), "FPE_INTDIV",
     "divides an integer by zero", fatal_signal, "signal(7), sigaction(2): FPE_INTDIV"},
    {"illegal-instruction", crash, dies, process, Agent::victim, by_signal(SIGILL), "ILL_ILLOPN",
     "executes an instruction that does not exist (ud2)", fatal_signal, "signal(7), sigaction(2): ILL_ILLOPN"},
    {"breakpoint", crash, dies, process, Agent::victim, by_signal(SIGTRAP), "SI_KERNEL",
     "executes a breakpoint without a debugger", fatal_signal, "signal(7)"},
    {"abort", crash, dies, process, Agent::victim, by_signal(SIGABRT), "SI_TKILL", "calls std::abort", fatal_signal,
     "abort(3)"},
    {"assert-failed", crash, dies, process, Agent::victim, by_signal(SIGABRT), "SI_TKILL", "fails an assertion",
     fatal_signal, "assert(3)"},
    {"uncaught-exception", crash, dies, process, Agent::victim, by_signal(SIGABRT), "SI_TKILL",
     "lets an exception leave the thread's function",
     "std::terminate calls abort, which ends the whole process: an exception stays in one thread only if that thread "
     "catches it.",
     "C++20 [except.terminate], abort(3)"},
    {"noexcept-throw", crash, dies, process, Agent::victim, by_signal(SIGABRT), "SI_TKILL",
     "throws out of a noexcept function", "std::terminate is called at the throw; no handler further up can help.",
     "C++20 [except.spec], abort(3)"},
    {"pure-virtual-call", crash, dies, process, Agent::victim, by_signal(SIGABRT), "SI_TKILL",
     "calls a pure virtual function of an object under destruction", fatal_signal, "C++20 [class.abstract]"},
    {"double-free", crash, dies, process, Agent::victim, by_signal(SIGABRT), "SI_TKILL", "frees the same memory twice",
     "glibc finds it and calls abort.", "malloc(3), mallopt(3): M_CHECK_ACTION"},
    {"heap-smash", crash, dies, process, Agent::victim, by_signal(SIGABRT), "SI_TKILL",
     "overruns a heap block into the next block's header, then frees it",
     "glibc finds the broken header when it next uses it and calls abort; until then nobody knows.", "malloc(3)"},
    {"stack-smash", crash, dies, process, Agent::victim, by_signal(SIGABRT), "SI_TKILL",
     "overruns a local array under the stack protector", "The stack protector calls abort.",
     "gcc(1): -fstack-protector"},
    {"self-kill", crash, dies, process, Agent::victim, by_signal(SIGKILL), "", "raises SIGKILL",
     "SIGKILL can be neither caught nor blocked, and ends the whole process.", "signal(7)"},
    {"closed-pipe", crash, dies, process, Agent::victim, by_signal(SIGPIPE), "SI_USER",
     "writes to a pipe that nobody reads",
     "SIGPIPE's default action ends the whole process; where it is ignored, write(2) fails with EPIPE and nobody dies.",
     "pipe(7), signal(7)"},
    // The code is SYS_SECCOMP, but since Linux 5.16 a core file alone shows it: a signal that may not be caught is not
    // shown to a tracer either.
    {"seccomp-kill", crash, dies, process, Agent::victim, by_signal(SIGSYS), "",
     "makes a forbidden system call (SECCOMP_RET_KILL_PROCESS)", "The filter's action ends the whole process.",
     "seccomp(2)"},
    {"seccomp-kill-thread", crash, dies, worker, Agent::victim, WorkerEnds{sys::Signaled{SIGSYS, false}}, "",
     "makes a forbidden system call (SECCOMP_RET_KILL_THREAD)",
     "The filter's action ends the calling thread alone, without a word to anybody; the last thread takes the process "
     "with it.",
     "seccomp(2)"},
    // About a second of processor time; on a machine whose cores are shared, several times that by the clock.
    {"cpu-limit", crash, dies, process, Agent::victim, by_signal(SIGXCPU), "SI_KERNEL",
     "burns processor time past RLIMIT_CPU",
     "The limit counts the time of all threads of the process, and SIGXCPU's default action ends them all.",
     "getrlimit(2), signal(7)", milliseconds(8000)},
    {"file-size-limit", crash, dies, process, Agent::victim, by_signal(SIGXFSZ), "SI_USER", "writes past RLIMIT_FSIZE",
     fatal_signal, "getrlimit(2), signal(7)"},
    {"truncate-shared-file", crash, dies, sharers, Agent::victim, by_signal(SIGBUS), "BUS_ADRERR",
     "shrinks a file that is mapped, then touches the mapping",
     "Whoever touches the part that is gone gets SIGBUS, in whatever process it is: a process does not isolate a "
     "mapping "
     "that is shared. In this pool nobody else maps the file.",
     "mmap(2): SIGBUS"},

    // Exits
    {"exit", Family::exit, dies, process, Agent::victim, by_exit(3), "", "calls exit(3)", process_exits, "exit(3)"},
    {"exit-immediately", Family::exit, dies, process, Agent::victim, by_exit(3), "", "calls _exit(3)",
     "_exit(2) in glibc is exit_group(2): every thread of the process ends.", "_exit(2), exit_group(2)"},
    {"quick-exit", Family::exit, dies, process, Agent::victim, by_exit(3), "", "calls quick_exit(3)", process_exits,
     "C++20 [support.start.term]"},
    {"main-returns", Family::exit, dies, process, Agent::victim, by_exit(3), "",
     "lets the main thread return from main",
     "Returning from main is calling exit: cell-mates that still run are cut off.", "exit(3), pthread_exit(3): notes",
     milliseconds(0), true},
    {"exec-replace", Family::exit, dies, process, Agent::victim, ImageReplaced{}, "",
     "replaces the process by another program",
     "execve ends all other threads and replaces the address space. The pid lives on, so waitpid tells nobody.",
     "execve(2)"},
    {"thread-exit", Family::exit, dies, worker, Agent::victim, WorkerEnds{sys::Exited{0}}, "", "calls pthread_exit",
     thread_alone, "pthread_exit(3)"},
    {"thread-vanishes", Family::exit, dies, worker, Agent::victim, WorkerEnds{sys::Exited{0}}, "",
     "ends its thread by the raw exit system call", thread_alone, "_exit(2): C library/kernel differences"},
    {"thread-cancelled", Family::exit, dies, worker, Agent::victim, WorkerEnds{sys::Exited{0}}, "",
     "is cancelled by pthread_cancel", thread_alone, "pthread_cancel(3)"},
    {"exception-caught", Family::exit, nothing, worker, Agent::victim, GoesOn{}, "",
     "throws an exception that the top of its thread catches",
     "The exception unwinds one stack and is handled there; nobody is within reach.", "C++20 [except.handle]"},

    // From outside
    {"kill", outside, dies, process, Agent::supervisor_to_host, by_signal(SIGKILL), "",
     "gets a signal sent to its process", "A signal's default action is the whole process's.", "kill(2), signal(7)"},
    {"tgkill", outside, dies, process, Agent::supervisor_to_thread, by_signal(SIGKILL), "",
     "gets a signal sent to its thread",
     "The thread chooses who handles a signal; a fatal default action is carried out on the whole process all the "
     "same.",
     "tgkill(2), signal(7)"},

    // Aimed at the harness itself
    {"scribble-black-box", harness, nothing, worker, Agent::victim, GoesOn{}, "",
     "fills its host's whole black box with random bytes",
     "Each host has a black box of its own: nobody's record but its host's can be spoiled.", "memfd_create(2)"},
});

} // namespace

std::span<const FaultRow> catalogue()
{
    return rows;
}

} // namespace bulkhead::model
