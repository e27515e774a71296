/* How round trips are timed, whosever they are. */
#include "bench/raw/trips.h"
#include "bench/raw/parts.h"

#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum { LIMIT_SECONDS = 60 }; /* of a round */

struct other {
    const struct raw_sides* sides;
    int processor;
    unsigned trips;
};

static void stay_on(int processor)
{
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET((unsigned)processor, &set);
    if (sched_setaffinity(0, sizeof set, &set) != 0)
        raw_give_up("sched_setaffinity");
}

static void* answer_all(void* argument)
{
    const struct other* other = argument;
    stay_on(other->processor);
    for (unsigned i = 0; i < other->trips; ++i)
        other->sides->answer(other->sides->self);
    return NULL;
}

/* In this process's memory as it is now: what the sides have in common has to be shared memory, or descriptors. */
static pid_t answer_in_a_process(struct other* other)
{
    const pid_t pid = fork();
    if (pid < 0)
        raw_give_up("fork");
    if (pid > 0)
        return pid;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    answer_all(other);
    _exit(0);
}

static void go_all(const struct raw_sides* sides, double* times, unsigned trips)
{
    for (unsigned i = 0; i < trips; ++i) {
        const long long begin = raw_now();
        sides->go(sides->self);
        times[i] = (double)(raw_now() - begin);
    }
}

static int by_value(const void* left, const void* right)
{
    const double a = *(const double*)left;
    const double b = *(const double*)right;
    return (a > b) - (a < b);
}

static struct raw_trip_times figures_of(double* times, unsigned count)
{
    qsort(times, count, sizeof *times, by_value);
    return (struct raw_trip_times){times[count / 2], times[count * 99ULL / 100]};
}

struct raw_trip_times raw_time_trips(const struct raw_sides* sides, const struct raw_place* place, unsigned trips)
{
    struct other other = {sides, place->there, trips};
    double* times = malloc(trips * sizeof *times);
    cpu_set_t before;
    pthread_t thread;
    int status = 0;
    if (times == NULL || sched_getaffinity(0, sizeof before, &before) != 0)
        raw_give_up("no memory for the figures, or no processors");
    alarm(LIMIT_SECONDS); /* SIGALRM ends this program, and PDEATHSIG the other process */
    stay_on(place->here);
    if (place->processes) {
        const pid_t pid = answer_in_a_process(&other);
        go_all(sides, times, trips);
        if (waitpid(pid, &status, 0) != pid || status != 0)
            raw_give_up("the other process failed");
    } else {
        if (pthread_create(&thread, NULL, answer_all, &other) != 0)
            raw_give_up("pthread_create");
        go_all(sides, times, trips);
        pthread_join(thread, NULL);
    }
    alarm(0);
    sched_setaffinity(0, sizeof before, &before);
    const struct raw_trip_times result = figures_of(times + trips / 10, trips - trips / 10);
    free(times);
    return result;
}

void raw_processors(int processors[2])
{
    cpu_set_t set;
    int found = 0;
    processors[0] = processors[1] = -1;
    if (sched_getaffinity(0, sizeof set, &set) != 0)
        raw_give_up("sched_getaffinity");
    for (int i = 0; i < CPU_SETSIZE && found < 2; ++i)
        if (CPU_ISSET((unsigned)i, &set))
            processors[found++] = i;
}
