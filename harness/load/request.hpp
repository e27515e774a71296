#pragma once

#include "harness/model/figure.hpp"
#include "harness/model/stamp.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace bulkhead::load {

/// How a request ended, as its client saw it.
enum class Ending : std::uint8_t {
    answered,  ///< the reply came, and its check holds
    wrong,     ///< a reply came that is none to this request
    reset,     ///< ECONNRESET or EPIPE: the other end was gone before it had read everything
    closed,    ///< the connection ended without a whole reply: the other end was gone after it had read everything
    refused,   ///< ECONNREFUSED: nobody listens
    timed_out, ///< no end of it was seen for as long as the client waits
};
inline constexpr Ending endings[] = {Ending::answered, Ending::wrong,   Ending::reset,
                                     Ending::closed,   Ending::refused, Ending::timed_out};
std::string_view to_string(Ending ending); // "answered", ..., "timed-out"

/// One request of the load: facts only.
struct Request {
    model::Stamp due = 0;                ///< when it should have gone out, whatever became of those before it
    std::optional<model::Stamp> begun{}; ///< when it did
    std::optional<model::Stamp> ended{}; ///< when the client knew; nullopt: it has not
    Ending ending = Ending::timed_out;
};

/// The longest time that a request went out after it was due.
std::chrono::nanoseconds latest_start(std::span<const Request> requests);

/// The figures of a load, of requests in the order in which they were due. Every time counts from when a request was
/// *due*: a client that waits for its turn before it asks would leave out just the requests that a stall would have
/// hit ("coordinated omission": G. Tene, "How NOT to measure latency", 2013; wrk2 works this way). `fired`: when the
/// fault was committed. Nothing: no request.
std::vector<model::Figure> figures_of(std::span<const Request> requests, std::chrono::nanoseconds slow_after,
                                      std::optional<model::Stamp> fired = std::nullopt);

} // namespace bulkhead::load
