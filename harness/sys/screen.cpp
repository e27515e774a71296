#include "harness/sys/screen.hpp"

#include "harness/sys/error.hpp"

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <poll.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

namespace bulkhead::sys {
namespace {

constexpr int screen = STDERR_FILENO;

/// The alternate screen, without a cursor, and lines that do not go on in the next one; and back.
constexpr std::string_view enter_sequence = "\x1b[?1049h\x1b[?25l\x1b[?7l\x1b[0m\x1b[2J\x1b[H";
constexpr std::string_view leave_sequence = "\x1b[0m\x1b[?7h\x1b[?25h\x1b[?1049l";

constexpr std::array ending{SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL};

// Signal handlers know nothing else.
std::atomic<bool> exists = false; ///< there is a Screen
std::atomic<bool> is_up = false;  ///< and it is what the terminal shows
std::atomic<bool> is_blank = false;
std::atomic<bool> takes_keys = false;
termios mode_before;
termios mode_of_screen;

std::array<struct sigaction, ending.size()> ending_before;
struct sigaction stop_before;
struct sigaction continue_before;

void write_all(std::string_view text) noexcept
{
    while (!text.empty()) {
        const auto written = ::write(screen, text.data(), text.size());
        if (written < 0 && errno != EINTR)
            return; // nobody is there to see it
        text.remove_prefix(written < 0 ? 0 : static_cast<std::size_t>(written));
    }
}

void enter() noexcept
{
    if (::tcgetpgrp(screen) != ::getpgrp()) // whoever is in the foreground has the terminal
        return;
    if (takes_keys)
        ::tcsetattr(STDIN_FILENO, TCSANOW, &mode_of_screen);
    write_all(enter_sequence);
    is_up = true;
    is_blank = true;
}

void set_action(int signal, void (*handler)(int), int flags)
{
    struct sigaction action = {};
    action.sa_handler = handler;
    action.sa_flags = flags;
    sigemptyset(&action.sa_mask);
    ::sigaction(signal, &action, nullptr);
}

extern "C" void on_ending(int signal)
{
    leave_screen();
    std::signal(signal, SIG_DFL);
    ::raise(signal); // takes effect when this returns
}

extern "C" void on_stop(int signal)
{
    const int error = errno;
    leave_screen();
    std::signal(signal, SIG_DFL);
    ::raise(signal); // stops here, and goes on with SIGCONT, which enters again
    set_action(signal, on_stop, SA_RESTART | SA_NODEFER);
    if (exists && !is_up) // where nobody could continue it, it was not stopped
        enter();
    errno = error;
}

/// Whoever had the terminal meanwhile may have set its modes.
extern "C" void on_continue(int)
{
    const int error = errno;
    if (exists)
        enter();
    errno = error;
}

sigset_t own_signals()
{
    sigset_t set;
    sigemptyset(&set);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP, SIGCONT})
        sigaddset(&set, signal);
    return set;
}

/// Only where nobody else acts on it: what is ignored stays ignored, and a campaign ends its own way.
void act_on_ending_signals()
{
    for (std::size_t i = 0; i < ending.size(); ++i) {
        ::sigaction(ending[i], nullptr, &ending_before[i]);
        if ((ending_before[i].sa_flags & SA_SIGINFO) == 0 && ending_before[i].sa_handler == SIG_DFL)
            set_action(ending[i], on_ending, 0);
    }
}

/// Takes back only what it has set itself.
void forget_ending_signals()
{
    for (std::size_t i = 0; i < ending.size(); ++i) {
        struct sigaction now = {};
        ::sigaction(ending[i], nullptr, &now);
        if ((now.sa_flags & SA_SIGINFO) == 0 && now.sa_handler == on_ending)
            ::sigaction(ending[i], &ending_before[i], nullptr);
    }
}

} // namespace

ScreenSize screen_size()
{
    winsize size{};
    if (::ioctl(screen, TIOCGWINSZ, &size) != 0)
        return {};
    return {size.ws_col, size.ws_row};
}

void leave_screen() noexcept
{
    if (!is_up.exchange(false))
        return;
    write_all(leave_sequence);
    if (takes_keys)
        ::tcsetattr(STDIN_FILENO, TCSANOW, &mode_before);
}

Screen::Screen() : has_keys_(::isatty(STDIN_FILENO) == 1 && ::tcgetattr(STDIN_FILENO, &mode_before) == 0)
{
    takes_keys = has_keys_;
    if (has_keys_) {
        mode_of_screen = mode_before;
        mode_of_screen.c_lflag &= ~static_cast<tcflag_t>(ICANON | ECHO);
        mode_of_screen.c_cc[VMIN] = 0;
        mode_of_screen.c_cc[VTIME] = 0;
    }
    exists = true;
    act_on_ending_signals();
    ::sigaction(SIGTSTP, nullptr, &stop_before);
    ::sigaction(SIGCONT, nullptr, &continue_before);
    set_action(SIGTSTP, on_stop, SA_RESTART | SA_NODEFER);
    set_action(SIGCONT, on_continue, SA_RESTART);
    enter();
}

Screen::~Screen()
{
    exists = false;
    ::sigaction(SIGTSTP, &stop_before, nullptr);
    ::sigaction(SIGCONT, &continue_before, nullptr);
    leave_screen();
    forget_ending_signals();
}

void Screen::write(std::string_view text) const
{
    while (is_up && !text.empty()) {
        const auto written = ::write(screen, text.data(), text.size());
        if (written < 0 && errno != EINTR)
            return;
        text.remove_prefix(written < 0 ? 0 : static_cast<std::size_t>(written));
    }
}

bool Screen::became_blank() noexcept
{
    return is_blank.exchange(false);
}

std::string Screen::keys(std::chrono::milliseconds limit, int also)
{
    std::array<pollfd, 2> waited{pollfd{has_keys_ && is_up ? STDIN_FILENO : -1, POLLIN, 0}, pollfd{also, POLLIN, 0}};
    if (::poll(waited.data(), waited.size(), static_cast<int>(limit.count())) <= 0 || waited[0].revents == 0)
        return {};
    std::array<char, 64> typed{};
    const auto length = ::read(STDIN_FILENO, typed.data(), typed.size());
    if (length == 0 || (length < 0 && errno != EINTR && errno != EAGAIN))
        has_keys_ = false; // the terminal is gone
    std::string keys(typed.data(), static_cast<std::size_t>(std::max<ssize_t>(length, 0)));
    return keys.starts_with('\x1b') ? "" : keys;
}

SignalsElsewhere::SignalsElsewhere()
{
    const sigset_t signals = own_signals();
    if (const int error = ::pthread_sigmask(SIG_BLOCK, &signals, &before_); error != 0)
        refuse("pthread_sigmask", error);
}

SignalsElsewhere::~SignalsElsewhere()
{
    ::pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

void SignalsElsewhere::here()
{
    const sigset_t signals = own_signals();
    if (const int error = ::pthread_sigmask(SIG_UNBLOCK, &signals, nullptr); error != 0)
        refuse("pthread_sigmask", error);
}

} // namespace bulkhead::sys
