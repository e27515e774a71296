#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace bulkhead::workers {

struct Slot;
class Commons;
class Neighbours;

/// What a fault finds around it.
struct Scene {
    Slot& slot;
    std::span<std::byte> box; ///< the whole black box of the host, for the one fault that attacks it
    int bell;
    std::uint32_t thread;
    std::uint32_t threads;
    Commons* commons;       ///< what the workers of the host have in common; null: nothing
    Neighbours* neighbours; ///< whom the worker sends to and receives from; null: nobody
};

/// The proof of activation: writes the moment, and the ops completed, into the victim's slot of the black box. A fault
/// calls it when all its preparations are done, right before the instruction or call that commits it; nothing may
/// allocate, lock or log in between.
class Fired {
public:
    Fired(const Scene& scene, std::uint64_t ops) : scene_(scene), ops_(ops) {}
    void operator()() const noexcept;

    /// The same, and then wakes the supervisor: for faults after which nobody would tell it.
    void and_tell() const noexcept;

    [[nodiscard]] const Scene& scene() const { return scene_; }

private:
    const Scene& scene_;
    std::uint64_t ops_;
};

/// What a fault says when it comes back at all.
enum class Aftermath : std::uint8_t {
    did_not_take, ///< it should have ended the worker and did not: the trial has no verdict
    goes_on,      ///< as it should: the worker takes up its work again
    main_returns  ///< the worker loop is to return to main(), which returns
};

/// Thrown by exception-caught only; the top of the worker's thread catches it, and nothing else.
struct CaughtAtTop {};

struct FaultFunction {
    std::string_view id; ///< the row of the catalogue
    Aftermath (*commit)(const Fired& fired);
};

/// One function for each fault that the victim commits itself.
std::span<const FaultFunction> fault_functions();

} // namespace bulkhead::workers
