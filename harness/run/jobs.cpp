#include "harness/run/jobs.hpp"

#include "harness/model/judge.hpp"
#include "harness/model/random.hpp"
#include "harness/sys/socket.hpp"
#include "workers/job.hpp"

#include <algorithm>

namespace bulkhead::run {

Jobs::Jobs(Lane& lane, const model::TrialPlan& plan)
    : lane_(lane), plan_(plan), victim_(model::index_of(plan.victim, plan.shape)), before_a_strike_(plan.after_ops + 1),
      strikes_left_(model::planned_strikes(plan)), jobs_(model::jobs_of(plan)), places_(plan.shape.workers()),
      record_(sys::memfd("bulkhead-effects", jobs_.size() * sizeof(workers::EffectCount))),
      effects_(record_, jobs_.size() * sizeof(workers::EffectCount))
{
    for (std::uint32_t job = 0; job < jobs_.size(); ++job)
        queue_.push_back(job);
}

Jobs::~Jobs()
{
    for (const Place& place : places_)
        if (place.ours)
            lane_.epoll().remove(place.ours);
}

void Jobs::prepare(std::uint32_t host)
{
    for (std::uint32_t thread = 0; thread < plan_.shape.threads; ++thread) {
        const std::uint32_t worker = model::index_of({host, thread}, plan_.shape);
        part_from(worker);
        auto [ours, theirs] = sys::seqpacket_pair();
        lane_.epoll().add(ours, Source{Source::Kind::work, worker}.tag());
        places_[worker] = {.ours = std::move(ours), .theirs = std::move(theirs)};
    }
}

void Jobs::append_to(std::vector<int>& descriptors, std::uint32_t host) const
{
    descriptors.push_back(record_.number());
    for (std::uint32_t thread = 0; thread < plan_.shape.threads; ++thread)
        descriptors.push_back(places_[model::index_of({host, thread}, plan_.shape)].theirs.number());
}

void Jobs::let_go(std::uint32_t host)
{
    for (std::uint32_t thread = 0; thread < plan_.shape.threads; ++thread)
        places_[model::index_of({host, thread}, plan_.shape)].theirs.close();
}

void Jobs::on_ready(std::uint32_t host)
{
    if (host == plan_.victim.host && std::exchange(struck_before_, true) && strikes_left_ > 0)
        --strikes_left_;
    for (std::uint32_t thread = 0; thread < plan_.shape.threads; ++thread) {
        const std::uint32_t worker = model::index_of({host, thread}, plan_.shape);
        places_[worker].engaged = true;
    }
    feed_all(); // what was kept for the strike before is free for everybody
}

void Jobs::on_event(std::uint32_t worker)
{
    constexpr int most_at_once = 16; // whoever floods must not keep the others waiting
    if (worker >= places_.size())
        return;
    read_from(worker, most_at_once);
    feed(worker);
}

void Jobs::on_end(std::uint32_t host)
{
    for (std::uint32_t thread = 0; thread < plan_.shape.threads; ++thread)
        on_end_of_worker(model::index_of({host, thread}, plan_.shape));
}

/// What it had told is still there; one job at a time, it is one result at most.
void Jobs::on_end_of_worker(std::uint32_t worker)
{
    read_from(worker, 2);
    part_from(worker);
    feed_all();
}

void Jobs::on_strikes_over()
{
    strikes_left_ = 0;
    feed_all();
}

void Jobs::close()
{
    closed_ = true;
    Engagement::close();
}

bool Jobs::on_silence()
{
    bool any = false;
    for (Place& place : places_) {
        if (!place.holds || place.silent)
            continue;
        any = true;
        place.silent = true;
        jobs_[place.holds->job].had_by = static_cast<std::uint32_t>(&place - places_.data());
        if (plan_.variant.delivery == model::Delivery::at_least_once)
            put_back(place.holds->job);
    }
    feed_all();
    return any;
}

bool Jobs::done() const
{
    const auto is_at_work = [](const Place& place) { return place.holds && !place.silent; };
    const auto can_work = [](const Place& place) { return place.engaged && place.ours && !place.silent; };
    if (std::ranges::any_of(places_, is_at_work))
        return false;
    const bool any_left = std::ranges::any_of(queue_, [this](std::uint32_t job) { return !jobs_[job].told; });
    return !any_left || std::ranges::none_of(places_, can_work);
}

std::uint64_t Jobs::input_of(std::uint32_t job) const
{
    return model::mix(plan_.seed ^ job);
}

/// Jobs of the queue that are not for this worker.
std::uint64_t Jobs::kept_from(std::uint32_t worker) const
{
    if (strikes_left_ == 0)
        return 0;
    const std::uint64_t given = places_[victim_].given;
    const std::uint64_t for_this_strike = before_a_strike_ - std::min(before_a_strike_, given);
    return (strikes_left_ - 1) * before_a_strike_ + (worker == victim_ ? 0 : for_this_strike);
}

std::optional<std::uint32_t> Jobs::next_for(std::uint32_t worker)
{
    while (queue_.size() > kept_from(worker)) {
        const std::uint32_t job = queue_.front();
        queue_.pop_front();
        jobs_[job].waits = false;
        if (!jobs_[job].told) // by one that was slow
            return job;
    }
    return std::nullopt;
}

void Jobs::feed(std::uint32_t worker)
{
    Place& place = places_[worker];
    if (closed_ || !place.engaged || !place.ours || place.holds || place.silent)
        return;
    const auto job = next_for(worker);
    if (!job)
        return;
    const workers::JobOrder order{*job, jobs_[*job].handed + 1, input_of(*job)};
    if (!sys::send_message(place.ours, std::as_bytes(std::span{&order, 1}))) {
        put_back(*job); // nobody was there to have it; that he has ended is told in a moment
        place.engaged = false;
        return;
    }
    jobs_[*job].handed = order.turn;
    place.holds = {*job, order.turn};
    ++place.given;
}

void Jobs::feed_all()
{
    for (std::uint32_t worker = 0; worker < places_.size() && !queue_.empty(); ++worker)
        feed(worker);
}

void Jobs::read_from(std::uint32_t worker, int most)
{
    for (int i = 0; i < most && places_[worker].ours; ++i) {
        workers::JobResult result{};
        switch (sys::receive_message(places_[worker].ours, std::as_writable_bytes(std::span{&result, 1}))) {
        case sys::Arrival::nothing: return;
        case sys::Arrival::message:
            if (is_told(worker, result.number, result.turn, result.value))
                break;
            [[fallthrough]];
        case sys::Arrival::misfit: ++refused_; [[fallthrough]]; // it gets no other job: nothing it says is believed
        case sys::Arrival::end:
            part_from(worker);
            feed_all();
            return;
        }
    }
}

/// Takes the result, if it is that of the job which the worker has.
bool Jobs::is_told(std::uint32_t worker, std::uint32_t job, std::uint32_t turn, std::uint64_t value)
{
    Place& place = places_[worker];
    if (!place.holds || place.holds->job != job || place.holds->turn != turn ||
        value != workers::job_value(input_of(job)))
        return false;
    jobs_[job].told = true;
    place.holds.reset();
    place.silent = false;
    ++place.done;
    ++progress_;
    return true;
}

/// To the front: what has waited longest is to be done first.
void Jobs::put_back(std::uint32_t job)
{
    if (std::exchange(jobs_[job].waits, true))
        return;
    queue_.push_front(job);
}

/// No job is handed to it any more. What it has not told by now it will not tell.
void Jobs::part_from(std::uint32_t worker)
{
    Place& place = places_[worker];
    if (place.ours)
        lane_.epoll().remove(place.ours);
    place.ours.close();
    place.engaged = false;
    const auto held = std::exchange(place.holds, std::nullopt);
    if (!held || jobs_[held->job].told)
        return;
    jobs_[held->job].had_by = worker;
    // That of a silent one was put back when it fell silent, and may be at another by now.
    if (plan_.variant.delivery == model::Delivery::at_least_once && !place.silent)
        put_back(held->job);
}

} // namespace bulkhead::run
