#include "workers/ledger.hpp"

#include "workers/blackbox.hpp"
#include "workers/commons.hpp"
#include "workers/workload.hpp"

namespace bulkhead::workers::workloads {
namespace {

constexpr auto relaxed = std::memory_order_relaxed;
constexpr std::int64_t most_money = 100;

void take_lock(Workplace& place)
{
    if (place.commons->ledger_locking() != HostLocking::none)
        place.commons->take_lock();
}

void release_lock(Workplace& place)
{
    if (place.commons->ledger_locking() != HostLocking::none)
        place.commons->release_lock();
}

} // namespace

void move_money(Workplace& place)
{
    const std::uint32_t from = draw(place) % ledger_accounts;
    const std::uint32_t to = (from + 1 + draw(place) % (ledger_accounts - 1)) % ledger_accounts;
    const std::int64_t amount = 1 + draw(place) % most_money;
    take_lock(place);
    place.commons->ledger().transfer(from, to, amount, [] {});
    auto& transfers = place.slot.counts[static_cast<std::size_t>(Count::transfers)];
    transfers.store(transfers.load(relaxed) + 1, relaxed);
    release_lock(place);
}

/// Without a lock there is nothing to hold the sum against: somebody may be half-way through a transfer.
std::uint32_t check_sum(Workplace& place)
{
    if (place.commons->ledger_locking() == HostLocking::none)
        return 0;
    take_lock(place);
    const bool holds = place.commons->ledger().sum() == 0;
    release_lock(place);
    return holds ? 0 : shared_record_is_broken;
}

} // namespace bulkhead::workers::workloads
