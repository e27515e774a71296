#include "harness/model/lesson_parts.hpp"

#include <array>

namespace bulkhead::model {
namespace {

constexpr std::string_view all_seven = "All seven.";
constexpr std::string_view nobody = "None of them.";

/// "All seven", "some" and "none" of what reading 0 counts.
constexpr std::array<Choice, 3> all_some_or_none{
    Choice{all_seven, {is_between(0, 7, 7), no_condition, no_condition}},
    Choice{"Some of them: one to six.", {is_between(0, 1, 6), no_condition, no_condition}},
    Choice{nobody, {is_none(0), no_condition, no_condition}},
};

/// Of the readings below: a sibling that died is not one for which nothing changed.
constexpr std::array<Choice, 3> nobody_cell_mate_or_all{
    Choice{"Nobody else.", {is_none(0), is_between(1, 7, 7), no_condition}},
    Choice{"One: the other thread of its process.", {is_between(0, 1, 1), is_between(1, 6, 6), is_between(2, 1, 1)}},
    Choice{all_seven, {is_between(0, 7, 7), no_condition, no_condition}},
};

constexpr std::array<Told, 3> contaminated_or_unchanged(CellName cell)
{
    return {Told{"siblings that were contaminated", {cell, "contaminated"}},
            Told{"siblings for which nothing changed", {cell, "intact"}},
            Told{"contaminated in the victim's process", {cell, "contaminated.cell-mates"}}};
}

constexpr std::array rows_on_faults{
    Lesson{
        .number = 4,
        .title = "One bad pointer",
        .claims = {"C13", "C16"},
        .files = {"04-one-crash.toml"},
        .idea =
            {"A pool is a group of workers that do the same work side by side. It can be made of processes, of "
             "threads, or of both. We write 8x1 for eight processes with one thread each, 1x8 for one process with "
             "eight threads, and 4x2 for four processes with two threads each. In every case there are eight workers.",
             "One of the workers, the victim, writes through a null pointer. Nothing is mapped at address 0. The "
             "processor stops at the instruction, and the kernel sends the signal SIGSEGV (segmentation violation). "
             "Unless the program has said otherwise, that signal is deadly.",
             "The question is what dies of it. The other seven workers are the victim's siblings. A sibling counts as "
             "a survivor only if it does new and correct work after the victim's end was seen; to be there is not "
             "enough.",
             "Each question is tried five times with the fault. One trial without it stands beside them as a control, "
             "a golden run. In the picture that follows each line is a worker, and time goes from left to right, each "
             "part of it on a scale of its own. A dot is a piece of work that it completed, called an op (a large dot: "
             "several); the number at the end of the line counts them. The process in which a worker lives is called "
             "its host."},
        .questions =
            {Question{
                 .asks = "The process pool, 8x1. One process writes through a null pointer. Which of its seven "
                         "siblings survive?",
                 .choices = all_some_or_none,
                 .readings = {Told{"siblings that survived", {{"8x1", "segv-null"}, "intact"}},
                              Told{"siblings that died", {{"8x1", "segv-null"}, "died"}}},
                 .expected = 0,
                 .because = "SIGSEGV ended one process. The others have address spaces of their own, in which "
                            "nothing has changed, and the kernel has no reason to touch them.",
                 .played = {"8x1", "segv-null"},
             },
             Question{
                 .asks = "The thread pool, 1x8. One thread does exactly the same. Which of its seven siblings "
                         "survive?",
                 .choices = all_some_or_none,
                 .readings = {Told{"siblings that survived", {{"1x8", "segv-null"}, "intact"}},
                              Told{"siblings that died", {{"1x8", "segv-null"}, "died"}},
                              Told{"of them, ended by the victim's signal",
                                   {{"1x8", "segv-null"}, "same_wait_status"}}},
                 .expected = 2,
                 .because = "The signal was meant for one thread, but its default action is on the whole process: the "
                            "kernel ends every thread in it. Seven workers are gone that made no mistake.",
                 .played = {"1x8", "segv-null"},
             },
             Question{
                 .asks = "The hybrid, 4x2: four processes with two threads each. Again one thread writes through a "
                         "null pointer. How many of its seven siblings survive?",
                 .choices = {Choice{"Seven.", {is_between(0, 7, 7), no_condition, no_condition}},
                             Choice{"Six.", {is_between(0, 6, 6), no_condition, no_condition}},
                             Choice{"None.", {is_none(0), no_condition, no_condition}}},
                 .readings = {Told{"siblings that survived", {{"4x2", "segv-null"}, "intact"}},
                              Told{"siblings that died", {{"4x2", "segv-null"}, "died"}},
                              Told{"died in the victim's process", {{"4x2", "segv-null"}, "died.cell-mates"}}},
                 .expected = 1,
                 .because = "The only one lost is the one that lives in the victim's process: its cell-mate. How many "
                            "are lost with a worker is something you choose when you choose the shape of the pool.",
                 .played = {"4x2", "segv-null"},
             },
             Question{
                 .asks = "The thread pool once more, 1x8. This time the thread does not crash: it calls "
                         "pthread_exit(3), which ends a thread. Which of its seven siblings survive?",
                 .choices = all_some_or_none,
                 .readings = {Told{"siblings that survived", {{"1x8", "thread-exit"}, "intact"}},
                              Told{"siblings that died", {{"1x8", "thread-exit"}, "died"}}},
                 .expected = 0,
                 .because = "Not every end of a thread is the end of its process. A thread that ends by itself, and "
                            "holds nothing that others wait for, leaves the rest alone. A crash is not of that kind.",
                 .played = {"1x8", "thread-exit"},
             }},
        .why = {"Why does the kernel not end just the thread? Because the others could not be trusted any more: they "
                "work on the same heap and the same globals, which the one that crashed may have left half-changed. A "
                "process is the smallest piece that can be thrown away whole.",
                "The siblings that are lost with a victim are called the blast radius. For a crash it is the rest of "
                "the victim's process: no one at 8x1, one at 4x2, everybody at 1x8."},
        .sources = "signal(7), pthreads(7), pthread_exit(3), _exit(2)",
        .variation = "Other ends, other shapes: is there a fault here that behaves otherwise than the null pointer? "
                     "Predict the whole table before you look.",
        .command = "bulkhead run --shape 8x1,2x4,1x8 --fault abort,exit,stack-overflow,kill:SIGTERM --trials 5 "
                   "--no-record",
    },
    Lesson{
        .number = 5,
        .title = "A wild write: the mistake that nobody notices",
        .claims = {"C08", "C10"},
        .files = {"05-wild-write.toml"},
        .idea =
            {"A null pointer is a merciful mistake: it is noticed at once. A wild write is not. It goes to an address "
             "that is mapped and may be written, and belongs to somebody else. No signal is sent, nothing stops.",
             "Each worker of this lesson keeps an object on the heap, and after every piece of work checks that it "
             "still holds what it must hold. A worker whose check fails is called corrupted: it goes on, and its "
             "results are wrong."},
        .questions =
            {Question{
                 .asks = "The thread pool, 1x8. One thread writes over the heap objects of the others, at the "
                         "addresses that it knows. What becomes of its seven siblings?",
                 .choices = {Choice{"Nothing: each has an object of its own.",
                                    {is_between(0, 7, 7), no_condition, no_condition}},
                             Choice{"They go on, with wrong data.", {is_between(1, 7, 7), no_condition, no_condition}},
                             Choice{"SIGSEGV ends them.", {is_between(2, 7, 7), no_condition, no_condition}}},
                 .readings = {Told{"siblings that survived", {{"1x8", "wild-write"}, "intact"}},
                              Told{"siblings that were corrupted", {{"1x8", "wild-write"}, "corrupted"}},
                              Told{"siblings that died", {{"1x8", "wild-write"}, "died"}}},
                 .expected = 1,
                 .because = "The memory is mapped, and every thread of the process may write to it. To the processor "
                            "there is nothing wrong. Without a check of the data, nobody would know.",
                 .played = {"1x8", "wild-write"},
             },
             Question{
                 .asks = "The process pool, 8x1. All eight were forked from one process, so that each has its object "
                         "at the same address. The victim writes over what lies there. What becomes of its seven "
                         "siblings?",
                 .choices = {Choice{"Nothing.", {is_between(0, 7, 7), no_condition, no_condition}},
                             Choice{"They go on, with wrong data.", {is_between(1, 7, 7), no_condition, no_condition}},
                             Choice{"SIGSEGV ends them.", {is_between(2, 7, 7), no_condition, no_condition}}},
                 .readings = {Told{"siblings that survived", {{"8x1", "wild-write"}, "intact"}},
                              Told{"siblings that were corrupted", {{"8x1", "wild-write"}, "corrupted"}},
                              Told{"siblings that died", {{"8x1", "wild-write"}, "died"}}},
                 .expected = 0,
                 .because = "At that address the victim found its own object. It has harmed itself and nobody else: "
                            "the memory of the others is out of its reach.",
                 .played = {"8x1", "wild-write"},
             }},
        .why = {"A crash takes a thread pool down, which is bad; a wild write leaves it up, with wrong results, which "
                "is worse. What stands between processes against both is the same wall: the page table.",
                "Tools such as AddressSanitizer find many wild writes, at the price of a slower program. In production "
                "it is the process that limits whose data can be wrong."},
        .sources = "pthreads(7), mmap(2), process_vm_readv(2)",
        .variation =
            "A bug can also write to other threads' stacks, or go on using memory that it has freed. Who is reached?",
        .command = "bulkhead run --shape 8x1,4x2,1x8 --fault stack-scribble,use-after-free,bit-flip --trials 5 "
                   "--no-record",
    },
    Lesson{
        .number = 6,
        .title = "Whose is it? Directory, files, errno",
        .claims = {"C05", "C11"},
        .files = {"06-resources.toml"},
        .idea =
            {"Besides memory the kernel keeps a lot for a program: the working directory, the table of open files, "
             "limits, what is to be done at signals. Most of that is kept once for each process, and some for each "
             "thread.",
             "This lesson uses the hybrid, 4x2: four processes with two threads each. One worker changes something. "
             "Then each of its seven siblings is asked whether it finds anything changed, or is refused what it was "
             "given before. Such a sibling is called contaminated: it works on, but no longer in the world that it "
             "knew."},
        .questions =
            {Question{
                 .asks = "One worker changes the working directory, by chdir(2). Which of the seven siblings find "
                         "themselves in another directory?",
                 .choices = nobody_cell_mate_or_all,
                 .readings = contaminated_or_unchanged({"4x2", "change-directory"}),
                 .expected = 1,
                 .because = "The working directory is the process's. Its other thread will open the wrong file at "
                            "the next relative path, through no fault of its own. The other processes have "
                            "directories of their own.",
                 .played = {"4x2", "change-directory"},
             },
             Question{
                 .asks = "One worker opens files and never closes them, until it is refused: the limit on open files "
                         "(RLIMIT_NOFILE) is reached. Which of the siblings are refused a new file, too?",
                 .choices = nobody_cell_mate_or_all,
                 .readings = contaminated_or_unchanged({"4x2", "fd-leak"}),
                 .expected = 1,
                 .because = "There is one table of open files for each process, and the limit bounds the numbers in "
                            "it: a new file gets the lowest number that is free, and below the limit none is left. "
                            "Whoever shares the table shares its being full: EMFILE, too many open files.",
                 .played = {"4x2", "fd-leak"},
             },
             Question{
                 .asks = "One worker sets errno, the variable in which the C library tells why a call failed. Which of "
                         "the siblings find their errno changed?",
                 .choices = nobody_cell_mate_or_all,
                 .readings = contaminated_or_unchanged({"4x2", "errno"}),
                 .expected = 0,
                 .because = "errno looks like one global variable and is one for each thread: it is thread-local. "
                            "If it were not, no thread could know whose failure it is reading about.",
             }},
        .why = {"Kept once for each process: memory, open files, working directory, umask (the rights that a new file "
                "does not get), what is done at signals, most limits, timers, environment. Kept for each thread: "
                "registers, stack, signal mask, errno; on Linux also the nice value and the processors on which it may "
                "run. User and group are a case apart: POSIX has them once for each process, Linux for each thread, "
                "and when one thread changes them the C library has all the others do the same (nptl(7)).",
                "For a worker this means: what it may change safely in a thread pool is less than one thinks. In a "
                "process of its own it may change all of it."},
        .sources = "chdir(2), umask(2), getrlimit(2), errno(3), pthreads(7), nptl(7)",
        .variation = "Sort these into 'the process's' and 'the thread's' before you run them. Where it is the "
                     "process's, one sibling is contaminated: the other thread of the victim's process.",
        .command = "bulkhead run --shape 4x2 --fault umask,close-descriptor,signal-mask,nice,environment --trials 5 "
                   "--no-record",
    },
};

} // namespace

std::span<const Lesson> lessons_on_faults()
{
    return rows_on_faults;
}

} // namespace bulkhead::model
