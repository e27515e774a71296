#include "harness/run/lane.hpp"

namespace bulkhead::run {

Lane::Lane(const Options& options, const Stop* stop, std::uint32_t number)
    : options_(options), stop_(stop), number_(number), null_(sys::open_null())
{
    if (stop != nullptr)
        epoll_.add(stop->descriptor(), Source{Source::Kind::stop, 0}.tag());
}

void Lane::ignore_stop()
{
    if (stop_ != nullptr)
        epoll_.remove(stop_->descriptor());
}

void Lane::prepare_seats(const model::TrialPlan& plan)
{
    if (seats_.size() < plan.shape.hosts)
        seats_.resize(plan.shape.hosts);
    for (std::uint32_t host = 0; host < plan.shape.hosts; ++host) {
        auto& seat = seats_[host];
        if (!seat || seat->threads() != plan.shape.threads) {
            seat.reset();
            auto made = std::make_unique<Seat>(plan.shape.threads);
            epoll_.add_edge(made->bell(), Source{Source::Kind::bell, host}.tag());
            seat = std::move(made);
        }
        seat->prepare(plan, host);
    }
}

Zygote& Lane::zygote()
{
    if (!zygote_) {
        auto made = std::make_unique<Zygote>(options_.host, null_);
        epoll_.add(made->socket(), Source{Source::Kind::zygote, 0}.tag());
        zygote_ = std::move(made);
    }
    return *zygote_;
}

} // namespace bulkhead::run
