// Who goes first on the processors, and where.

#include "harness/sys/processors.hpp"
#include "tests/live/trials.hpp"

#include <csignal>
#include <doctest/doctest.h>
#include <sched.h>
#include <sys/resource.h>
#include <sys/wait.h>

using namespace bulkhead;

namespace {

/// A process in a session of its own that waits until this is gone.
class Sleeper {
public:
    Sleeper() : pid_(::fork())
    {
        if (pid_ == 0) {
            ::setsid();
            for (;;)
                ::pause();
        }
        while (::getsid(pid_) != pid_) // it has nothing to wake us by
            ::sched_yield();
    }
    ~Sleeper()
    {
        ::kill(pid_, SIGKILL);
        ::waitpid(pid_, nullptr, 0);
    }
    Sleeper(const Sleeper&) = delete;
    Sleeper& operator=(const Sleeper&) = delete;

    [[nodiscard]] pid_t pid() const { return pid_; }
    [[nodiscard]] int nice() const { return ::getpriority(PRIO_PROCESS, static_cast<id_t>(pid_)); }
    [[nodiscard]] std::size_t processors() const
    {
        cpu_set_t set;
        CPU_ZERO(&set);
        ::sched_getaffinity(pid_, sizeof set, &set);
        return static_cast<std::size_t>(CPU_COUNT(&set));
    }

private:
    pid_t pid_;
};

} // namespace

TEST_CASE("precedence lasts as long as it is held, and is none where the caller may not give any")
{
    const Sleeper sleeper;
    const int before = sleeper.nice();
    {
        const sys::Precedence precedence{{sleeper.pid()}};
        CHECK((sleeper.nice() == -15 || sleeper.nice() == before));
        CHECK_MESSAGE((::geteuid() != 0 || sleeper.nice() == -15), "unless root lacks CAP_SYS_NICE");
    }
    CHECK(sleeper.nice() == before);
}

TEST_CASE("placed threads are each on one processor, and afterwards on any again")
{
    const Sleeper sleeper;
    const std::size_t before = sleeper.processors();
    {
        const sys::Placement placement{{sleeper.pid()}};
        CHECK(placement.processors().size() == before);
        CHECK(sleeper.processors() == 1);
    }
    CHECK(sleeper.processors() == before);
}
