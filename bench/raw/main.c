/* raw-trial [HOST]: prints the raw figures of this machine; the exec modes only when told where bulkhead-host is.
 * raw-trial serve HOST PACE_US: for raw_start. */
#include "bench/raw/parts.h"
#include "bench/raw/raw.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PACE_US = 1000000 }; /* between calls, the hosts' workers sleep, as the forked ones do */

static void print_mode(enum raw_mode mode)
{
    static const unsigned sizes[] = {2, 8, 64, 256};
    printf("%-14s", raw_mode_name(mode));
    for (unsigned i = 0; i < sizeof sizes / sizeof sizes[0]; ++i) {
        const unsigned trials = sizes[i] <= 8 ? 200 : 20;
        raw_round(mode, sizes[i], trials / 10); /* caches, and the pages of the shared memory */
        printf(" %10.0f", raw_round(mode, sizes[i], trials).median);
        fflush(stdout);
    }
    printf("\n");
}

static void print_table(const char* host)
{
    printf("One whole trial, median, in microseconds\n%-14s %10s %10s %10s %10s\n", "workers", "2", "8", "64", "256");
    print_mode(RAW_FORK);
    print_mode(RAW_THREADS);
    if (host != NULL) {
        raw_set_host(host, PACE_US);
        print_mode(RAW_EXEC);
        print_mode(RAW_EXEC_THREADS);
    }
    raw_round(RAW_DETECT, 1, 100);
    const struct raw_times detect = raw_round(RAW_DETECT, 1, 1000);
    printf("A death seen by epoll on a pidfd: median %.1f us, p99 %.1f us\n", detect.median, detect.p99);
}

int main(int count, char** arguments)
{
    if (count == 4 && strcmp(arguments[1], "serve") == 0) {
        raw_set_host(arguments[2], (unsigned)strtoul(arguments[3], NULL, 10));
        raw_serve(RAW_SERVE_SOCKET);
        return 0;
    }
    print_table(count > 1 ? arguments[1] : NULL);
    return 0;
}
