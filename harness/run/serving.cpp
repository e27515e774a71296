#include "harness/run/serving.hpp"

#include "harness/load/generator.hpp"
#include "harness/model/load.hpp"
#include "harness/sys/clock.hpp"
#include "harness/sys/tcp.hpp"

#include <algorithm>
#include <iterator>
#include <optional>

namespace bulkhead::run {
namespace {

using std::chrono::milliseconds;
using std::chrono::nanoseconds;

/// As many as the kernel lets wait: more than there are clients at once.
constexpr int backlog = 4096;

class Serving : public Engagement {
public:
    Serving(Lane& lane, const model::TrialPlan& plan)
        : lane_(lane), plan_(plan), listener_(sys::listen_on_loopback(backlog)), ops_before_(plan.shape.workers())
    {}
    ~Serving() override
    {
        if (generator_)
            lane_.epoll().remove(generator_->descriptor());
    }
    Serving(const Serving&) = delete;
    Serving& operator=(const Serving&) = delete;

    void prepare(std::uint32_t /*host*/) override {}
    void append_to(std::vector<int>& descriptors, std::uint32_t /*host*/) const override
    {
        descriptors.push_back(listener_.number());
    }
    void let_go(std::uint32_t /*host*/) override {}

    void on_ready(std::uint32_t host) override
    {
        for (std::uint32_t thread = 0; thread < plan_.shape.threads; ++thread)
            ops_before_[host * plan_.shape.threads + thread] = lane_.seat(host).ops(thread);
        if (generator_)
            return;
        generator_.emplace(load::Rate{.port = sys::port_of(listener_),
                                      .interval = model::load_interval,
                                      .patience = model::load_patience,
                                      .seed = plan_.seed});
        lane_.epoll().add(generator_->descriptor(), Source{Source::Kind::work, 0}.tag());
    }
    void on_event(std::uint32_t /*number*/) override
    {
        if (generator_)
            generator_->clear();
    }
    void on_end(std::uint32_t /*host*/) override {}
    void on_end_of_worker(std::uint32_t /*worker*/) override {}
    void on_strikes_over() override
    {
        if (generator_)
            generator_->stop_at(sys::monotonic_in(model::load_after));
    }
    /// The load goes on whoever answers it, and has an end of its own.
    bool on_silence() override { return !done(); }

    /// Whoever waits for a connection looks at nothing else.
    void close() override
    {
        Engagement::close();
        sys::stop_listening(listener_);
    }

    [[nodiscard]] bool done() const override { return !generator_ || generator_->done(); }
    [[nodiscard]] std::uint64_t progress() const override { return generator_ ? generator_->ended() : 0; }
    [[nodiscard]] std::uint64_t pieces_of(std::uint32_t worker) const override
    {
        const model::WorkerId id = model::worker_at(worker, plan_.shape);
        return lane_.seat(id.host).ops(id.thread) - ops_before_[worker];
    }

    [[nodiscard]] std::string note_in(model::TrialRecord& record) override
    {
        if (!generator_)
            return {};
        const auto requests = generator_->finish();
        auto figures = load::figures_of(requests, model::load_slow_after, record.fired);
        std::ranges::move(figures, std::back_inserter(record.figures));
        const auto late = std::chrono::duration_cast<milliseconds>(load::latest_start(requests));
        return late < model::load_most_lateness ? std::string{}
                                                : "a request went out " + std::to_string(late.count()) +
                                                      " ms late: the clients themselves had no processor, and what "
                                                      "they saw says nothing of the pool";
    }

private:
    Lane& lane_;
    const model::TrialPlan& plan_;
    sys::Fd listener_;
    std::optional<load::Generator> generator_; ///< from when the first hosts are ready
    std::vector<std::uint64_t> ops_before_;    ///< of whoever has each worker's place, when it was ready
};

} // namespace

std::unique_ptr<Engagement> serve_clients(Lane& lane, const model::TrialPlan& plan)
{
    return std::make_unique<Serving>(lane, plan);
}

} // namespace bulkhead::run
