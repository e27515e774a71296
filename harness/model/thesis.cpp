#include "harness/model/thesis.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace bulkhead::model {
namespace {

constexpr auto thesis_rows = std::to_array<Thesis>({
    {.id = "C01",
     .says = "A process is known by its id, state, priority, address space, threads and I/O.",
     .measured = "`bulkhead anatomy` reads all of them from /proc for every worker of a living pool.",
     .boundary = "A zombie has an id and a state, and neither memory nor threads at work nor files.",
     .learned =
         "What is called a process is a set of things that the kernel keeps apart and frees at different times: "
         "exit(2) frees memory and files at once, the id and the wait status stay until somebody reaps them. That "
         "is why kill(pid, 0) succeeds on a zombie, and why a pid proves no life. Sources: proc(5), wait(2)."},
    {.id = "C02",
     .says = "Processes share no memory unless they ask the kernel for it.",
     .measured = "A worker writes to its heap, its stack and a global; the same address is looked at in every other "
                 "worker, and kcmp(2) tells what each pair has in common.",
     .boundary = "A MAP_SHARED segment: the write is seen in every host. Pages that fork copies on write are one page "
                 "until somebody writes.",
     .learned =
         "The same address in two hosts is other memory. What is shared was asked for by mmap(2) with MAP_SHARED, "
         "or is read-only, such as the code. Sources: mmap(2), fork(2), kcmp(2)."},
    {.id = "C03",
     .says = "Processes talk by messages, by shared memory and by sockets; sockets reach across machines.",
     .measured = "Each worker passes numbered and checked messages to the next, over every kind of channel; lost, "
                 "doubled, torn and reordered ones are counted.",
     .boundary =
         "A peer that dies half-way through a message: the other end sees the end of the stream, a reset, a torn "
         "message, or nothing at all, by the kind of the channel.",
     .learned =
         "A channel delivers bytes or messages, and says little of whether there is anybody at the other end. Only "
         "those that keep messages whole (SOCK_SEQPACKET, POSIX queues) never show half of one; shared memory "
         "says nothing at all. Sources: pipe(7), unix(7), tcp(7), mq_overview(7)."},
    {.id = "C04",
     .says = "Shared memory between processes brings the problems of synchronisation with it.",
     .measured = "Workers of eight hosts move money between accounts in a shared segment: updates that were lost are "
                 "counted without a lock, with one, and with a robust one.",
     .boundary =
         "The lock is no cure for a death: a plain one stays locked, a robust one is handed on over a record that "
         "may be half-written, and only a repair makes that whole.",
     .learned = "Processes that share a segment lose updates as threads do; the address space never was what protected "
                "them. EOWNERDEAD says that the owner died, and not that what it was doing is done. Sources: "
                "pthread_mutexattr_setrobust(3), pthread_mutex_consistent(3)."},
    {.id = "C05",
     .says = "Threads are flows of execution inside one process, and each can reach all that the process has.",
     .measured = "`anatomy` of a thread pool: every pair shares memory, descriptors, working directory and signal "
                 "dispositions, and each worker sees what another wrote on heap, stack and globals.",
     .boundary =
         "Some things are each thread's own: errno and other thread-local storage, the signal mask, the nice value "
         "and the affinity on Linux, credentials at the level of the system call; and a thread can leave by "
         "unshare(2).",
     .learned =
         "POSIX says that the nice value and the credentials belong to the process; the Linux kernel keeps both for "
         "each thread, and only glibc makes setuid(2) reach all of them. Sources: pthreads(7), nptl(7), "
         "unshare(2)."},
    {.id = "C06",
     .says = "Threads make a process use several cores.",
     .measured = "The throughput of work that only computes, with one thread and with more.",
     .boundary = "One lock around the whole op, or results in one cache line: more threads then make less, not more.",
     .learned =
         "Threads add up only as far as they need nothing of one another. What they need in common is paid for at "
         "every op: a contended lock by waking and waiting, a shared cache line by moving it between the cores. "
         "Sources: G. Amdahl, AFIPS 1967; futex(7)."},
    {.id = "C07",
     .says = "An address space has code, data, stack and heap.",
     .measured = "`anatomy` looks up the address of a function, a global, a local variable and an allocation of every "
                 "worker in /proc/PID/maps.",
     .boundary =
         "There is more: mapped files and segments, the vdso, thread-local storage; and the stack of every thread "
         "but the first lies in mapped memory, not in [stack].",
     .learned = "The four are conventions. To the kernel they are mappings, with a right each; only [heap] and [stack] "
                "grow by themselves. Sources: proc(5), mmap(2), vdso(7)."},
    {.id = "C08",
     .says = "A process cannot reach another's memory; threads share their heap.",
     .measured = "A worker overwrites the heap state of every worker that it can reach at the address it knows.",
     .boundary = "A segment that hosts share is reached across processes; so is any memory by process_vm_writev(2) and "
                 "ptrace(2) of the same user.",
     .learned = "What protects is not that a write is forbidden, but that the address means other memory: the victim's "
                "own. The kernel lets whoever has the right reach in. Sources: process_vm_readv(2), ptrace(2)."},
    {.id = "C09",
     .says = "A thread has only its stack for itself, and shares code, data and heap.",
     .measured = "The matrix of who sees whose write, for each kind of memory, between threads and between hosts; and "
                 "whether each stack lies where no cell-mate has its own.",
     .boundary = "Not even the stack is its own: a cell-mate that has the address writes to it.",
     .learned = "A stack is private by custom, for nobody else has its addresses; nothing keeps them out. Sources: "
                "pthreads(7), pthread_attr_setstack(3)."},
    {.id = "C10",
     .says = "Multiprocess: each has memory of its own, and no access to another's.",
     .measured =
         "Every crash and every corruption of the catalogue at 8x1, and the memory of each worker beside that of a "
         "thread.",
     .boundary = "The memory is not all its own: pages of the same binary and those not yet written since fork are "
                 "shared, so that PSS is far below RSS.",
     .learned =
         "A process costs its page tables, its kernel stack and the pages that it has written, not the size of its "
         "program. Sources: proc(5): smaps, fork(2)."},
    {.id = "C11",
     .says = "Multiprocess: the resources of the operating system are given out per process.",
     .measured =
         "Descriptors used up, memory used up, the directory changed, a descriptor closed, a handler changed, by "
         "one worker: what the siblings see, as processes and as threads.",
     .boundary =
         "Some are not: a full disk, the offset of an inherited file, a limit on the user's threads, the memory of "
         "a cgroup.",
     .learned =
         "A limit protects whoever is outside the group that it counts. RLIMIT_NOFILE counts a process, RLIMIT_NPROC "
         "a user, a cgroup whatever was put there, and a disk everybody. Sources: getrlimit(2), cgroups(7), "
         "open(2)."},
    {.id = "C12",
     .says = "Multiprocess: it needs IPC, and IPC costs.",
     .measured = "The round trip over every kind of channel, between two threads and between two processes.",
     .boundary = "Memory shared by processes costs what it costs between threads: the price is the crossing into the "
                 "kernel and the switch, not the process.",
     .learned = "For the same kind of channel threads and processes pay nearly the same, unless the processor has no "
                "PCID: then "
                "each switch to the other process costs 3 us more. Mechanism and placement decide. "
                "Sources: pipe(7), futex(7), mq_overview(7)."},
    {.id = "C13",
     .says = "Multiprocess: the abnormal end of one process leaves the others alone.",
     .measured = "Every crash, exit and fatal signal of the catalogue at 8x1.",
     .boundary = "Whatever processes have in common carries an end further: a lock, a segment, a pipeline, a process "
                 "group, a cgroup, a supervisor that restarts everybody.",
     .learned =
         "The kernel ends a process and nothing else. Siblings that are lost at 8x1 were lost by something that the "
         "design connects, and each such thing can be named. Sources: exit(2), signal(7), "
         "pthread_mutexattr_setrobust(3), cgroups(7)."},
    {.id = "C14",
     .says = "Multithread: one memory, shared by all.",
     .measured = "What C09 measures of sharing, at 1x8.",
     .boundary = "As C05: thread-local storage has an address of its own for each thread.",
     .learned =
         "There is one page table for all of them: whatever one maps, unmaps or protects is so for all. Sources: "
         "clone(2): CLONE_VM."},
    {.id = "C15",
     .says = "Multithread: parallel, and therefore faster than multiprocess.",
     .measured = "The same work at 1x8, 2x4, 4x2 and 8x1: start-up, throughput and memory.",
     .boundary =
         "Work that changes the address space: threads wait for one another's page faults and calls of mmap and "
         "munmap, and the process pool wins.",
     .learned =
         "Threads start sooner and take less memory. They are not faster at work that needs nothing of the kernel, "
         "and slower where the address space itself is what they contend for. A switch between processes costs little "
         "more "
         "than one between threads where the processor keeps translations by address space (PCID), and 3.5 times as "
         "much where it does not. Sources: mmap(2); mmap_lock in the kernel's "
         "Documentation/mm/process_addrs.rst; the kernel's Documentation/arch/x86/pti.rst."},
    {.id = "C16",
     .says = "Multithread: the abnormal end of one thread takes the whole process with it.",
     .measured = "Every crash and fatal signal of the catalogue at 1x8: all siblings die, with one wait status.",
     .boundary = "An exception caught at the thread's top, pthread_exit, and a handler that jumps out of a fault: the "
                 "thread survives a null write, and leaves behind what it held.",
     .learned =
         "A fatal signal's default action is the process's, even when it was sent to one thread. What jumps out of "
         "it survives with its locks held and its heap as it was. Sources: signal(7), siglongjmp(3), "
         "pthread_exit(3)."},
    {.id = "C17",
     .says = "Multithread: shared resources bring the problems of synchronisation.",
     .measured =
         "Eight threads move money between accounts on their heap: updates that were lost are counted, without a "
         "lock and with one.",
     .boundary = "A lock helps as long as its owner lives: who ends or is cancelled while holding it stalls everybody. "
                 "errno and thread-local storage need none.",
     .learned =
         "Without a lock some part of all updates is lost, on any number of cores: an interruption between reading "
         "and writing is enough. Sources: pthread_mutex_lock(3), errno(3)."},
});

} // namespace

std::span<const Thesis> theses()
{
    return thesis_rows;
}

const Thesis* find_thesis(std::string_view id)
{
    std::string capital(id);
    if (!capital.empty() && capital.front() == 'c') {
        capital.front() = 'C';
    }
    const auto* const row = std::ranges::find(thesis_rows, std::string_view{capital}, &Thesis::id);
    return row == thesis_rows.end() ? nullptr : &*row;
}

} // namespace bulkhead::model
