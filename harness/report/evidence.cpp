#include "harness/report/evidence.hpp"

#include "harness/model/evidence.hpp"
#include "harness/model/shown.hpp"
#include "harness/report/text.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <limits>

namespace bulkhead::report {
namespace {

using model::TrialRecord;
using model::WorkerRecord;

constexpr std::size_t most_groups = 8;
constexpr std::size_t most_of_group = 8; ///< of a group

/// What was seen of the worker's end, its check, and its silence.
std::vector<std::string> losses_of(const TrialRecord& record, const WorkerRecord& worker)
{
    std::vector<std::string> lines;
    const auto host = std::ranges::find(record.hosts, worker.id.host, &model::HostRecord::number);
    const bool host_ended = host != record.hosts.end() && model::ended_early(*host);
    if (host_ended) {
        lines.push_back("its host ended: " +
                        (host->termination ? model::describe(*host->termination) : "its wait status was lost"));
    } else if (host != record.hosts.end() && host->image_replaced) {
        lines.emplace_back("its host runs another program under the same pid");
    } else if (worker.thread_end_seen) {
        lines.emplace_back("its thread ended, and its host lived on");
    }
    if (worker.broken != 0) {
        lines.push_back("a check failed: " + model::describe_places(worker.broken));
    } else if (worker.check_failures > 0 || (worker.after && !worker.after->check_holds)) {
        lines.emplace_back("a check failed: its result is not the one that its ops demand");
    }
    if (!lines.empty() || worker.after) {
        return lines;
    }
    if (host != record.hosts.end() && host->stopped) {
        lines.emplace_back("its host was stopped by a signal");
    } else if (worker.starved) {
        lines.emplace_back("it owed an answer, but was runnable and hardly run, got on, was stopped by others, or may "
                           "wait for one at a disk: that is no stall");
    } else if (worker.asleep_seen) {
        lines.emplace_back("it owed an answer, and slept on without once being run: it waits for what never comes");
    } else if (worker.id == record.plan.victim && record.fired_at_op && worker.ops_final == *record.fired_at_op) {
        lines.emplace_back("it completed no op after the fault");
    } else if (record.challenged && record.window_ended) {
        lines.push_back("it did not answer within the window of " + describe(record.plan.window));
    }
    return lines;
}

/// "descriptor 13" as "descriptor " and 13; the number is absent where the text does not end in one.
struct Numbered {
    std::string_view stem;
    std::optional<std::uint32_t> number;
};
Numbered numbered(std::string_view text)
{
    const std::size_t end = text.find_last_not_of("0123456789") + 1;
    const std::string_view digits = text.substr(end);
    if (digits.empty() || digits.size() > 9) {
        return {text, std::nullopt};
    }
    return {text.substr(0, end), static_cast<std::uint32_t>(std::stoul(std::string(digits)))};
}

/// A change, or a run of them that differ in a number only: the descriptors that a leak has opened.
struct Run {
    const model::Change* first = nullptr;
    const model::Change* last = nullptr;

    [[nodiscard]] bool goes_on_with(const model::Change& next) const
    {
        const Numbered a = numbered(last->what);
        const Numbered b = numbered(next.what);
        return a.number && b.number && a.stem == b.stem && *b.number == *a.number + 1 && next.before == last->before &&
               next.after == last->after;
    }

    [[nodiscard]] std::string text() const
    {
        const Numbered start = numbered(first->what);
        std::string what = first->what;
        if (first != last) {
            what += ".." + std::to_string(*numbered(last->what).number);
        } else if (start.stem == "signal " && start.number) {
            what = model::signal_name(static_cast<int>(*start.number));
        }
        return what + ": " + first->before + " -> " + first->after;
    }
};

std::vector<std::string> changes_of(const WorkerRecord& worker)
{
    std::vector<Run> runs;
    for (const model::Change& change : worker.changes) {
        if (!runs.empty() && runs.back().goes_on_with(change)) {
            runs.back().last = &change;
        } else {
            runs.push_back({&change, &change});
        }
    }
    std::vector<std::string> lines;
    std::ranges::transform(runs, std::back_inserter(lines), &Run::text);
    return lines;
}

std::string shown_in_words(model::Passage passage)
{
    switch (passage) {
    case model::Passage::done: return "all as it should be";
    case model::Passage::timed_out: return "nothing at all: no message came or went as long as it waited";
    case model::Passage::end_of_stream: return "the end of the stream: nobody is left who could send";
    case model::Passage::torn: return "half a message, and nobody who would send the rest";
    case model::Passage::bad_frame: return "a frame that its check refused";
    case model::Passage::reset: return "a reset (ECONNRESET)";
    case model::Passage::broken_pipe: return "nobody to receive (EPIPE)";
    case model::Passage::failed: return "an error";
    }
    return "?";
}

/// How that stands beside what the model predicts of this worker and direction; empty where it predicts nothing.
std::string beside_prediction(const TrialRecord& record, const WorkerRecord& worker, bool receiving,
                              model::Passage passage)
{
    const model::TrialPlan& plan = record.plan;
    const auto predicted = model::predicted_show(plan.fault, plan.variant.channel);
    if (!predicted || predicted->receiving != receiving ||
        model::position_of(predicted->to, plan.victim, plan.shape) != model::index_of(worker.id, plan.shape)) {
        return "";
    }
    return passage == predicted->passage ? ", as predicted" : "; predicted was " + shown_in_words(predicted->passage);
}

/// What its channels showed to the worker.
std::vector<std::string> passages_of(const TrialRecord& record, const WorkerRecord& worker)
{
    const model::Shape shape = record.plan.shape;
    const std::uint32_t index = model::index_of(worker.id, shape);
    const auto neighbour = [&](std::uint32_t steps) {
        return has_owner(record.plan.variant.workload)
                   ? "the owner " + to_string(model::owner_of_pool)
                   : to_string(model::worker_at((index + steps) % shape.workers(), shape));
    };
    std::vector<std::string> lines;
    if (worker.receiving) {
        lines.push_back("receiving from " + neighbour(shape.workers() - 1) + " by " +
                        std::string(to_string(record.plan.variant.channel)) + " it was shown " +
                        shown_in_words(*worker.receiving) + beside_prediction(record, worker, true, *worker.receiving));
    }
    if (worker.sending) {
        lines.push_back("sending to " + neighbour(1) + " by " + std::string(to_string(record.plan.variant.channel)) +
                        " it was shown " + shown_in_words(*worker.sending) +
                        beside_prediction(record, worker, false, *worker.sending));
    }
    return lines;
}

struct Span {
    double low = std::numeric_limits<double>::infinity();
    double high = 0;

    void widen(double value)
    {
        low = std::min(low, value);
        high = std::max(high, value);
    }
    template <class Write>
    [[nodiscard]] std::string text(const Write& write) const
    {
        const std::string first = write(low);
        const std::string last = write(high);
        return first == last ? first : first + " to " + last;
    }
};

/// The rates of the group's workers, before and after, with their ratio; empty when they were not measured.
std::string rates_text(const TrialRecord& record, const std::vector<model::WorkerId>& workers)
{
    Span before;
    Span after;
    Span ratio;
    std::size_t measured = 0;
    for (const model::WorkerId id : workers) {
        const auto worker = std::ranges::find(record.workers, id, &WorkerRecord::id);
        if (worker->rate_before && worker->rate_after && *worker->rate_before > 0) {
            before.widen(*worker->rate_before);
            after.widen(*worker->rate_after);
            ratio.widen(*worker->rate_after / *worker->rate_before);
            ++measured;
        }
    }
    if (measured == 0) {
        return "";
    }
    const std::string limit = fmt::format("{:g}", record.plan.degraded_below);
    std::string verdict;
    if (ratio.high < record.plan.degraded_below) {
        verdict = ", below the " + limit + " that counts as degraded";
    } else if (ratio.low < record.plan.degraded_below) {
        verdict = "; below " + limit + " counts as degraded";
    }
    return before.text(rounded) + " ops per second at full speed before, " + after.text(rounded) +
           " after: " + ratio.text([](double value) { return fmt::format("{:.2f}", value); }) + " of it" + verdict;
}

/// "p0t1..p0t3, p2t0 and 4 more": neighbours in the pool's order as a range.
std::string names_of(const std::vector<model::WorkerId>& workers, model::Shape shape)
{
    constexpr std::size_t most_ranges = 4;
    std::string text;
    std::size_t ranges = 0;
    std::size_t first = 0;
    while (first < workers.size() && ranges < most_ranges) {
        std::size_t last = first;
        while (last + 1 < workers.size() &&
               model::index_of(workers[last + 1], shape) == model::index_of(workers[last], shape) + 1) {
            ++last;
        }
        text.append(text.empty() ? "" : ", ").append(to_string(workers[first]));
        text.append(last > first ? ".." + to_string(workers[last]) : "");
        first = last + 1;
        ++ranges;
    }
    return first < workers.size() ? text + " and " + std::to_string(workers.size() - first) + " more" : text;
}

void print_group(Page& page, const Evidence& group, model::Shape shape)
{
    const Ink outcome = group.outcome ? Ink{std::string(to_string(*group.outcome)), look_of(*group.outcome)}
                                      : Ink{"seen", Look::yellow};
    page.paragraph({{"  "}, outcome, {"  "}}, names_of(group.workers, shape));
    const std::size_t shown = group.lines.size() > most_of_group ? most_of_group - 1 : group.lines.size();
    for (std::size_t i = 0; i < shown; ++i) {
        page.paragraph({{"    "}}, group.lines[i]);
    }
    if (shown < group.lines.size()) {
        page.paragraph({{"    "}},
                       "and " + std::to_string(group.lines.size() - shown) + " more; --format json has them all",
                       Look::faint);
    }
}

} // namespace

std::vector<Evidence> evidence_of(const TrialRecord& record, const model::TrialJudgement& judgement)
{
    std::vector<Evidence> groups;
    for (std::size_t index = 0; index < record.workers.size(); ++index) {
        const WorkerRecord& worker = record.workers[index];
        Evidence seen{.outcome = {}, .workers = {worker.id}, .lines = losses_of(record, worker)};
        if (index < judgement.outcomes.size()) {
            seen.outcome = judgement.outcomes[index];
        }
        std::ranges::move(changes_of(worker), std::back_inserter(seen.lines));
        std::ranges::move(passages_of(record, worker), std::back_inserter(seen.lines));
        const bool measured = worker.rate_before && worker.rate_after;
        if (seen.lines.empty() && !measured) {
            continue;
        }
        const auto alike = std::ranges::find_if(
            groups, [&](const Evidence& group) { return group.outcome == seen.outcome && group.lines == seen.lines; });
        if (alike == groups.end()) {
            groups.push_back(std::move(seen));
        } else {
            alike->workers.push_back(worker.id);
        }
    }
    for (Evidence& group : groups) {
        if (std::string rates = rates_text(record, group.workers); !rates.empty()) {
            group.lines.insert(group.lines.begin(), std::move(rates));
        }
    }
    return groups;
}

void print_evidence(Page& page, const TrialRecord& record, const model::TrialJudgement& judgement)
{
    const std::vector<Evidence> groups = evidence_of(record, judgement);
    if (groups.empty() && !record.oom_kills) {
        return;
    }
    page.line({{"evidence", Look::bold}});
    if (record.oom_kills) {
        page.paragraph({{"  "}}, "the kernel counted " + count(*record.oom_kills, "OOM kill") +
                                     " in the cgroup of host " + std::to_string(record.plan.victim.host));
    }
    const std::size_t shown = groups.size() > most_groups ? most_groups - 1 : groups.size();
    for (std::size_t i = 0; i < shown; ++i) {
        print_group(page, groups[i], record.plan.shape);
    }
    if (shown < groups.size()) {
        page.paragraph({{"  "}},
                       "and " + std::to_string(groups.size() - shown) +
                           " groups of workers more; --format json has them all",
                       Look::faint);
    }
    page.blank();
}

} // namespace bulkhead::report
