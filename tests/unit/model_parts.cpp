// What keeps shards from being put together, and what lacks.
#include "harness/model/parts.hpp"

#include <doctest/doctest.h>

namespace bulkhead::model {
namespace {

std::vector<Cell> two_cells()
{
    Cell golden;
    golden.shape = {2, 1};
    golden.trials = 3;
    golden.first_id = 1;
    Cell other = golden;
    other.number = 1;
    other.shape = {4, 1};
    other.trials = 10;
    other.first_id = 4;
    return {golden, other};
}

/// Shard I of 4, with all of its trials.
CampaignPart part(std::uint32_t number)
{
    CampaignPart part{.name = std::to_string(number) + ".db",
                      .shard = {number, 4},
                      .text = "schema = 1\nname = \"x\"\n",
                      .cells = two_cells(),
                      .facts = {{"kernel", "6.1"},
                                {"bulkhead", "0.1"},
                                {"bulkhead digest", "aa"},
                                {"host digest", "bb"},
                                {"shard", std::to_string(number) + "/4"}},
                      .ids = {},
                      .ended = "complete"};
    for (std::uint32_t id = 1; id <= 13; ++id) {
        if (part.shard.has(id)) {
            part.ids.push_back(id);
        }
    }
    return part;
}

std::vector<CampaignPart> all_four()
{
    return {part(1), part(2), part(3), part(4)};
}

using Sentences = std::vector<std::string>;

bool says(const Sentences& sentences, const std::string& text)
{
    std::string all;
    for (const std::string& sentence : sentences) {
        all += sentence + "\n";
    }
    INFO(all);
    CHECK(all.find(text) != std::string::npos);
    return all.find(text) != std::string::npos;
}

} // namespace

TEST_CASE("all shards of one campaign, each once, lack nothing")
{
    CHECK(contradictions(all_four()).empty());
    CHECK(missing(all_four()).empty());
    CHECK(missing({part(4), part(2), part(1), part(3)}).empty());
}

TEST_CASE("shards of other experiments, seeds, programs or splits are not put together")
{
    auto parts = all_four();
    parts[2].text = "schema = 1\nname = \"y\"\n";
    CHECK(says(contradictions(parts), "1.db and 3.db: not the same experiment: line 2 was \"name = \"x\"\", and is"));
    parts = all_four();
    parts[3].facts[3].second = "cc";
    CHECK(says(contradictions(parts), "1.db and 4.db: host digest: bb there, and cc here"));
    parts = all_four();
    parts[3].facts[2].second = "cc";
    CHECK(says(contradictions(parts), "bulkhead digest: aa there, and cc here"));
    parts = all_four();
    parts[1].shard.count = 5;
    CHECK(says(contradictions(parts), "1.db and 2.db: one is of 4 shards, the other of 5"));
}

TEST_CASE("machines that cannot run the same trials have no common campaign, and other differences are told")
{
    auto parts = all_four();
    parts[1].cells[1].trials = 0;
    parts[1].cells[1].skipped = "no cgroup";
    CHECK(says(contradictions(parts), "their machines cannot run the same trials: cell 1 is"));
    CHECK(says(contradictions(parts), "skipped: no cgroup"));
    parts = all_four();
    parts[1].facts[0].second = "6.9";
    parts[2].facts.emplace_back("gone on", "2026-01-01");
    CHECK(contradictions(parts).empty());
    const CommonFacts common = common_facts(parts);
    using Facts = std::vector<std::pair<std::string, std::string>>;
    CHECK(common.differing == Facts{{"kernel", "6.1 (shards 1, 3-4), 6.9 (shard 2)"}});
    CHECK(common.facts == Facts{{"kernel", "6.1 (shards 1, 3-4), 6.9 (shard 2)"},
                                {"bulkhead", "0.1"},
                                {"bulkhead digest", "aa"},
                                {"host digest", "bb"},
                                {"gone on", "2026-01-01 (shard 3)"}});
}

TEST_CASE("a trial that two files have, and a shard that is there twice, are named")
{
    auto parts = all_four();
    parts.push_back(part(2));
    parts.back().name = "again.db";
    CHECK(says(contradictions(parts), "2.db and again.db: both are shard 2/4, and both have trials 2, 6, 10"));
    parts.back().ids.clear();
    CHECK(says(contradictions(parts), "2.db and again.db: both are shard 2/4"));
    parts = all_four();
    parts[0].ids = {1, 2, 5};
    CHECK(says(contradictions(parts), "1.db and 2.db: both have trial 2"));
    CHECK(says(contradictions(parts), "1.db: trial 2 cannot be of shard 1/4"));
    parts = all_four();
    parts[0].ids.push_back(17);
    CHECK(says(contradictions(parts), "1.db: trial 17 cannot be of shard 1/4"));
}

TEST_CASE("shards that are not there, and those without all of their trials, are named")
{
    CHECK(missing({part(3)}) == Sentences{"shards 1-2, 4 of 4 are not there"});
    auto parts = all_four();
    parts.erase(parts.begin());
    parts[2].ids.pop_back();
    parts[2].ended = "interrupted";
    CHECK(missing(parts) ==
          Sentences{"shard 1 of 4 is not there", "4.db: shard 4/4 has 2 of its 3 trials (interrupted)"});
    parts[2].ended.clear();
    CHECK(says(missing(parts), "killed, or still at work"));
}

TEST_CASE("numbers are told as ranges")
{
    CHECK(ranges_text({}).empty());
    CHECK(ranges_text({5}) == "5");
    CHECK(ranges_text({1, 2, 3, 5, 8, 9}) == "1-3, 5, 8-9");
}

} // namespace bulkhead::model
