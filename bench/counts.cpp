#include "bench/counts.hpp"

#include "bench/campaign.hpp"
#include "bench/pairs.hpp"
#include "bench/raw/raw.h"
#include "harness/sys/processors.hpp"

#include <array>
#include <sys/resource.h>

namespace bulkhead::bench {
namespace {

constexpr unsigned lanes = 2; // so that both cores of the machine are at work: an idle one makes wake-ups dearer
constexpr unsigned trials_of_lane = 300;
constexpr unsigned trials = lanes * trials_of_lane;

/// Of this process and of all that it has reaped, and they of theirs.
struct Counts {
    double processor_us = 0;
    double faults = 0;
    double gave_up = 0; ///< switches of a process that had nothing more to do
    double preempted = 0;
};

Counts so_far()
{
    Counts counts;
    for (const int who : {RUSAGE_SELF, RUSAGE_CHILDREN}) {
        rusage used{};
        must_hold(::getrusage(static_cast<__rusage_who>(who), &used) == 0, "getrusage");
        for (const timeval& time : {used.ru_utime, used.ru_stime})
            counts.processor_us += static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_usec);
        counts.faults += static_cast<double>(used.ru_minflt);
        counts.gave_up += static_cast<double>(used.ru_nvcsw);
        counts.preempted += static_cast<double>(used.ru_nivcsw);
    }
    return counts;
}

void run_raw(bool apart)
{
    std::array<raw_loop, lanes> loops{};
    for (raw_loop& loop : loops)
        loop = raw_start(RAW_TRIAL_BINARY, BULKHEAD_HOST_BINARY, 400);
    if (apart)
        keep_apart(loops);
    for (const raw_loop& loop : loops)
        raw_ask(&loop, RAW_FORK, 8, trials_of_lane);
    for (raw_loop& loop : loops) {
        raw_await(&loop);
        raw_stop(&loop);
    }
}

/// The start of the raw loop, or of the zygote, is in it: a few parts in a thousand.
template <typename Round>
Counts counts_of(Round&& round)
{
    const Counts before = so_far();
    round();
    const Counts after = so_far();
    return {(after.processor_us - before.processor_us) / trials, (after.faults - before.faults) / trials,
            (after.gave_up - before.gave_up) / trials, (after.preempted - before.preempted) / trials};
}

struct Row {
    const char* what;
    const char* unit;
    double Counts::*count;
    Pairs pairs{};
};

void compare_counts_of(unsigned rounds, bool apart)
{
    const auto experiment = experiment_of("8x1", model::Launch::zygote, trials);
    std::array rows{Row{"8x1, processor time of a trial", "us", &Counts::processor_us},
                    Row{"8x1, page faults of a trial", "", &Counts::faults},
                    Row{"8x1, waits of a trial", "", &Counts::gave_up},
                    Row{"8x1, preemptions in a trial", "", &Counts::preempted}};
    for (unsigned round = 0; round <= rounds; ++round) {
        const Counts raw = counts_of([apart] { run_raw(apart); });
        const Counts harness = counts_of([&experiment] { run_harness(experiment, lanes, nullptr); });
        if (round > 0)
            for (Row& row : rows)
                row.pairs.add(harness.*row.count, raw.*row.count);
    }
    for (const Row& row : rows)
        row.pairs.print(fmt::format("{}{}", row.what, apart ? ", loops apart" : ""), row.unit);
}

} // namespace

void compare_counts(unsigned rounds)
{
    compare_counts_of(rounds, false);
    if (sys::allowed_processors().size() >= lanes)
        compare_counts_of(rounds, true);
}

} // namespace bulkhead::bench
