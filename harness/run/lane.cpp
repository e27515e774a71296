#include "harness/run/lane.hpp"

namespace bulkhead::run {

Lane::Lane(const Options& options, const Stop* stop, std::uint32_t number)
    : options_(options), stop_(stop), number_(number), null_(sys::open_null())
{
    if (stop != nullptr)
        epoll_.add(stop->descriptor(), Source{Source::Kind::stop, 0}.tag());
}

std::optional<model::Stamp> Lane::limit() const
{
    return trial_ends_ && options_.deadline ? std::min(*trial_ends_, *options_.deadline) : trial_ends_;
}

void Lane::must_go_on(model::Stamp now) const
{
    if (!trial_ends_)
        return;
    if (options_.deadline && now >= *options_.deadline)
        throw Interrupted{};
    if (now >= *trial_ends_)
        throw Overdue{};
}

void Lane::ignore_stop()
{
    if (stop_ != nullptr)
        epoll_.remove(stop_->descriptor());
}

void Lane::provide_seats(const model::TrialPlan& plan)
{
    if (seats_.size() < plan.shape.hosts)
        seats_.resize(plan.shape.hosts);
    for (std::uint32_t host = 0; host < plan.shape.hosts; ++host) {
        auto& seat = seats_[host];
        if (!seat || seat->threads() != plan.shape.threads || seat->has_commons() != plan.containment.commons) {
            give_up_seat(host);
            seat = new_seat(plan, host);
        }
    }
}

std::unique_ptr<Seat> Lane::new_seat(const model::TrialPlan& plan, std::uint32_t host)
{
    auto made = std::make_unique<Seat>(plan.shape.threads, plan.containment.commons);
    epoll_.add_edge(made->bell(), Source{Source::Kind::bell, host}.tag());
    return made;
}

void Lane::renew_seat(const model::TrialPlan& plan, std::uint32_t host)
{
    auto made = new_seat(plan, host); // first: the old one stays when there is no descriptor for it
    give_up_seat(host);
    seats_[host] = std::move(made);
}

void Lane::limit_by_cgroups(const model::TrialPlan& plan, std::uint32_t host, pid_t pid)
{
    for (Cage* const cage : {&memory_cage_, &pids_cage_}) {
        if (!cage->holds(plan))
            continue;
        provide_janitor();
        cage->take_in(plan, host, pid, *janitor_);
    }
}

void Lane::provide_janitor()
{
    if (janitor_ && !janitor_->is_lost())
        return;
    janitor_.reset();
    auto made = std::make_unique<Janitor>(options_.host, null_);
    for (const Cage* const cage : {&memory_cage_, &pids_cage_})
        cage->tell(*made);
    janitor_ = std::move(made);
}

std::chrono::nanoseconds Lane::patience() const
{
    constexpr std::chrono::nanoseconds least = std::chrono::milliseconds{20};
    return std::max(least, 4 * slowest_answer_);
}

void Lane::give_up_seat(std::uint32_t host)
{
    if (host >= seats_.size() || !seats_[host])
        return;
    epoll_.remove(seats_[host]->bell());
    seats_[host].reset();
}

void Lane::give_up_zygote()
{
    if (!zygote_)
        return;
    epoll_.remove(zygote_->socket());
    zygote_.reset();
}

Zygote& Lane::zygote()
{
    if (!zygote_) {
        auto made = std::make_unique<Zygote>(options_.host, null_, options_.steady_limit);
        epoll_.add(made->socket(), Source{Source::Kind::zygote, 0}.tag());
        zygote_ = std::move(made);
    }
    return *zygote_;
}

} // namespace bulkhead::run
