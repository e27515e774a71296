#pragma once

#include "workers/channels/message.hpp"
#include "workers/counter.hpp"

namespace bulkhead::workers {

// What a client sends to a pool that serves, and what it gets: a frame each, numbered and checked like any message
// between workers. The answer has to be computed from the question, so that a reply which was made for another request,
// or for the client of another trial, is not taken for the right one.

inline constexpr std::uint32_t client = 0xffffffff; ///< the sender of a request is no worker
inline constexpr std::uint64_t answer_steps = 1000; ///< of the counter, from the question to its answer

constexpr Message make_request(std::uint64_t number, std::uint64_t question)
{
    return make_message(client, number, {question});
}

constexpr bool is_request(const Message& message)
{
    return holds(message) && message.sender == client;
}

/// The work itself, step by step: as long for each request.
constexpr Message make_reply(std::uint32_t worker, const Message& request)
{
    std::uint64_t value = request.payload[0];
    for (std::uint64_t step = 0; step < answer_steps; ++step)
        value = counter_next(value);
    return make_message(worker, request.number, {value});
}

constexpr bool is_reply_to(const Message& request, const Message& reply)
{
    return holds(reply) && reply.sender != client && reply.number == request.number &&
           reply.payload[0] == counter_value(request.payload[0], answer_steps);
}

} // namespace bulkhead::workers
