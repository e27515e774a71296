// bulkhead-bench [ROUNDS [PART]]: what a trial costs with the harness beside what it costs in the raw loop, measured in
// turns. Each line is the median over the rounds, and the median of the ratios of the pairs (docs: bench/README.md).

#include "bench/campaign.hpp"
#include "bench/channels.hpp"
#include "bench/counts.hpp"
#include "bench/memory.hpp"
#include "bench/pairs.hpp"
#include "bench/raw/raw.h"
#include "harness/store/store.hpp"
#include "harness/sys/processors.hpp"

#include <array>
#include <cstdlib>
#include <filesystem>
#include <fmt/format.h>
#include <memory>
#include <optional>
#include <sched.h>
#include <string>
#include <unistd.h>
#include <vector>

using namespace bulkhead;
using bench::experiment_of;
using bench::must_hold;
using bench::Pairs;
using bench::run_harness;

namespace {

struct Case {
    raw_mode mode;
    model::Launch launch;
    bool threads;
};

unsigned trials_for(unsigned workers)
{
    return workers <= 8 ? 60 : workers <= 64 ? 10 : 4;
}

void compare_trials(unsigned rounds)
{
    for (const Case& c :
         {Case{RAW_FORK, model::Launch::zygote, false}, Case{RAW_THREADS, model::Launch::zygote, true},
          Case{RAW_EXEC, model::Launch::exec, false}, Case{RAW_EXEC_THREADS, model::Launch::exec, true}})
        for (const unsigned workers : {2U, 8U, 64U, 256U}) {
            const std::string shape = c.threads ? fmt::format("1x{}", workers) : fmt::format("{}x1", workers);
            const unsigned trials = trials_for(workers);
            const auto experiment = experiment_of(shape, c.launch, trials);
            const auto pace = model::default_pace(experiment.shapes.front());
            raw_loop raw = raw_start(RAW_TRIAL_BINARY, BULKHEAD_HOST_BINARY, static_cast<unsigned>(pace.count()));
            Pairs pairs;
            for (unsigned round = 0; round <= rounds; ++round) {
                raw_ask(&raw, c.mode, workers, trials);
                const double raw_us = raw_await(&raw).median;
                const double harness_us = run_harness(experiment, 1, nullptr).trial_us;
                if (round > 0) // the first warms up
                    pairs.add(harness_us, raw_us);
            }
            raw_stop(&raw);
            pairs.print(fmt::format("{} by {} : {}", shape, to_string(c.launch), raw_mode_name(c.mode)), "us");
        }
}

/// While it lives, what this program starts runs on one processor, the last that it may use.
class OneProcessor {
public:
    OneProcessor()
    {
        must_hold(::sched_getaffinity(0, sizeof before_, &before_) == 0, "sched_getaffinity");
        cpu_set_t one;
        CPU_ZERO(&one);
        for (int number = CPU_SETSIZE - 1; CPU_COUNT(&one) == 0; --number)
            if (CPU_ISSET(number, &before_))
                CPU_SET(number, &one);
        must_hold(::sched_setaffinity(0, sizeof one, &one) == 0, "sched_setaffinity");
    }
    ~OneProcessor() { ::sched_setaffinity(0, sizeof before_, &before_); }
    OneProcessor(const OneProcessor&) = delete;
    OneProcessor& operator=(const OneProcessor&) = delete;

private:
    cpu_set_t before_{};
};

/// A loop of its own, whose fork server is as new as the zygote of a campaign.
double raw_detection_us(raw_mode mode, unsigned trials, bench::Hosts hosts)
{
    raw_loop raw = raw_start(RAW_TRIAL_BINARY, BULKHEAD_HOST_BINARY, 100);
    std::optional<sys::Placement> placement;
    raw_ask(&raw, mode, 1, 1); // starts the fork server
    raw_await(&raw);
    if (hosts == bench::Hosts::apart)
        placement.emplace(bench::with_fork_server(raw.pid));
    raw_ask(&raw, mode, 1, trials);
    const double median = raw_await(&raw).median;
    raw_stop(&raw);
    return median;
}

/// How far a wake-up has to go is the scheduler's choice of a processor for the fork server, where its victims begin,
/// and dear where it is another than the supervisor's; so both sides are measured on one processor and on two, with
/// the same on either, and once as the scheduler places them. On one processor the bare loop needs no fork server.
void compare_detection(unsigned rounds, std::string_view where, raw_mode mode, bench::Hosts hosts)
{
    constexpr unsigned trials = 300;
    Pairs pairs;
    const auto experiment = experiment_of("1x1", model::Launch::zygote, trials);
    for (unsigned round = 0; round <= rounds; ++round) {
        const double raw_us = raw_detection_us(mode, trials, hosts);
        const double harness_us = run_harness(experiment, 1, nullptr, SIZE_MAX, hosts).detect_us;
        if (round > 0)
            pairs.add(harness_us, raw_us);
    }
    pairs.print(fmt::format("fault to knowledge, {}", where), "us");
}

/// Both sides are trials of one campaign, in blocks that take turns: two campaigns differ by more than recording costs.
void compare_recording(unsigned rounds)
{
    constexpr unsigned block = 5;
    constexpr unsigned trials = 400;
    const auto folder = std::filesystem::temp_directory_path() / fmt::format("bulkhead-bench-{}", ::getpid());
    for (const auto launch : {model::Launch::zygote, model::Launch::exec}) {
        const auto experiment = experiment_of("8x1", launch, trials * (rounds + 1));
        store::Writer file{folder / fmt::format("{}.db", to_string(launch)), experiment, expand(experiment), {}};
        const auto turns = bench::run_by_turns(experiment, file, block, trials);
        Pairs pairs;
        for (std::size_t round = 1; round < turns.size(); ++round)
            pairs.add(turns[round].recorded_us, turns[round].not_recorded_us);
        pairs.print(fmt::format("8x1 by {}, recorded : not", to_string(launch)), "us");
    }
    std::filesystem::remove_all(folder);
}

void compare_sizes(unsigned rounds)
{
    constexpr std::size_t more = 100'000'000;
    for (const auto launch : {model::Launch::zygote, model::Launch::exec}) {
        const auto experiment = experiment_of("8x1", launch, 100);
        Pairs pairs;
        for (unsigned round = 0; round <= rounds; ++round) {
            const double small = run_harness(experiment, 1, nullptr).trial_us;
            std::vector<char> dirty(more, static_cast<char>(round + 1)); // every page of it is written
            const double large = run_harness(experiment, 1, nullptr).trial_us;
            must_hold(dirty[more / 2] == static_cast<char>(round + 1), "the compiler dropped the memory");
            if (round > 0)
                pairs.add(large, small);
        }
        pairs.print(fmt::format("8x1 by {}, 100 MB more : without", to_string(launch)), "us");
    }
}

/// What a large plan costs each of its trials, recorded as such a campaign is.
void compare_plans(unsigned rounds)
{
    constexpr unsigned trials = 200;
    const auto folder = std::filesystem::temp_directory_path() / fmt::format("bulkhead-bench-{}", ::getpid());
    const auto small = experiment_of("8x1", model::Launch::zygote, trials);
    const auto large = experiment_of("8x1", model::Launch::zygote, 1'000'000);
    Pairs planned;
    Pairs recorded;
    for (unsigned round = 0; round <= rounds; ++round) {
        const double few = run_harness(small, 1, nullptr).trial_us;
        const double many = run_harness(large, 1, nullptr, trials).trial_us;
        store::Writer file{folder / fmt::format("{}.db", round), large, expand(large), {}};
        const double kept = run_harness(large, 1, &file, trials).trial_us;
        if (round > 0) {
            planned.add(many, few);
            recorded.add(kept, few);
        }
    }
    std::filesystem::remove_all(folder);
    planned.print("8x1, of 1,000,000 : of 200", "us");
    recorded.print("the same, recorded : not", "us");
}

struct Both {
    const char* shape;
    unsigned trials; ///< of each lane
    Case same;
};

/// The harness keeps each lane on processors of its own; the raw loops are placed by the scheduler, or kept apart, too.
void compare_lanes_of(unsigned rounds, const Both& both, bool apart)
{
    const auto experiment = experiment_of(both.shape, both.same.launch, 2 * both.trials);
    const auto pace = static_cast<unsigned>(model::default_pace(experiment.shapes.front()).count());
    const unsigned workers = experiment.shapes.front().workers();
    std::array<raw_loop, 2> loops{};
    for (raw_loop& loop : loops)
        loop = raw_start(RAW_TRIAL_BINARY, BULKHEAD_HOST_BINARY, pace);
    if (apart)
        bench::keep_apart(loops);
    Pairs pairs;
    for (unsigned round = 0; round <= rounds; ++round) {
        double raw_rate = 0;
        for (const raw_loop& loop : loops)
            raw_ask(&loop, both.same.mode, workers, both.trials);
        for (const raw_loop& loop : loops)
            raw_rate += 1e6 / raw_await(&loop).mean;
        const double harness_rate = run_harness(experiment, 2, nullptr).trials_per_s;
        if (round > 0)
            pairs.add(harness_rate, raw_rate);
    }
    for (raw_loop& loop : loops)
        raw_stop(&loop);
    pairs.print(fmt::format("{} by {}, two lanes : two {} loops{}", both.shape, to_string(both.same.launch),
                            raw_mode_name(both.same.mode), apart ? " apart" : ""),
                "/s");
}

void compare_lanes(unsigned rounds)
{
    for (const Both& both : {Both{"8x1", 200, {RAW_FORK, model::Launch::zygote, false}},
                             Both{"64x1", 30, {RAW_FORK, model::Launch::zygote, false}},
                             Both{"1x8", 200, {RAW_THREADS, model::Launch::zygote, true}},
                             Both{"8x1", 100, {RAW_EXEC, model::Launch::exec, false}},
                             Both{"1x8", 200, {RAW_EXEC_THREADS, model::Launch::exec, true}}}) {
        compare_lanes_of(rounds, both, false);
        if (sys::allowed_processors().size() >= 2)
            compare_lanes_of(rounds, both, true);
    }
}

} // namespace

int main(int count, char** arguments)
{
    const unsigned rounds = count > 1 ? static_cast<unsigned>(std::strtoul(arguments[1], nullptr, 10)) : 9;
    const std::string part = count > 2 ? arguments[2] : "all";
    must_hold(rounds > 0,
              "usage: bulkhead-bench [ROUNDS [PART]], at least 1 round; parts: trials, detection, recording, "
              "memory, sizes, plans, lanes, counts, channels");
    const auto wanted = [&part](const char* name) { return part == "all" || part == name; };
    fmt::print("{:<56} {:>9} {:>9} {:<4} {:>6}  {}\n", "medians", "this", "that", "", "ratio", "(over the rounds)");
    if (wanted("trials"))
        compare_trials(rounds);
    if (wanted("detection")) {
        compare_detection(rounds, "placed freely", RAW_DETECT_SERVED, bench::Hosts::anywhere);
        if (sys::allowed_processors().size() > 1)
            compare_detection(rounds, "two processors", RAW_DETECT_SERVED, bench::Hosts::apart);
        const OneProcessor one;
        compare_detection(rounds, "one processor", RAW_DETECT, bench::Hosts::anywhere);
    }
    if (wanted("recording"))
        compare_recording(rounds);
    if (wanted("memory"))
        bench::compare_memory();
    if (wanted("sizes"))
        compare_sizes(rounds);
    if (wanted("plans"))
        compare_plans(rounds);
    if (wanted("lanes"))
        compare_lanes(rounds);
    if (wanted("counts"))
        bench::compare_counts(rounds);
    if (wanted("channels"))
        bench::compare_channels(rounds);
}
