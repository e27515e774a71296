/* The raw work of one trial, in plain C and with nothing around it: the limit that the harness is measured against.
 *
 *   1. Launch n workers; each completes its first ops and says so.
 *   2. Order one of them (the last) to die by a null write; it stamps the moment first.
 *   3. See its death, and that it was by SIGSEGV.
 *   4. Ask every survivor for more ops, begun after that death, and check each answer. In a host that all workers
 *      share, there is no survivor: the one death is everybody's.
 *   5. End all, reap all.
 *
 * Every wait is an event: a futex, an eventfd, waitpid(2), epoll(7). A trial in which anything else happens ends the
 * program with a message: a figure from it would be worth nothing. */
#ifndef BULKHEAD_BENCH_RAW_H
#define BULKHEAD_BENCH_RAW_H

#ifdef __cplusplus
extern "C" {
#endif

enum raw_mode {
    RAW_FORK,          /* n processes, forked */
    RAW_THREADS,       /* n threads in one forked process */
    RAW_EXEC,          /* n processes, each bulkhead-host with one thread */
    RAW_EXEC_THREADS,  /* one bulkhead-host with n threads */
    RAW_DETECT,        /* one forked process; the figure is the time from its fault to epoll_wait's return */
    RAW_DETECT_SERVED, /* the same of one forked by a fork server */
    RAW_MODES
};

/* Figures of a round of trials, in microseconds. */
struct raw_times {
    double mean;
    double median;
    double p99;
};

/* "fork", "threads", ... */
const char* raw_mode_name(enum raw_mode mode);

/* The bulkhead-host of the exec modes, and the pace of its workers between the calls. Keeps the pointer. */
void raw_set_host(const char* path, unsigned pace_us);

/* One trial in the calling process, which must be small (a fork's price is its parent's memory) and have one thread.
 * Microseconds. n is at least 2, but for those that detect, which ignore it. */
double raw_trial_us(enum raw_mode mode, unsigned n);

/* A round of trials in the calling process. */
struct raw_times raw_round(enum raw_mode mode, unsigned n, unsigned trials);

/* A small process of its own that runs rounds when asked, so that the asking program may be of any size. Ask two of
 * them, then await both, for two loops side by side. `program` is the raw-trial binary. */
struct raw_loop {
    int socket;
    int pid;
};
struct raw_loop raw_start(const char* program, const char* host, unsigned pace_us);
void raw_ask(const struct raw_loop* loop, enum raw_mode mode, unsigned n, unsigned trials);
struct raw_times raw_await(const struct raw_loop* loop);
void raw_stop(struct raw_loop* loop);

#ifdef __cplusplus
}
#endif
#endif
