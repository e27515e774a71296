#pragma once

#include "bench/raw/raw.h"
#include "harness/model/experiment.hpp"
#include "harness/store/store.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <sys/types.h>
#include <vector>

namespace bulkhead::bench {

/// Trials of one shape that a null write strikes after ten ops, without golden runs.
model::Experiment experiment_of(const std::string& shape, model::Launch launch, std::uint32_t trials);

struct Figures {
    double trial_us = 0;     ///< median time from one finished trial to the next
    double detect_us = 0;    ///< median time from the fault to the supervisor's knowledge
    double trials_per_s = 0; ///< over all lanes
};

enum class Hosts {
    anywhere, ///< where the scheduler puts them
    apart     ///< from the second trial on, on another processor than the supervisor; of one lane with a zygote
};

/// A campaign of the harness, or the first so many trials of it. `writer` may be null: then nothing is recorded.
Figures run_harness(const model::Experiment& experiment, std::uint32_t lanes, store::Writer* writer,
                    std::size_t most = SIZE_MAX, Hosts hosts = Hosts::anywhere);

/// Median times from one finished trial to the next.
struct Turn {
    double not_recorded_us = 0;
    double recorded_us = 0;
};

/// A campaign in one lane of which a block of trials is not recorded, the next one is, and so on; the medians of each
/// so many trials. The first trial of a block is not counted: it comes after one of the other kind.
std::vector<Turn> run_by_turns(const model::Experiment& experiment, store::Writer& writer, std::size_t block,
                               std::size_t trials_of_turn);

/// A thread that has a fork server and, between two trials, no other child: the thread, and then the server.
std::vector<pid_t> with_fork_server(pid_t supervisor);

/// Keeps each of these on its part of the processors, as the harness keeps its lanes.
void keep_apart(std::span<const raw_loop> loops);

} // namespace bulkhead::bench
