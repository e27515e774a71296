#include "harness/model/lesson_parts.hpp"

#include <array>

namespace bulkhead::model {
namespace {

constexpr std::string_view go_on = "They go on with their work.";
constexpr std::string_view they_die = "They die as well.";
constexpr std::string_view they_wait = "They live, and wait for ever.";

/// Readings 0, 1 and 2 count who survived, died and stalled.
constexpr std::array<Choice, 3> go_on_die_or_wait{
    Choice{go_on, {is_between(0, 7, 7), no_condition, no_condition}},
    Choice{they_die, {is_between(1, 7, 7), no_condition, no_condition}},
    Choice{they_wait, {is_between(2, 7, 7), no_condition, no_condition}},
};

constexpr std::array<Told, 3> survived_died_stalled(CellName cell)
{
    return {Told{"siblings that survived", {cell, "intact"}}, Told{"siblings that died", {cell, "died"}},
            Told{"siblings that stalled", {cell, "stalled"}}};
}

/// Readings 0 and 1 count who was contaminated, and for whom nothing changed.
constexpr std::array<Choice, 3> nobody_some_or_all{
    Choice{"Nobody else.", {is_none(0), is_between(1, 7, 7), no_condition}},
    Choice{"Some of the seven.", {is_between(0, 1, 6), no_condition, no_condition}},
    Choice{"All seven.", {is_between(0, 7, 7), no_condition, no_condition}},
};

constexpr std::array rows_on_limits{
    Lesson{
        .number = 10,
        .title = "When processes do not help: memory shared on purpose",
        .claims = {"C04", "C08", "C13"},
        .files = {"10-shared-memory.toml"},
        .idea =
            {"So far it looks as if processes were the answer to everything. The next two lessons look for the point "
             "where they are not.",
             "Eight processes, 8x1, with accounts in a segment of memory that all share, and a lock in it that each "
             "takes for a transfer, as in lesson 8. Many databases are built in this way. One process crashes; at a "
             "harmless moment first, then at a bad one."},
        .questions =
            {Question{
                 .asks = "The victim writes through a null pointer while it does not hold the lock. What becomes of "
                         "its seven siblings?",
                 .choices = go_on_die_or_wait,
                 .readings = survived_died_stalled({"8x1", "segv-null", "ledger"}),
                 .expected = 0,
                 .because = "It shared memory with the others, but it left that memory in order, and nobody was "
                            "waiting for it. To share is no harm as such; it depends on the moment.",
                 .played = {"8x1", "segv-null", "ledger"},
             },
             Question{
                 .asks = "Now the victim crashes while it holds the lock. What becomes of its seven siblings?",
                 .choices = go_on_die_or_wait,
                 .readings = survived_died_stalled({"8x1", "segv-holding-lock", "ledger"}),
                 .expected = 2,
                 .because = "A lock in shared memory is a number in shared memory: it says 'taken', and its owner, who "
                            "alone would set it back, is gone. Only the victim is dead, and yet nobody works any more. "
                            "Such a sibling is called stalled.",
                 .played = {"8x1", "segv-holding-lock", "ledger"},
             },
             Question{
                 .asks = "The same crash, with a robust lock: the kernel tells the next one who wants it that its "
                         "owner has died (EOWNERDEAD). What becomes of the seven siblings?",
                 .choices = go_on_die_or_wait,
                 .readings = survived_died_stalled({"8x1", "segv-holding-lock", "ledger lock=robust"}),
                 .expected = 0,
                 .because = "The lock is handed on. It says that the owner died, and not that its work was done: had "
                            "it died half-way through a transfer, the accounts would be wrong now, and whoever takes "
                            "the lock over would have to repair them.",
                 .played = {"8x1", "segv-holding-lock", "ledger lock=robust"},
             },
             Question{
                 .asks = "The segment is a file that every process has mapped into its memory. The victim cuts that "
                         "file short (ftruncate(2)), then touches the part that is gone, as the others do in their "
                         "next transfer. What becomes of its seven siblings?",
                 .choices = go_on_die_or_wait,
                 .readings = survived_died_stalled({"8x1", "truncate-shared-file", "ledger"}),
                 .expected = 1,
                 .because = "The mapping is still there, but behind it there is no file any more: the kernel sends "
                            "SIGBUS to whoever touches it. Each process dies of its own signal, one by one, for what "
                            "another one did.",
                 .played = {"8x1", "truncate-shared-file", "ledger"},
             }},
        .why = {"The wall between processes is around what each has for itself. What they share on purpose is outside "
                "of it, and there they are as near to one another as threads. So share little, and know for each "
                "piece what it looks like when somebody dies in the middle of changing it.",
                "Robust locks help against the death of an owner. They do not help against one who lives and keeps "
                "the lock, and they repair no data."},
        .sources = "pthread_mutexattr_setrobust(3), pthread_mutex_consistent(3), mmap(2), ftruncate(2)",
        .variation = "Let the victim die half-way through a transfer, once under a robust lock and once where the next "
                     "owner repairs what it finds. How far is the sum of the accounts off afterwards (sum_error)?",
        .command = "bulkhead run experiments/claims/C04-boundary-half-written.toml --no-record",
    },
    Lesson{
        .number = 11,
        .title = "When processes do not help: what the kernel keeps for several",
        .claims = {"C11", "C13"},
        .files = {"11-kernel-groups.toml"},
        .idea =
            {"Processes can have things in common without sharing memory, and often nobody has decided it: it comes "
             "from how they were started.",
             "The eight processes of this lesson, 8x1, are in one process group, as a shell puts all parts of a "
             "command into one. They have inherited one open file from a common parent. And they are in one cgroup "
             "(control group: processes that the kernel counts and limits together) or belong to one user, with a "
             "limit on the number of threads for all of them together."},
        .questions =
            {Question{
                 .asks = "SIGINT is sent to the victim's process group, as ^C does to the one in the foreground of a "
                         "terminal. What becomes of its seven siblings?",
                 .choices = go_on_die_or_wait,
                 .readings = survived_died_stalled({"8x1", "group-signal:SIGINT"}),
                 .expected = 1,
                 .because = "A signal to a group goes to every process in it. That is why servers put their workers "
                            "into groups or sessions of their own (setsid(2)).",
                 .played = {"8x1", "group-signal:SIGINT"},
             },
             Question{
                 .asks = "The victim moves the position at which the inherited file is read next (lseek(2)). For which "
                         "of the seven siblings has the position changed?",
                 .choices = nobody_some_or_all,
                 .readings = {Told{"siblings that were contaminated", {{"8x1", "seek-shared-file"}, "contaminated"}},
                              Told{"siblings for which nothing changed", {{"8x1", "seek-shared-file"}, "intact"}}},
                 .expected = 2,
                 .because = "Each process has a file descriptor of its own, but all eight lead to one open file "
                            "description, and the position is kept there. fork(2) copies descriptors, not "
                            "descriptions. Whoever opens the file anew has a position of its own.",
                 .played = {"8x1", "seek-shared-file"},
             },
             Question{
                 .asks = "The victim starts threads until it is refused: the limit that counts all eight processes "
                         "together is reached. Which of the seven siblings can no longer start one either?",
                 .choices = nobody_some_or_all,
                 .readings = {Told{"siblings that were contaminated", {{"8x1", "thread-bomb"}, "contaminated"}},
                              Told{"siblings for which nothing changed", {{"8x1", "thread-bomb"}, "intact"}}},
                 .expected = 2,
                 .because =
                     "A limit protects whoever is outside of the group that it counts. RLIMIT_NOFILE is for each "
                     "process by itself, so that in lesson 6 it held back one process only. The limit of a cgroup "
                     "counts all processes in it, RLIMIT_NPROC all of a user, and they use it up for one another.",
                 .played = {"8x1", "thread-bomb"},
             }},
        .why =
            {"The same goes for memory: when a cgroup has none left, the kernel kills a process in it (OOM, out of "
             "memory), and as a rule picks the largest, not the guilty one. With memory.oom.group set (cgroup v2) it "
             "kills all of them together. This lesson does not run that; as root you can have a process killed so, "
             "with a cgroup for each: bulkhead run --shape 8x1,1x8 --fault oom-kill",
             "A supervisor is whoever starts workers again that have died. One that restarts everybody for one "
             "(strategy one-for-all) takes down siblings with whom the victim had nothing in common at all, except it.",
             "So the question is never 'threads or processes?' alone, but: what do these workers have in common? "
             "Each thing that they have in common can carry a fault, and each can be named."},
        .sources = "kill(2), setpgid(2), open(2), fork(2), lseek(2), getrlimit(2), cgroups(7)",
        .variation = "A supervisor restarts one, or all. Compare what one crash costs in each case: restarts, "
                     "ops_lost, availability.",
        .command = "bulkhead run experiments/boundaries/one-for-all.toml --no-record",
    },
    Lesson{
        .number = 12,
        .title = "What people try instead: jumping out of SIGSEGV",
        .claims = {"C16"},
        .files = {"12-guard.toml"},
        .idea =
            {"A program can catch SIGSEGV: it installs a handler, a function that the kernel calls instead of ending "
             "the process. So why not have the handler jump back into the worker's loop (siglongjmp(3)), forget the "
             "piece of work that failed, and go on? Then threads would be as safe as processes, and cheaper.",
             "The eight threads of this lesson, 1x8, are guarded in this way. We try it out at a harmless moment, at a "
             "bad one, and with a mistake that sends no signal."},
        .questions =
            {Question{
                 .asks = "A thread writes through a null pointer; the handler jumps back. What becomes of its seven "
                         "siblings?",
                 .choices = go_on_die_or_wait,
                 .readings = survived_died_stalled({"1x8", "segv-null"}),
                 .expected = 0,
                 .because = "It works: the crash was caught, and no sibling is lost. If the story ended here, this "
                            "course would be shorter by some lessons.",
                 .played = {"1x8", "segv-null"},
             },
             Question{
                 .asks = "Now the thread holds the pool's lock when it writes through the null pointer; the handler "
                         "jumps back. What becomes of its seven siblings?",
                 .choices = go_on_die_or_wait,
                 .readings = survived_died_stalled({"1x8", "segv-holding-lock"}),
                 .expected = 2,
                 .because = "The jump skipped the line that would have released the lock. Nobody died, so that not "
                            "even a robust lock would help: its owner lives and does not know that it has it. The "
                            "pool looks healthy from outside and does nothing. A crash would have been kinder.",
                 .played = {"1x8", "segv-holding-lock"},
             },
             Question{
                 .asks = "Last, a wild write: a thread writes over the heap objects of the others. The guard is in "
                         "place. What becomes of its seven siblings?",
                 .choices = {Choice{"Nothing: the guard prevents it.",
                                    {is_between(0, 7, 7), no_condition, no_condition}},
                             Choice{they_die, {is_between(1, 7, 7), no_condition, no_condition}},
                             Choice{"They go on, with wrong data.", {is_between(2, 7, 7), no_condition, no_condition}}},
                 .readings = {Told{"siblings that survived", {{"1x8", "wild-write"}, "intact"}},
                              Told{"siblings that died", {{"1x8", "wild-write"}, "died"}},
                              Told{"siblings that were corrupted", {{"1x8", "wild-write"}, "corrupted"}}},
                 .expected = 2,
                 .because = "A handler hears of what the processor refuses, and the processor refused nothing. Many a "
                            "null pointer in a real program comes after some writes of this kind.",
                 .played = {"1x8", "wild-write"},
             }},
        .why =
            {"The handler knows that something failed, and not what was half-done: a lock taken, malloc's own lists in "
             "pieces, a file half-written. signal-safety(7) lists the functions that a handler may call at all. After "
             "a jump out of a function that is not on that list, to call such a function again is undefined behaviour.",
             "The end of a process is a clean cut: the kernel takes back its memory, its open files and its locks on "
             "files, and a new process begins in a known state. So, in one sentence, the course: put what may fail "
             "into a process of its own, let it share as little as you can, know each thing that it does share, and "
             "have somebody start it again."},
        .sources = "siglongjmp(3), sigaction(2), sigaltstack(2), signal-safety(7)",
        .variation = "More of what a guard sees and does not see: which of these faults does it catch, and which of "
                     "them leaves the pool worse off than a crash?",
        .command = "bulkhead run experiments/guards/jump-out.toml --no-record",
    },
};

} // namespace

std::span<const Lesson> lessons_on_limits()
{
    return rows_on_limits;
}

} // namespace bulkhead::model
