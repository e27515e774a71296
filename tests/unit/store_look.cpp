#include "harness/model/random.hpp"
#include "harness/model/stopping.hpp"
#include "harness/store/look_text.hpp"
#include "tests/unit/model_records.hpp"
#include "tests/unit/store_fixture.hpp"

#include <algorithm>
#include <functional>

#include <doctest/doctest.h>

// What stop rules knew after a look is kept in the results file, and whoever goes on from it comes to the same end as
// one who has seen every trial.

using namespace bulkhead;
using namespace bulkhead::model;
using namespace bulkhead::tests;
using store::parse_look;
using store::text_of;

namespace {

struct Trial {
    TrialRecord record;
    TrialJudgement judgement;
};

struct Campaign {
    Experiment experiment;
    std::vector<Cell> cells;
    std::vector<Trial> trials; ///< in the order of the plan
};

TrialJudgement judgement_of(const Cell& cell, std::uint32_t losses)
{
    TrialJudgement judgement;
    judgement.siblings = cell.shape.workers() - 1;
    judgement.survivors = judgement.siblings - losses;
    judgement.as_predicted = losses == 0;
    judgement.outcomes.assign(cell.shape.workers(), Outcome::intact);
    std::fill_n(judgement.outcomes.begin() + 1, losses, Outcome::died); // the first is the victim
    return judgement;
}

/// Two cells and their golden runs. In a trial with a fault a sibling is lost with this chance, and one of them has no
/// judgement.
Campaign campaign_of(const StopRules& rules, std::uint64_t seed, double loses)
{
    Campaign campaign;
    Experiment& experiment = campaign.experiment;
    experiment.shapes = {shape("4x1"), shape("8x1")};
    experiment.faults = {fault("abort")};
    experiment.trials = 400;
    experiment.seed = seed;
    experiment.stop = rules;
    experiment.expectations = {claiming(ShareOfSiblings{.comparison = Comparison::at_least, .bound = 0.8}),
                               claiming(AllSiblings{})};
    campaign.cells = expand(experiment);
    Random random(seed);
    TrialOrder order(experiment, campaign.cells);
    while (const auto turn = order.next()) {
        const Cell& cell = campaign.cells[turn->trial.cell];
        Trial trial;
        trial.record.plan.cell = cell.number;
        trial.record.plan.number = turn->trial.number;
        const bool lost = !is_golden(cell.fault) && static_cast<double>(random.below(1'000'000)) < loses * 1e6;
        trial.judgement = judgement_of(cell, lost ? 1 + static_cast<std::uint32_t>(random.below(3)) : 0);
        if (!is_golden(cell.fault) && turn->trial.number == 7) {
            trial.judgement = {.inconclusive = "no steady state", .outcomes = {}};
        }
        campaign.trials.push_back(std::move(trial));
    }
    return campaign;
}

void same_end(const Stopping& one, const Stopping& other)
{
    CHECK(one.stopped() == other.stopped());
    REQUIRE(one.results().size() == other.results().size());
    for (std::size_t i = 0; i < one.results().size(); ++i) {
        CHECK(one.results()[i].decision == other.results()[i].decision);
        CHECK(one.results()[i].rounds == other.results()[i].rounds);
        CHECK(one.results()[i].trials == other.results()[i].trials);
        CHECK(one.results()[i].hits == other.results()[i].hits);
    }
}

/// Ends the campaign after so many trials, and has another go on from the look that is on record by then.
void go_on_after(const Campaign& campaign, std::size_t trials, std::uint64_t seed)
{
    Stopping whole(campaign.experiment, campaign.cells);
    std::optional<std::string> noted;
    std::uint32_t rounds = 0;
    for (std::size_t i = 0; i < campaign.trials.size(); ++i) {
        whole.add(campaign.trials[i].record, campaign.trials[i].judgement);
        const auto look = whole.latest();
        if (i < trials && look) {
            noted = text_of(*look);
            rounds = look->rounds;
        }
    }
    Stopping second(campaign.experiment, campaign.cells);
    const auto look = noted ? parse_look(rounds, *noted) : std::nullopt;
    REQUIRE(look.has_value() == noted.has_value());
    if (look) {
        CHECK(text_of(*look) == *noted);
        REQUIRE(second.go_on_from(*look));
        REQUIRE(second.latest().has_value());
        CHECK(text_of(*second.latest()) == *noted);
    }
    // What is recorded is read by ids, and lanes record in no order; what the look has seen may come again.
    std::vector<Trial> rest = campaign.trials;
    Random random(seed);
    for (std::size_t left = trials; left > 1; --left)
        std::swap(rest[left - 1], rest[random.below(left)]);
    for (const Trial& trial : rest)
        second.add(trial.record, trial.judgement);
    same_end(whole, second);
}

} // namespace

TEST_CASE("whoever goes on from a look comes to the same end as one who has seen every trial, by each rule")
{
    const std::function<void(StopRules&)> rules[] = {
        [](StopRules& stop) { stop.half_width = 0.045; },
        [](StopRules& stop) { stop.sequential = Sequential{.alpha = 0.01, .beta = 0.01, .indifference = 0.1}; },
        [](StopRules& stop) { stop.until_refuted = true; },
        [](StopRules& stop) {
            stop.until_refuted = true;
            stop.half_width = 0.01;
            stop.sequential = Sequential{};
        },
    };
    int stopped = 0;
    for (const auto& set : rules) {
        StopRules stop;
        set(stop);
        for (std::uint64_t seed = 1; seed <= 10; ++seed) {
            // Seldom enough that a refutation is late, and often enough that an interval is wide.
            const Campaign campaign = campaign_of(stop, seed, stop.until_refuted ? 0.005 : 0.2);
            Random random(seed);
            Stopping whole(campaign.experiment, campaign.cells);
            for (const Trial& trial : campaign.trials)
                whole.add(trial.record, trial.judgement);
            stopped += whole.stopped() ? 1 : 0;
            for (int cut = 0; cut < 5; ++cut)
                go_on_after(campaign, random.below(campaign.trials.size()), seed);
        }
    }
    CHECK(stopped >= 30); // of 40: it is about campaigns that are stopped
}

TEST_CASE("there is a look once a round is whole, and none any more when a rule holds")
{
    StopRules stop;
    stop.half_width = 0.2;
    const Campaign campaign = campaign_of(stop, 1, 0);
    Stopping stopping(campaign.experiment, campaign.cells);
    CHECK_FALSE(stopping.latest().has_value());
    std::uint32_t seen = 0;
    for (const Trial& trial : campaign.trials) {
        stopping.add(trial.record, trial.judgement);
        const auto look = stopping.latest();
        seen = look ? look->rounds : seen;
        CHECK(look.has_value() == (seen > 0 && !stopping.stopped()));
    }
    REQUIRE(stopping.stopped().has_value());
    CHECK(seen == stopping.stopped()->rounds - 1);
}

TEST_CASE("a look of another experiment is refused, and changes nothing")
{
    StopRules stop;
    stop.half_width = 0.001;
    const Campaign campaign = campaign_of(stop, 1, 0);
    Stopping stopping(campaign.experiment, campaign.cells);
    for (std::size_t i = 0; i < 700; ++i)
        stopping.add(campaign.trials[i].record, campaign.trials[i].judgement);
    const auto look = stopping.latest();
    REQUIRE(look.has_value());
    REQUIRE(look->rounds > 200);
    Stopping fresh(campaign.experiment, campaign.cells);
    const auto refuses = [&](const std::function<void(Look&)>& change) {
        Look other = *look;
        change(other);
        return !fresh.go_on_from(other) && !fresh.latest();
    };
    CHECK(refuses([](Look& other) { other.rounds = 201; })); // beyond a hundred it is not looked after each
    CHECK(refuses([](Look& other) { other.rounds = 100'000; }));
    CHECK(refuses([](Look& other) { other.cells.pop_back(); }));
    CHECK(refuses([](Look& other) { other.refuting.push_back(0); }));
    CHECK(refuses([](Look& other) { other.tests.clear(); }));
    CHECK(fresh.go_on_from(*look));
}

TEST_CASE(
    "a look in the results file comes back as it was noted last, what is none is passed over, and one may be forgotten")
{
    const store::fixture::Folder folder;
    Look look{
        .rounds = 123, .cells = std::vector<LookAtCell>(2), .refuting = {0, 7}, .tests = std::vector<LookAtTest>(2)};
    look.cells[1].judged = 4'000'000'000;
    look.cells[1].siblings = {1, 2, 3, 4, 5, 0xffffffffffffffffU};
    look.cells[1].unanimity[2] = {.trials_all = 1, .trials_none = 2, .share_sum = 0.1 + 0.2};
    look.cells[1].victim_ends = {{"SIGSEGV", 3}, {"exit 3", 1}};
    look.tests[0] = {.decision = Decision::low, .rounds = 5, .trials = 9, .hits = 1.0 / 3};
    {
        store::Writer writer = store::fixture::writer(folder / "r.db");
        CHECK_FALSE(store::Reader(folder / "r.db").look().has_value());
        writer.note_look({.rounds = 1, .cells = {}, .refuting = {}, .tests = {}});
        writer.note_look(look);
    }
    const auto back = store::Reader(folder / "r.db").look();
    REQUIRE(back.has_value());
    CHECK(back->rounds == 123);
    CHECK(text_of(*back) == text_of(look));
    CHECK(back->cells[1].unanimity[2].share_sum == 0.1 + 0.2);
    CHECK(back->tests[0].hits == 1.0 / 3);

    {
        store::Writer writer = store::fixture::writer(folder / "other.db");
        writer.note_look(look);
        writer.forget_look();
        writer.forget_look(); // there is nothing any more
    }
    CHECK_FALSE(store::Reader(folder / "other.db").look().has_value());

    store::Database database(folder / "r.db", store::Access::write);
    for (const char* wrong : {"'nonsense'", "'{}'", "'{\"cells\": [1], \"refuting\": [], \"tests\": []}'",
                              "'{\"cells\": [], \"refuting\": [], \"tests\": [[3, 0, 0, 0]]}'"}) {
        database.execute((std::string("UPDATE look SET sums = ") + wrong).c_str());
        CHECK_FALSE(store::Reader(folder / "r.db").look().has_value());
    }
    database.execute("DROP TABLE look");
    CHECK_FALSE(store::Reader(folder / "r.db").look().has_value());
}
