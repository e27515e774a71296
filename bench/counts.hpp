#pragma once

namespace bulkhead::bench {

/// What one trial of `8x1` takes by zygote, in two lanes, beside what it takes in two raw loops, in turns, placed by
/// the scheduler and each kept on processors of its own: not by the clock, which others on the machine move, but in
/// processor time, page faults and switches (getrusage(2)).
void compare_counts(unsigned rounds);

} // namespace bulkhead::bench
