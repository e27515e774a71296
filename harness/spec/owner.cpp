#include "harness/spec/draft.hpp"
#include "harness/spec/text.hpp"

#include <fmt/format.h>

#include <algorithm>

// What goes with a ledger that one worker owns.

namespace bulkhead::spec {
namespace {

/// Somebody beside the owner must be there, and such as the fault can strike.
void check_client(const Draft& draft, Mistakes& mistakes)
{
    if (draft.experiment.victim_part != model::VictimPart::client)
        return;
    for (const auto& [shape, at] : draft.shapes.items) {
        if (shape.workers() == 1)
            mistakes.add(at, "the only worker of 1x1 owns the ledger, and has no client",
                         "name a shape with two workers or more");
        for (const auto& [fault, fault_at] : draft.faults.items)
            if (shape.hosts == 1 && shape.workers() > 1 && !may_be_victim(fault, model::WorkerId{0, 1}))
                mistakes.add(fault_at,
                             fmt::format("{} can only strike the thread 0 of a host, which in {} owns the ledger",
                                         in_quotes(to_string(fault)), to_string(shape)),
                             R"(write victim = "owner", or leave out the shape)");
    }
}

} // namespace

/// Where one worker owns the ledger, it matters whether it is the victim: what is predicted depends on it.
void check_owner(const Draft& draft, Mistakes& mistakes)
{
    const auto& workloads = draft.workloads;
    const auto is_owned = [](const auto& workload) { return model::has_owner(workload.value); };
    const auto owned = std::ranges::find_if(workloads.items, is_owned);
    const model::VictimPart part = draft.experiment.victim_part;
    if (owned == workloads.items.end()) {
        if (part != model::VictimPart::any && (workloads.complete || workloads.items.empty()))
            mistakes.add(*draft.victim_at,
                         fmt::format("no workload of this experiment has {} {}",
                                     part == model::VictimPart::owner ? "an" : "a", in_quotes(to_string(part))),
                         R"(add workload = "owned-ledger", or name the victim, such as "p0t1")");
        return;
    }
    for (const auto& [channel, at] : draft.channels.items)
        if (!model::has_use_for(owned->value, channel))
            mistakes.add(at, "the owner of the ledger waits for all of its clients at once, which rings cannot do",
                         "pipe, stream, seqpacket, tcp and mqueue can");
    for (const auto& [shape, at] : draft.shapes.items)
        if (std::uint64_t{shape.threads} + shape.workers() > model::most_owner_threads_and_workers)
            mistakes.add(at, fmt::format("the owner of a ledger cannot serve {}", to_string(shape)),
                         fmt::format("workers and threads of a host may be {} together: each client takes two "
                                     "descriptors, and a host gets all of them at once",
                                     model::most_owner_threads_and_workers));
    const auto has_fault = [](const auto& item) { return !is_golden(item.value); };
    if (!draft.victim_at && std::ranges::any_of(draft.faults.items, has_fault))
        mistakes.add(owned->at, "what the end of a worker does here depends on whether it owns the ledger",
                     R"(write victim = "owner" or "client" in [fault], or name a worker; the owner is p0t0)");
    check_client(draft, mistakes);
}

} // namespace bulkhead::spec
