#include "harness/run/measure.hpp"

#include "harness/run/anatomy.hpp"
#include "harness/sys/proc.hpp"

#include <algorithm>
#include <cmath>

namespace bulkhead::run {
namespace {

using workers::Count;

/// Of the called workers, one that answered; nullopt: none did.
std::optional<std::uint32_t> answering_thread(const Lane& lane, const Pool& pool, std::uint32_t host)
{
    for (const std::uint32_t thread : pool.called(host))
        if (lane.seat(host).answered(thread))
            return thread;
    return std::nullopt;
}

std::vector<model::Figure> as_figures(const model::Anatomy& anatomy)
{
    std::vector<model::Figure> figures;
    for (auto& [name, value] : model::anatomy_figures(anatomy))
        figures.push_back({name, value});
    return figures;
}

bool any_spoiled(const Lane& lane, std::uint32_t hosts)
{
    for (std::uint32_t host = 0; host < hosts; ++host)
        if (lane.seat(host).spoiled())
            return true;
    return false;
}

struct Audit {
    double transfers = 0;
    double changes = 0;
    double sum_error = 0;
    double repairs = 0;
    bool any = false;
};

void add_ledger(Audit& audit, const Seat& seat, std::uint32_t thread)
{
    audit.changes += static_cast<double>(seat.count(thread, Count::changes));
    audit.sum_error += std::abs(static_cast<double>(static_cast<std::int64_t>(seat.count(thread, Count::sum))));
    audit.repairs += static_cast<double>(seat.count(thread, Count::repairs));
    audit.any = true;
}

void add_transfers(Audit& audit, const Seat& seat)
{
    for (std::uint32_t thread = 0; thread < seat.threads(); ++thread)
        audit.transfers += static_cast<double>(seat.count(thread, Count::transfers));
}

} // namespace

std::vector<model::Figure> measure_memory(const Pool& pool, const model::TrialPlan& plan)
{
    double proportional = 0;
    double unique = 0;
    for (const Pool::Host& host : pool.hosts()) {
        const auto memory = sys::memory_of(host.record.pid);
        if (!memory)
            return {};
        proportional += static_cast<double>(memory->proportional_kib);
        unique += static_cast<double>(memory->unique_kib);
    }
    const double workers = plan.shape.workers();
    return {{"memory_per_worker", proportional / workers}, {"unique_per_worker", unique / workers}};
}

std::vector<model::Figure> measure_anatomy(Pool& pool, Lane& lane, const model::TrialPlan& plan)
{
    return as_figures(take_anatomy(pool, lane, plan));
}

std::vector<model::Figure> measure_remains(Pool& pool)
{
    model::Anatomy anatomy;
    anatomy.remains = take_remains(pool, static_cast<std::uint32_t>(pool.hosts().size()) - 1);
    return as_figures(anatomy);
}

std::vector<model::Figure> audit_ledger(Lane& lane, Pool& pool, const model::TrialPlan& plan,
                                        std::uint64_t transfers_of_replaced)
{
    const bool one_ledger = shares(plan.containment, model::Medium::segment);
    std::vector<std::pair<std::uint32_t, std::uint32_t>> asked;
    for (std::uint32_t host = 0; host < plan.shape.hosts; ++host) {
        const auto thread = pool.alive(host) && pool.host(host).answered && !pool.host(host).cannot_be_asked
                                ? answering_thread(lane, pool, host)
                                : std::nullopt;
        if (!thread)
            continue;
        pool.challenge(host, {*thread}, 0, workers::CallKind::audit);
        asked.emplace_back(host, *thread);
        if (one_ledger)
            break;
    }
    const auto deadline = sys::monotonic_in(plan.window);
    if (asked.empty() || !pool.wait(deadline, [&] {
            return std::ranges::all_of(asked, [&](const auto& each) { return pool.host(each.first).answered; });
        }))
        return {};
    // What a box says that has been spoiled is no count, and a ledger that nobody could tell of is no whole one.
    if (any_spoiled(lane, plan.shape.hosts) || (!one_ledger && asked.size() < plan.shape.hosts))
        return {};
    Audit audit;
    for (const auto& [host, thread] : asked) {
        add_ledger(audit, lane.seat(host), thread);
        if (!one_ledger)
            add_transfers(audit, lane.seat(host));
    }
    if (one_ledger)
        audit.transfers += static_cast<double>(transfers_of_replaced);
    for (std::uint32_t host = 0; one_ledger && host < plan.shape.hosts; ++host)
        add_transfers(audit, lane.seat(host));
    return {{"transfers", audit.transfers},
            {"lost_updates", std::max(0.0, 2 * audit.transfers - audit.changes)},
            {"sum_error", audit.sum_error},
            {"repairs", audit.repairs}};
}

} // namespace bulkhead::run
