#include "harness/spec/draft.hpp"
#include "harness/spec/text.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace bulkhead::spec {
namespace {

/// The guard's handler jumps to where the fault of the worker itself was begun; a signal from outside finds it
/// anywhere, and a jump out of there is undefined (signal-safety(7)).
void check_guarded_signals(const Draft& draft, Mistakes& mistakes)
{
    const auto jumps = [](const auto& guard) { return guard.value == model::Guard::siglongjmp; };
    if (std::ranges::none_of(draft.guards.items, jumps))
        return;
    for (const auto& [fault, at] : draft.faults.items)
        if (model::takes_signal(model::row_of(fault)) && model::is_guarded_signal(fault.signal))
            mistakes.add(
                at,
                fmt::format("what guard = \"siglongjmp\" does to {} depends on where it finds the worker",
                            in_quotes(to_string(fault))),
                R"(a guard catches what the worker itself commits, such as "segv-null"; leave one of them out)");
}

/// Who repairs is the lock's next owner, who need not have the victim's ledger.
void check_repairs(const Draft& draft, Mistakes& mistakes)
{
    const auto repairs = [](const auto& locking) { return locking.value == model::Locking::repair; };
    const auto is_mended = [](const auto& fault) { return model::row_of(fault.value).leaves.mended_by_repair; };
    const auto fault = std::ranges::find_if(draft.faults.items, is_mended);
    if (fault == draft.faults.items.end() || std::ranges::none_of(draft.lockings.items, repairs))
        return;
    for (const auto& [shared, at] : draft.shared.items)
        if ((shared.bits & bit_of(model::Medium::lock)) != 0 && (shared.bits & bit_of(model::Medium::segment)) == 0)
            mistakes.add(at,
                         fmt::format("who takes the lock over after {} may be in a host without that ledger, where "
                                     "there is nothing to repair",
                                     in_quotes(to_string(fault->value))),
                         R"(add "segment", where the ledger then lies, or leave out lock = "repair")");
}

/// A limit by a cgroup is on pages that were touched, and refuses no allocation.
void check_leaks(const Draft& draft, Mistakes& mistakes)
{
    const auto is_by_cgroup = [](const auto& limits) { return limits.value.via_cgroup; };
    if (std::ranges::none_of(draft.limits.items, is_by_cgroup))
        return;
    for (const auto& [fault, at] : draft.faults.items)
        if (model::row_of(fault).id == "memory-leak")
            mistakes.add(at, "\"memory-leak\" allocates until RLIMIT_AS refuses, and a memory cgroup refuses nothing",
                         R"(leave via = "cgroup" out of limits, or write "oom-kill")");
}

} // namespace

void check_foretold(const Draft& draft, Mistakes& mistakes)
{
    check_guarded_signals(draft, mistakes);
    check_repairs(draft, mistakes);
    check_leaks(draft, mistakes);
}

} // namespace bulkhead::spec
