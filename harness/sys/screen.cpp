#include "harness/sys/screen.hpp"

#include "harness/sys/error.hpp"

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <initializer_list>
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

/// The part that is left to write; nothing when nobody is there to see it. A terminal that takes nothing now, as one
/// that is shared with a program that wants it so, is waited for, but not for ever.
std::string_view written_some(std::string_view text) noexcept
{
    constexpr int patience_ms = 1'000;
    const auto written = ::write(screen, text.data(), text.size());
    if (written >= 0)
        return text.substr(static_cast<std::size_t>(written));
    if (errno == EINTR)
        return text;
    pollfd room{screen, POLLOUT, 0};
    return errno == EAGAIN && ::poll(&room, 1, patience_ms) == 1 ? text : std::string_view{};
}

void write_all(std::string_view text) noexcept
{
    while (!text.empty())
        text = written_some(text);
}

/// Whoever is in the foreground has the terminal.
bool is_in_foreground() noexcept
{
    return ::tcgetpgrp(screen) == ::getpgrp();
}

sigset_t set_of(std::initializer_list<int> signals) noexcept
{
    sigset_t set;
    sigemptyset(&set);
    for (const int signal : signals)
        sigaddset(&set, signal);
    return set;
}

/// The modes are those of whoever has the terminal now; without SIGTTOU even a terminal that stops those who write from
/// the background takes the rest.
void leave_to_foreground() noexcept
{
    if (!is_up.exchange(false))
        return;
    const sigset_t refused = set_of({SIGTTOU});
    sigset_t before;
    ::pthread_sigmask(SIG_BLOCK, &refused, &before);
    write_all(leave_sequence);
    ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

/// The modes to be set again are taken each time: with a shell, those of when the program began may be its own.
void take_modes() noexcept
{
    takes_keys = ::tcgetattr(STDIN_FILENO, &mode_before) == 0;
    mode_of_screen = mode_before;
    mode_of_screen.c_lflag &= ~static_cast<tcflag_t>(ICANON | ECHO);
    mode_of_screen.c_cc[VMIN] = 0;
    mode_of_screen.c_cc[VTIME] = 0;
}

void enter() noexcept
{
    if (!is_in_foreground()) {
        leave_to_foreground(); // from SIGSTOP, at which nothing could be left
        return;
    }
    if (!is_up)
        take_modes();
    is_up = true; // before anything is changed: a signal from now on must undo it
    if (takes_keys)
        ::tcsetattr(STDIN_FILENO, TCSANOW, &mode_of_screen);
    write_all(enter_sequence);
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
    ::raise(signal);
    const sigset_t stop = set_of({signal}); // blocked while this handles it
    sigset_t before{};
    ::pthread_sigmask(SIG_UNBLOCK, &stop, &before); // stops here, and goes on with SIGCONT, which enters again
    ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
    set_action(signal, on_stop, SA_RESTART);
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

sigset_t own_signals() noexcept
{
    return set_of({SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP, SIGCONT});
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

bool has_screen() noexcept
{
    return exists;
}

void leave_screen() noexcept
{
    if (!is_up)
        return;
    if (!is_in_foreground()) {
        leave_to_foreground();
        return;
    }
    write_all(leave_sequence);
    if (takes_keys)
        ::tcsetattr(STDIN_FILENO, TCSANOW, &mode_before);
    is_up = false; // last: a signal until now does all of it again
}

Screen::Screen() : has_keys_(::isatty(STDIN_FILENO) == 1)
{
    exists = true;
    act_on_ending_signals();
    ::sigaction(SIGTSTP, nullptr, &stop_before);
    ::sigaction(SIGCONT, nullptr, &continue_before);
    set_action(SIGTSTP, on_stop, SA_RESTART);
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
    while (is_up && !text.empty())
        text = written_some(text);
}

void Screen::follow_foreground() noexcept
{
    if (is_up == is_in_foreground())
        return;
    const sigset_t signals = own_signals();
    sigset_t before;
    ::pthread_sigmask(SIG_BLOCK, &signals, &before);
    enter();
    ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
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
