/* The bare channels: as many bytes as a message has, and nothing but the calls that carry them. */
#include "bench/raw/parts.h"
#include "bench/raw/trips.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/futex.h>
#include <mqueue.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

enum { QUEUE_MESSAGES = 10, LIMIT_SECONDS = 1 };

/* One direction. */
struct mailbox {
    _Alignas(64) _Atomic uint32_t count; /* of the frames that have been put in */
    _Alignas(64) char frame[RAW_FRAME_BYTES];
};

struct way {
    int send;
    int receive;
    struct mailbox* mailbox;
};

struct ways {
    enum raw_kind kind;
    int limited;
    struct way there;
    struct way back;
};

static void must(int fact, const char* what)
{
    if (!fact)
        raw_give_up(what);
}

static void put(struct mailbox* box, const char* frame)
{
    memcpy(box->frame, frame, RAW_FRAME_BYTES);
    atomic_fetch_add(&box->count, 1);
    syscall(SYS_futex, &box->count, FUTEX_WAKE, 1, NULL, NULL, 0);
}

/* `seen`: frames that had been put in before the one that is to come. */
static void take(struct mailbox* box, int limited, char* frame, uint32_t seen)
{
    static const struct timespec limit = {LIMIT_SECONDS, 0};
    while (atomic_load(&box->count) == seen)
        syscall(SYS_futex, &box->count, FUTEX_WAIT, seen, limited ? &limit : NULL, NULL, 0);
    memcpy(frame, box->frame, RAW_FRAME_BYTES);
}

static ssize_t take_from_queue(int queue, int limited, char* frame)
{
    struct timespec end;
    if (!limited)
        return mq_receive(queue, frame, RAW_FRAME_BYTES, NULL);
    clock_gettime(CLOCK_REALTIME, &end);
    end.tv_sec += LIMIT_SECONDS;
    return mq_timedreceive(queue, frame, RAW_FRAME_BYTES, NULL, &end);
}

static void send_frame(const struct ways* ways, const struct way* way, const char* frame)
{
    if (ways->kind == RAW_RING)
        put(way->mailbox, frame);
    else if (ways->kind == RAW_QUEUE)
        must(mq_send(way->send, frame, RAW_FRAME_BYTES, 0) == 0, "mq_send");
    else
        must(write(way->send, frame, RAW_FRAME_BYTES) == RAW_FRAME_BYTES, "write");
}

static void receive_frame(const struct ways* ways, const struct way* way, char* frame, uint32_t seen)
{
    struct pollfd readable = {way->receive, POLLIN, 0};
    if (ways->kind == RAW_RING) {
        take(way->mailbox, ways->limited, frame, seen);
        return;
    }
    if (ways->kind == RAW_QUEUE) {
        must(take_from_queue(way->receive, ways->limited, frame) == RAW_FRAME_BYTES, "mq_receive");
        return;
    }
    if (ways->kind == RAW_PIPE && ways->limited)
        must(poll(&readable, 1, LIMIT_SECONDS * 1000) == 1, "poll");
    must(read(way->receive, frame, RAW_FRAME_BYTES) == RAW_FRAME_BYTES, "read");
}

/* Frames come and go in turns: of each side as many have come as have gone. */
static uint32_t seen_of(const struct ways* ways)
{
    return ways->kind == RAW_RING ? atomic_load(&ways->back.mailbox->count) : 0;
}

static void go(void* self)
{
    static char frame[RAW_FRAME_BYTES];
    const struct ways* ways = self;
    const uint32_t seen = seen_of(ways);
    send_frame(ways, &ways->there, frame);
    receive_frame(ways, &ways->back, frame, seen);
}

static void answer(void* self)
{
    static char frame[RAW_FRAME_BYTES];
    const struct ways* ways = self;
    receive_frame(ways, &ways->there, frame, seen_of(ways));
    send_frame(ways, &ways->back, frame);
}

static void make_connection(struct way* way)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t bytes = sizeof address;
    const int on = 1;
    const int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    must(listener >= 0 && bind(listener, (struct sockaddr*)&address, bytes) == 0, "bind");
    must(listen(listener, 1) == 0 && getsockname(listener, (struct sockaddr*)&address, &bytes) == 0, "listen");
    way->send = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    must(connect(way->send, (struct sockaddr*)&address, bytes) == 0, "connect");
    way->receive = accept(listener, NULL, NULL);
    must(way->receive >= 0, "accept");
    must(setsockopt(way->send, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on) == 0, "TCP_NODELAY");
    close(listener);
}

static void make_pair(struct way* way, int type)
{
    int ends[2];
    must(socketpair(AF_UNIX, type | SOCK_CLOEXEC, 0, ends) == 0, "socketpair");
    way->send = ends[0];
    way->receive = ends[1];
}

static void make_pipe(struct way* way)
{
    int ends[2];
    must(pipe(ends) == 0, "pipe");
    way->send = ends[1];
    way->receive = ends[0];
}

static void make_queue(struct way* way)
{
    struct mq_attr attributes = {.mq_maxmsg = QUEUE_MESSAGES, .mq_msgsize = RAW_FRAME_BYTES};
    char name[32];
    snprintf(name, sizeof name, "/bulkhead-raw-%d", getpid());
    way->send = way->receive = mq_open(name, O_RDWR | O_CREAT | O_EXCL, 0600, &attributes);
    must(way->send >= 0, "mq_open");
    mq_unlink(name);
}

static void make_mailbox(struct way* way)
{
    way->send = way->receive = -1;
    way->mailbox =
        mmap(NULL, sizeof *way->mailbox, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
    must(way->mailbox != MAP_FAILED, "mmap");
}

static void make_way(enum raw_kind kind, struct way* way)
{
    switch (kind) {
    case RAW_PIPE: make_pipe(way); return;
    case RAW_STREAM: make_pair(way, SOCK_STREAM); return;
    case RAW_SEQPACKET: make_pair(way, SOCK_SEQPACKET); return;
    case RAW_TCP: make_connection(way); return;
    case RAW_QUEUE: make_queue(way); return;
    case RAW_RING: make_mailbox(way); return;
    case RAW_KINDS: break;
    }
    raw_give_up("no such kind of channel");
}

static void limit_socket(const struct way* way)
{
    const struct timeval limit = {LIMIT_SECONDS, 0};
    must(setsockopt(way->receive, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit) == 0, "SO_RCVTIMEO");
}

static void end_way(enum raw_kind kind, const struct way* way)
{
    if (kind == RAW_RING) {
        munmap(way->mailbox, sizeof *way->mailbox);
        return;
    }
    close(way->send);
    if (way->receive != way->send)
        close(way->receive);
}

struct raw_trip_times raw_channel_trips(enum raw_kind kind, const struct raw_place* place, unsigned trips)
{
    struct ways ways = {.kind = kind, .limited = place->limited};
    const struct raw_sides sides = {go, answer, &ways};
    make_way(kind, &ways.there);
    make_way(kind, &ways.back);
    if (place->limited && (kind == RAW_STREAM || kind == RAW_SEQPACKET || kind == RAW_TCP)) {
        limit_socket(&ways.there);
        limit_socket(&ways.back);
    }
    const struct raw_trip_times times = raw_time_trips(&sides, place, trips);
    end_way(kind, &ways.there);
    end_way(kind, &ways.back);
    return times;
}
