#pragma once

namespace bulkhead::model {

/// What a golden run measures beside its stamps; each costs time, so each is asked for.
struct Measures {
    bool throughput = false;     ///< ops per second, all workers at full speed
    bool memory = false;         ///< PSS and unique memory of the hosts
    bool anatomy = false;        ///< what the hosts and workers are made of and have in common: see anatomy_figures
    bool round_trip = false;     ///< a message there and one back, over the channel of a pool of two
    bool context_switch = false; ///< from one worker to the other, of a pool of two
    bool operator==(const Measures&) const = default;
};

} // namespace bulkhead::model
