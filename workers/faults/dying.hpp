#pragma once

namespace bulkhead::workers::faults {

/// Its destructor calls last_words(), which by then is pure again. Not in an unnamed namespace, and its destructor in
/// a file of its own: of a class that no other file can derive from, g++ knows every override and calls the only one
/// directly; and a compiler that sees the call in the destructor may take it as impossible.
struct Dying {
    Dying() = default;
    Dying(const Dying&) = delete;
    Dying& operator=(const Dying&) = delete;
    virtual ~Dying();
    virtual void last_words() = 0;
};

} // namespace bulkhead::workers::faults
