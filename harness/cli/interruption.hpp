#pragma once

#include "harness/run/run.hpp"
#include "harness/sys/interrupt.hpp"

namespace bulkhead::cli {

/// Asks a campaign to stop at SIGINT and SIGTERM, as long as it lives. One at a time.
class Interruption {
public:
    Interruption();

    [[nodiscard]] const run::Stop& stop() const { return stop_; }

private:
    run::Stop stop_;
    sys::InterruptWatch watch_;
};

} // namespace bulkhead::cli
