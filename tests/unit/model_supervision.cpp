// What a supervisor of hosts does, as the model foretells it, and what it cost, as a record tells it.

#include "harness/model/evidence.hpp"
#include "tests/unit/model_records.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace bulkhead;
using namespace bulkhead::model;
using tests::fault;
using tests::shape;

namespace {

Containment supervised(Strategy strategy, std::uint32_t strikes = 1, std::uint32_t max_restarts = 3)
{
    Containment containment;
    containment.supervision = {.strategy = strategy, .max_restarts = max_restarts, .strikes = strikes};
    return containment;
}

double value_of(const TrialRecord& record, std::string_view name)
{
    const auto figures = figures_of(record);
    const auto found = std::ranges::find(figures, name, &Figure::name);
    return found == figures.end() ? -1 : found->value;
}

constexpr Stamp us = 1000;

/// p1t0 of 3x2 was struck at 100 us, and the strategy was carried out.
TrialRecord repaired(Strategy strategy)
{
    TrialRecord record = tests::struck_record("segv-null", "3x2", {1, 0}, supervised(strategy));
    record.plan.pace = std::chrono::microseconds{100};
    record.fired = 100 * us;
    record.end_seen = 150 * us;
    record.challenged = 900 * us;
    for (std::uint32_t host = 0; host < 3; ++host) {
        if (!restarts(strategy, host, 1))
            continue;
        const bool collateral = host != 1;
        tests::end_host(record, host, sys::Signaled{collateral ? 15 : 11, false});
        record.hosts[host].end_seen = (collateral ? 200 : 150) * us;
        record.restarts.push_back({.host = host,
                                   .collateral = collateral,
                                   .pid = 500,
                                   .launched = 250 * us,
                                   .ready = 300 * us,
                                   .termination = sys::Exited{0},
                                   .end_seen = 2000 * us,
                                   .ended_in_teardown = true});
    }
    for (WorkerRecord& worker : record.workers)
        if (worker.after)
            worker.after->at = 950 * us;
    return record;
}

} // namespace

TEST_CASE("a strategy tells whom the end of a host has launched anew")
{
    const auto covers = [](Strategy strategy) {
        std::string text;
        for (std::uint32_t host = 0; host < 4; ++host)
            text += restarts(strategy, host, 2) ? '1' : '0';
        return text;
    };
    CHECK(covers(Strategy::never) == "0000");
    CHECK(covers(Strategy::one_for_one) == "0010");
    CHECK(covers(Strategy::one_for_all) == "1111");
    CHECK(covers(Strategy::rest_for_one) == "0011");
}

TEST_CASE("a pool is given up at the end that is one too many within the time, and only then")
{
    const Supervision supervision{
        .strategy = Strategy::one_for_one, .max_restarts = 3, .within = std::chrono::milliseconds{1}};
    const std::vector<Stamp> quick{0, 10, 20, 30};
    CHECK_FALSE(gives_up(supervision, {}));
    CHECK_FALSE(gives_up(supervision, std::span(quick).first(3)));
    CHECK(gives_up(supervision, quick));
    const std::vector<Stamp> slow{0, 400'000, 800'000, 1'200'000};
    CHECK_FALSE(gives_up(supervision, slow)); // the first is older than a millisecond by then
    const std::vector<Stamp> just{0, 400'000, 800'000, 1'000'000};
    CHECK(gives_up(supervision, just)); // one that is exactly as old counts, as in OTP
    const Supervision none{.strategy = Strategy::one_for_one, .max_restarts = 0};
    CHECK(gives_up(none, std::span(quick).first(1)));
}

TEST_CASE("the fewer restarts are allowed, the sooner a pool is given up")
{
    CHECK(rc::check([] {
        std::vector<Stamp> ends;
        for (Stamp at = 0;
             const auto gap : *rc::gen::container<std::vector<std::uint16_t>>(rc::gen::arbitrary<std::uint16_t>()))
            ends.push_back(at += gap);
        Supervision supervision{.strategy = Strategy::one_for_all, .within = std::chrono::milliseconds{1}};
        bool before = true;
        for (supervision.max_restarts = 0; supervision.max_restarts < 10; ++supervision.max_restarts) {
            const bool now = gives_up(supervision, ends);
            RC_ASSERT(before || !now || ends.empty());
            before = now;
        }
    }));
}

TEST_CASE("the prediction is what the fault does or, if that is worse, what the supervisor does")
{
    using enum Outcome;
    struct Case {
        const char* fault;
        const char* shape;
        Strategy strategy;
        Outcome cell_mate;
        Outcome other_host;
        Outcome later_host;
    };
    for (const Case& row : std::initializer_list<Case>{
             {"segv-null", "4x2", Strategy::never, died, intact, intact},
             {"segv-null", "4x2", Strategy::one_for_one, died, intact, intact},
             {"segv-null", "4x2", Strategy::one_for_all, died, died, died},
             {"segv-null", "4x2", Strategy::rest_for_one, died, intact, died},
             {"kill:SIGTERM", "4x2", Strategy::one_for_all, died, died, died},
             {"thread-exit", "4x2", Strategy::one_for_all, intact, intact, intact}, // no process ends
             {"thread-exit", "4x1", Strategy::one_for_all, intact, died, died},     // the last thread takes it with it
             {"exec-replace", "4x2", Strategy::one_for_all, died, intact, intact},  // its pid lives on
             {"kill:SIGSTOP", "4x2", Strategy::one_for_all, stalled, intact, intact},
             {"none", "4x2", Strategy::one_for_all, intact, intact, intact}}) {
        CAPTURE(row.fault);
        CAPTURE(row.shape);
        CAPTURE(to_string(row.strategy));
        const auto outcome = [&](Relation relation) {
            return predict(fault(row.fault), shape(row.shape), relation, supervised(row.strategy));
        };
        CHECK(outcome(Relation::cell_mate) == row.cell_mate);
        CHECK(outcome(Relation::other_host) == row.other_host);
        CHECK(outcome(Relation::later_host) == row.later_host);
    }
}

TEST_CASE("a pool that is given up has no survivors, and one that may restart often enough is not given up")
{
    for (const Strategy strategy : {Strategy::one_for_one, Strategy::one_for_all, Strategy::rest_for_one}) {
        CHECK(predicted_survivors(fault("segv-null"), shape("4x2"), supervised(strategy, 4, 3), {3, 0}) == 0);
        CHECK(predicted_survivors(fault("thread-exit"), shape("4x2"), supervised(strategy, 4, 3)) == 7);
    }
    CHECK(predicted_survivors(fault("segv-null"), shape("4x2"), supervised(Strategy::one_for_one, 3, 3)) == 6);
    CHECK(predicted_survivors(fault("segv-null"), shape("4x2"), supervised(Strategy::never, 4, 3)) == 6);
}

TEST_CASE("with rest-for-one the survivors are those launched before the victim's host")
{
    for (std::uint32_t host = 0; host < 4; ++host)
        CHECK(predicted_survivors(fault("segv-null"), shape("4x2"), supervised(Strategy::rest_for_one), {host, 1}) ==
              2 * host);
}

TEST_CASE("the predicted survivors are the sum over the siblings, whatever the strategy and the victim")
{
    CHECK(rc::check([] {
        const Shape pool{*rc::gen::inRange<std::uint32_t>(1, 9), *rc::gen::inRange<std::uint32_t>(1, 9)};
        const auto victim = worker_at(*rc::gen::inRange<std::uint32_t>(0, pool.workers()), pool);
        const Containment containment =
            supervised(strategies[*rc::gen::inRange(0, 4)], *rc::gen::inRange<std::uint32_t>(1, 6));
        const Fault chosen = fault(*rc::gen::element<std::string>("segv-null", "thread-exit", "freeze", "none"));
        std::uint32_t survivors = 0;
        for (std::uint32_t index = 0; index < pool.workers(); ++index) {
            const Relation relation = relation_by_order(worker_at(index, pool), victim);
            survivors +=
                relation != Relation::victim && predict(chosen, pool, relation, containment) == Outcome::intact ? 1 : 0;
        }
        RC_ASSERT(survivors == predicted_survivors(chosen, pool, containment, victim));
    }));
}

TEST_CASE("whoever the supervisor has ended because of another died, whoever came after him")
{
    for (const Strategy strategy : {Strategy::one_for_one, Strategy::one_for_all, Strategy::rest_for_one}) {
        CAPTURE(to_string(strategy));
        const TrialJudgement judgement = judge(repaired(strategy));
        REQUIRE(judgement.inconclusive == "");
        CHECK(judgement.as_predicted);
        CHECK(judgement.survivors ==
              predicted_survivors(fault("segv-null"), shape("3x2"), supervised(strategy), {1, 0}));
    }
}

TEST_CASE("the figures of a repair follow from the stamps of the restarts")
{
    const TrialRecord one = repaired(Strategy::one_for_one);
    CHECK(value_of(one, "restarts") == 1);
    CHECK(value_of(one, "collateral_restarts") == 0);
    CHECK(value_of(one, "repair_time") == doctest::Approx(200));
    CHECK(value_of(one, "ops_lost") == doctest::Approx(4)); // two workers for 200 us, an op every 100 us
    CHECK(value_of(one, "availability") == doctest::Approx(1 - 1.0 / 3));
    CHECK(value_of(one, "given_up") == 0);
    const TrialRecord all = repaired(Strategy::one_for_all);
    CHECK(value_of(all, "restarts") == 3);
    CHECK(value_of(all, "collateral_restarts") == 2);
    CHECK(value_of(all, "ops_lost") == doctest::Approx(4 + 2 * 2)); // the others were down for 100 us each
    CHECK(value_of(all, "availability") == doctest::Approx(1 - 800.0 / 1200));
}

TEST_CASE("nothing is told of repairs where nobody repairs, nor of how long it took where somebody is down still")
{
    CHECK(value_of(tests::struck_record("segv-null", "3x2"), "restarts") == -1);
    TrialRecord record = repaired(Strategy::one_for_one);
    record.restarts[0].ready.reset();
    CHECK(value_of(record, "restarts") == 1);
    for (const char* name : {"repair_time", "ops_lost", "availability"})
        CHECK(value_of(record, name) == -1);
    record = repaired(Strategy::one_for_one);
    record.given_up = 800 * us;
    CHECK(value_of(record, "given_up") == 1);
    CHECK(value_of(record, "availability") == -1);
}

TEST_CASE("a replacement that ends before it is ready has its place down from the first end on")
{
    TrialRecord record = repaired(Strategy::one_for_one);
    Restart second = record.restarts[0];
    record.restarts[0].ready.reset();
    record.restarts[0].end_seen = 280 * us;
    record.restarts[0].ended_in_teardown = false;
    second.launched = 350 * us;
    second.ready = 500 * us;
    record.restarts.push_back(second);
    CHECK(value_of(record, "ops_lost") == doctest::Approx(8));
    CHECK(value_of(record, "repair_time") == doctest::Approx(400));
}

TEST_CASE("a trial with several strikes is proven only if each of them was")
{
    TrialRecord record = repaired(Strategy::one_for_one);
    record.plan.containment.supervision.strikes = 2;
    CHECK(judge(record).inconclusive.find("strike 2 of 2 was not committed") != std::string::npos);

    record.restarts[0].termination = sys::Signaled{11, false};
    record.restarts[0].end_seen = 420 * us;
    record.restarts[0].ended_in_teardown = false;
    record.further_strikes = {{.ordered = 390 * us, .fired = 400 * us, .end_seen = 420 * us}};
    Restart second = record.restarts[0];
    second = {.strike = 2, .host = 1, .pid = 501, .launched = 430 * us, .ready = 480 * us, .ended_in_teardown = true};
    record.restarts.push_back(second);
    CHECK(judge(record).inconclusive == "");
    CHECK(value_of(record, "ops_lost") == doctest::Approx(2 * 2 + 2 * 0.8));
    CHECK(value_of(record, "repair_time") == doctest::Approx(200));

    TrialRecord otherwise = record;
    otherwise.restarts[0].termination = sys::Exited{0};
    CHECK(judge(otherwise).inconclusive.find("strike 2 of 2: expected") != std::string::npos);
    otherwise = record;
    otherwise.further_strikes[0].fired.reset();
    CHECK(judge(otherwise).inconclusive.find("did not reach the fault") != std::string::npos);
}

TEST_CASE("a strike that never came because the pool was given up is no doubt about the others")
{
    TrialRecord record = tests::struck_record("segv-null", "2x1", {1, 0}, supervised(Strategy::one_for_one, 5, 0));
    record.given_up = *record.end_seen + 1;
    tests::end_host(record, 0, sys::Signaled{15, false});
    const TrialJudgement judgement = judge(record);
    CHECK(judgement.inconclusive == "");
    CHECK(judgement.as_predicted);
    CHECK(judgement.survivors == 0);
}

TEST_CASE("a supervision reads back from the containment's words, and a strategy from the variant's")
{
    CHECK(rc::check([] {
        Containment containment;
        containment.supervision = {.strategy = strategies[*rc::gen::inRange(0, 4)],
                                   .max_restarts = *rc::gen::arbitrary<std::uint32_t>(),
                                   .within = std::chrono::milliseconds{*rc::gen::arbitrary<std::uint32_t>()},
                                   .strikes = *rc::gen::arbitrary<std::uint32_t>()};
        RC_ASSERT(parse_containment(to_string(containment)) == containment);
    }));
    for (const Strategy strategy : strategies)
        for (const Locking locking : lockings) {
            const Variant variant{.workload = Workload::ledger, .locking = locking, .strategy = strategy};
            CHECK(parse_variant(to_string(variant)) == variant);
        }
    CHECK(to_string(Variant{.strategy = Strategy::one_for_one}) == "counter supervise=one-for-one");
    CHECK_FALSE(parse_variant("counter supervise=one-for-none").has_value());
}

TEST_CASE("each strategy has cells of its own, with golden runs, and its trials are supervised so")
{
    Experiment experiment;
    experiment.shapes = {shape("4x2")};
    experiment.faults = {fault("segv-null")};
    experiment.variants = variants_of({.strategies = {Strategy::never, Strategy::rest_for_one}});
    experiment.containment.supervision.strikes = 2;
    const auto cells = expand(experiment);
    REQUIRE(cells.size() == 4);
    CHECK(is_golden(cells[2].fault));
    const TrialPlan plan = plan_trial(experiment, cells[3], 0);
    CHECK(plan.containment.supervision.strategy == Strategy::rest_for_one);
    CHECK(planned_strikes(plan) == 2);
    CHECK(planned_strikes(plan_trial(experiment, cells[1], 0)) == 1); // nobody would be there to be struck again
    CHECK(matches({.strategies = {Strategy::never}}, cells[1]));
    CHECK_FALSE(matches({.strategies = {Strategy::never}}, cells[3]));
}

TEST_CASE("a record that tells of a restart in a place which the pool does not have is judged by nothing")
{
    model::Containment containment;
    containment.supervision.strategy = model::Strategy::one_for_one;
    model::TrialRecord record = tests::struck_record("segv-null", "2x1", {}, containment);
    record.restarts = {{.strike = 1, .host = 1, .launched = 4'100, .ready = 4'200}};
    CHECK(is_whole(record));
    record.restarts.front().host = 100'000'000;
    CHECK_FALSE(is_whole(record));
    CHECK(model::judge(record).inconclusive != "");
    CHECK_FALSE(model::figures_of(record).empty()); // and looks at no such place
}
