#pragma once

namespace bulkhead::sys {

/// Calls `act`, from the signal handler, at the first SIGINT or SIGTERM; `act` may only do what signal-safety(7)
/// allows. From then on both signals do what they do by default, so that a second one ends the program at once; the
/// screen is left first, where there is one.
/// One watch at a time; the actions of before are restored at its end.
class InterruptWatch {
public:
    explicit InterruptWatch(void (*act)() noexcept);
    ~InterruptWatch();
    InterruptWatch(const InterruptWatch&) = delete;
    InterruptWatch& operator=(const InterruptWatch&) = delete;
};

} // namespace bulkhead::sys
