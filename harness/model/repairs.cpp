#include "harness/model/evidence.hpp"
#include "harness/model/restart.hpp"

#include <algorithm>
#include <vector>

namespace bulkhead::model {
namespace {

/// The victim's own stamp of the strike.
std::optional<Stamp> fired_in(const TrialRecord& record, std::uint32_t strike)
{
    if (strike <= 1) {
        return record.fired;
    }
    return strike - 2 < record.further_strikes.size() ? record.further_strikes[strike - 2].fired : std::nullopt;
}

/// Since when a host has not been at work, as its restarts are gone through in their order.
class Downtime {
public:
    explicit Downtime(const TrialRecord& record) : record_(record), since_(record.plan.shape.hosts)
    {
        ends_.reserve(record.hosts.size());
        for (const HostRecord& host : record.hosts) {
            ends_.push_back(ended_early(host) ? host.end_seen : std::nullopt);
        }
    }

    void add(const Restart& restart)
    {
        const std::uint32_t host = restart.host;
        const bool is_struck = host == record_.plan.victim.host && !restart.collateral;
        // A replacement that ended before it was ready has not been at work: the host is down since its first end.
        if (!since_[host]) {
            since_[host] = is_struck ? fired_in(record_, restart.strike) : ends_[host];
        }
        ends_[host] = restart.ended_in_teardown ? std::nullopt : restart.end_seen;
        if (restart.ready && since_[host]) {
            total_ns_ += static_cast<double>(*restart.ready - *since_[host]) * record_.plan.shape.threads;
            since_[host].reset();
        }
    }

    /// nullopt when some host is down still.
    [[nodiscard]] std::optional<double> total_ns() const
    {
        const auto is_there = [](const std::optional<Stamp>& stamp) { return stamp.has_value(); };
        const bool some_down = std::ranges::any_of(since_, is_there) || std::ranges::any_of(ends_, is_there);
        return some_down ? std::nullopt : std::optional(total_ns_);
    }

private:
    const TrialRecord& record_;
    std::vector<std::optional<Stamp>> since_;
    std::vector<std::optional<Stamp>> ends_; ///< of the latest of each place, unless it lived until the teardown
    double total_ns_ = 0;
};

} // namespace

Repairs repairs_of(const TrialRecord& record)
{
    Repairs repairs;
    if (!is_whole(record)) {
        return repairs;
    }
    Downtime downtime(record);
    Stamp last = 0;
    for (const Restart& restart : record.restarts) {
        ++repairs.restarts;
        repairs.collateral += restart.collateral ? 1 : 0;
        downtime.add(restart);
        const auto fired = fired_in(record, restart.strike);
        if (restart.ready && fired && restart.host == record.plan.victim.host) {
            repairs.longest_ns = std::max(repairs.longest_ns.value_or(0), *restart.ready - *fired);
        }
        last = std::max(last, restart.ready.value_or(0));
    }
    if (repairs.restarts > 0 && record.fired && !record.given_up) {
        repairs.down_ns = downtime.total_ns();
    }
    if (repairs.down_ns) {
        repairs.span_ns = static_cast<double>(last - *record.fired);
    }
    return repairs;
}

} // namespace bulkhead::model
