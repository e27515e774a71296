#pragma once

#include "harness/cli/recorded.hpp"

#include <string>

namespace bulkhead::cli {

/// How a campaign can be run again.
struct Repeat {
    std::string command; ///< can be pasted into a shell, whoever has made the results
    std::string save_as; ///< the file that the recorded text has to be saved as before; empty: there is one
};
Repeat repeat_of(const Recorded& recorded);

} // namespace bulkhead::cli
