#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace bulkhead::workers {

struct Slot;

/// The proof of activation: writes the moment, and the ops completed, into the victim's slot of the black box. A fault
/// calls it when all its preparations are done, right before the instruction or call that commits it; nothing may
/// allocate, lock or log in between.
class Fired {
public:
    Fired(Slot& slot, std::uint64_t ops) : slot_(slot), ops_(ops) {}
    void operator()() const noexcept;

    /// The victim's host's black box, for the one fault that attacks it.
    [[nodiscard]] std::span<std::byte> whole_box() const { return box_; }
    void set_box(std::span<std::byte> box) { box_ = box; }

private:
    Slot& slot_;
    std::uint64_t ops_;
    std::span<std::byte> box_;
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
