#include "harness/run/measure.hpp"

#include "harness/model/judge.hpp"

#include <algorithm>

namespace bulkhead::run {
namespace {

using workers::Count;

class MessageAudit {
public:
    MessageAudit(Lane& lane, Pool& pool, const model::TrialPlan& plan)
        : lane_(lane), pool_(pool), shape_(plan.shape), window_(plan.window)
    {
        for (std::uint32_t index = 0; index < shape_.workers(); ++index) {
            const model::WorkerId id = model::worker_at(index, shape_);
            sent_.push_back(count(id, Count::sent));
            const auto& called = pool.called(id.host);
            const bool can_answer =
                pool.alive(id.host) && pool.host(id.host).answered && !pool.host(id.host).cannot_be_asked &&
                std::ranges::find(called, id.thread) != called.end() && lane.seat(id.host).answered(id.thread);
            asked_.push_back(can_answer);
        }
    }

    /// One thread of each host at a time: what each has to wait for is another number. False when one did not answer.
    bool ask()
    {
        for (std::uint32_t thread = 0; thread < shape_.threads; ++thread) {
            for (std::uint32_t host = 0; host < shape_.hosts; ++host)
                if (const auto index = model::index_of({host, thread}, shape_); asked_[index])
                    pool_.challenge(host, {thread}, sent_[before(index)], workers::CallKind::audit);
            const auto deadline = sys::monotonic_in(window_);
            if (!pool_.wait(deadline, [&] { return all_answered(thread); }))
                return false;
            for (std::uint32_t host = 0; host < shape_.hosts; ++host)
                if (!pool_.alive(host)) // it ended instead
                    asked_[model::index_of({host, thread}, shape_)] = false;
        }
        return std::ranges::find(asked_, true) != asked_.end();
    }

    [[nodiscard]] std::vector<model::Figure> figures() const
    {
        double sent = 0;
        double lost = 0;
        for (std::uint32_t index = 0; index < shape_.workers(); ++index) {
            sent += static_cast<double>(sent_[index]);
            if (!asked_[index])
                continue;
            const auto came = static_cast<double>(count(model::worker_at(index, shape_), Count::came));
            lost += std::max(0.0, static_cast<double>(sent_[before(index)]) - came);
        }
        return {{"messages_sent", sent},
                {"messages_lost", lost},
                {"messages_duplicated", sum(Count::duplicated)},
                {"messages_torn", sum(Count::torn)},
                {"messages_reordered", sum(Count::reordered)},
                {"messages_refused", sum(Count::refused)}};
    }

private:
    [[nodiscard]] std::uint64_t count(model::WorkerId id, Count what) const
    {
        return lane_.seat(id.host).count(id.thread, what);
    }

    [[nodiscard]] std::uint32_t before(std::uint32_t index) const
    {
        return (index + shape_.workers() - 1) % shape_.workers();
    }

    [[nodiscard]] bool all_answered(std::uint32_t thread) const
    {
        for (std::uint32_t host = 0; host < shape_.hosts; ++host)
            if (asked_[model::index_of({host, thread}, shape_)] && pool_.alive(host) && !pool_.host(host).answered)
                return false;
        return true;
    }

    [[nodiscard]] double sum(Count what) const
    {
        double sum = 0;
        for (std::uint32_t index = 0; index < shape_.workers(); ++index)
            if (asked_[index])
                sum += static_cast<double>(count(model::worker_at(index, shape_), what));
        return sum;
    }

    Lane& lane_;
    Pool& pool_;
    model::Shape shape_;
    std::chrono::milliseconds window_;
    std::vector<std::uint64_t> sent_; ///< by each worker, when nobody was sending
    std::vector<bool> asked_;         ///< those that can be
};

} // namespace

std::vector<model::Figure> audit_messages(Lane& lane, Pool& pool, const model::TrialPlan& plan)
{
    MessageAudit audit{lane, pool, plan};
    if (!audit.ask())
        return {};
    auto figures = audit.figures();
    if (const std::uint64_t ahead = lane.seat(plan.victim.host).count(plan.victim.thread, Count::ahead); ahead > 0)
        figures.push_back({"messages_ahead", static_cast<double>(ahead)});
    return figures;
}

void settle_messages(Lane& lane, Pool& pool, const model::TrialPlan& plan)
{
    MessageAudit{lane, pool, plan}.ask();
}

std::vector<model::Figure> measure_round_trip(Lane& lane, Pool& pool, const model::TrialPlan& plan)
{
    constexpr std::uint64_t trips = 5000;
    constexpr std::chrono::seconds limit{60};
    for (std::uint32_t host = 0; host < plan.shape.hosts; ++host)
        pool.challenge(host, std::vector(pool.called(host)), trips, workers::CallKind::trip);
    if (!pool.wait(sys::monotonic_in(limit), [&] { return pool.quiet(); }))
        return {};
    const Seat& first = lane.seat(0);
    std::vector<model::Figure> figures;
    const auto add = [&](const char* name, Count what, double in_a_ns) {
        if (const std::uint64_t value = first.count(0, what); value > 0)
            figures.push_back({name, static_cast<double>(value) / in_a_ns});
    };
    if (plan.measures.round_trip) {
        add("round_trip_p50", Count::trip_p50, 1);
        add("round_trip_p99", Count::trip_p99, 1);
        add("shared_word", Count::shared_word, 1000);
    }
    const auto trip = static_cast<double>(first.count(0, Count::trip_p50));
    const auto alone = static_cast<double>(first.count(0, Count::trip_alone));
    if (plan.measures.context_switch && alone > 0 && trip > alone)
        figures.push_back({"switch", (trip - alone) / 2});
    return figures;
}

} // namespace bulkhead::run
