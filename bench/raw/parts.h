/* What the raw loops share among themselves. */
#ifndef BULKHEAD_BENCH_PARTS_H
#define BULKHEAD_BENCH_PARTS_H

#ifdef __cplusplus
extern "C" {
#endif

#define RAW_OPS 10U /* that a worker completes for each answer, and the victim before it dies */

/* Prints what failed, and errno in words, and ends the program. */
__attribute__((noreturn)) void raw_give_up(const char* what);

/* CLOCK_MONOTONIC in nanoseconds. */
long long raw_now(void);

/* One op: each depends on all before it, so that an answer cannot be right by chance. */
unsigned long long raw_op(unsigned long long value);

/* Waits for any child to end; gives up unless a signal ended it. Returns its pid. */
int raw_reap(int expected_signal);

double raw_fork_trial(unsigned n);
double raw_threads_trial(unsigned n);
double raw_detect_trial(int by_server);
double raw_exec_trial(const char* program, unsigned pace_us, unsigned count, unsigned threads);

/* Answers raw_ask on this socket until the other end is closed. */
void raw_serve(int socket);
#define RAW_SERVE_SOCKET 3

#ifdef __cplusplus
}
#endif
#endif
