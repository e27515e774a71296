#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace bulkhead::workers {

class Commons;
class Neighbours;
class OwnedLedger;

/// The worker loop, the same in every shape: completes ops at the pace that the black box asks for, answers calls, and
/// commits the fault when it is called to. Returns only for a fault that lets main() return, with main's exit code.
int work(std::span<std::byte> box, int bell, std::uint32_t thread, Commons* commons, Neighbours* neighbours,
         OwnedLedger* ledger);

} // namespace bulkhead::workers
