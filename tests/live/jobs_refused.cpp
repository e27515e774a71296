// What the dispatcher believes of workers that tell anything: here the test is the worker, at the other end of the
// socket.

#include "harness/run/jobs.hpp"
#include "tests/live/trials.hpp"
#include "workers/job.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <sys/mman.h>
#include <sys/socket.h>

using namespace bulkhead;
using workers::JobOrder;
using workers::JobResult;

namespace {

/// A pool of two workers in two hosts; the first is played here, and the other one never answers.
class Stage {
public:
    explicit Stage(model::Delivery delivery)
        : plan_(plan_of(delivery)), lane_(test::options_with(), nullptr, 0), jobs_(lane_, plan_)
    {
        for (const std::uint32_t host : {0U, 1U})
            jobs_.prepare(host);
        jobs_.append_to(handed_, 0);
        jobs_.on_ready(0);
    }

    JobOrder take()
    {
        JobOrder order{};
        REQUIRE(::recv(handed_[1], &order, sizeof order, MSG_DONTWAIT) == sizeof order);
        return order;
    }
    /// False when there is none, or nobody at the other end.
    [[nodiscard]] bool gets_another()
    {
        JobOrder order{};
        return ::recv(handed_[1], &order, sizeof order, MSG_DONTWAIT | MSG_PEEK) == sizeof order;
    }
    void tell(const void* bytes, std::size_t count)
    {
        REQUIRE(::send(handed_[1], bytes, count, MSG_NOSIGNAL) == static_cast<ssize_t>(count));
        jobs_.on_event(0);
    }
    void tell(const JobResult& result) { tell(&result, sizeof result); }
    void do_effect(std::uint32_t job, std::uint32_t times = 1)
    {
        const std::size_t bytes = model::jobs_of(plan_) * sizeof(workers::EffectCount);
        void* const start = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, handed_[0], 0);
        REQUIRE(start != MAP_FAILED);
        static_cast<workers::EffectCount*>(start)[job].fetch_add(times);
        ::munmap(start, bytes);
    }
    std::string note() { return jobs_.note_in(record_); }
    [[nodiscard]] double figure(std::string_view name) const
    {
        const auto found = std::ranges::find(record_.figures, name, &model::Figure::name);
        return found == record_.figures.end() ? -1 : found->value;
    }
    [[nodiscard]] std::uint64_t progress() const { return jobs_.progress(); }

private:
    static model::TrialPlan plan_of(model::Delivery delivery)
    {
        auto plan = test::plan_for("segv-null", "2x1");
        plan.variant = {.workload = model::Workload::jobs, .delivery = delivery};
        return plan;
    }

    model::TrialPlan plan_;
    run::Lane lane_;
    run::Jobs jobs_;
    std::vector<int> handed_; ///< the record of effects, and the worker's end
    model::TrialRecord record_;
};

JobResult right(const JobOrder& order)
{
    return {order.number, order.turn, workers::job_value(order.input)};
}

} // namespace

TEST_CASE("a right result is taken, and the worker gets another job")
{
    Stage stage{model::Delivery::at_most_once};
    const JobOrder order = stage.take();
    stage.do_effect(order.number);
    stage.tell(right(order));
    CHECK(stage.progress() == 1);
    CHECK(stage.take().number != order.number);
    CHECK(stage.note() == "");
    CHECK(stage.figure("jobs_done") == 1);
    CHECK(stage.figure("jobs_refused") == 0);
}

TEST_CASE(
    "a result of another job, of another turn, with another value or of another size is refused, and no job follows")
{
    const auto is_refused = [](auto&& tell) {
        Stage stage{model::Delivery::at_least_once};
        const JobOrder order = stage.take();
        stage.do_effect(order.number);
        tell(stage, right(order));
        CHECK(stage.progress() == 0);
        CHECK_FALSE(stage.gets_another());
        CHECK(stage.note() == "");
        CHECK(stage.figure("jobs_refused") == 1);
        CHECK(stage.figure("jobs_done") == 0);
        CHECK(stage.figure("jobs_lost") == 0); // it waits for another worker
    };
    is_refused([](Stage& stage, JobResult result) { ++result.number, stage.tell(result); });
    is_refused([](Stage& stage, JobResult result) { result.number = ~0U, stage.tell(result); });
    is_refused([](Stage& stage, JobResult result) { ++result.turn, stage.tell(result); });
    is_refused([](Stage& stage, JobResult result) { ++result.value, stage.tell(result); });
    is_refused([](Stage& stage, JobResult result) { stage.tell(&result, sizeof result - 1); });
    is_refused([](Stage& stage, JobResult result) {
        const JobResult two[] = {result, result};
        stage.tell(two, sizeof two);
    });
}

TEST_CASE("a result that is told a second time is refused")
{
    Stage stage{model::Delivery::at_most_once};
    const JobOrder order = stage.take();
    stage.do_effect(order.number);
    stage.tell(right(order));
    stage.tell(right(order));
    CHECK(stage.progress() == 1);
    CHECK(stage.note() == "");
    CHECK(stage.figure("jobs_refused") == 1);
}

TEST_CASE("a record of effects that no worker writes is told from one that workers write")
{
    const auto why = [](std::uint32_t job, std::uint32_t times, bool tells) {
        Stage stage{model::Delivery::at_most_once};
        const JobOrder order = stage.take();
        stage.do_effect(job, times);
        if (tells)
            stage.tell(right(order));
        return stage.note();
    };
    CHECK(why(0, 1, true) == "");
    CHECK(why(0, 1, false) == "");
    CHECK(why(0, 0, false) == "");
    CHECK_FALSE(why(0, 2, true).empty());
    CHECK_FALSE(why(0, 0, true).empty());
    CHECK_FALSE(why(5, 1, false).empty());
}
