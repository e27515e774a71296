#include "harness/cli/glimpse.hpp"

#include "harness/model/fault.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <limits>
#include <system_error>

namespace bulkhead::cli {
namespace {

/// Of what has not ended yet.
constexpr model::Stamp open_end = std::numeric_limits<model::Stamp>::max();

/// Of each worker: more than a picture has columns.
constexpr std::size_t most_counts = 256;

/// Who maps a black box to look at it shares its pages, and who draws takes time: both would be in the figures.
bool is_measured(const model::TrialPlan& plan)
{
    return plan.burst.count() > 0 || plan.measures != model::Measures{} ||
           plan.variant.workload == model::Workload::serve;
}

/// Every second count goes, but the latest stays. In between, ops are taken to be completed evenly.
void thin_out(std::vector<report::OpsAt>& counts)
{
    std::size_t kept = 0;
    for (std::size_t i = 1 - counts.size() % 2; i < counts.size(); i += 2) {
        counts[kept++] = counts[i];
    }
    counts.resize(kept);
}

} // namespace

/// Notes of the trial before are of no use any more.
void Glimpse::begun(std::uint32_t lane, const model::TrialPlan& plan, model::Stamp at)
{
    if (lane == 0) {
        const std::lock_guard hold{mutex_};
        notes_.clear();
        notes_.push_back({at, Begun{plan}});
        running_since_ = is_measured(plan) ? 0 : at;
    }
}

void Glimpse::launched(std::uint32_t lane, std::uint32_t host, const sys::Fd& box, model::Stamp at)
{
    sys::Fd own;
    try {
        own = lane == 0 ? sys::duplicate(box) : sys::Fd{};
    } catch (const std::system_error&) { // NOLINT: then its ops are not shown
    }
    leave(lane, {at, Launched{host, std::move(own)}});
}

void Glimpse::reached(std::uint32_t lane, Step step, model::Stamp at)
{
    leave(lane, {at, Reached{step}});
}

void Glimpse::ended(std::uint32_t lane, std::uint32_t host, const sys::Termination& how, model::Stamp at, bool told_to)
{
    leave(lane, {at, Ended{host, how, told_to}});
}

void Glimpse::finished(std::uint32_t lane)
{
    if (lane == 0) {
        running_since_ = 0;
    }
}

void Glimpse::leave(std::uint32_t lane, Note note)
{
    if (lane == 0) {
        const std::lock_guard hold{mutex_};
        notes_.push_back(std::move(note));
    }
}

std::optional<model::Stamp> Glimpse::running_since() const
{
    const model::Stamp since = running_since_;
    return since == 0 ? std::nullopt : std::optional(since);
}

void Glimpse::take_notes()
{
    std::vector<Note> notes;
    {
        const std::lock_guard hold{mutex_};
        notes.swap(notes_);
    }
    for (Note& note : notes) {
        std::visit([&](auto& what) { take(note.at, what); }, note.what);
    }
}

void Glimpse::take(model::Stamp at, Begun& begun)
{
    picture_ = {.plan = begun.plan};
    started_ = at;
    steady_ = fired_ = challenged_ = std::nullopt;
    places_.clear();
    places_.resize(begun.plan.shape.hosts);
    for (std::uint32_t i = 0; i < begun.plan.shape.workers(); ++i) {
        report::Lifeline& line = picture_.lifelines.emplace_back();
        line.worker = model::worker_at(i, begun.plan.shape);
        line.victim = line.worker == begun.plan.victim && !model::is_golden(begun.plan.fault);
    }
}

void Glimpse::take(model::Stamp at, Launched& launched)
{
    if (launched.host >= places_.size()) {
        return;
    }
    Place& place = places_[launched.host];
    place = {};
    place.box = std::move(launched.box);
    place.is_up = true;
    place.last_ops.assign(picture_.plan.shape.threads, 0);
    begin_stretches(launched.host, steady_ ? report::Being::working : report::Being::starting, at);
    if (steady_) {
        tell(at, "launched", fmt::format("host {} anew", launched.host));
    }
}

void Glimpse::take(model::Stamp at, Reached& reached)
{
    switch (reached.step) {
    case Step::steady:
        steady_ = at;
        for (std::uint32_t host = 0; host < places_.size(); ++host) {
            begin_stretches(host, report::Being::working, at);
        }
        tell(at, "steady", "every worker has answered");
        break;
    case Step::challenged:
        challenged_ = at;
        tell(at, "challenged",
             fmt::format("who lives, to complete {} ops begun from now on", picture_.plan.evidence_ops));
        break;
    }
}

void Glimpse::take(model::Stamp at, Ended& ended)
{
    if (ended.host >= places_.size() || !places_[ended.host].is_up) {
        return;
    }
    places_[ended.host].is_up = false;
    end_stretches(ended.host, at);
    for (report::Lifeline& line : picture_.lifelines) {
        if (line.worker.host == ended.host) {
            line.moments.push_back({at, ended.told_to ? report::Mark::stopped : report::Mark::died});
        }
    }
    if (!ended.told_to) {
        tell(at, "host ended", fmt::format("host {} {}", ended.host, model::describe(ended.how)));
    }
}

std::optional<report::Picture> Glimpse::picture(model::Stamp now)
{
    if (!running_since()) {
        return std::nullopt;
    }
    take_notes();
    if (places_.empty()) {
        return std::nullopt;
    }
    for (std::uint32_t host = 0; host < places_.size(); ++host) {
        look(places_[host], host, now);
    }
    report::Picture picture = picture_;
    picture.phases = phases(now);
    for (report::Lifeline& line : picture.lifelines) {
        for (report::Stretch& stretch : line.stretches) {
            stretch.to = std::min(stretch.to, std::max(now, stretch.from));
        }
    }
    return picture;
}

/// Takes down what the box shows now.
void Glimpse::look(Place& place, std::uint32_t host, model::Stamp now)
{
    if (!place.box || !place.is_up) {
        return;
    }
    const model::TrialPlan& plan = picture_.plan;
    if (!place.glance) {
        try {
            place.glance.emplace(place.box, plan.shape, plan.containment.commons);
        } catch (const std::system_error&) { // no memory for it
            place.box.close();
            return;
        }
    }
    for (std::uint32_t thread = 0; thread < plan.shape.threads; ++thread) {
        report::Lifeline& line = picture_.lifelines[model::index_of({host, thread}, plan.shape)];
        const std::uint64_t ops = std::max(place.last_ops[thread], place.glance->ops(thread));
        const std::uint64_t base = line.ops.empty() ? 0 : line.ops.back().ops;
        line.ops.push_back({now, base + (ops - place.last_ops[thread])});
        place.last_ops[thread] = ops;
        if (line.ops.size() > most_counts) {
            thin_out(line.ops);
        }
        const auto fired = line.victim && !fired_ ? place.glance->fired(thread) : std::nullopt;
        if (fired && *fired >= started_ && *fired <= now) {
            fired_ = *fired;
            line.moments.push_back({*fired, report::Mark::fault});
            tell(*fired, "FIRED", to_string(plan.fault) + " by " + to_string(line.worker) + " itself");
        }
    }
}

std::vector<report::Phase> Glimpse::phases(model::Stamp now) const
{
    std::vector<report::Phase> phases;
    phases.reserve(4); // g++ 12 warns of a growing one (-Wstringop-overflow)
    model::Stamp from = started_;
    const auto add = [&](report::Phase::Kind kind, model::Stamp to) {
        if (to > from) {
            phases.push_back({kind, from, to});
            from = to;
        }
    };
    using Kind = report::Phase::Kind;
    add(Kind::launch, steady_.value_or(now));
    add(Kind::steady, steady_ ? fired_.value_or(challenged_.value_or(now)) : from);
    add(Kind::noticing, fired_ ? challenged_.value_or(now) : from);
    add(Kind::proof, challenged_ ? now : from);
    if (phases.empty()) {
        phases.push_back({Kind::launch, started_, started_});
    }
    return phases;
}

void Glimpse::tell(model::Stamp at, std::string name, std::string text)
{
    picture_.events.push_back({at, std::move(name), std::move(text)});
    std::ranges::stable_sort(picture_.events, {}, &report::Event::at);
}

void Glimpse::begin_stretches(std::uint32_t host, report::Being being, model::Stamp at)
{
    if (!places_[host].is_up) {
        return;
    }
    end_stretches(host, at);
    for (report::Lifeline& line : picture_.lifelines) {
        if (line.worker.host == host) {
            line.stretches.push_back({at, open_end, being});
        }
    }
}

void Glimpse::end_stretches(std::uint32_t host, model::Stamp at)
{
    for (report::Lifeline& line : picture_.lifelines) {
        if (line.worker.host == host && !line.stretches.empty() && line.stretches.back().to == open_end) {
            line.stretches.back().to = at;
        }
    }
}

} // namespace bulkhead::cli
