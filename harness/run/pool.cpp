#include "harness/run/pool.hpp"

#include "harness/run/launcher.hpp"
#include "harness/run/onlooker.hpp"
#include "harness/sys/error.hpp"
#include "harness/sys/exec.hpp"
#include "harness/sys/limits.hpp"
#include "harness/sys/socket.hpp"

#include <algorithm>
#include <cerrno>
#include <exception>
#include <iterator>
#include <numeric>
#include <vector>

namespace bulkhead::run {
namespace {

using std::chrono::milliseconds;

static_assert(workers::most_descriptors <= sys::max_passed && workers::most_descriptors <= sys::max_sent);

} // namespace

Pool::Pool(Lane& lane, const model::TrialPlan& plan, std::uint32_t unshared)
    : lane_(lane), plan_(plan), unshared_(unshared), hosts_(plan.shape.hosts), called_(plan.shape.hosts)
{
    for (std::uint32_t number = 0; number < plan.shape.hosts; ++number)
        hosts_[number].record.number = number;
}

Pool::~Pool()
{
    try {
        end();
    } catch (const std::exception&) { // NOLINT: what is left dies with this lane's thread (PR_SET_PDEATHSIG)
        lane_.give_up_zygote();
    }
}

void Pool::launch()
{
    handed_.emplace(plan_);
    engagement_ = make_engagement(lane_, plan_);
    handed_->open_channels(plan_);
    prepare_seats();
    for (std::uint32_t number = 0; number < plan_.shape.hosts; ++number)
        expect_proof_of(number);
    for (std::uint32_t number = 0; number < plan_.shape.hosts;)
        number += launch_hosts(number, plan_.shape.hosts - number);
}

void Pool::expect_proof_of(std::uint32_t number)
{
    ++unanswered_;
    called_[number].resize(plan_.shape.threads);
    std::iota(called_[number].begin(), called_[number].end(), 0U);
}

void Pool::launch_anew(std::uint32_t number)
{
    lane_.renew_seat(plan_, number);
    lane_.seat(number).prepare(plan_, number, setup_);
    hosts_[number] = {};
    hosts_[number].record.number = number;
    --launched_;
    if (living_ == 0)
        group_ = 0; // it is gone with the last of its members
    expect_proof_of(number);
    launch_hosts(number, 1);
}

void Pool::prepare_seats()
{
    lane_.provide_seats(plan_);
    setup_.handed = handed_->mask();
    setup_.unshared = unshared_;
    setup_.first_end = handed_->first_end();
    setup_.closing = engagement_ ? handed_->end_of_shared() : 0;
    const model::Containment& containment = plan_.containment;
    const bool limits_threads = is_golden(plan_.fault) || model::row_of(plan_.fault).needs == model::Need::thread_limit;
    if (containment.thread_limit == model::ThreadLimit::nproc && limits_threads)
        setup_.nproc = static_cast<std::uint32_t>(sys::threads_of_user().size()) + plan_.shape.workers() +
                       containment.limits.threads;
    for (std::uint32_t number = 0; number < plan_.shape.hosts; ++number)
        lane_.seat(number).prepare(plan_, number, setup_);
}

pid_t Pool::group_of_next_host() const
{
    if (shares(plan_.containment, model::Medium::group))
        return group_ == 0 ? sys::own_group : group_;
    // The kernel may make a group of the scheduler for each session (sched(7), "autogroup"), which is dear to make and
    // to take down, and counts only where rates are measured. The zygote leads a session apart from the supervisor's,
    // so that the group is orphaned as it is in a session of its own.
    const bool group_will_do = plan_.launch == model::Launch::zygote && plan_.burst.count() == 0;
    return group_will_do ? sys::own_group : sys::own_session;
}

std::vector<int> Pool::descriptors_for(std::uint32_t number) const
{
    const Seat& seat = lane_.seat(number);
    std::vector<int> descriptors{seat.box().number(), seat.bell().number()};
    handed_->append_to(descriptors, number);
    if (engagement_) {
        descriptors.push_back(engagement_->closing().number());
        engagement_->append_to(descriptors, number);
    }
    return descriptors;
}

void Pool::let_go(std::uint32_t number)
{
    handed_->let_go(number);
    if (engagement_)
        engagement_->let_go(number);
}

/// Launches as many as can be asked for at once, from this one on and at most so many; tells how many.
std::uint32_t Pool::launch_hosts(std::uint32_t first, std::uint32_t most)
{
    const auto descriptors_of_next = [this](std::uint32_t number) {
        if (engagement_)
            engagement_->prepare(number);
        return descriptors_for(number);
    };
    std::vector<int> descriptors = descriptors_of_next(first);
    const pid_t group = group_of_next_host();
    if (plan_.launch == model::Launch::exec) {
        take_in(first, run::launch(lane_.options().host, "host", lane_.null(), descriptors, group,
                                   lane_.options().steady_limit));
        let_go(first);
        return 1;
    }
    const bool in_one_group = shares(plan_.containment, model::Medium::group);
    const auto fit = static_cast<std::uint32_t>(workers::most_descriptors_at_once / descriptors.size());
    const bool is_alone = in_one_group || (first == 0 && !handed_->is_even()); // a request is for so many of each
    const std::uint32_t count = is_alone ? 1 : std::clamp(fit, 1U, std::min(most, workers::most_forked_at_once));
    for (std::uint32_t number = first + 1; number < first + count; ++number)
        std::ranges::copy(descriptors_of_next(number), std::back_inserter(descriptors));
    request_from_zygote(first, count, descriptors, group);
    for (std::uint32_t number = first; number < first + count; ++number)
        let_go(number);
    take_zygote_replies(); // while it forks the next; unread replies would block it in the end
    const bool is_leader = in_one_group && group == sys::own_group;
    if (is_leader && !await_replies())
        sys::refuse("fork in the zygote", ETIMEDOUT);
    return count;
}

void Pool::take_in(std::uint32_t number, sys::Pidfd process)
{
    try {
        lane_.epoll().add_edge(process.descriptor(), Source{Source::Kind::process, number}.tag());
    } catch (const std::system_error&) { // its end would never be seen
        process.kill_and_reap();
        throw;
    }
    ++launched_;
    ++living_;
    Host& host = hosts_[number];
    host.process = std::move(process);
    host.record.pid = host.process.pid();
    if (group_ == 0 && shares(plan_.containment, model::Medium::group))
        group_ = host.record.pid;
    lane_.limit_by_cgroups(plan_, number, host.record.pid);
    if (Onlooker* const onlooker = lane_.options().onlooker)
        onlooker->launched(lane_.number(), number, lane_.seat(number).box(), sys::monotonic_ns());
}

void Pool::on_process_end(std::uint32_t number, model::Stamp now)
{
    if (number >= hosts_.size() || !hosts_[number].process)
        return;
    Host& host = hosts_[number];
    const auto termination = host.process.reap();
    if (!termination)
        return;
    host.record.termination = termination;
    host.record.end_seen = now;
    host.record.ended_in_teardown = ending_;
    host.process = {};
    --living_;
    if (!host.answered)
        --unanswered_;
    if (engagement_)
        engagement_->on_end(number);
    if (Onlooker* const onlooker = lane_.options().onlooker)
        onlooker->ended(lane_.number(), number, *termination, now, ending_);
}

void Pool::challenge(std::uint32_t number, const std::vector<std::uint32_t>& threads, std::uint64_t amount,
                     workers::CallKind kind)
{
    Host& host = hosts_[number];
    if (host.record.end_seen) // it would never answer
        return;
    if (host.answered) {
        host.answered = false;
        ++unanswered_;
    }
    called_[number] = threads;
    Seat& seat = lane_.seat(number);
    seat.expect_answers(static_cast<std::uint32_t>(threads.size()));
    for (const std::uint32_t thread : threads)
        seat.call(thread, kind, amount);
}

bool Pool::signal_group(int signal) const
{
    // As long as a member is not reaped, the number is the group's and nobody else's.
    return living_ > 0 && sys::signal_group(group_, signal);
}

void Pool::watch_thread(std::uint32_t host, std::int32_t tid)
{
    thread_ = sys::open_thread(tid);
    if (thread_)
        lane_.epoll().add(thread_, Source{Source::Kind::thread, host}.tag());
}

} // namespace bulkhead::run
