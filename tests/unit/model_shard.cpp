// Which trials are whose, and how a job finds out which shard it is.
#include "harness/model/shard.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <map>
#include <rapidcheck.h>

namespace bulkhead::model {
namespace {

/// Cells of these sizes, with ids as expand() gives them.
std::vector<Cell> cells_of(const std::vector<std::uint32_t>& sizes)
{
    std::vector<Cell> cells;
    std::uint32_t next = 1;
    for (const std::uint32_t size : sizes) {
        Cell cell;
        cell.number = static_cast<std::uint32_t>(cells.size());
        cell.trials = size;
        cell.first_id = next;
        next += size;
        cells.push_back(cell);
    }
    return cells;
}

using Variables = std::map<std::string, std::string>;

std::variant<Shard, std::string> read(const std::string& word, const Variables& variables)
{
    return read_shard(word, [&](const std::string& name) {
        const auto found = variables.find(name);
        return found == variables.end() ? std::nullopt : std::optional(found->second);
    });
}

/// "3/8", or what is wrong.
std::string told(const std::string& word, const Variables& variables)
{
    const auto shard = read(word, variables);
    return std::holds_alternative<Shard>(shard) ? to_string(std::get<Shard>(shard)) : std::get<std::string>(shard);
}

bool is_refused(const std::string& word, const Variables& variables, const std::string& why)
{
    const auto shard = read(word, variables);
    const auto* wrong = std::get_if<std::string>(&shard);
    INFO((wrong != nullptr ? *wrong : "it was read"));
    return wrong != nullptr && wrong->find(why) != std::string::npos;
}

Variables slurm(int id, int least, int most, int step, int count)
{
    return {{"SLURM_ARRAY_TASK_ID", std::to_string(id)},
            {"SLURM_ARRAY_TASK_MIN", std::to_string(least)},
            {"SLURM_ARRAY_TASK_MAX", std::to_string(most)},
            {"SLURM_ARRAY_TASK_STEP", std::to_string(step)},
            {"SLURM_ARRAY_TASK_COUNT", std::to_string(count)}};
}

} // namespace

TEST_CASE("every trial is of exactly one shard, and shards are as large as one another, in each cell and in all")
{
    CHECK(rc::check([] {
        const auto sizes = *rc::gen::container<std::vector<std::uint32_t>>(rc::gen::inRange(0U, 40U));
        const auto count = *rc::gen::inRange(1U, 20U);
        const auto cells = cells_of(sizes);
        std::uint32_t total = 0;
        std::vector<std::uint32_t> shares;
        for (std::uint32_t number = 1; number <= count; ++number) {
            const Shard shard{number, count};
            std::uint32_t share = 0;
            for (const Cell& cell : cells) {
                std::uint32_t here = 0;
                for (std::uint32_t id = cell.first_id; id < cell.first_id + cell.trials; ++id) {
                    here += shard.has(id) ? 1 : 0;
                }
                RC_ASSERT(trials_of(shard, cell) == here);
                RC_ASSERT(here == cell.trials / count || here == (cell.trials + count - 1) / count);
                share += here;
            }
            RC_ASSERT(trials_of(shard, cells) == share);
            shares.push_back(share);
            total += share;
        }
        RC_ASSERT(*std::ranges::max_element(shares) - *std::ranges::min_element(shares) <= 1U);
        for (const Cell& cell : cells) {
            total -= cell.trials;
        }
        RC_ASSERT(total == 0U);
    }));
}

TEST_CASE("a trial stays with its shard, whatever else is in the campaign")
{
    const Shard third{3, 8};
    CHECK_FALSE(third.has(1));
    CHECK(third.has(3));
    CHECK(third.has(11));
    CHECK(Shard{8, 8}.has(8));
    CHECK(Shard{1, 1}.has(1));
    CHECK(Shard{1, 1}.has(4'000'000'000U));
}

TEST_CASE("a shard is written I/N, counted from 1")
{
    CHECK(parse_shard("3/8") == Shard{3, 8});
    CHECK(parse_shard("1/1") == Shard{1, 1});
    CHECK(to_string(Shard{3, 8}) == "3/8");
    for (const char* none : {"0/8", "9/8", "3", "/", "3/", "/8", "3/8/1", "-1/8", "+1/8", " 1/8", "1/8 ", "a/b", "",
                             "1/0", "1/100001", "99999999999/99999999999"}) {
        CAPTURE(none);
        CHECK_FALSE(parse_shard(none));
        CHECK(is_refused(none, {}, "is no shard; valid: I/N with I from 1 to N"));
    }
    CHECK(is_refused("auto/0", {}, "is no shard"));
    CHECK(is_refused("Auto", {}, "is no shard"));
}

TEST_CASE("a task of a Slurm array is the shard of its place, wherever the array begins")
{
    CHECK(told("auto", slurm(1, 1, 8, 1, 8)) == "1/8");
    CHECK(told("auto", slurm(8, 1, 8, 1, 8)) == "8/8");
    CHECK(told("auto", slurm(0, 0, 7, 1, 8)) == "1/8");
    CHECK(told("auto", slurm(9, 5, 11, 2, 4)) == "3/4");
    CHECK(told("auto", slurm(9, 5, 12, 2, 4)) == "3/4"); // --array=5-12:2
    CHECK(told("auto/4", slurm(9, 5, 11, 2, 4)) == "3/4");
    CHECK(told("2/3", slurm(9, 5, 11, 2, 4)) == "2/3");
    CHECK(is_refused("auto", slurm(3, 1, 7, 1, 3), "no even steps"));
    CHECK(is_refused("auto/8", slurm(3, 3, 3, 1, 1), "is not of 8: to run one again, write I/8"));
    CHECK(is_refused("auto", {{"SLURM_ARRAY_TASK_ID", "3"}}, "_COUNT, which tell its place"));
    CHECK(is_refused("auto", {{"SLURM_ARRAY_TASK_ID", "x"}}, "SLURM_ARRAY_TASK_ID=x is no number"));
}

TEST_CASE("an indexed job of Kubernetes counts from 0, and must be told of how many")
{
    CHECK(told("auto/8", {{"JOB_COMPLETION_INDEX", "0"}}) == "1/8");
    CHECK(told("auto/8", {{"JOB_COMPLETION_INDEX", "7"}}) == "8/8");
    CHECK(is_refused("auto/8", {{"JOB_COMPLETION_INDEX", "8"}}, "is not one of 1 to 8"));
    CHECK(is_refused("auto", {{"JOB_COMPLETION_INDEX", "2"}}, "but not of how many: write auto/N"));
}

TEST_CASE("a parallel job of GitLab counts from 1")
{
    CHECK(told("auto", {{"CI_NODE_INDEX", "1"}, {"CI_NODE_TOTAL", "4"}}) == "1/4");
    CHECK(told("auto", {{"CI_NODE_INDEX", "4"}, {"CI_NODE_TOTAL", "4"}}) == "4/4");
    CHECK(is_refused("auto", {{"CI_NODE_INDEX", "0"}, {"CI_NODE_TOTAL", "4"}}, "is not one of 1 to 4"));
    CHECK(is_refused("auto", {{"CI_NODE_TOTAL", "1"}}, "none of SLURM_ARRAY_TASK_ID"));
}

TEST_CASE("where two schedulers name the job, they must agree")
{
    Variables both = slurm(2, 1, 4, 1, 4);
    both["CI_NODE_INDEX"] = "2";
    both["CI_NODE_TOTAL"] = "4";
    CHECK(told("auto", both) == "2/4");
    both["CI_NODE_INDEX"] = "1";
    CHECK(is_refused("auto", both, "do not agree: write --shard I/N"));
    CHECK(told("auto", {{"JOB_COMPLETION_INDEX", "1"}, {"CI_NODE_INDEX", "2"}, {"CI_NODE_TOTAL", "4"}}) == "2/4");
}

} // namespace bulkhead::model
