#include "harness/report/lifelines.hpp"

#include "harness/model/ended_by.hpp"
#include "harness/model/evidence.hpp"

#include "harness/report/figures.hpp"
#include "harness/report/repairs.hpp"
#include "harness/report/result.hpp"

#include <algorithm>
#include <limits>

namespace bulkhead::report {
namespace {

using model::Stamp;
using model::TrialRecord;

/// A stamp may have been written by a host, or be in a file from anywhere: it stays within the trial.
Stamp within(const TrialRecord& record, Stamp stamp)
{
    return std::clamp(stamp, record.started, std::max(record.started, record.finished));
}

bool is_victim(const TrialRecord& record, const model::WorkerRecord& worker)
{
    return worker.id == record.plan.victim && !model::is_golden(record.plan.fault);
}

/// What was counted, by time and never falling, whatever the record says.
std::vector<OpsAt> counts_of(const TrialRecord& record, const model::WorkerRecord& worker, Stamp end)
{
    std::vector<OpsAt> counts;
    const auto add = [&](Stamp at, std::uint64_t ops) {
        at = std::clamp(within(record, at), counts.empty() ? record.started : counts.back().at, end);
        counts.push_back({at, counts.empty() ? ops : std::max(counts.back().ops, ops)});
    };
    if (worker.before) {
        add(record.started, 0);
        add(worker.before->at, worker.before->ops);
    }
    if (is_victim(record, worker) && record.fired && record.fired_at_op) {
        // It is called to complete these at once: until then it has gone at its pace.
        const std::uint64_t called_for = std::min(record.plan.after_ops, *record.fired_at_op);
        if (record.ordered && !counts.empty()) {
            add(*record.ordered, std::min(*record.fired_at_op - called_for, worker.ops_final));
        }
        add(*record.fired, *record.fired_at_op);
    }
    if (worker.after && record.challenged) {
        // As many of these were begun after the challenge.
        add(*record.challenged,
            worker.after->ops - std::min<std::uint64_t>(record.plan.evidence_ops, worker.after->ops));
        add(worker.after->at, worker.after->ops);
    }
    if (!counts.empty()) {
        add(end, worker.ops_final);
    }
    return counts;
}

/// "SIGSEGV", "exit 3".
std::string short_end(const model::HostRecord& host)
{
    if (host.image_replaced) {
        return "replaced";
    }
    if (!host.termination) {
        return "";
    }
    if (const auto* signaled = std::get_if<sys::Signaled>(&*host.termination)) {
        return model::signal_name(signaled->signal);
    }
    return "exit " + std::to_string(std::get<sys::Exited>(*host.termination).code);
}

/// The life of one worker in the first host of its place.
class Life {
public:
    Life(const TrialRecord& record, const model::WorkerRecord& worker)
        : record_(record), worker_(worker), host_(model::find_host(record, worker.id.host))
    {
        line_.worker = worker.id;
        line_.victim = is_victim(record, worker);
    }

    Lifeline take(std::optional<model::Outcome> outcome)
    {
        line_.outcome = outcome;
        end_ = end();
        line_.ops = counts_of(record_, worker_, end_);
        add_first_host();
        add_marks();
        add_replacements();
        std::ranges::stable_sort(line_.moments, {}, &Moment::at);
        line_.decided = decided();
        return std::move(line_);
    }

private:
    [[nodiscard]] bool host_ended_early() const
    {
        return host_ != nullptr && host_->end_seen && !host_->ended_in_teardown;
    }

    /// When there was nobody any more.
    [[nodiscard]] Stamp end() const
    {
        Stamp end = record_.finished;
        if (host_ != nullptr && host_->end_seen) {
            end = *host_->end_seen;
        }
        if (worker_.thread_end_seen) {
            end = std::min(end, *worker_.thread_end_seen);
        }
        return within(record_, end);
    }

    /// From when on it completed nothing though it was there; nullopt: until its end it did, for all we know.
    [[nodiscard]] std::optional<Stamp> silent_since() const
    {
        const bool owes = record_.challenged && !worker_.after && !host_ended_early() && !worker_.thread_end_seen;
        if (line_.victim && record_.fired && !worker_.after) {
            return within(record_, *record_.fired);
        }
        return owes ? std::optional(within(record_, *record_.challenged)) : std::nullopt;
    }

    void add_first_host()
    {
        if (host_ == nullptr || host_->pid == 0) {
            return; // nobody ever was there
        }
        const Stamp steady = worker_.before ? std::min(within(record_, worker_.before->at), end_) : end_;
        add_stretch(record_.started, steady, Being::starting);
        const auto silent = silent_since();
        const Stamp works_until = silent ? std::clamp(*silent, steady, end_) : end_;
        add_stretch(steady, works_until, Being::working);
        add_stretch(works_until, end_, Being::silent);
    }

    void add_stretch(Stamp from, Stamp to, Being being)
    {
        if (to > from) {
            line_.stretches.push_back({from, to, being});
        }
    }

    void mark(std::optional<Stamp> at, Mark mark)
    {
        if (at) {
            line_.moments.push_back({within(record_, *at), mark});
        }
    }

    void add_marks()
    {
        if (line_.victim) {
            mark(record_.fired, Mark::fault);
            for (const model::Strike& strike : record_.further_strikes) {
                mark(strike.fired, Mark::fault);
            }
        }
        mark(worker_.after ? std::optional(worker_.after->at) : std::nullopt, Mark::answered);
        mark(worker_.asleep_seen, Mark::asleep);
        if (worker_.thread_end_seen) {
            line_.end = "(thread)";
            mark(worker_.thread_end_seen, Mark::died);
        } else if (host_ended_early()) {
            const bool by_supervisor = model::was_ended_early(record_, *host_);
            line_.end = by_supervisor ? "" : short_end(*host_);
            mark(host_->end_seen, by_supervisor ? Mark::ended : Mark::died);
        } else if (host_ != nullptr) {
            line_.end = host_->image_replaced ? "replaced" : host_->stopped ? "stopped" : "";
            mark(host_->end_seen, Mark::stopped);
        }
    }

    void add_replacements()
    {
        for (const model::Restart& restart : record_.restarts) {
            if (restart.host != worker_.id.host) {
                continue;
            }
            const Stamp end = within(record_, restart.end_seen.value_or(record_.finished));
            const Stamp launched = std::min(within(record_, restart.launched), end);
            const Stamp ready = std::clamp(within(record_, restart.ready.value_or(end)), launched, end);
            add_stretch(launched, ready, Being::starting);
            add_stretch(ready, end, Being::uncounted);
            mark(restart.end_seen, restart.ended_in_teardown ? Mark::stopped : Mark::died);
        }
    }

    [[nodiscard]] std::optional<Stamp> decided() const
    {
        if (!line_.outcome) {
            return std::nullopt;
        }
        if (*line_.outcome == model::Outcome::died) {
            return end_;
        }
        const Stamp settled = within(record_, record_.settled.value_or(record_.finished));
        const auto seen = worker_.after ? std::optional(worker_.after->at) : worker_.asleep_seen;
        return seen ? std::min(within(record_, *seen), settled) : settled;
    }

    const TrialRecord& record_;
    const model::WorkerRecord& worker_;
    const model::HostRecord* host_;
    Lifeline line_;
    Stamp end_ = 0;
};

std::vector<Phase> phases_of(const TrialRecord& record)
{
    std::vector<Phase> phases;
    Stamp from = record.started;
    const auto add = [&](Phase::Kind kind, std::optional<Stamp> until) {
        if (!until || within(record, *until) <= from) {
            return;
        }
        phases.push_back({kind, from, within(record, *until)});
        from = phases.back().to;
    };
    add(Phase::Kind::launch, record.steady);
    add(Phase::Kind::steady, record.fired ? record.fired : record.challenged);
    if (!record.restarts.empty()) {
        add(Phase::Kind::noticing, record.end_seen);
        add(Phase::Kind::repair, record.challenged);
    }
    add(Phase::Kind::noticing, record.challenged);
    add(Phase::Kind::proof, record.settled);
    add(record.steady ? Phase::Kind::teardown : Phase::Kind::launch, record.finished);
    if (phases.empty()) {
        phases.push_back({Phase::Kind::launch, record.started, record.started});
    }
    return phases;
}

} // namespace

std::string_view to_string(Phase::Kind kind)
{
    switch (kind) {
    case Phase::Kind::launch: return "launch";
    case Phase::Kind::steady: return "steady state";
    case Phase::Kind::noticing: return "noticing";
    case Phase::Kind::repair: return "repair";
    case Phase::Kind::proof: return "proof of life";
    case Phase::Kind::teardown: return "teardown";
    }
    return "";
}

std::string_view short_name(Phase::Kind kind)
{
    switch (kind) {
    case Phase::Kind::launch: return "start";
    case Phase::Kind::steady: return "steady";
    case Phase::Kind::noticing: return "seen";
    case Phase::Kind::repair: return "repair";
    case Phase::Kind::proof: return "proof";
    case Phase::Kind::teardown: return "end";
    }
    return "";
}

Picture picture_of(const TrialRecord& record)
{
    const model::TrialJudgement judgement = model::judge(record);
    Picture picture{.plan = record.plan, .phases = phases_of(record), .events = chronicle_of(record)};
    for (std::size_t index = 0; index < record.workers.size(); ++index) {
        std::optional<model::Outcome> outcome;
        if (index < judgement.outcomes.size()) {
            outcome = judgement.outcomes[index];
        }
        picture.lifelines.push_back(Life(record, record.workers[index]).take(outcome));
    }
    picture.result =
        judgement.inconclusive.empty() ? result_text(record, judgement) : "inconclusive: " + judgement.inconclusive;
    picture.surprising = !judgement.inconclusive.empty() || !judgement.as_predicted;
    return picture;
}

std::optional<std::uint64_t> ops_at(const Lifeline& lifeline, Stamp at)
{
    const auto later = std::ranges::upper_bound(lifeline.ops, at, {}, &OpsAt::at);
    if (later == lifeline.ops.begin()) {
        return std::nullopt;
    }
    const OpsAt& before = *std::prev(later);
    if (later == lifeline.ops.end() || later->at == before.at) {
        return before.ops;
    }
    const double share = static_cast<double>(at - before.at) / static_cast<double>(later->at - before.at);
    return before.ops + static_cast<std::uint64_t>(share * static_cast<double>(later->ops - before.ops));
}

} // namespace bulkhead::report
