// Jobs that the supervisor hands out: which are lost, doubled or of unknown fate when the worker that had them is gone.

#include "tests/live/trials.hpp"

#include <algorithm>
#include <doctest/doctest.h>

using namespace bulkhead;
using model::Delivery;
using model::InjectionPoint;
using model::JobFate;
using model::Strategy;
using test::figure_of;

namespace {

struct Setting {
    std::string_view fault = "none";
    std::string_view shape = "4x1";
    Delivery delivery = Delivery::at_least_once;
    InjectionPoint at = InjectionPoint::inside_op;
    Strategy strategy = Strategy::one_for_one;
    std::uint32_t strikes = 1;
};

model::TrialPlan plan_of(const Setting& setting)
{
    auto plan = test::plan_for(setting.fault, setting.shape);
    plan.variant = {.workload = model::Workload::jobs, .delivery = setting.delivery, .strategy = setting.strategy};
    plan.containment.supervision = {.strategy = setting.strategy, .max_restarts = 5, .strikes = setting.strikes};
    plan.at = setting.at;
    return plan;
}

double of_fate(const model::TrialRecord& record, JobFate fate)
{
    return static_cast<double>(std::ranges::count(record.jobs, fate, &model::JobRecord::fate));
}

/// Runs it, and checks what holds of every trial: it can be judged, each job has one fate, and the records say which.
model::TrialRecord trial_of(const Setting& setting)
{
    auto plan = plan_of(setting);
    if (model::nature_of(plan.fault).effect == model::Effect::stalls)
        plan.window =
            std::chrono::seconds{2}; // it is waited for: workers that wait for jobs sleep without being stalled
    CAPTURE(to_string(plan.variant));
    CAPTURE(to_string(plan.fault));
    CAPTURE(to_string(plan.shape));
    const auto record = run::run_trial(plan, test::options_with());
    const auto judgement = model::judge(record);
    CHECK(judgement.inconclusive == "");
    CHECK(judgement.as_predicted);
    CHECK(figure_of(record, "jobs_done") + figure_of(record, "jobs_lost") + figure_of(record, "jobs_unknown") +
              figure_of(record, "jobs_left") ==
          model::jobs_of(plan));
    CHECK(figure_of(record, "jobs_refused") == 0);
    CHECK(figure_of(record, "jobs_lost") == of_fate(record, JobFate::lost));
    CHECK(figure_of(record, "jobs_unknown") == of_fate(record, JobFate::unknown));
    CHECK(figure_of(record, "jobs_doubled") == of_fate(record, JobFate::doubled));
    return record;
}

} // namespace

TEST_CASE("without a fault every job is done once, in every shape and by either delivery")
{
    for (const char* shape : {"1x1", "4x1", "2x2", "1x4"})
        for (const Delivery delivery : model::deliveries) {
            const auto record = trial_of({.shape = shape, .delivery = delivery});
            CHECK(record.jobs.empty());
            CHECK(figure_of(record, "jobs_left") == 0);
        }
}

TEST_CASE("at-least-once loses no job, and does the one again in which the victim died")
{
    for (const char* fault : {"segv-null", "abort", "self-kill", "exit", "kill:SIGKILL"})
        for (const char* shape : {"4x1", "2x2", "1x4"}) {
            const Setting setting{.fault = fault, .shape = shape};
            const auto record = trial_of(setting);
            CHECK(figure_of(record, "jobs_done") == model::jobs_of(plan_of(setting)));
            if (std::string_view{fault} == "kill:SIGKILL") // it comes when it comes
                continue;
            CHECK(figure_of(record, "jobs_doubled") >= 1);
            const auto victims = std::ranges::find(record.jobs, record.plan.victim, &model::JobRecord::worker);
            REQUIRE(victims != record.jobs.end());
            CHECK(victims->effects == 2);
            CHECK(victims->handed == 2);
        }
}

TEST_CASE("at-most-once says of exactly the jobs that the dead workers had that they are lost or of unknown fate")
{
    for (const char* shape : {"4x1", "2x2", "1x4"}) {
        const auto record = trial_of({.fault = "segv-null", .shape = shape, .delivery = Delivery::at_most_once});
        CHECK(figure_of(record, "jobs_doubled") == 0);
        CHECK(figure_of(record, "jobs_left") == 0);
        CHECK(record.jobs.size() <= record.plan.shape.threads);
        for (const model::JobRecord& job : record.jobs) {
            CHECK(job.worker.host == record.plan.victim.host);
            CHECK(job.handed == 1);
            CHECK(job.effects == (job.fate == JobFate::unknown ? 1 : 0));
            if (job.worker == record.plan.victim)
                CHECK(job.fate == JobFate::unknown);
        }
        CHECK(std::ranges::count(record.jobs, record.plan.victim, &model::JobRecord::worker) == 1);
    }
}

TEST_CASE("a worker that dies between two jobs has done none that it was handed: it is lost, or was not handed out")
{
    const auto record = trial_of(
        {.fault = "segv-null", .shape = "4x1", .delivery = Delivery::at_most_once, .at = InjectionPoint::between_ops});
    CHECK(record.jobs.size() <= 1);
    CHECK(figure_of(record, "jobs_unknown") == 0);
}

TEST_CASE("jobs that nobody is left to do are left, and are not lost")
{
    const auto record = trial_of({.fault = "abort", .shape = "1x4", .strategy = Strategy::never});
    CHECK(figure_of(record, "jobs_lost") == 0);
    CHECK(figure_of(record, "jobs_unknown") == 0);
    CHECK(figure_of(record, "jobs_left") >= 1);
}

TEST_CASE("a fault that is committed again finds the victim's replacement at its jobs")
{
    for (const char* shape : {"4x1", "1x4"}) {
        const auto record = trial_of({.fault = "segv-null", .shape = shape, .strikes = 3});
        CHECK(record.further_strikes.size() == 2);
        CHECK(figure_of(record, "jobs_lost") == 0);
        CHECK(figure_of(record, "jobs_doubled") >= 3);
    }
}

TEST_CASE("a strategy that ends others hands their jobs out again")
{
    const auto record = trial_of({.fault = "segv-null", .shape = "4x1", .strategy = Strategy::one_for_all});
    CHECK(figure_of(record, "jobs_lost") == 0);
    CHECK(figure_of(record, "jobs_left") == 0);
}

TEST_CASE("a worker that comes back from its fault tells the result it was at, and goes on with its jobs")
{
    for (const char* fault : {"change-directory", "exception-caught"})
        for (const char* shape : {"4x1", "1x4"}) {
            const auto record = trial_of({.fault = fault, .shape = shape, .delivery = Delivery::at_most_once});
            CHECK(record.went_on);
            CHECK(record.jobs.empty());
            CHECK(figure_of(record, "jobs_left") == 0);
        }
}

TEST_CASE("a thread that ends alone takes its job along, though its process and its socket live on")
{
    const auto record = trial_of(
        {.fault = "thread-exit", .shape = "1x4", .delivery = Delivery::at_most_once, .strategy = Strategy::never});
    REQUIRE(record.jobs.size() == 1);
    CHECK(record.jobs.front().worker == record.plan.victim);
    CHECK(record.jobs.front().fate == JobFate::unknown);
    CHECK(figure_of(record, "jobs_left") == 0);
}

TEST_CASE("a worker that stalls in its job keeps it from nobody under at-least-once")
{
    const auto record = trial_of({.fault = "sleep-forever", .shape = "4x1", .strategy = Strategy::never});
    CHECK(figure_of(record, "jobs_lost") == 0);
    CHECK(figure_of(record, "jobs_left") == 0);
    CHECK(figure_of(record, "jobs_doubled") == 1);
}
