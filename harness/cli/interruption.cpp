#include "harness/cli/interruption.hpp"

#include <atomic>

namespace bulkhead::cli {
namespace {

std::atomic<run::Stop*> stop_to_request = nullptr;

void request_stop() noexcept
{
    stop_to_request.load()->request();
}

/// Before anybody can call request_stop.
auto aimed_at(run::Stop& stop)
{
    stop_to_request = &stop;
    return &request_stop;
}

} // namespace

Interruption::Interruption() : watch_(aimed_at(stop_)) {}

} // namespace bulkhead::cli
