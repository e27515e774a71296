#pragma once

#include <cstdint>

namespace bulkhead::cli {

/// What the program tells its caller; documented in docs/reference/exit-codes.md.
enum class Exit : std::uint8_t {
    upheld = 0,           ///< every expectation was upheld; for other commands: done
    refuted = 1,          ///< an expectation was refuted; replay: another outcome
    mistake = 2,          ///< wrong usage, or a file that is wrong, missing or cannot be written
    inconclusive = 3,     ///< no verdict, or the harness was refused something
    nothing_selected = 4, ///< there was nothing to run
    skipped = 77,         ///< everything was skipped, because this machine or these rights do not allow it
    interrupted = 130     ///< stopped by SIGINT or SIGTERM
};

/// What to say of two experiments together: the worse of both.
constexpr Exit worse(Exit a, Exit b)
{
    constexpr Exit by_weight[] = {Exit::mistake, Exit::interrupted,      Exit::inconclusive,
                                  Exit::refuted, Exit::nothing_selected, Exit::skipped};
    for (const Exit each : by_weight) {
        if (a == each || b == each) {
            return each;
        }
    }
    return Exit::upheld;
}

} // namespace bulkhead::cli
