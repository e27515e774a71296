#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <span>
#include <string_view>

namespace bulkhead::workers {

class Commons;
class Neighbours;
class OwnedLedger;
struct Slot;

/// What a workload finds around it.
struct Workplace {
    Slot& slot;
    std::uint32_t thread;
    Commons* commons;       ///< what the workers of the host have in common; null: nothing
    Neighbours* neighbours; ///< whom it sends to and receives from; null: nobody
    OwnedLedger* ledger;    ///< its place at the ledger that one worker owns; null: there is none
    int closing;            ///< hung up once no more work comes from outside; 0: none ever does
    std::uint64_t random;   ///< a stream of the worker's own: see `draw`
};

/// The next of a sequence that no other worker has (Knuth's MMIX generator; its high bits are the good ones).
constexpr std::uint32_t draw(Workplace& place)
{
    place.random = 6364136223846793005U * place.random + 1442695040888963407U;
    return static_cast<std::uint32_t>(place.random >> 33U);
}

/// How a worker of a workload whose work comes from outside does one piece of it. Whoever is to fail inside a piece
/// does so between `begin` and `finish`: its effect is done, and nobody has been told of its result.
struct OutsideWork {
    /// Waits until there may be a piece; false when the pool closes.
    bool (*await)(Workplace& place);
    /// Takes a piece and does its effect; false when there was none after all.
    bool (*begin)(Workplace& place);
    /// Tells its result.
    void (*finish)(Workplace& place);
};

/// The two parts of an op in which a worker asks another. Whoever is to fail inside such an op does so in between: it
/// has asked, and was not answered.
struct TwoParts {
    void (*begin)(Workplace& place);
    void (*finish)(Workplace& place);
};

/// What a worker does in an op that it was called for, beside its own count. What it does in between it does at a pace,
/// and would only be in the way of whoever looks.
struct WorkloadFunction {
    std::string_view id; ///< model::to_string(Workload)
    void (*turn)(Workplace& place);
    /// What the worker finds at the end of a call: places that failed a check, a bit each (model::Place).
    std::uint32_t (*check)(Workplace& place);
    /// What it does in every op, called for or not; null: nothing.
    void (*always)(Workplace& place) = nullptr;
    /// Where its work comes from outside; null: it does not.
    const OutsideWork* outside = nullptr;
    /// What `turn` consists of; null: it has no parts.
    const TwoParts* parts = nullptr;
};

/// One function for each workload but `counter`, which has nothing to do besides.
std::span<const WorkloadFunction> workload_functions();

namespace workloads {
void move_money(Workplace& place);
std::uint32_t check_sum(Workplace& place);
void ask_owner(Workplace& place);
void await_owner(Workplace& place);
void transfer_by_owner(Workplace& place);
std::uint32_t check_owned_sum(Workplace& place);
void serve_clients_of_ledger(Workplace& place);
void compute(Workplace& place);
void share_line(Workplace& place);
void allocate(Workplace& place);
void pass_message(Workplace& place);
void receive_messages(Workplace& place);
bool await_job(Workplace& place);
bool begin_job(Workplace& place);
void finish_job(Workplace& place);
extern const OutsideWork serving;
/// True for a connection of a client: part of the work under way, and not of what workers have in common.
bool is_of_client(int descriptor);
} // namespace workloads

} // namespace bulkhead::workers
