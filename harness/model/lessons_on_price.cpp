#include "harness/model/lesson_parts.hpp"

#include <array>

namespace bulkhead::model {
namespace {

constexpr CellName half_by_pipe{"2x1", "die-mid-message", "channel=pipe"};
constexpr CellName half_by_queue{"2x1", "die-mid-message", "channel=mqueue"};
constexpr CellName threads_on_heap{"1x4", "none", "lock=none"};
constexpr CellName processes_on_segment{"4x1", "none", "lock=none"};
constexpr CellName threads_with_lock{"1x4", "none", "ledger"};

/// Of lost updates: how many, as a share.
constexpr std::array<Choice, 3> none_few_or_many{
    Choice{"None.", {is_none(0), no_condition, no_condition}},
    Choice{"A few: less than one in a thousand.", {is_between(0, 1e-12, 0.001), no_condition, no_condition}},
    Choice{"Many: one in a thousand, or more.", {is_all(0, 0.001), no_condition, no_condition}},
};

constexpr std::array rows_on_price{
    Lesson{
        .number = 7,
        .title = "Messages, and what they cost",
        .claims = {"C03", "C12"},
        .files = {"07-messages.toml", "07-round-trip.toml"},
        .idea = {"Workers that share no memory talk through the kernel: one writes into a pipe, a socket or a message "
                 "queue, the other reads. That is called IPC, inter-process communication. A socket can also reach "
                 "another machine.",
                 "In this lesson two workers pass messages to each other. Each message has a number and a checksum, so "
                 "that a lost, doubled or broken one is found. Then one of the two dies in the middle of sending: "
                 "where a channel can carry half a message, one half is out and the other is not."},
        .questions =
            {Question{
                 .asks = "Two processes, and a pipe between them. The sender dies with half a message in the pipe. "
                         "The receiver waits for the other half. What does it see?",
                 .choices = {Choice{"Nothing: it waits on.", {is_all(1), no_condition, no_condition}},
                             Choice{"Half a message, and then the end of the stream.",
                                    {is_all(0), no_condition, no_condition}},
                             Choice{"Half a message that looks like a whole one.",
                                    {is_all(2), no_condition, no_condition}}},
                 .readings = {Told{"saw half a message, and the end", {half_by_pipe, "shown.torn"}},
                              Told{"saw nothing for as long as it waited", {half_by_pipe, "shown.timed-out"}},
                              Told{"was given what its check refused", {half_by_pipe, "shown.bad-frame"}}},
                 .expected = 1,
                 .because = "A pipe carries bytes and knows nothing of messages. But the kernel closes the sender's "
                            "end when it dies, and when no writer is left, read(2) returns 0: the end. A receiver "
                            "that counts its bytes knows that half is missing.",
                 .played = half_by_pipe,
             },
             Question{
                 .asks = "The same with a POSIX message queue. It takes a message whole or not at all, so that the "
                         "sender dies before any of this one is in the queue. What does the receiver see?",
                 .choices = {Choice{"Nothing: it waits on.", {is_all(1), no_condition, no_condition}},
                             Choice{"Half a message, and then the end.", {is_all(0), no_condition, no_condition}},
                             Choice{"That nobody is left who could send.", {is_all(2), no_condition, no_condition}}},
                 .readings = {Told{"saw half a message, and the end", {half_by_queue, "shown.torn"}},
                              Told{"saw nothing for as long as it waited", {half_by_queue, "shown.timed-out"}},
                              Told{"was told of the end of the stream", {half_by_queue, "shown.end-of-stream"}}},
                 .expected = 0,
                 .because = "A queue holds whole messages or none, so that nobody ever reads half of one. But it "
                            "belongs to neither end, and does not end with one: the receiver is never told that its "
                            "sender is gone. Whoever uses a queue has to find that out in another way.",
                 .played = half_by_queue,
             },
             Question{
                 .asks = "What does a message cost? One there and one back through a pipe, once between two processes "
                         "and once between two threads of one process; both workers are on one processor, and what "
                         "counts is the median of many. How long does it take the threads?",
                 .choices = {Choice{"Less than a third of what the processes need.",
                                    {is_between(0, 0, 1.0 / 3), no_condition, no_condition}},
                             Choice{"About as long: between a third of it and three times as long.",
                                    {is_between(0, 1.0 / 3, 3), no_condition, no_condition}},
                             Choice{"More than three times as long.", {is_all(0, 3), no_condition, no_condition}}},
                 .readings = {Told{"time of the threads, as a multiple of that of the processes",
                                   {{"1x2", "none"}, "round_trip_p50", {"2x1", "none"}}},
                              Told{"there and back between threads, in ns", {{"1x2", "none"}, "round_trip_p50"}},
                              Told{"there and back between processes, in ns", {{"2x1", "none"}, "round_trip_p50"}}},
                 .expected = 1,
                 .because = "The price of a message is the way into the kernel and the switch from one worker to the "
                            "other, and both pay that. A change of the address space comes on top for the processes; "
                            "it is the smaller part. The answers are this far apart because other programs that are at "
                            "work meanwhile disturb the measurement.",
             }},
        .why = {"Each kind of channel tells something else of a death: a pipe and a stream socket the end of the "
                "stream, TCP perhaps a reset, a queue nothing. All of them deliver every message whole as long as "
                "everybody lives. What differs is what you learn when somebody does not.",
                "Threads seem to have it cheaper because they need no messages: they share variables. But processes "
                "that share a segment have that, too, at the same price. The next lesson is about what comes with "
                "it."},
        .sources = "pipe(7), unix(7), tcp(7), mq_overview(7), read(2)",
        .variation = "All six kinds of channel, which takes half a minute: find the table 'shown in a channel'. There "
                     "stream and seqpacket are sockets inside one machine, and ring is a buffer in shared memory; torn "
                     "means half a message, timed-out nothing at all. Which of them would you take?",
        .command = "bulkhead run experiments/claims/C03-boundary-half-a-message.toml --no-record",
    },
    Lesson{
        .number = 8,
        .title = "Shared data, lost updates",
        .claims = {"C04", "C17"},
        .files = {"08-races.toml"},
        .idea =
            {"To add 5 to a number in memory takes three steps: read it, add, write it back. If another worker reads "
             "the same number in between, both add to the old value, and whoever writes last wipes out what the "
             "other has added. That is a lost update.",
             "In this lesson four workers move money between accounts, as fast as they can, for a fifth of a second. "
             "The accounts are shared by all. Between reading a balance and writing the new one a worker computes for "
             "a moment, as real programs do; that makes losses more frequent than one bare addition would. Afterwards "
             "we count how many changes were lost. A lock (mutex) is the cure: whoever wants to change an account "
             "takes it first, and only one can have it at a time."},
        .questions =
            {Question{
                 .asks = "Four threads of one process, without a lock. How many of the changes are lost?",
                 .choices = none_few_or_many,
                 .readings =
                     {Told{"lost changes for each transfer",
                           {threads_on_heap, "lost_updates", threads_on_heap, "transfers"}},
                      Told{"transfers that were made", {threads_on_heap, "transfers"}},
                      Told{"changes that were lost", {threads_on_heap, "lost_updates"}}},
                 .expected = 2,
                 .because =
                     "This happens even on a single processor: an interruption between reading and writing is enough, "
                     "and every transfer is a chance. With several processors it happens even to a single instruction "
                     "that adds to a number in memory: it, too, reads and then writes, unless it is an atomic one.",
             },
             Question{
                 .asks = "Now four processes, also without a lock. The accounts are in a segment of memory that all "
                         "four have asked the kernel to share. How many of the changes are lost?",
                 .choices = none_few_or_many,
                 .readings = {Told{"lost changes for each transfer",
                                   {processes_on_segment, "lost_updates", processes_on_segment, "transfers"}},
                              Told{"transfers that were made", {processes_on_segment, "transfers"}},
                              Told{"changes that were lost", {processes_on_segment, "lost_updates"}}},
                 .expected = 2,
                 .because = "What protected processes so far was that they shared nothing. Memory that is shared is "
                            "shared, and is raced for, whoever the workers are.",
             },
             Question{
                 .asks = "Four threads again, and now each takes the lock for a transfer. How many of the changes are "
                         "lost?",
                 .choices = none_few_or_many,
                 .readings = {Told{"lost changes for each transfer",
                                   {threads_with_lock, "lost_updates", threads_with_lock, "transfers"}},
                              Told{"transfers that were made", {threads_with_lock, "transfers"}},
                              Told{"changes that were lost", {threads_with_lock, "lost_updates"}}},
                 .expected = 0,
                 .because = "While one has the lock, the others wait. So nobody reads a number that somebody else is "
                            "about to write.",
             }},
        .why = {"Threads share everything, so that they have this problem without having asked for it; processes have "
                "it where they asked for shared memory. The cure is the same, and it works between processes if the "
                "lock itself lies in the shared segment.",
                "A lock has its own risks: everybody waits for the one who has it. Lesson 10 asks what happens when "
                "that one dies. And what is each thread's own, such as errno, needs no lock at all."},
        .sources = "pthread_mutex_lock(3), pthread_mutexattr_setpshared(3), shm_overview(7)",
        .variation =
            "Hold all workers on one processor, so that no two of them ever run at the same moment. Is anything lost "
            "then? Predict, then take the lesson again. Do it as an ordinary user: where the program may, as root for "
            "instance, it puts the workers before all else, and then they hardly interrupt one another.",
        .command = "taskset -c 0 bulkhead lab 8",
    },
    Lesson{
        .number = 9,
        .title = "Are threads faster?",
        .claims = {"C06", "C15"},
        .files = {"09-speed.toml", "09-page-faults.toml"},
        .idea =
            {"Most machines have several processors (cores), and a thread runs on one of them at a time. Whoever wants "
             "to use two at once needs two threads; in one process, or in two processes with one thread each.",
             "This lesson measures throughput: how many pieces of work all workers together do in a second. Each "
             "measurement takes a fifth of a second and is repeated; what counts is the median, the one in the "
             "middle. Other programs that are at work meanwhile disturb it, so close what you can."},
        .questions =
            {Question{
                 .asks =
                     "Work that only computes, each worker on its own numbers. One process with two threads, beside "
                     "one with a single thread. How much work do the two get done?",
                 .choices = {Choice{"About as much as the one: up to 1.2 times.",
                                    {is_between(0, 0.8, 1.2), no_condition, no_condition}},
                             Choice{"Clearly more: over 1.2 times.", {is_all(0, 1.2), no_condition, no_condition}},
                             Choice{"Clearly less: below 0.8 times.",
                                    {is_between(0, 0, 0.8), no_condition, no_condition}}},
                 .readings = {Told{"work of two threads, as a multiple of that of one",
                                   {{"1x2", "none", "compute"}, "throughput", {"1x1", "none", "compute"}}}},
                 .expected = 1,
                 .because =
                     "Two threads run on two processors at once, if there are two. These can be hyperthreads of one "
                     "core, as the two of a small virtual machine often are; then they share what computes, and the "
                     "gain may stay below 1.2. On a machine with one processor the first answer is the right one.",
             },
             Question{
                 .asks = "The same work by two processes with one thread each. Beside the two threads of one process, "
                         "how much work do they get done?",
                 .choices = {Choice{"Less: below 0.8 times.", {is_between(0, 0, 0.8), no_condition, no_condition}},
                             Choice{"About the same: 0.8 to 1.25 times.",
                                    {is_between(0, 0.8, 1.25), no_condition, no_condition}},
                             Choice{"More: over 1.25 times.", {is_all(0, 1.25), no_condition, no_condition}}},
                 .readings = {Told{"work of two processes, as a multiple of that of two threads",
                                   {{"2x1", "none", "compute"}, "throughput", {"1x2", "none", "compute"}}}},
                 .expected = 1,
                 .because = "While it computes, a worker needs nothing of the kernel, and the processor does not care "
                            "whose page table it uses. Threads run in parallel; it does not follow that they are "
                            "faster than processes.",
             },
             Question{
                 .asks = "Other work: each worker asks the kernel for memory, touches it, and gives it back, again and "
                         "again. Two processes beside two threads: how much do they get done?",
                 .choices = {Choice{"Less: below 0.9 times.", {is_between(0, 0, 0.9), no_condition, no_condition}},
                             Choice{"About the same: 0.9 to 1.1 times.",
                                    {is_between(0, 0.9, 1.1), no_condition, no_condition}},
                             Choice{"More: over 1.1 times.", {is_all(0, 1.1), no_condition, no_condition}}},
                 .readings = {Told{"work of two processes, as a multiple of that of two threads",
                                   {{"2x1", "none", "allocate"}, "throughput", {"1x2", "none", "allocate"}}}},
                 .expected = 2,
                 .because = "Each such call changes the address space, and that is one and the same for both threads: "
                            "the kernel lets them change it one after the other, and tells the other processor each "
                            "time. Two processes have two address spaces and do not meet. On a machine with one "
                            "processor the threads hardly meet either, and the answer may be 'about the same'.",
             }},
        .why = {"Twice the workers do twice the work only as far as they need nothing of one another. What they need "
                "in common they pay for: a lock, a cache line that both write (the piece of memory, usually of 64 "
                "bytes, that processors pass on as a whole), the address space itself.",
                "Where threads are ahead: they start sooner, and they take less memory, since a thread needs a stack, "
                "and a process page tables and copies of the pages that it writes. That is a good reason for threads; "
                "speed as such is not."},
        .sources = "pthreads(7), mmap(2), munmap(2), clone(2)",
        .variation =
            "One lock around everything (ledger), or two counters side by side in one cache line (false-sharing): does "
            "a second thread add anything? Compare 1x1 and 1x2 in the table 'throughput'.",
        .command = "bulkhead run experiments/claims/C06-boundary-contention.toml --no-record",
    },
};

} // namespace

std::span<const Lesson> lessons_on_price()
{
    return rows_on_price;
}

} // namespace bulkhead::model
