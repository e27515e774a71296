#include "harness/sys/interrupt.hpp"

#include "harness/sys/screen.hpp"

#include <array>
#include <cerrno>
#include <csignal>

namespace bulkhead::sys {
namespace {

constexpr std::array watched{SIGINT, SIGTERM};

void (*act_on_interrupt)() noexcept = nullptr;
std::array<struct sigaction, watched.size()> actions_before;

extern "C" void on_second_interrupt(int signal)
{
    leave_screen();
    std::signal(signal, SIG_DFL);
    ::raise(signal); // takes effect when this returns
}

extern "C" void on_interrupt(int)
{
    const int error = errno;
    for (const int signal : watched) {
        std::signal(signal, has_screen() ? on_second_interrupt : SIG_DFL);
    }
    act_on_interrupt();
    errno = error;
}

} // namespace

InterruptWatch::InterruptWatch(void (*act)() noexcept)
{
    act_on_interrupt = act;
    struct sigaction action = {};
    action.sa_handler = on_interrupt;
    action.sa_flags = SA_RESTART;
    sigfillset(&action.sa_mask);
    for (std::size_t i = 0; i < watched.size(); ++i) {
        ::sigaction(watched[i], &action, &actions_before[i]);
    }
}

InterruptWatch::~InterruptWatch()
{
    for (std::size_t i = 0; i < watched.size(); ++i) {
        ::sigaction(watched[i], &actions_before[i], nullptr);
    }
}

} // namespace bulkhead::sys
