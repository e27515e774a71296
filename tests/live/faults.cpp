// Every fault of the catalogue, really committed: it fires, ends its victim as its row says, and leaves or takes the
// siblings as predicted; and the same trial without it leaves everybody intact.

#include "tests/live/trials.hpp"

#include <doctest/doctest.h>
#include <vector>

using namespace bulkhead;
using test::options_with;
using test::outcome_of;
using test::plan_for;

namespace {

std::vector<std::string> faults_of_the_victim()
{
    std::vector<std::string> ids;
    for (const model::FaultRow& row : model::catalogue())
        if (row.agent == model::Agent::victim && row.family != model::Family::harness)
            ids.emplace_back(row.id);
    return ids;
}

void check_as_predicted(const model::TrialPlan& plan)
{
    if (const std::string reason = test::why_skipped(plan.fault); !reason.empty()) {
        MESSAGE("left out: " << to_string(plan.fault) << ": " << reason);
        return;
    }
    const model::TrialRecord record = run::run_trial(plan, options_with());
    const model::TrialJudgement judgement = model::judge(record);
    CAPTURE(to_string(plan.fault));
    CAPTURE(to_string(plan.shape));
    CAPTURE(to_string(plan.victim));
    CAPTURE(to_string(plan.at));
    CAPTURE(to_string(plan.launch));
    REQUIRE(judgement.inconclusive == "");
    CHECK(judgement.as_predicted);
    for (std::size_t i = 0; i < judgement.outcomes.size(); ++i) {
        CAPTURE(i);
        const auto relation = model::relation_of(record.workers[i].id, plan.victim);
        if (relation != model::Relation::victim)
            CHECK(outcome_of(judgement, i) == to_string(model::predict(plan.fault, relation, plan.containment)));
    }
    CHECK(judgement.survivors == model::predicted_survivors(plan.fault, plan.shape, plan.containment));
    for (const model::HostRecord& host : record.hosts)
        CHECK(host.termination.has_value());
    if (is_golden(plan.fault))
        return;
    REQUIRE(record.fired.has_value());
    CHECK(record.fired_at_op.value() >= plan.after_ops);
    const model::FaultNature nature = model::nature_of(plan.fault, plan.containment);
    if (const auto* end = std::get_if<model::ProcessEnds>(&nature.end))
        CHECK(record.hosts[plan.victim.host].termination == end->how);
}

void check_fault(const std::string& fault)
{
    for (const std::string_view shape : {"3x1", "2x2", "1x3"}) {
        auto plan = plan_for(fault, shape);
        for (const auto launch : {model::Launch::zygote, model::Launch::exec})
            for (const auto at : {model::InjectionPoint::between_ops, model::InjectionPoint::inside_op}) {
                plan.launch = launch;
                plan.at = at;
                check_as_predicted(plan);
            }
    }
}

} // namespace

TEST_CASE("every fault that a victim commits fires, ends it as its row says, and reaches whom it is predicted to reach")
{
    for (const std::string& fault : faults_of_the_victim())
        if (model::row_of(*model::parse_fault(fault)).takes.count() == 0)
            check_fault(fault);
}

TEST_CASE("a fault that takes its time does the same")
{
    for (const std::string& fault : faults_of_the_victim())
        if (model::row_of(*model::parse_fault(fault)).takes.count() > 0)
            for (const std::string_view shape : {"2x1", "1x2"})
                check_as_predicted(plan_for(fault, shape));
}

TEST_CASE("without a fault everybody is intact")
{
    check_fault("none");
    model::Containment containment;
    containment.commons = containment.pipe = true;
    for (const std::string_view shape : {"3x1", "2x2", "1x3"})
        for (int round = 0; round < 5; ++round)
            check_as_predicted(plan_for("none", shape, containment));
}

TEST_CASE("what the supervisor does from outside does the same")
{
    for (const std::string_view fault : {"freeze", "thaw", "group-signal:TERM", "group-signal:CHLD"})
        for (const std::string_view shape : {"3x1", "2x2", "1x3"})
            check_as_predicted(plan_for(fault, shape));
}

TEST_CASE("a fault that ends a worker alone is seen also when that worker is its host's main thread")
{
    for (const std::string_view fault : {"thread-exit", "thread-vanishes", "thread-cancelled", "seccomp-kill-thread"}) {
        auto plan = plan_for(fault, "2x2");
        plan.victim = {1, 0};
        check_as_predicted(plan);
    }
}

TEST_CASE("a signal from outside does to the host what its default action is, sent to the process or to a thread")
{
    for (const std::string_view signal :
         {"HUP",  "INT",  "QUIT", "ILL",    "TRAP",   "ABRT",  "BUS",  "FPE",  "KILL", "USR1",  "SEGV",
          "USR2", "PIPE", "ALRM", "TERM",   "STKFLT", "CHLD",  "CONT", "STOP", "TSTP", "TTIN",  "TTOU",
          "URG",  "XCPU", "XFSZ", "VTALRM", "PROF",   "WINCH", "IO",   "PWR",  "SYS",  "RTMIN", "RTMIN+5"})
        for (const std::string_view kind : {"kill:", "tgkill:"}) {
            auto plan = plan_for(std::string{kind} + std::string{signal}, "2x2");
            plan.window = std::chrono::milliseconds{signal == "STOP" ? 150 : 1000};
            check_as_predicted(plan);
        }
}
