#pragma once

#include "harness/texts/texts.hpp"
#include "tests/korean.hpp"
#include "tests/unit/model_records.hpp"

#include <csignal>
#include <stdexcept>
#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace bulkhead::tests {

/// An experiment with one expectation, whose trials are made up: all go as the model says but for what a test adds.
class Campaign {
public:
    Campaign(const std::vector<std::string>& shapes, const std::vector<std::string>& faults, std::uint32_t trials,
             model::Claim claim)
    {
        for (const std::string& text : shapes)
            experiment_.shapes.push_back(shape(text));
        for (const std::string& text : faults)
            experiment_.faults.push_back(fault(text));
        experiment_.trials = trials;
        experiment_.expectations.push_back(claiming(claim));
        for (const model::Cell& cell : expand(experiment_))
            cells_.emplace_back().cell = cell;
    }

    model::CellSummary& cell(const std::string& pool, const std::string& what)
    {
        for (model::CellSummary& summary : cells_)
            if (summary.cell.shape == shape(pool) && summary.cell.fault == fault(what))
                return summary;
        throw std::out_of_range(pool + " " + what);
    }

    /// Adds `trials` trials to the cell, in each of which `losses` more siblings die than the model says.
    Campaign& run(const std::string& pool, const std::string& what, std::uint32_t trials, std::uint32_t losses = 0)
    {
        model::TrialRecord record = what == "none" ? quiet_record(what, pool) : struck_record(what, pool);
        for (std::uint32_t i = 1; i <= losses; ++i)
            end_host(record, i, sys::Signaled{SIGKILL, false});
        return add_to(pool, what, trials, record);
    }
    Campaign& refuse(const std::string& pool, const std::string& what, std::uint32_t trials)
    {
        model::TrialRecord record = struck_record(what == "none" ? "abort" : what, pool);
        record.inconclusive = "fork: EAGAIN";
        return add_to(pool, what, trials, record);
    }
    Campaign& run_all()
    {
        for (model::CellSummary& summary : cells_)
            run(to_string(summary.cell.shape), to_string(summary.cell.fault), summary.cell.trials);
        return *this;
    }

    model::Experiment& experiment() { return experiment_; }
    [[nodiscard]] const std::vector<model::CellSummary>& cells() const { return cells_; }

    model::Judged verdict()
    {
        const auto judged = judge(experiment_, cells_);
        REQUIRE(judged.size() == 1);
        CHECK(judged.front().expectation == 0);
        CHECK(judged.front().reason != "");
        // Each sentence that a verdict may have is known to the catalogue of texts.
        CHECK(korean::english_in(texts::say_composed(texts::Language::korean, judged.front().reason)) == "");
        return judged.front();
    }

private:
    Campaign& add_to(const std::string& pool, const std::string& what, std::uint32_t trials,
                     const model::TrialRecord& record)
    {
        const model::TrialJudgement judgement = judge(record);
        for (std::uint32_t i = 0; i < trials; ++i)
            add(cell(pool, what), record, judgement);
        return *this;
    }

    model::Experiment experiment_;
    std::vector<model::CellSummary> cells_;
};

inline void check_verdict(Campaign& campaign, model::Verdict verdict, const std::string& reason)
{
    const model::Judged judged = campaign.verdict();
    CHECK(to_string(judged.verdict) == to_string(verdict));
    CHECK(judged.reason == reason);
}

/// One cell of 8x1 with a crash, and its golden runs.
inline Campaign pool_of_eight(model::Claim claim, std::uint32_t trials = 20)
{
    Campaign campaign({"8x1"}, {"abort"}, trials, claim);
    campaign.run("8x1", "none", campaign.cell("8x1", "none").cell.trials);
    return campaign;
}

inline model::Claim share(model::Comparison comparison, double bound)
{
    return model::ShareOfSiblings{comparison, bound};
}

} // namespace bulkhead::tests
