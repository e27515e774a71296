// Whoever ends a job ends its processes one after the other, and the hosts may be hit before their supervisor is.
#include "harness/run/onlooker.hpp"
#include "tests/live/trials.hpp"

#include <atomic>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <thread>

#include <doctest/doctest.h>

using namespace bulkhead;
using namespace std::chrono_literals;

namespace {

/// Ends every process that this one has launched, once: when the third trial has reached its steady state.
class EndOfJob : public run::Onlooker {
public:
    explicit EndOfJob(int signal) : signal_(signal) {}

    void begun(std::uint32_t, const model::TrialPlan&, model::Stamp) override { ++begun_; }
    void launched(std::uint32_t, std::uint32_t, const sys::Fd&, model::Stamp) override {}
    void ended(std::uint32_t, std::uint32_t, const sys::Termination&, model::Stamp, bool) override {}
    void reached(std::uint32_t, Step step, model::Stamp) override
    {
        if (step != Step::steady || begun_ != third) {
            return;
        }
        for (const auto& task : std::filesystem::directory_iterator("/proc/self/task")) {
            std::ifstream children(task.path() / "children");
            for (pid_t child = 0; children >> child;) {
                ::kill(child, signal_);
            }
        }
        hit_ = true;
    }
    [[nodiscard]] bool hit() const { return hit_; }

    static constexpr std::uint32_t third = 3;

private:
    int signal_;
    std::uint32_t begun_ = 0;
    std::atomic<bool> hit_ = false;
};

model::Experiment golden(model::Launch launch)
{
    model::Experiment experiment;
    experiment.shapes = {{4, 1}};
    experiment.faults = {model::parse_fault("none").value()};
    experiment.trials = 5;
    experiment.launch = launch;
    return experiment;
}

} // namespace

TEST_CASE("the trial in which the processes of a job are ended is given up, though its supervisor is hit the last")
{
    for (const model::Launch launch : {model::Launch::exec, model::Launch::zygote}) {
        for (const int signal : {SIGTERM, SIGKILL}) {
            CAPTURE(static_cast<int>(launch));
            CAPTURE(signal);
            EndOfJob end_of_job(signal);
            auto options = test::options_with();
            options.onlooker = &end_of_job;
            run::Stop stop;
            std::uint32_t lost = 0;
            std::thread supervisor_is_hit{[&] {
                while (!end_of_job.hit()) {
                    std::this_thread::sleep_for(1ms);
                }
                std::this_thread::sleep_for(50ms); // the trial is over long before
                stop.request();
            }};
            const auto end = run::run_campaign(
                golden(launch), options,
                [&](const model::TrialRecord& record) {
                    const auto judgement = model::judge(record);
                    lost += judgement.inconclusive.empty() && judgement.survivors == judgement.siblings ? 0 : 1;
                },
                stop);
            supervisor_is_hit.join();
            CHECK(lost == 0);
            CHECK(end.finished == EndOfJob::third - 1);
            CHECK(end.interrupted);
        }
    }
}

TEST_CASE("hosts that somebody ends whose supervisor goes on are lost, and the record says so")
{
    EndOfJob end_of_hosts(SIGTERM);
    auto options = test::options_with();
    options.onlooker = &end_of_hosts;
    const run::Stop stop;
    std::uint32_t lost = 0;
    const auto end = run::run_campaign(
        golden(model::Launch::exec), options,
        [&](const model::TrialRecord& record) { lost += model::judge(record).survivors == 0 ? 1 : 0; }, stop);
    CHECK(lost == 1);
    CHECK(end.finished == 5);
}
