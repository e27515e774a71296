// Faults in the channel to the next worker of the ring. System calls are never dropped, and a ring's memory is shared.

#include "workers/faults/dying.hpp"
#include "workers/faults/faults.hpp"
#include "workers/neighbours.hpp"

#include <csignal>
#include <unistd.h>

namespace bulkhead::workers::faults {
namespace {

/// By a signal that nothing can catch: nothing is flushed, closed or said on the way.
Aftermath die()
{
    ::kill(::getpid(), SIGKILL);
    return Aftermath::did_not_take;
}

} // namespace

// The half is out before the stamp only by name: between the two lines nothing happens but the send.
Aftermath die_mid_message(const Fired& fired)
{
    Neighbours* const neighbours = fired.scene().neighbours;
    if (neighbours == nullptr) {
        return Aftermath::did_not_take;
    }
    fired();
    neighbours->send_half();
    return die();
}

Aftermath writer_gone(const Fired& fired)
{
    if (fired.scene().neighbours == nullptr) {
        return Aftermath::did_not_take;
    }
    fired();
    return die();
}

// That it has stopped receiving, and that the worker before it waits for room, the supervisor has seen to.
Aftermath reader_gone(const Fired& fired)
{
    if (fired.scene().neighbours == nullptr) {
        return Aftermath::did_not_take;
    }
    fired();
    return die();
}

Aftermath garbage_frame(const Fired& fired)
{
    Neighbours* const neighbours = fired.scene().neighbours;
    if (neighbours == nullptr) {
        return Aftermath::did_not_take;
    }
    fired();
    return neighbours->send_garbage() ? Aftermath::goes_on : Aftermath::did_not_take;
}

Aftermath flood(const Fired& fired)
{
    Neighbours* const neighbours = fired.scene().neighbours;
    if (neighbours == nullptr) {
        return Aftermath::did_not_take;
    }
    fired();
    return neighbours->flood() ? Aftermath::goes_on : Aftermath::did_not_take;
}

} // namespace bulkhead::workers::faults
