#pragma once

namespace bulkhead::bench {

/// Prints what a round trip by each kind of channel takes beside the bare loop of the same kind (bench/raw/channels.c),
/// between threads and between processes, on one processor and across two.
void compare_channels(unsigned rounds);

} // namespace bulkhead::bench
