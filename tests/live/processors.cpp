// Who goes first on the processors, and where.

#include "harness/sys/processors.hpp"
#include "harness/run/onlooker.hpp"
#include "harness/sys/proc.hpp"
#include "tests/live/trials.hpp"

#include <csignal>
#include <doctest/doctest.h>
#include <map>
#include <mutex>
#include <sched.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <utility>
#include <vector>

using namespace bulkhead;

namespace {

using Processors = std::vector<std::uint32_t>;

Processors processors_of(pid_t thread)
{
    cpu_set_t set;
    CPU_ZERO(&set);
    Processors processors;
    if (::sched_getaffinity(thread, sizeof set, &set) == 0)
        for (std::uint32_t number = 0; number < CPU_SETSIZE; ++number)
            if (CPU_ISSET(number, &set))
                processors.push_back(number);
    return processors;
}

std::string text_of(const Processors& processors)
{
    std::string text;
    for (const std::uint32_t number : processors)
        text += (text.empty() ? "" : ",") + std::to_string(number);
    return text;
}

/// Notes where everybody of a trial may run, once its pool is steady: the lane's thread, its zygote and the hosts.
class Places : public run::Onlooker {
public:
    struct Trial {
        std::uint32_t lane = 0;
        model::TrialPlan plan{};
        std::vector<Processors> of_all{};
    };

    void begun(std::uint32_t lane, const model::TrialPlan& plan, model::Stamp) override
    {
        const std::lock_guard hold{mutex_};
        plans_[lane] = plan;
    }
    void launched(std::uint32_t, std::uint32_t, const sys::Fd&, model::Stamp) override {}
    void reached(std::uint32_t lane, Step step, model::Stamp) override
    {
        if (step != Step::steady)
            return;
        const std::lock_guard hold{mutex_};
        Trial trial{lane, plans_[lane], {processors_of(0)}};
        for (const pid_t child : sys::children_of_thread())
            trial.of_all.push_back(processors_of(child));
        trials.push_back(std::move(trial));
    }
    void ended(std::uint32_t, std::uint32_t, const sys::Termination&, model::Stamp, bool) override {}

    std::vector<Trial> trials{};

private:
    std::mutex mutex_;
    std::map<std::uint32_t, model::TrialPlan> plans_;
};

model::Experiment counting(model::Launch launch)
{
    model::Experiment experiment;
    experiment.shapes = {model::parse_shape("1x2").value(), model::parse_shape("2x1").value()};
    experiment.launch = launch;
    experiment.faults = {model::parse_fault("segv-null").value()};
    experiment.after_ops = {10, 10};
    experiment.trials = 4;
    experiment.golden_share = 0.5;
    return experiment;
}

/// Runs it in so many lanes, and checks that everybody was on processors of his lane's own, or that all had all.
void check_places(model::Experiment experiment, std::uint32_t lanes, bool apart)
{
    CAPTURE(to_string(experiment.launch));
    CAPTURE(lanes);
    model::contain(experiment, run::offer_of_machine());
    const Processors all = sys::allowed_processors();
    Places places;
    run::Options options = test::options_with();
    options.lanes = lanes;
    options.onlooker = &places;
    const auto check = [](const model::TrialRecord& record) {
        CAPTURE(to_string(record.plan.fault));
        CAPTURE(to_string(record.plan.shape));
        const model::TrialJudgement judgement = model::judge(record);
        CHECK(judgement.inconclusive == "");
        CHECK(judgement.as_predicted);
    };
    const auto end = run::run_campaign(experiment, options, check, run::Stop{});
    CHECK_FALSE(end.interrupted);
    REQUIRE(places.trials.size() == end.finished);
    REQUIRE(end.finished > 0);
    for (const Places::Trial& trial : places.trials) {
        const std::uint32_t zygotes = experiment.launch == model::Launch::zygote ? 1 : 0;
        CHECK(trial.of_all.size() >= 1 + zygotes + trial.plan.shape.hosts); // a janitor, too, where there is a cgroup
        for (const Processors& place : trial.of_all)
            CHECK(text_of(place) == text_of(apart ? sys::part_of(all, trial.lane, lanes) : all));
    }
    CHECK(text_of(sys::allowed_processors()) == text_of(all));
}

/// Faults that may strike in a lane which keeps to its processors: nobody has to be probed for their effect.
std::vector<model::Fault> faults_without_commons()
{
    std::vector<std::string> words{"kill:TERM", "tgkill:USR1", "group-signal:TERM", "freeze", "thaw"};
    for (const model::FaultRow& row : model::catalogue())
        if (row.agent == model::Agent::victim && row.family != model::Family::harness &&
            row.in_channel == model::InChannel::nothing)
            words.emplace_back(row.id);
    std::vector<model::Fault> faults;
    for (const std::string& word : words) {
        const model::Fault fault = model::parse_fault(word).value();
        if (!is_golden(fault) && !model::needs_commons(fault) && test::why_skipped(fault).empty())
            faults.push_back(fault);
    }
    return faults;
}

/// A process in a session of its own that waits until this is gone.
class Sleeper {
public:
    Sleeper() : pid_(::fork())
    {
        if (pid_ == 0) {
            ::setsid();
            for (;;)
                ::pause();
        }
        while (::getsid(pid_) != pid_) // it has nothing to wake us by
            ::sched_yield();
    }
    ~Sleeper()
    {
        ::kill(pid_, SIGKILL);
        ::waitpid(pid_, nullptr, 0);
    }
    Sleeper(const Sleeper&) = delete;
    Sleeper& operator=(const Sleeper&) = delete;

    [[nodiscard]] pid_t pid() const { return pid_; }
    [[nodiscard]] int nice() const { return ::getpriority(PRIO_PROCESS, static_cast<id_t>(pid_)); }
    [[nodiscard]] std::size_t processors() const { return processors_of(pid_).size(); }

private:
    pid_t pid_;
};

} // namespace

TEST_CASE("precedence lasts as long as it is held, and is none where the caller may not give any")
{
    const Sleeper sleeper;
    const int before = sleeper.nice();
    {
        const sys::Precedence precedence{{sleeper.pid()}};
        CHECK((sleeper.nice() == -15 || sleeper.nice() == before));
        CHECK_MESSAGE((::geteuid() != 0 || sleeper.nice() == -15), "unless root lacks CAP_SYS_NICE");
    }
    CHECK(sleeper.nice() == before);
}

TEST_CASE("placed threads are each on one processor, and afterwards on any again")
{
    const Sleeper sleeper;
    const std::size_t before = sleeper.processors();
    {
        const sys::Placement placement{{sleeper.pid()}};
        CHECK(placement.processors().size() == before);
        CHECK(sleeper.processors() == 1);
    }
    CHECK(sleeper.processors() == before);
}

TEST_CASE("lanes whose workers only count keep to processors of their own, and all others may use every one")
{
    const bool enough = sys::allowed_processors().size() > 1;
    if (!enough)
        MESSAGE("left out: no two processors for two lanes");
    for (const auto launch : {model::Launch::zygote, model::Launch::exec}) {
        check_places(counting(launch), 1, false);
        check_places(counting(launch), 2, enough);
        auto looked_at = counting(launch);
        looked_at.measures.memory = true; // golden runs have the machine to themselves, and not its processors
        check_places(looked_at, 2, enough);

        auto with_commons = counting(launch);
        with_commons.containment.commons = true;
        check_places(with_commons, 2, false);
        auto computing_as_well = counting(launch);
        computing_as_well.variants = {model::Variant{}, model::Variant{.workload = model::Workload::compute}};
        check_places(computing_as_well, 2, false);
        auto with_rates = counting(launch);
        with_rates.measures.throughput = true;
        check_places(with_rates, 2, false);
    }
}

TEST_CASE("faults do what is predicted in lanes that keep to processors of their own, too")
{
    const bool enough = sys::allowed_processors().size() > 1;
    for (const auto launch : {model::Launch::zygote, model::Launch::exec}) {
        auto experiment = counting(launch);
        experiment.shapes = {model::parse_shape("3x1").value(), model::parse_shape("2x2").value(),
                             model::parse_shape("1x3").value()};
        experiment.faults = faults_without_commons();
        CHECK(experiment.faults.size() > 30);
        experiment.trials = 1;
        check_places(experiment, 2, enough);
    }
}
