#pragma once

namespace bulkhead::bench {

/// Prints the largest resident size of `bulkhead run` with 1,000 trials of 2x1 by zygote, recorded, and with 100,000.
void compare_memory();

} // namespace bulkhead::bench
