#include "harness/model/ended_by.hpp"

#include "harness/model/judge.hpp"

#include <algorithm>
#include <array>
#include <csignal>

namespace bulkhead::model {
namespace {

bool ends_jobs(const std::optional<sys::Termination>& how)
{
    constexpr std::array signals{SIGTERM, SIGKILL, SIGINT, SIGHUP, SIGQUIT};
    const auto* const signaled = how ? std::get_if<sys::Signaled>(&*how) : nullptr;
    return signaled != nullptr && std::ranges::find(signals, signaled->signal) != signals.end();
}

/// The signal by which the fault ends the victim's host; 0: none.
int signal_of_fault(const TrialPlan& plan)
{
    const VictimEnd end = nature_of(plan.fault, plan.containment).end;
    const sys::Termination* how = nullptr;
    if (const auto* const process = std::get_if<ProcessEnds>(&end)) {
        how = &process->how;
    } else if (const auto* const worker = std::get_if<WorkerEnds>(&end)) {
        how = &worker->last;
    }
    const auto* const signaled = how != nullptr ? std::get_if<sys::Signaled>(how) : nullptr;
    return signaled != nullptr ? signaled->signal : 0;
}

/// The same of one that was itself launched in the place of another.
bool was_ended_early(const TrialRecord& record, const Restart& restart)
{
    const auto next = std::ranges::find_if(record.restarts, [&](const Restart& later) {
        return later.host == restart.host && later.launched > restart.launched;
    });
    return next != record.restarts.end() ? next->collateral
                                         : record.given_up && restart.end_seen.value_or(0) > *record.given_up;
}

bool reaches_other_hosts(const TrialPlan& plan)
{
    return std::ranges::any_of(std::array{Relation::other_host, Relation::later_host}, [&](Relation relation) {
        return predict(plan.fault, plan.shape, relation, plan.containment) == Outcome::died;
    });
}

} // namespace

bool was_ended_early(const TrialRecord& record, const HostRecord& host)
{
    if (host.ended_in_teardown || !host.end_seen) {
        return false;
    }
    const auto first = std::ranges::find(record.restarts, host.number, &Restart::host);
    return first != record.restarts.end() ? first->collateral : record.given_up && *host.end_seen > *record.given_up;
}

bool may_be_ended_from_outside(const TrialRecord& record)
{
    const int by_fault = signal_of_fault(record.plan);
    const bool to_all = reaches_other_hosts(record.plan);
    const auto is_foreign = [&](const std::optional<sys::Termination>& how, std::uint32_t host) {
        const bool within_reach = to_all || host == record.plan.victim.host;
        return ends_jobs(how) && !(within_reach && std::get<sys::Signaled>(*how).signal == by_fault);
    };
    return std::ranges::any_of(record.hosts,
                               [&](const HostRecord& host) {
                                   return !host.ended_in_teardown && !was_ended_early(record, host) &&
                                          is_foreign(host.termination, host.number);
                               }) ||
           std::ranges::any_of(record.restarts, [&](const Restart& restart) {
               return !restart.ended_in_teardown && !was_ended_early(record, restart) &&
                      is_foreign(restart.termination, restart.host);
           });
}

} // namespace bulkhead::model
