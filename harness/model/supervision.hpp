#pragma once

#include "harness/model/stamp.hpp"

#include <chrono>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace bulkhead::model {

/// Whom the supervisor launches anew when a host has ended; the words and their meaning are those of Erlang/OTP
/// (supervisor(3erl)). A child of it is a host, for only the end of a process can be seen from outside.
enum class Strategy : std::uint8_t {
    never,
    one_for_one, ///< the host that ended
    one_for_all, ///< every host: those that live are ended first
    rest_for_one ///< the host that ended and those that were launched after it, which are ended first
};
inline constexpr Strategy strategies[] = {Strategy::never, Strategy::one_for_one, Strategy::one_for_all,
                                          Strategy::rest_for_one};

/// What the supervisor of a pool does about ends of its hosts.
struct Supervision {
    Strategy strategy = Strategy::never;
    /// More restarts than these within that time, and the pool is given up: everything is ended, nothing launched.
    std::uint32_t max_restarts = 3;
    std::chrono::milliseconds within{5000};
    std::uint32_t strikes =
        1; ///< times that the fault is committed: each time but the first on the victim's replacement
    bool operator==(const Supervision&) const = default;
};

/// True when the end of the host `ended` has the host `number` launched anew.
bool restarts(Strategy strategy, std::uint32_t number, std::uint32_t ended);

/// True when the last of these ends is one too many: with it, more than `max_restarts` ends called for a restart within
/// the time. `ends` are those that did so far, in their order; one end counts once, whomever else it has launched anew.
bool gives_up(const Supervision& supervision, std::span<const Stamp> ends);
/// The same, foretold: the strikes follow one another faster than the time within which restarts are counted.
bool will_give_up(const Supervision& supervision);

std::string_view to_string(Strategy strategy); // "never", "one-for-one", "one-for-all", "rest-for-one"
/// "at most 3 restarts within 5000 ms, 2 strikes".
std::string describe_limits(const Supervision& supervision);

} // namespace bulkhead::model
