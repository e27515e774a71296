// Claims about outcomes, victims and quantiles, and the confidence that decides them.

#include "tests/unit/draws.hpp"
#include "tests/unit/model_campaign.hpp"

#include "harness/model/claim.hpp"

#include <cmath>

using namespace bulkhead;
using namespace bulkhead::tests;
using model::Outcome;
using model::Verdict;

TEST_CASE("every sibling has an outcome, or not every one has")
{
    auto all = pool_of_eight(model::AllSiblings{Outcome::died});
    all.run("8x1", "abort", 20, 7);
    check_verdict(all, Verdict::upheld,
                  "0 of 140 siblings had another outcome than died in 20 trials (95%: at most 13.9% of trials have "
                  "another)");

    auto most = pool_of_eight(model::AllSiblings{Outcome::died});
    most.run("8x1", "abort", 19, 7).run("8x1", "abort", 1, 6);
    check_verdict(most, Verdict::refuted, "1 of 140 siblings had another outcome than died, in 1 of 20 trials");
}

TEST_CASE("no sibling has an outcome, or one has")
{
    auto none = pool_of_eight(model::NoSibling{Outcome::stalled});
    none.run("8x1", "abort", 20, 1);
    CHECK(none.verdict().verdict == Verdict::upheld);

    auto one = pool_of_eight(model::NoSibling{Outcome::died});
    one.run("8x1", "abort", 19).run("8x1", "abort", 1, 1);
    check_verdict(one, Verdict::refuted, "1 of 140 siblings had the outcome died, in 1 of 20 trials");
}

TEST_CASE("a share of outcomes is held against the bound of the confidence that is asked for")
{
    // 20 trials, in each of which 6 of 7 died: Clopper-Pearson for a mean share of 0.857 of 20.
    const model::ShareOfSiblings claim{model::Comparison::at_least, 0.6, Outcome::died};
    auto usual = pool_of_eight(claim);
    usual.run("8x1", "abort", 20, 6);
    CHECK(usual.verdict().verdict == Verdict::upheld);

    auto strict = pool_of_eight(claim);
    strict.experiment().expectations.front().confidence = 0.999;
    strict.run("8x1", "abort", 20, 6);
    CHECK(strict.verdict().verdict == Verdict::inconclusive);
    CHECK(strict.verdict().reason.find("99.9%") != std::string::npos);
}

TEST_CASE("how many trials are needed depends on the confidence")
{
    auto campaign = pool_of_eight(share(model::Comparison::at_least, 0.9));
    campaign.experiment().expectations.front().confidence = 0.99;
    campaign.run("8x1", "abort", 20);
    check_verdict(campaign, Verdict::inconclusive, "20 trials without a loss support at most >= 0.794; 44 needed");
}

TEST_CASE("the victim's end is claimed by its word")
{
    auto right = pool_of_eight(model::VictimEnds{{"SIGSEGV", "SIGABRT"}});
    right.run("8x1", "abort", 20);
    check_verdict(right, Verdict::upheld,
                  "the victim ended so in 20 of 20 trials (95%: at most 13.9% of trials differ)");

    auto wrong = pool_of_eight(model::VictimEnds{{"exit 3"}});
    wrong.run("8x1", "abort", 20);
    check_verdict(wrong, Verdict::refuted, "the victim's end was another in 20 of 20 trials: SIGABRT in 20");
}

TEST_CASE("a victim without siblings has an end, too")
{
    Campaign campaign({"1x1"}, {"abort"}, 20, model::VictimEnds{{"SIGABRT"}});
    campaign.run_all();
    CHECK(campaign.verdict().verdict == Verdict::upheld);
}

TEST_CASE("a golden run's victim lives")
{
    CHECK(model::end_of_victim(quiet_record("none", "8x1")) == "lives");
    CHECK(model::end_of_victim(struck_record("abort", "8x1")) == "SIGABRT");
    CHECK(model::end_of_victim(struck_record("exit", "8x1")) == "exit 3");
}

// S. S. Wilks, Annals of Mathematical Statistics 12, 1941: the tolerance limits that engineers know as "95/95".
TEST_CASE("an upper bound of the 95th percentile takes 59 values, its second 93, its third 124")
{
    constexpr double two_sided = 0.90;
    CHECK(model::values_for_bound(0.95, two_sided, true) == 59);
    CHECK(model::values_for_bound(0.99, two_sided, true) == 299);
    CHECK(model::values_for_bound(0.5, two_sided, true) == 5);
    const auto upper = [](std::size_t count) {
        std::vector<double> values;
        for (std::size_t i = 1; i <= count; ++i)
            values.push_back(static_cast<double>(i));
        return model::quantile_interval(values, 0.95, two_sided).high;
    };
    CHECK(std::isinf(upper(58)));
    CHECK(upper(59) == 59);
    CHECK(upper(92) == 92);
    CHECK(upper(93) == 92);
    CHECK(upper(123) == 122);
    CHECK(upper(124) == 122);
}

TEST_CASE("each end of a quantile's interval errs as seldom as it says")
{
    model::Random random(7);
    constexpr int rounds = 2000;
    constexpr double q = 0.9;
    int above = 0;
    int below = 0;
    for (int round = 0; round < rounds; ++round) {
        std::vector<double> values;
        for (int i = 0; i < 60; ++i)
            values.push_back(static_cast<double>(random.below(1'000'000)) / 1e6); // its q-quantile is q
        const model::Interval interval = model::quantile_interval(values, q, 0.90);
        above += interval.low > q ? 1 : 0;
        below += interval.high < q ? 1 : 0;
    }
    // 5% at most, and three standard errors of 2,000 rounds; not far less either, or the interval would be idle.
    CHECK(above <= 0.065 * rounds);
    CHECK(below <= 0.065 * rounds);
    CHECK(above >= 0.01 * rounds);
    CHECK(below >= 0.005 * rounds);
}

TEST_CASE("a 99th percentile of few trials decides only against a claim")
{
    std::vector<double> values;
    for (int i = 1; i <= 100; ++i)
        values.push_back(i);
    const auto weighed = [&values](double bound) {
        return weigh_figure(model::FigureIs{.figure = "detection",
                                            .statistic = model::Statistic::p99,
                                            .comparison = model::Comparison::at_most,
                                            .bound = bound},
                            values, {});
    };
    CHECK(weighed(1000).verdict == Verdict::inconclusive);
    CHECK(weighed(1000).reason ==
          "the p99 of 100 trials is 99 us, of too few trials for an upper bound: at least 299 are needed");
    CHECK(weighed(50).verdict == Verdict::refuted);
    CHECK(weighed(50).reason == "the p99 of 100 trials is 99 us (95%: at least 97)");
}
