#include "harness/sys/clock.hpp"
#include "workers/faults/faults.hpp"

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <ctime>
#include <pthread.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace bulkhead::workers::faults {
namespace {

/// A thread that holds a plain mutex for as long as this lives.
class Holder {
public:
    Holder() : starts_(pthread_create(&thread_, nullptr, &hold, this) == 0)
    {
        if (starts_) {
            held_.wait(false);
        }
    }
    ~Holder()
    {
        over_ = true;
        over_.notify_one();
        if (starts_) {
            pthread_join(thread_, nullptr);
        }
    }
    Holder(const Holder&) = delete;
    Holder& operator=(const Holder&) = delete;

    [[nodiscard]] bool starts() const { return starts_; }
    /// False when it cannot be had within a time that is far more than an unlocked one would take.
    bool lock_soon()
    {
        constexpr std::int64_t second_ns = 1'000'000'000;
        constexpr std::int64_t patience_ns = 20'000'000;
        const std::int64_t end = sys::monotonic_ns() + patience_ns;
        const std::timespec until{end / second_ns, end % second_ns};
        return pthread_mutex_clocklock(&mutex_, CLOCK_MONOTONIC, &until) != ETIMEDOUT;
    }

private:
    static void* hold(void* self)
    {
        auto& holder = *static_cast<Holder*>(self);
        pthread_mutex_lock(&holder.mutex_);
        holder.held_ = true;
        holder.held_.notify_one();
        holder.over_.wait(false);
        pthread_mutex_unlock(&holder.mutex_);
        return nullptr;
    }

    pthread_mutex_t mutex_ = PTHREAD_MUTEX_INITIALIZER;
    std::atomic<bool> held_ = false;
    std::atomic<bool> over_ = false;
    pthread_t thread_{};
    bool starts_; // last: the thread uses what comes before
};

/// Waits two seconds, a hundred times what the child takes; -1: it did not exit by then, or in another way.
int exit_code_of(pid_t child)
{
    constexpr int tries = 2000;
    int status = 0;
    for (int i = 0; i < tries; ++i) {
        const pid_t ended = ::waitpid(child, &status, WNOHANG);
        if (ended != 0) {
            return ended == child && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
        }
        ::usleep(1000);
    }
    ::kill(child, SIGKILL);
    ::waitpid(child, &status, 0);
    return -1;
}

} // namespace

// The parent lives, and so does the thread that holds the lock; the child is given a copy of the lock and no such
// thread. It ends with the thread that forked it, should that be killed.
Aftermath fork_with_lock(const Fired& fired)
{
    constexpr int waited_in_vain = 0;
    constexpr int got_it = 1;
    Holder holder;
    if (!holder.starts()) {
        return Aftermath::did_not_take;
    }
    fired();
    const pid_t child = ::fork();
    if (child == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        ::_exit(holder.lock_soon() ? got_it : waited_in_vain);
    }
    const bool took = child > 0 && exit_code_of(child) == waited_in_vain;
    return took ? Aftermath::goes_on : Aftermath::did_not_take;
}

} // namespace bulkhead::workers::faults
