/* Rounds of raw trials, here or in a small process of their own. */
#include "bench/raw/parts.h"
#include "bench/raw/raw.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { LIMIT_SECONDS = 60 }; /* of a trial */

static const char* host_program;
static unsigned host_pace_us;

static const char* const mode_names[RAW_MODES] = {"fork", "threads", "exec", "exec-threads", "detect", "detect-served"};

void raw_give_up(const char* what)
{
    fprintf(stderr, "raw-trial: %s (%s)\n", what, strerror(errno));
    exit(1);
}

long long raw_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000000000LL + now.tv_nsec;
}

unsigned long long raw_op(unsigned long long value)
{
    return value * 6364136223846793005ULL + 1442695040888963407ULL;
}

int raw_reap(int expected_signal)
{
    int status = 0;
    const int pid = waitpid(-1, &status, 0);
    if (pid < 0 || !WIFSIGNALED(status) || WTERMSIG(status) != expected_signal)
        raw_give_up("a worker ended in another way than it should");
    return pid;
}

const char* raw_mode_name(enum raw_mode mode)
{
    return mode_names[mode];
}

void raw_set_host(const char* path, unsigned pace_us)
{
    host_program = path;
    host_pace_us = pace_us;
}

/* As the harness does for its hosts. */
static void leave_no_core(void)
{
    struct rlimit core;
    getrlimit(RLIMIT_CORE, &core);
    core.rlim_cur = core.rlim_max = core.rlim_max == 0 ? 0 : 1;
    setrlimit(RLIMIT_CORE, &core);
}

double raw_trial_us(enum raw_mode mode, unsigned n)
{
    if (n < 2 && mode != RAW_DETECT && mode != RAW_DETECT_SERVED)
        raw_give_up("a trial needs a victim and a sibling");
    alarm(LIMIT_SECONDS); /* SIGALRM ends this program, and PDEATHSIG its workers */
    switch (mode) {
    case RAW_FORK: return raw_fork_trial(n);
    case RAW_THREADS: return raw_threads_trial(n);
    case RAW_EXEC: return raw_exec_trial(host_program, host_pace_us, n, 1);
    case RAW_EXEC_THREADS: return raw_exec_trial(host_program, host_pace_us, 1, n);
    case RAW_DETECT: return raw_detect_trial(0);
    case RAW_DETECT_SERVED: return raw_detect_trial(1);
    case RAW_MODES: break;
    }
    raw_give_up("no such mode");
}

static int by_value(const void* left, const void* right)
{
    const double a = *(const double*)left;
    const double b = *(const double*)right;
    return (a > b) - (a < b);
}

struct raw_times raw_round(enum raw_mode mode, unsigned n, unsigned trials)
{
    double* times = malloc(trials * sizeof *times);
    double sum = 0;
    leave_no_core();
    for (unsigned i = 0; i < trials; ++i)
        sum += times[i] = raw_trial_us(mode, n);
    alarm(0);
    qsort(times, trials, sizeof *times, by_value);
    const struct raw_times result = {sum / trials, times[trials / 2], times[trials * 99 / 100]};
    free(times);
    return result;
}

struct request {
    enum raw_mode mode;
    unsigned n;
    unsigned trials;
};

void raw_serve(int socket)
{
    struct request request;
    while (recv(socket, &request, sizeof request, 0) == (ssize_t)sizeof request) {
        const struct raw_times times = raw_round(request.mode, request.n, request.trials);
        if (send(socket, &times, sizeof times, MSG_NOSIGNAL) < 0)
            return;
    }
}

struct raw_loop raw_start(const char* program, const char* host, unsigned pace_us)
{
    int ends[2];
    char pace[16];
    snprintf(pace, sizeof pace, "%u", pace_us);
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) < 0)
        raw_give_up("socketpair");
    const pid_t pid = fork();
    if (pid < 0)
        raw_give_up("fork");
    if (pid == 0) {
        if (ends[1] == RAW_SERVE_SOCKET ? 0 : dup2(ends[1], RAW_SERVE_SOCKET) < 0)
            _exit(127);
        execl(program, program, "serve", host, pace, (char*)NULL);
        _exit(127);
    }
    close(ends[1]);
    return (struct raw_loop){ends[0], pid};
}

void raw_ask(const struct raw_loop* loop, enum raw_mode mode, unsigned n, unsigned trials)
{
    const struct request request = {mode, n, trials};
    if (send(loop->socket, &request, sizeof request, MSG_NOSIGNAL) < 0)
        raw_give_up("the raw loop is gone");
}

struct raw_times raw_await(const struct raw_loop* loop)
{
    struct raw_times times;
    if (recv(loop->socket, &times, sizeof times, 0) != (ssize_t)sizeof times)
        raw_give_up("the raw loop is gone");
    return times;
}

void raw_stop(struct raw_loop* loop)
{
    close(loop->socket);
    waitpid(loop->pid, NULL, 0);
    *loop = (struct raw_loop){-1, 0};
}
