#include "harness/model/lesson_parts.hpp"

#include <array>

namespace bulkhead::model {
namespace {

constexpr CellName pair_of_processes{"2x1", "none"};
constexpr CellName eight_processes{"8x1", "none"};
constexpr CellName two_by_two{"2x2", "none"};

constexpr std::array one_process_two_or_all{
    std::string_view{"Only the thread that did it."},
    std::string_view{"The other thread of its process, too; none of the other process."},
    std::string_view{"All four threads."},
};

constexpr std::array rows_on_parts{
    Lesson{
        .number = 1,
        .title = "What is a process?",
        .claims = {"C01"},
        .files = {"01-process.toml"},
        .idea =
            {"A program is a file on the disk. A process is that program at work: the kernel, the core of the "
             "operating system, gives it a number (its process id, or PID), memory, time on the processors, and a "
             "table of the files that it has open.",
             "A process is started by another one, its parent. When it ends, one thing is left that somebody may want "
             "to know: how it ended. Either it left by itself, with an exit code, or a signal ended it: a notice that "
             "the kernel delivers, of its own accord or for another process (^C in a terminal sends one). The parent "
             "asks for that with wait(2). (The number behind such a name is the section of the manual: 'man 2 wait' "
             "shows the page.)",
             "This lesson starts two processes of one program, and looks at them while they live. Then it kills one, "
             "and looks at what the kernel still shows of it before its parent has asked."},
        .questions =
            {Question{
                 .asks = "A flow of instructions that the kernel runs is called a thread. The program of this lesson "
                         "has started none by itself. How many does the kernel count in each of the two processes?",
                 .choices = {Choice{"None.", {is_none(0), no_condition, no_condition}},
                             Choice{"One.", {is_between(0, 1, 1), no_condition, no_condition}},
                             Choice{"Two: one for the program, one for the kernel.",
                                    {is_between(0, 2, 2), no_condition, no_condition}}},
                 .readings = {Told{"threads in a process", {pair_of_processes, "threads_per_host"}},
                              Told{"files and other things that it has open",
                                   {pair_of_processes, "descriptors_per_host"}}},
                 .expected = 1,
                 .because = "A process begins with one thread, which runs main(): the main thread. Without any, "
                            "nothing would run in it. When the process asks the kernel for something (a system call), "
                            "it is this same thread that goes on inside the kernel.",
             },
             Question{
                 .asks = "Now one of the two processes has been killed, and its parent has not called wait(2) yet. "
                         "What is left of it?",
                 .choices = {Choice{"Nothing. It has ended, and its number is free.",
                                    {is_none(0), no_condition, no_condition}},
                             Choice{"Its number and how it ended. Its memory and its open files are gone.",
                                    {is_all(0), is_none(1), is_none(2)}},
                             Choice{"All of it, memory and open files included, until its parent has asked.",
                                    {is_all(0), is_between(1, 1, 1e15), no_condition}}},
                 .readings = {Told{"its number is still taken (1 = yes)", {pair_of_processes, "zombie.id"}},
                              Told{"memory that is left, in KiB", {pair_of_processes, "zombie.memory"}},
                              Told{"places for open files that are left", {pair_of_processes, "zombie.descriptors"}}},
                 .expected = 1,
                 .because = "The kernel frees memory and files as the process ends. It keeps the number and the wait "
                            "status, so that the parent can still ask. Such a process is called a zombie, and ps(1) "
                            "shows its state as Z.",
             }},
        .why = {"So a process is not one thing but several, which the kernel keeps apart and frees at different "
                "times. That is why kill(pid, 0), which asks whether there is a process of that number, still "
                "succeeds on a zombie: a number is no proof of life.",
                "A parent that never waits collects zombies, and each keeps a number that nobody else can have. When "
                "the parent itself ends, its children are given to another process, which waits for them: process 1, "
                "or a nearer ancestor that has asked for that (a 'subreaper'; systemd runs one for each user)."},
        .sources = "wait(2), kill(2), credentials(7), proc(5), ps(1)",
        .variation = "Look at two living processes, p0 and p1, with everything that the kernel tells of them. Find the "
                     "paragraph 'after death' at the end: is the thread of a zombie still counted?",
        .command = "bulkhead anatomy --shape 2x1",
    },
    Lesson{
        .number = 2,
        .title = "An address space: code, data, heap and stack",
        .claims = {"C02", "C07", "C10"},
        .files = {"02-address-space.toml"},
        .idea = {"The memory of a process has parts. Code: the instructions of its program, which are only read. Data: "
                 "its global variables. Heap: what it asks for while it runs, by malloc or new. Stack: the local "
                 "variables of its functions, which come and go with each call.",
                 "Every byte has an address, which is a number. But a number means something in one process only: the "
                 "processor looks it up in the page table of the process that is running, which says where in the "
                 "machine's memory that byte is. All addresses of a process together are its address space.",
                 "This lesson makes eight processes as copies of one, by fork(2), so that their variables have the "
                 "same addresses. (Each time a program is started, Linux usually puts its parts at other addresses, "
                 "drawn at random, which is called ASLR; a copy keeps the addresses of its original.) One after the "
                 "other writes a new value, and we look at that same address in each of the other seven."},
        .questions =
            {Question{
                 .asks = "A process writes a new value to a global variable. The other seven have the same variable at "
                         "the same address. Which of them find the new value there?",
                 .choices = {Choice{"All seven: the same address is the same memory.",
                                    {is_all(0), no_condition, no_condition}},
                             Choice{"Nobody: each finds its own, old value.", {is_none(0), no_condition, no_condition}},
                             Choice{"Some: whoever looks late enough.",
                                    {is_between(0, 1e-9, 1 - 1e-9), no_condition, no_condition}}},
                 .readings = {Told{"share of the others that saw a new global",
                                   {eight_processes, "seen_by_other_hosts.global"}},
                              Told{"share of the others that saw a new value on the heap",
                                   {eight_processes, "seen_by_other_hosts.heap"}},
                              Told{"share of the others that saw a new local variable",
                                   {eight_processes, "seen_by_other_hosts.stack"}}},
                 .expected = 1,
                 .because = "The same address leads to other memory in each process. That is what keeps processes "
                            "apart: not that writing is forbidden, but that the address leads to the writer's own.",
                 .played = eight_processes,
             },
             Question{
                 .asks = "ps(1) lists for each process how much of its address space is in the machine's memory now "
                         "(RSS, resident set size). Add that up for all eight. How much of that sum is really taken?",
                 .choices = {Choice{"All of it, or nearly so: nine tenths or more.",
                                    {is_all(0, 0.9), no_condition, no_condition}},
                             Choice{"Between a half and nine tenths.",
                                    {is_between(0, 0.5, 0.9), no_condition, no_condition}},
                             Choice{"Less than a half.", {is_between(0, 0, 0.5), no_condition, no_condition}}},
                 .readings = {Told{"really taken, as a share of the sum",
                                   {eight_processes, "memory_per_worker", eight_processes, "rss_kib_per_worker"}},
                              Told{"what ps lists for one process, in KiB", {eight_processes, "rss_kib_per_worker"}},
                              Told{"what it really takes (PSS), in KiB", {eight_processes, "memory_per_worker"}}},
                 .expected = 2,
                 .because = "The code is in memory once, for all eight: nobody writes it. So is every page of data "
                            "that nobody has written since the processes were forked (a page is a piece of memory, "
                            "usually of 4 KiB). RSS counts a shared page in full for each process; PSS, the "
                            "proportional set size, divides it among those that have it.",
             }},
        .why = {"Processes share no memory that one of them could change under the others' feet, unless they ask for "
                "it: mmap(2) with MAP_SHARED makes a segment that several see. And the kernel lets a process of the "
                "same user (on many systems only an ancestor: see ptrace_scope in ptrace(2)) reach in by a call made "
                "for that, such as process_vm_writev(2) or ptrace(2), by which debuggers live.",
                "Code, data, heap and stack are a convention. To the kernel all of them are mappings: ranges of "
                "addresses with a right each to read, write or execute. There are more than four: mapped files, "
                "shared segments, the stacks of further threads. /proc/self/maps lists them."},
        .sources = "proc(5), mmap(2), fork(2), process_vm_readv(2), ptrace(2)",
        .variation = "Let two processes ask the kernel for a common segment. In the table 'a write there is seen by', "
                     "which part do other hosts (that is, other processes) see now?",
        .command = "bulkhead anatomy --shape 2x1 --share segment",
    },
    Lesson{
        .number = 3,
        .title = "A thread, and what it has for itself",
        .claims = {"C05", "C09", "C14"},
        .files = {"03-thread.toml"},
        .idea =
            {"A process may have several threads. Each has its own place in the code, its own registers, and a stack "
             "for its local variables. The kernel gives each of them time on the processors by itself. But they are "
             "all in one process.",
             "This lesson starts two processes, p0 and p1, with two threads each: p0t0 and p0t1, p1t0 and p1t1. "
             "One thread does something, and we look for it in the other three."},
        .questions =
            {Question{
                 .asks = "p0t0 writes a new value to an object on the heap. At that address, who finds the new value?",
                 .choices = {Choice{one_process_two_or_all[0], {is_none(0), is_none(1), no_condition}},
                             Choice{one_process_two_or_all[1], {is_all(0), is_none(1), no_condition}},
                             Choice{one_process_two_or_all[2], {is_all(0), is_all(1), no_condition}}},
                 .readings = {Told{"share of threads of the same process that saw it",
                                   {two_by_two, "seen_by_cell_mates.heap"}},
                              Told{"share of threads of the other process that saw it",
                                   {two_by_two, "seen_by_other_hosts.heap"}}},
                 .expected = 1,
                 .because = "All threads of a process have one address space, and so one heap and one set of global "
                            "variables. For the other process the address leads elsewhere.",
             },
             Question{
                 .asks = "Now p0t0 writes to a local variable, which lies on its own stack. At that address, who "
                         "finds the new value?",
                 .choices = {Choice{one_process_two_or_all[0], {is_none(0), is_none(1), no_condition}},
                             Choice{one_process_two_or_all[1], {is_all(0), is_none(1), no_condition}},
                             Choice{one_process_two_or_all[2], {is_all(0), is_all(1), no_condition}}},
                 .readings = {Told{"share of threads of the same process that saw it",
                                   {two_by_two, "seen_by_cell_mates.stack"}},
                              Told{"share of threads of the other process that saw it",
                                   {two_by_two, "seen_by_other_hosts.stack"}}},
                 .expected = 1,
                 .because = "A stack is a thread's own by custom only: usually nobody else knows its addresses. It "
                            "lies in the common address space like all the rest, and whoever has the address, by a "
                            "pointer to a local variable for instance, reads and writes it.",
             },
             Question{
                 .asks = "open(2) gives a file a small number, the file descriptor, by which it is read and written. "
                         "The numbers stand in a table. Who has the very same table as p0t0?",
                 .choices = {Choice{"Nobody: each thread has a table of its own.",
                                    {is_none(0), is_none(1), no_condition}},
                             Choice{"The other thread of its process; none of the other process.",
                                    {is_all(0), is_none(1), no_condition}},
                             Choice{"The other three threads, all of them.", {is_all(0), is_all(1), no_condition}}},
                 .readings = {Told{"share of threads of the same process that have it",
                                   {two_by_two, "shared_with_cell_mates.files"}},
                              Told{"share of threads of the other process that have it",
                                   {two_by_two, "shared_with_other_hosts.files"}}},
                 .expected = 1,
                 .because =
                     "A file that one thread opens can be used by every thread of its process, and closed by any of "
                     "them for all. The kernel itself was asked here, by kcmp(2), whether both have the same table.",
                 .played = two_by_two,
             }},
        .why = {"On Linux one system call, clone(2), makes processes and threads alike. Its flags say what the new one "
                "shares with its maker: CLONE_VM the memory, CLONE_FILES the table of open files, CLONE_FS the working "
                "directory, CLONE_SIGHAND what is done at signals. A thread shares all of it; a forked process shares "
                "none and gets copies.",
                "What a thread has for itself: its registers, its signal mask (which signals it does not take now), "
                "errno and other thread-local variables. Such a variable has another address in each thread; but that "
                "address, too, lies in the common memory."},
        .sources = "pthreads(7), clone(2), unshare(2), kcmp(2), errno(3)",
        .variation = "A thread can also stop sharing (unshare(2)). Let one of the two threads of a process have a "
                     "table of open files of its own, and compare with the same command without '--unshare files': "
                     "which row under 'the very same by kcmp(2)' has changed?",
        .command = "bulkhead anatomy --shape 1x2 --unshare files",
    },
};

} // namespace

std::span<const Lesson> lessons_on_parts()
{
    return rows_on_parts;
}

} // namespace bulkhead::model
