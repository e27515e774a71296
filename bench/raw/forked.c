/* The raw trials whose workers are forked: processes, threads of one process, and the one that only detects. */
#include "bench/raw/parts.h"

#include <limits.h>
#include <linux/futex.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MAX_WORKERS = 4096, STACK_BYTES = 256 * 1024 };
enum { PROVE = 1, STRIKE = 2 }; /* values of a call word; 0 before the first call */

struct slot {
    _Alignas(64) _Atomic uint32_t call; /* by the parent; the worker sleeps on it */
    uint32_t answers;                   /* by the worker */
    unsigned long long value;           /* after answers * RAW_OPS ops */
    _Atomic long long fired_at;         /* by the victim, right before its fault */
};

struct shared {
    _Alignas(64) _Atomic uint32_t pending; /* workers that have not answered */
    _Atomic uint32_t all_answered;         /* set by the last one; the parent sleeps on it */
    struct slot slots[MAX_WORKERS];
};

static struct shared*
    shared; /* one anonymous mapping for all trials: nobody of an earlier one is left to write there */

static void futex_wake(_Atomic uint32_t* word)
{
    syscall(SYS_futex, word, FUTEX_WAKE, INT_MAX, NULL, NULL, 0);
}

static void await_answers(void)
{
    while (atomic_load(&shared->all_answered) == 0)
        syscall(SYS_futex, &shared->all_answered, FUTEX_WAIT, 0, NULL, NULL, 0);
}

static void expect_answers(unsigned count)
{
    atomic_store(&shared->all_answered, 0);
    atomic_store(&shared->pending, count);
}

static void prove(struct slot* slot, unsigned long long* value)
{
    for (unsigned i = 0; i < RAW_OPS; ++i)
        *value = raw_op(*value);
    slot->value = *value;
    ++slot->answers;
    if (atomic_fetch_sub(&shared->pending, 1) == 1) {
        atomic_store(&shared->all_answered, 1);
        futex_wake(&shared->all_answered);
    }
}

_Noreturn static void die(struct slot* slot, unsigned long long value)
{
    for (unsigned i = 0; i < RAW_OPS; ++i)
        value = raw_op(value);
    slot->value = value;
    atomic_store(&slot->fired_at, raw_now());
    volatile int* volatile nowhere = NULL;
    *nowhere = 1;
    _exit(1); /* the fault did not take, and the parent gives up */
}

/* A worker's life: proves itself at once, then whenever it is called. */
_Noreturn static void* work(void* argument)
{
    struct slot* slot = argument;
    unsigned long long value = (unsigned long long)(slot - shared->slots);
    prove(slot, &value);
    for (uint32_t seen = 0;;) {
        syscall(SYS_futex, &slot->call, FUTEX_WAIT, seen, NULL, NULL, 0);
        const uint32_t call = atomic_load(&slot->call);
        if (call == seen)
            continue;
        seen = call;
        if (call == STRIKE)
            die(slot, value);
        prove(slot, &value);
    }
}

static void check(unsigned worker, unsigned answers)
{
    unsigned long long value = worker;
    for (unsigned i = 0; i < answers * RAW_OPS; ++i)
        value = raw_op(value);
    if (shared->slots[worker].answers != answers || shared->slots[worker].value != value)
        raw_give_up("a worker's answer is wrong");
}

static void check_all(unsigned count, unsigned answers)
{
    for (unsigned i = 0; i < count; ++i)
        check(i, answers);
}

static void call(unsigned worker, uint32_t what)
{
    atomic_store(&shared->slots[worker].call, what);
    futex_wake(&shared->slots[worker].call);
}

static void prepare(unsigned n)
{
    if (n > MAX_WORKERS)
        raw_give_up("too many workers");
    if (shared == NULL) {
        shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
        if (shared == MAP_FAILED)
            raw_give_up("mmap");
    }
    memset(shared->slots, 0, n * sizeof shared->slots[0]);
    expect_answers(n);
}

/* fork(2); the child dies with its parent. */
static pid_t launch(void)
{
    const pid_t parent = getpid();
    const pid_t pid = _Fork();
    if (pid < 0)
        raw_give_up("fork");
    if (pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (getppid() != parent)
            _exit(1); /* it was gone before */
    }
    return pid;
}

static double since(long long begin)
{
    return (double)(raw_now() - begin) / 1000.0;
}

double raw_fork_trial(unsigned n)
{
    static pid_t pids[MAX_WORKERS];
    const long long begin = raw_now();
    prepare(n);
    for (unsigned i = 0; i < n; ++i) {
        pids[i] = launch();
        if (pids[i] == 0)
            work(&shared->slots[i]);
    }
    await_answers();
    check_all(n, 1);

    const unsigned survivors = n - 1;
    call(survivors, STRIKE);
    if (raw_reap(SIGSEGV) != pids[survivors] || atomic_load(&shared->slots[survivors].fired_at) == 0)
        raw_give_up("another worker than the victim died");

    expect_answers(survivors);
    for (unsigned i = 0; i < survivors; ++i)
        call(i, PROVE);
    await_answers();
    check_all(survivors, 2);

    for (unsigned i = 0; i < survivors; ++i)
        kill(pids[i], SIGKILL);
    for (unsigned i = 0; i < survivors; ++i)
        raw_reap(SIGKILL);
    return since(begin);
}

static void carry_threads(unsigned n)
{
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, STACK_BYTES);
    for (unsigned i = 1; i < n; ++i) {
        pthread_t thread;
        if (pthread_create(&thread, &attributes, work, &shared->slots[i]) != 0)
            _exit(1);
    }
    work(&shared->slots[0]);
}

double raw_threads_trial(unsigned n)
{
    const long long begin = raw_now();
    prepare(n);
    if (launch() == 0)
        carry_threads(n);
    await_answers();
    check_all(n, 1);
    call(n - 1, STRIKE);
    raw_reap(SIGSEGV);
    if (atomic_load(&shared->slots[n - 1].fired_at) == 0)
        raw_give_up("the host died before the fault");
    return since(begin);
}

/* For each message, forks a worker that is its own parent's child, and tells its pid. */
_Noreturn static void serve_forks(int socket)
{
    const unsigned long flags = CLONE_PARENT | SIGCHLD;
    for (char order; recv(socket, &order, sizeof order, 0) == (ssize_t)sizeof order;) {
        const pid_t pid = (pid_t)syscall(SYS_clone, flags, NULL, NULL, NULL, NULL);
        if (pid == 0) {
            prctl(PR_SET_PDEATHSIG, SIGKILL);
            work(&shared->slots[0]);
        }
        if (send(socket, &pid, sizeof pid, MSG_NOSIGNAL) < 0)
            break;
    }
    _exit(0);
}

static int start_fork_server(void)
{
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) < 0)
        raw_give_up("socketpair");
    if (launch() == 0) {
        close(ends[0]);
        serve_forks(ends[1]);
    }
    close(ends[1]);
    return ends[0];
}

/* Forked by a fork server, as the harness has it: a worker begins on the processor of whoever forks it, and a wake-up
 * from there costs more or less than one from another. The server is kept for all trials. */
static pid_t launch_by_server(void)
{
    static int server = -1;
    const char order = 0;
    pid_t pid = -1;
    if (server < 0)
        server = start_fork_server();
    if (send(server, &order, sizeof order, MSG_NOSIGNAL) < 0 ||
        recv(server, &pid, sizeof pid, 0) != (ssize_t)sizeof pid || pid <= 0)
        raw_give_up("the fork server");
    return pid;
}

double raw_detect_trial(int by_server)
{
    prepare(1);
    const pid_t pid = by_server ? launch_by_server() : launch();
    if (pid == 0)
        work(&shared->slots[0]);
    const int epoll = epoll_create1(EPOLL_CLOEXEC);
    const int pidfd = (int)syscall(SYS_pidfd_open, pid, 0);
    struct epoll_event event = {.events = EPOLLIN};
    if (epoll < 0 || pidfd < 0 || epoll_ctl(epoll, EPOLL_CTL_ADD, pidfd, &event) < 0)
        raw_give_up("epoll");
    await_answers();
    call(0, STRIKE);
    const int events = epoll_wait(epoll, &event, 1, -1);
    const long long seen = raw_now();
    if (events != 1)
        raw_give_up("epoll_wait");
    raw_reap(SIGSEGV);
    close(pidfd);
    close(epoll);
    return (double)(seen - atomic_load(&shared->slots[0].fired_at)) / 1000.0;
}
