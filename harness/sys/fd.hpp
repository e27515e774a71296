#pragma once

#include <cstdint>
#include <unistd.h>
#include <utility>

namespace bulkhead::sys {

/// Owns one file descriptor. Every descriptor made here is close-on-exec.
class Fd {
public:
    Fd() = default;
    explicit Fd(int number) noexcept : number_(number) {}
    Fd(Fd&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    Fd& operator=(Fd&& other) noexcept
    {
        if (this != &other) {
            close();
            number_ = std::exchange(other.number_, -1);
        }
        return *this;
    }
    ~Fd() { close(); }

    [[nodiscard]] int number() const noexcept { return number_; }
    [[nodiscard]] explicit operator bool() const noexcept { return number_ >= 0; }
    void close() noexcept
    {
        if (number_ >= 0)
            ::close(std::exchange(number_, -1)); // EINTR closes too on Linux: close(2), notes
    }
    /// Gives it away: whoever takes the number owns it from now on.
    [[nodiscard]] int release() noexcept { return std::exchange(number_, -1); }

private:
    int number_ = -1;
};

/// Another descriptor of the same thing: fcntl(2) F_DUPFD_CLOEXEC.
Fd duplicate(const Fd& descriptor);

/// A counter that can be waited for, not blocking: eventfd(2).
Fd eventfd();
/// Adds one; never blocks and never fails in a way that matters (a full counter is readable already).
/// Async-signal-safe.
void eventfd_signal(int descriptor) noexcept;
/// Takes the counter back to zero. Never blocks: whoever else holds the eventfd may have cleared its O_NONBLOCK.
void eventfd_clear(const Fd& descriptor) noexcept;

/// open(2) of /dev/null for reading and writing.
Fd open_null();

} // namespace bulkhead::sys
