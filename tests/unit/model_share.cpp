#include "tests/unit/model_campaign.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace bulkhead::model;
using namespace bulkhead::tests;

TEST_CASE("a share is upheld only when its lower bound at 95% reaches it: 299 trials for 0.99")
{
    const Claim claim = share(Comparison::at_least, 0.99);
    Campaign enough = pool_of_eight(claim, 299).run("8x1", "abort", 299);
    check_verdict(enough, Verdict::upheld, "the mean share of survivors is 1 in 299 trials (95%: at least 0.99003)");
    Campaign one_less = pool_of_eight(claim, 298).run("8x1", "abort", 298);
    check_verdict(one_less, Verdict::inconclusive, "298 trials without a loss support at most >= 0.9900; 299 needed");
    Campaign few = pool_of_eight(claim).run("8x1", "abort", 20);
    check_verdict(few, Verdict::inconclusive, "20 trials without a loss support at most >= 0.861; 299 needed");
}

TEST_CASE("the siblings of one trial do not count as so many trials")
{
    Campaign campaign({"256x1"}, {"abort"}, 20, share(Comparison::at_least, 0.99));
    campaign.run_all();
    CHECK(campaign.verdict().verdict == Verdict::inconclusive); // though none of 5100 siblings was lost
}

TEST_CASE("a share is refuted when its upper bound at 95% is below it, and undecided in between")
{
    const Claim claim = share(Comparison::at_least, 0.9);
    Campaign low = pool_of_eight(claim).run("8x1", "abort", 10).run("8x1", "abort", 10, 7);
    check_verdict(low, Verdict::refuted, "the mean share of survivors is 0.500 in 20 trials (95%: at most 0.698)");
    Campaign middling = pool_of_eight(claim).run("8x1", "abort", 18).run("8x1", "abort", 2, 7);
    check_verdict(
        middling, Verdict::inconclusive,
        "the mean share of survivors is 0.900 in 20 trials (95%: at least 0.717; 95%: at most 0.9819), which does not "
        "decide");
}

TEST_CASE("a share that all cells together reach is refuted by one that does not, however many others are beside it")
{
    const Claim claim = share(Comparison::at_least, 0.8);
    Campaign campaign({"8x1", "2x4"}, {"segv-null", "thread-exit"}, 30, claim);
    campaign.run_all();
    check_verdict(campaign, Verdict::refuted,
                  "2x4 segv-null: the mean share of survivors is 0.571 in 30 trials (98.75%: at most 0.770)");
    Campaign open({"8x1", "2x4"}, {"segv-null"}, 30, claim);
    open.run_all(); // 0.786 together, which does not decide
    check_verdict(open, Verdict::refuted,
                  "2x4 segv-null: the mean share of survivors is 0.571 in 30 trials (97.5%: at most 0.749)");
    Campaign equal({"8x1", "4x2"}, {"segv-null", "thread-exit"}, 60, claim);
    equal.run_all(); // 6 of 7 in one of them: not sure by itself, and nothing speaks against it
    CHECK(equal.verdict().verdict == Verdict::upheld);
}

TEST_CASE("a share may be claimed from above")
{
    Campaign none = pool_of_eight(share(Comparison::at_most, 0.2)).run("8x1", "abort", 20, 7);
    check_verdict(none, Verdict::upheld, "the mean share of survivors is 0 in 20 trials (95%: at most 0.139)");
    Campaign few = pool_of_eight(share(Comparison::less_than, 0.1)).run("8x1", "abort", 20, 7);
    check_verdict(few, Verdict::inconclusive, "20 trials without a survivor support at most < 0.139; 29 needed");
    Campaign all = pool_of_eight(share(Comparison::at_most, 0.2)).run("8x1", "abort", 20);
    check_verdict(all, Verdict::refuted, "the mean share of survivors is 1 in 20 trials (95%: at least 0.861)");
    Campaign more = pool_of_eight(share(Comparison::more_than, 0.8)).run("8x1", "abort", 20);
    check_verdict(more, Verdict::upheld, "the mean share of survivors is 1 in 20 trials (95%: at least 0.861)");
}

TEST_CASE("a share of exactly everybody is never supported by counting, and the reason says what to claim instead")
{
    Campaign all = pool_of_eight(share(Comparison::at_least, 1)).run("8x1", "abort", 20);
    check_verdict(
        all, Verdict::inconclusive,
        "20 trials without a loss support at most >= 0.861, and no number of them is enough: claim survivors = \"all\" "
        "instead");
    Campaign none = pool_of_eight(share(Comparison::at_most, 0)).run("8x1", "abort", 20, 7);
    check_verdict(
        none, Verdict::inconclusive,
        "20 trials without a survivor support at most <= 0.139, and no number of them is enough: claim survivors = "
        "\"none\" instead");
    Campaign lost = pool_of_eight(share(Comparison::at_least, 1)).run("8x1", "abort", 19).run("8x1", "abort", 1, 1);
    CHECK(lost.verdict().verdict == Verdict::refuted);
}

TEST_CASE("the number of trials that are said to be needed is the least that is enough")
{
    CHECK(rc::check([] {
        const double bound = *rc::gen::inRange(10, 99) / 100.0;
        std::uint32_t trials = 1;
        std::uint32_t needed = 1;
        for (; trials < 400; ++trials) {
            Campaign campaign = pool_of_eight(share(Comparison::at_least, bound), trials).run("8x1", "abort", trials);
            const Judged judged = campaign.verdict();
            if (judged.verdict == Verdict::upheld)
                break;
            const auto at = judged.reason.find("; ");
            RC_ASSERT(at != std::string::npos);
            needed = static_cast<std::uint32_t>(std::stoul(judged.reason.substr(at + 2)));
        }
        RC_ASSERT(trials == needed);
    }));
}
