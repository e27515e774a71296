/* Round trips of 64 bytes between two threads, or two processes: how they are timed, and the bare ones. */
#ifndef BULKHEAD_BENCH_TRIPS_H
#define BULKHEAD_BENCH_TRIPS_H

#ifdef __cplusplus
extern "C" {
#endif

enum { RAW_FRAME_BYTES = 64 };

/* Where the two sides are: one thread here, the other in a thread or in a forked process, each on one processor. */
struct raw_place {
    int processes; /* 0: threads */
    int here;
    int there;
    int limited; /* 1: no wait is longer than a second; 0: they may last for ever */
};

/* Figures of a round of trips, in nanoseconds. */
struct raw_trip_times {
    double p50;
    double p99;
};

/* Two sides that have `self` in common. Neither returns before it is done. */
struct raw_sides {
    void (*go)(void* self);     /* sends here, and receives the answer */
    void (*answer)(void* self); /* receives there, and sends the answer */
    void* self;
};

/* So many trips, the first tenth of which warms up, one after another. Everything of it is over when this returns. */
struct raw_trip_times raw_time_trips(const struct raw_sides* sides, const struct raw_place* place, unsigned trips);

/* The bare loops, by kind of channel, in the order of model::ChannelKind: one call to send and one to receive; a
 * limited wait for a pipe takes a poll(2) more. The ring is one slot, a counter and a futex for each direction. */
enum raw_kind { RAW_PIPE, RAW_STREAM, RAW_SEQPACKET, RAW_TCP, RAW_QUEUE, RAW_RING, RAW_KINDS };

struct raw_trip_times raw_channel_trips(enum raw_kind kind, const struct raw_place* place, unsigned trips);

/* The two first processors that this process may run on; -1 where there is none. */
void raw_processors(int processors[2]);

#ifdef __cplusplus
}
#endif
#endif
