// The system refuses the supervisor a step of a trial, at each place in turn: the trial is given up with the reason,
// and everybody that was launched is dead and reaped.
#include "tests/live/trials.hpp"

#include <array>
#include <cerrno>
#include <cstddef>
#include <doctest/doctest.h>
#include <functional>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <thread>

using namespace bulkhead;
using test::options_with;
using test::plan_for;

namespace {

/// From now on this thread can let no epoll watch a descriptor of this number or above (ENOSPC). False where filters
/// are not allowed.
bool refuse_to_watch_from(int descriptor)
{
    constexpr auto argument = [](std::size_t number) {
        return static_cast<std::uint32_t>(offsetof(seccomp_data, args) + number * sizeof(std::uint64_t));
    };
    const auto from = static_cast<std::uint32_t>(descriptor);
    std::array<sock_filter, 8> filter{
        sock_filter BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
        sock_filter BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_epoll_ctl, 0, 5),
        sock_filter BPF_STMT(BPF_LD | BPF_W | BPF_ABS, argument(1)),
        sock_filter BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, EPOLL_CTL_ADD, 0, 3),
        sock_filter BPF_STMT(BPF_LD | BPF_W | BPF_ABS, argument(2)),
        sock_filter BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, from, 0, 1),
        sock_filter BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSPC),
        sock_filter BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    const sock_fprog program{filter.size(), filter.data()};
    return ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

model::TrialPlan four_hosts(model::Launch launch)
{
    auto plan = plan_for("segv-null", "4x1");
    plan.launch = launch;
    return plan;
}

/// A trial in a thread of its own, which `hamper` is called in first.
model::TrialRecord run_hampered(const model::TrialPlan& plan, const std::function<void()>& hamper)
{
    model::TrialRecord record;
    std::thread{[&] {
        hamper();
        record = run::run_trial(plan, options_with());
    }}.join();
    return record;
}

/// True when the trial was refused something, for which there is no verdict, and nobody is left of it.
bool gives_up_in_order(const model::TrialRecord& record, const std::string& reason)
{
    CAPTURE(record.inconclusive);
    CHECK(::waitpid(-1, nullptr, WNOHANG) == -1);
    CHECK(record.finished - record.started < 30'000'000'000);
    const bool refused = record.inconclusive.find(reason) != std::string::npos;
    CHECK((refused || record.inconclusive.empty()));
    return refused;
}

} // namespace

TEST_CASE("a host whose end could not be seen is killed and reaped, and the trial is no verdict")
{
    bool filtered = true;
    std::thread{[&] { filtered = refuse_to_watch_from(0); }}.join();
    if (!filtered) {
        MESSAGE("skipped: no system call filters for this user here");
        return;
    }
    for (const auto launch : {model::Launch::exec, model::Launch::zygote}) {
        int refused = 3;
        while (refused < 100 &&
               gives_up_in_order(run_hampered(four_hosts(launch), [&] { refuse_to_watch_from(refused); }),
                                 "No space left on device"))
            ++refused;
        CHECK(refused > 3 + 4); // each bell and each host was one of them
        CHECK(refused < 100);
    }
}

TEST_CASE("a restart that is refused the watching of its new host is no verdict, and leaves nobody behind")
{
    bool filtered = true;
    std::thread{[&] { filtered = refuse_to_watch_from(0); }}.join();
    if (!filtered) {
        MESSAGE("skipped: no system call filters for this user here");
        return;
    }
    auto plan = four_hosts(model::Launch::zygote);
    plan.containment.supervision.strategy = model::Strategy::one_for_one; // the others keep their descriptors
    int in_restarts = 0;
    bool refused = true;
    for (int from = 3; refused && from < 100; ++from) {
        const auto record = run_hampered(plan, [&] { refuse_to_watch_from(from); });
        refused = gives_up_in_order(record, "No space left on device");
        in_restarts += refused && record.end_seen ? 1 : 0;
    }
    CHECK(in_restarts > 0);
}
