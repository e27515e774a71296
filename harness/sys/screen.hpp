#pragma once

#include <array>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <string>
#include <string_view>

namespace bulkhead::sys {

struct ScreenSize {
    std::uint32_t columns = 0;
    std::uint32_t lines = 0;
    bool operator==(const ScreenSize&) const = default;
};
/// Of the terminal on stderr; zeros where it does not say.
ScreenSize screen_size();

/// The terminal on stderr as a screen to draw on (the alternate one, without a cursor), and stdin, where it is a
/// terminal, as its keys. What was there before is there again when it is gone, also when a signal ends the program or
/// stops it for a while: every signal whose action is the default one leaves the screen first. One at a time.
///
/// These signals must reach the thread that draws and no other (see SignalsElsewhere), or what it draws may come after
/// the screen was left.
class Screen {
public:
    Screen();
    ~Screen();
    Screen(const Screen&) = delete;
    Screen& operator=(const Screen&) = delete;

    /// Nothing while the program is in the background.
    void write(std::string_view text) const;
    /// To be called for each picture: without a signal that tells, the shell may have given the terminal back (`fg` of
    /// what runs in the background), or taken it.
    static void follow_foreground() noexcept;
    /// True once after the screen has become blank: at the start, and when the program was stopped and goes on.
    [[nodiscard]] bool became_blank() noexcept;

    /// Waits until the limit, or until a key was pressed or `also` is readable (below 0: there is none); gives the
    /// keys that were pressed since. Keys that send more than a character give nothing.
    [[nodiscard]] std::string keys(std::chrono::milliseconds limit, int also);
    [[nodiscard]] bool has_keys() const { return has_keys_; }

private:
    bool has_keys_;
};

/// True while there is a Screen. From signal handlers, too.
bool has_screen() noexcept;

/// Leaves the screen, if there is one; nothing is drawn any more. From signal handlers, too.
void leave_screen() noexcept;

/// Keeps the signals that a Screen acts on, SIGINT and SIGTERM among them, from the calling thread and from those that
/// it starts, as long as this lives; not from programs that are started.
class SignalsElsewhere {
public:
    SignalsElsewhere();
    ~SignalsElsewhere();
    SignalsElsewhere(const SignalsElsewhere&) = delete;
    SignalsElsewhere& operator=(const SignalsElsewhere&) = delete;

    /// Lets them reach the calling thread.
    static void here();

private:
    sigset_t before_{};
};

} // namespace bulkhead::sys
