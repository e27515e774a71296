#include "harness/run/onlooker.hpp"

#include "workers/blackbox.hpp"

namespace bulkhead::run {
namespace {

const workers::Slot& slot_in(const sys::Mapping& mapping, std::uint32_t thread)
{
    return reinterpret_cast<const workers::Slot*>(mapping.bytes().data() + sizeof(workers::Header))[thread];
}

} // namespace

Glance::Glance(const sys::Fd& box, model::Shape shape, bool commons)
    : mapping_(box, workers::box_size(shape.threads, commons))
{}

std::uint64_t Glance::ops(std::uint32_t thread) const
{
    return slot_in(mapping_, thread).ops.load(std::memory_order_relaxed);
}

std::optional<model::Stamp> Glance::fired(std::uint32_t thread) const
{
    const model::Stamp at = slot_in(mapping_, thread).fired_at.load(std::memory_order_relaxed);
    return at == 0 ? std::nullopt : std::optional(at);
}

} // namespace bulkhead::run
