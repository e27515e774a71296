// The signal that a fault raises, and how the kernel explains it (siginfo_t), seen by a tracer before it is delivered.

#include "harness/run/launcher.hpp"
#include "harness/run/seat.hpp"
#include "harness/sys/clock.hpp"
#include "harness/sys/epoll.hpp"
#include "tests/live/trials.hpp"

#include <array>
#include <csignal>
#include <doctest/doctest.h>
#include <map>
#include <sys/ptrace.h>
#include <sys/wait.h>

using namespace bulkhead;
using test::plan_for;

namespace {

const std::map<std::string_view, int> code_numbers{
    {"SEGV_MAPERR", SEGV_MAPERR}, {"SEGV_ACCERR", SEGV_ACCERR}, {"BUS_ADRERR", BUS_ADRERR},
    {"FPE_INTDIV", FPE_INTDIV},   {"ILL_ILLOPN", ILL_ILLOPN},   {"SI_KERNEL", SI_KERNEL},
    {"SI_TKILL", SI_TKILL},       {"SI_USER", SI_USER},         {"SYS_SECCOMP", 1},
};

/// `names` is one name or "A or B".
bool is_one_of(int code, std::string_view names)
{
    constexpr std::string_view between = " or ";
    const auto end = names.find(between);
    const auto number = code_numbers.find(names.substr(0, end));
    REQUIRE(number != code_numbers.end());
    return code == number->second ||
           (end != std::string_view::npos && is_one_of(code, names.substr(end + between.size())));
}

struct Seen {
    siginfo_t info{};
    int status = 0; ///< of the whole process, as waitpid(2) gives it
};

/// Commits the fault in a host of two workers, traced, and gives the first signal that was about to be delivered, to
/// whichever of them: a file that the victim has truncated, its cell-mate may touch first.
Seen commit_traced(std::string_view fault, std::uint32_t victim)
{
    auto plan = plan_for(fault, "1x2");
    const sys::Fd null = sys::open_null();
    run::Seat seat{2, plan.containment.commons};
    seat.prepare(plan, 0);
    seat.await_bell();
    const auto host =
        run::launch(BULKHEAD_HOST_BINARY, "host", null, std::array{seat.box().number(), seat.bell().number()});
    sys::Epoll ready;
    ready.add(seat.bell(), 0);
    REQUIRE(!ready.wait(std::chrono::seconds{10}).empty());
    for (const std::uint32_t worker : {0U, 1U}) {
        REQUIRE(::ptrace(PTRACE_SEIZE, seat.tid(worker), nullptr, nullptr) == 0);
    }
    seat.call(victim, workers::CallKind::strike, 1);

    Seen seen;
    while (true) {
        int status = 0;
        const pid_t tid = ::waitpid(-1, &status, __WALL);
        REQUIRE(tid > 0);
        if (WIFSTOPPED(status)) {
            if (seen.info.si_signo == 0)
                REQUIRE(::ptrace(PTRACE_GETSIGINFO, tid, nullptr, &seen.info) == 0);
            ::ptrace(PTRACE_CONT, tid, nullptr, WSTOPSIG(status));
        } else if (tid == host.pid()) { // after its other threads
            seen.status = status;
            return seen;
        }
    }
}

} // namespace

TEST_CASE("each crash raises the signal, with the si_code, that its row of the catalogue tells")
{
    int asserted = 0;
    for (const model::FaultRow& row : model::catalogue()) {
        if (row.si_code.empty())
            continue;
        for (const std::uint32_t victim : {0U, 1U}) {
            CAPTURE(row.id);
            CAPTURE(victim);
            const Seen seen = commit_traced(row.id, victim);
            const auto expected = std::get<sys::Signaled>(std::get<model::ProcessEnds>(row.end).how).signal;
            CHECK(seen.info.si_signo == expected);
            CHECK(is_one_of(seen.info.si_code, row.si_code));
            CHECK(WIFSIGNALED(seen.status));
            CHECK(WTERMSIG(seen.status) == expected);
            CHECK_FALSE(WCOREDUMP(seen.status));
            ++asserted;
        }
    }
    CHECK(asserted >= 40);
}
