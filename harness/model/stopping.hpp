#pragma once

#include "harness/model/claim.hpp"
#include "harness/model/judge.hpp"
#include "harness/model/look.hpp"
#include "harness/model/order.hpp"
#include "harness/model/sequential_claim.hpp"
#include "harness/model/stop_rules.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace bulkhead::model {

/// True where the rule held because the trials told enough. After the others a claim that is not refuted may have seen
/// next to nothing.
bool assures_evidence(StopRule rule);

/// Tells after which round the trials of a campaign hold one of its stop rules. Trials may come in any order: it sees
/// rounds in theirs, each once all of its trials are there, so that a campaign that was resumed, or is judged again,
/// is stopped where it was. It looks after each of the first hundred rounds, and then whenever there are a hundredth
/// more; so it takes little memory and time, however many trials there are.
class Stopping {
public:
    Stopping(const Experiment& experiment, const std::vector<Cell>& cells);

    /// Trials of rounds that it has seen are not counted again.
    void add(const TrialRecord& record, const TrialJudgement& judgement);

    /// What it knew after its latest look; nullopt when it had none, or a rule holds.
    [[nodiscard]] std::optional<Look> latest() const;
    /// Comes to where another one of the same experiment was after that look. False, and nothing happens, when no look
    /// of this experiment can be like that.
    bool go_on_from(const Look& look);

    /// The first look at which a rule held.
    [[nodiscard]] std::optional<Stopped> stopped() const { return stopped_; }
    /// By expectation; of those that are not tested so there is no test.
    [[nodiscard]] const std::vector<SequentialResult>& results() const { return results_; }

private:
    /// The trials between two looks.
    struct Stretch {
        std::uint64_t missing = 0;           ///< that have not come yet
        std::vector<LookAtCell> cells;       ///< by cell; empty: none has come
        std::vector<std::uint32_t> refuting; ///< by expectation: trials whose figure refutes it
    };
    /// What an expectation speaks of, by number of cell.
    struct Scope {
        std::vector<std::uint32_t> cells;    ///< those that have siblings
        std::vector<std::uint32_t> controls; ///< the golden runs beside them
    };

    [[nodiscard]] Scope scope_of(const Expectation& expectation) const;
    void note_figures(Stretch& stretch, const TrialRecord& record) const;
    void look();
    void test();
    [[nodiscard]] std::optional<StopRule> rule_that_holds() const;
    [[nodiscard]] bool any_needs_more() const;
    [[nodiscard]] bool needs_more(std::size_t expectation) const;
    [[nodiscard]] std::uint64_t to_come(const Cell& cell) const;
    [[nodiscard]] bool is_sound(const Scope& scope) const;
    [[nodiscard]] bool is_broken(const Scope& scope) const;
    [[nodiscard]] bool is_narrow() const;
    [[nodiscard]] bool is_decided() const;
    [[nodiscard]] bool is_refuted(std::size_t expectation) const;
    [[nodiscard]] bool is_nothing_refutable() const;
    [[nodiscard]] Evidence evidence_of(std::size_t expectation) const;

    std::vector<Expectation> expectations_;
    std::vector<Cell> cells_;
    StopRules rules_;
    Rounds rounds_;
    std::vector<std::uint32_t> looks_; ///< so many rounds are whole then
    std::vector<Stretch> stretches_;   ///< before each look
    std::size_t next_ = 0;             ///< look
    std::vector<Scope> scopes_;        ///< by expectation
    bool asks_for_victims_ = false;    ///< an expectation is about how they end
    std::vector<LookAtCell> so_far_;   ///< by cell, up to the latest look
    std::vector<std::uint64_t> refuting_so_far_;
    std::vector<SequentialResult> results_;
    std::optional<Stopped> stopped_;
};

} // namespace bulkhead::model
