// The raw trial whose workers live in bulkhead-host: the protocol of workers/blackbox.hpp and nothing else of ours.
#include "bench/raw/parts.h"
#include "workers/blackbox.hpp"
#include "workers/counter.hpp"

#include <climits>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <linux/futex.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace {

using namespace bulkhead::workers;

constexpr unsigned max_hosts = 4096;
constexpr std::uint64_t seed = 1;

struct Host {
    int memfd = -1;
    Header* header = nullptr;
    pid_t pid = 0;

    [[nodiscard]] Slot& slot(unsigned thread) const { return reinterpret_cast<Slot*>(header + 1)[thread]; }
};

Host hosts[max_hosts]; // boxes are kept from trial to trial: nobody of an earlier one is left to write there
unsigned prepared_hosts = 0;
unsigned prepared_threads = 0;
int bell = -1; // one for all hosts: it only says that there is something to look for

/// Above the numbers that a host finds its descriptors at, so that dup2(2) overwrites neither.
int out_of_the_way(int descriptor)
{
    const int moved = fcntl(descriptor, F_DUPFD_CLOEXEC, 10);
    if (moved < 0)
        raw_give_up("a descriptor");
    close(descriptor);
    return moved;
}

void prepare_boxes(unsigned count, unsigned threads)
{
    for (unsigned i = 0; i < prepared_hosts; ++i) {
        munmap(hosts[i].header, box_size(prepared_threads));
        close(hosts[i].memfd);
    }
    for (unsigned i = 0; i < count; ++i) {
        hosts[i].memfd = out_of_the_way(memfd_create("box", MFD_CLOEXEC));
        if (ftruncate(hosts[i].memfd, static_cast<off_t>(box_size(threads))) < 0)
            raw_give_up("ftruncate");
        void* const start = mmap(nullptr, box_size(threads), PROT_READ | PROT_WRITE, MAP_SHARED, hosts[i].memfd, 0);
        if (start == MAP_FAILED)
            raw_give_up("mmap");
        hosts[i].header = static_cast<Header*>(start);
    }
    prepared_hosts = count;
    prepared_threads = threads;
}

void call(Slot& slot, CallKind kind)
{
    slot.call_kind = kind;
    slot.call_ops = RAW_OPS;
    slot.call.fetch_add(1, std::memory_order_release);
}

void call_and_wake(Slot& slot, CallKind kind)
{
    call(slot, kind);
    syscall(SYS_futex, &slot.call, FUTEX_WAKE, INT_MAX, nullptr, nullptr, 0);
}

void write_box(unsigned number, unsigned threads, unsigned pace_us)
{
    const Host& host = hosts[number];
    std::memset(static_cast<void*>(host.header), 0, box_size(threads));
    Header& header = *host.header;
    header.magic = box_magic;
    header.version = box_version;
    header.threads = threads;
    header.host = number;
    header.supervisor = getpid();
    header.pace_us = pace_us;
    header.seed = seed;
    std::strcpy(header.fault, "segv-null");
    header.pending = threads;
    header.awaited = 1;
    for (unsigned i = 0; i < threads; ++i)
        call(host.slot(i), CallKind::prove);
}

pid_t execute(const char* program, int box)
{
    char* arguments[] = {const_cast<char*>(program), nullptr};
    char* environment[] = {nullptr};
    const pid_t pid = vfork();
    if (pid < 0)
        raw_give_up("vfork");
    if (pid > 0)
        return pid;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    dup2(box, box_descriptor);
    dup2(bell, bell_descriptor);
    execve(program, arguments, environment);
    _exit(127);
}

/// One ring for each of so many hosts.
void await_bell(unsigned rings)
{
    for (std::uint64_t heard = 0; heard < rings;) {
        std::uint64_t count = 0;
        if (read(bell, &count, sizeof count) < 0)
            raw_give_up("read of the bell");
        heard += count;
    }
}

void check(unsigned number, unsigned thread, std::uint32_t answered)
{
    const Slot& slot = hosts[number].slot(thread);
    const std::uint64_t value = counter_value(counter_seed(seed, number, thread), slot.answer_ops);
    if (slot.answered.load(std::memory_order_acquire) != answered ||
        slot.answer_ops < std::uint64_t{answered} * RAW_OPS || slot.answer_value != value || slot.check_failures != 0)
        raw_give_up("a worker's answer is wrong");
}

} // namespace

double raw_exec_trial(const char* program, unsigned pace_us, unsigned count, unsigned threads)
{
    if (count > max_hosts)
        raw_give_up("too many hosts");
    if (bell < 0)
        bell = out_of_the_way(eventfd(0, EFD_CLOEXEC));
    if (count != prepared_hosts || threads != prepared_threads)
        prepare_boxes(count, threads);

    const long long begin = raw_now();
    for (unsigned i = 0; i < count; ++i) {
        write_box(i, threads, pace_us);
        hosts[i].pid = execute(program, hosts[i].memfd);
    }
    await_bell(count);
    for (unsigned i = 0; i < count; ++i)
        for (unsigned j = 0; j < threads; ++j)
            check(i, j, 1);

    const unsigned survivors = count - 1;
    Slot& victim = hosts[survivors].slot(threads - 1);
    call_and_wake(victim, CallKind::strike);
    if (raw_reap(SIGSEGV) != hosts[survivors].pid || victim.fired_at == 0)
        raw_give_up("another host than the victim's died");

    for (unsigned i = 0; i < survivors; ++i) {
        hosts[i].header->pending = threads;
        for (unsigned j = 0; j < threads; ++j)
            call_and_wake(hosts[i].slot(j), CallKind::prove);
    }
    await_bell(survivors);
    for (unsigned i = 0; i < survivors; ++i)
        for (unsigned j = 0; j < threads; ++j)
            check(i, j, 2);

    for (unsigned i = 0; i < survivors; ++i)
        kill(hosts[i].pid, SIGKILL);
    for (unsigned i = 0; i < survivors; ++i)
        raw_reap(SIGKILL);
    return static_cast<double>(raw_now() - begin) / 1000.0;
}
