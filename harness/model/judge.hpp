#pragma once

#include "harness/model/manner.hpp"
#include "harness/model/trial.hpp"
#include "harness/model/values.hpp"

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bulkhead::model {

/// How a sibling stands to the victim. No fault makes a difference between other hosts; a supervisor may, by the order
/// in which it has launched them.
enum class Relation : std::uint8_t { victim, cell_mate, other_host, later_host };
Relation relation_of(WorkerId worker, WorkerId victim);
/// The same, with the hosts that were launched after the victim's, which are `later_host`, set apart from the others.
Relation relation_by_order(WorkerId worker, WorkerId victim);

/// Where the owner of the pool's ledger stands, seen from this victim.
Owner owner_seen_by(WorkerId victim);

/// What the fault does to a worker in this relation: effect x reach x relation; and what befalls it because the one on
/// whom it waits does no more ops. Nothing else.
Outcome predict(Fault fault, Relation relation, const Containment& containment = {});
/// What the model says of a worker in this relation: what the fault does to it or, if that is worse, its supervisor.
Outcome predict(Fault fault, Shape shape, Relation relation, const Containment& containment = {});
/// Number of siblings of the shape that stay intact, as predicted. Only with rest-for-one does it depend on the victim;
/// then it is least for a victim in host 0.
std::uint32_t predicted_survivors(Fault fault, Shape shape, const Containment& containment = {}, WorkerId victim = {});

/// True when the fault ends the victim's whole host, which is all that the supervisor restarts for. A host of which a
/// thread has ended, that stalls or that runs another program has not ended.
bool ends_host(Fault fault, Shape shape, const Containment& containment = {});
/// How often a trial commits its fault: more than once only where each strike ends the victim's host, and so has it
/// replaced; and not again once the pool is given up.
std::uint32_t planned_strikes(const TrialPlan& plan);

/// The judgement of one trial: a pure function of its record.
struct TrialJudgement {
    std::string inconclusive;      ///< why there is none; empty when there is one
    std::vector<Outcome> outcomes; ///< in pool order, the victim's included; empty when inconclusive
    std::uint32_t siblings = 0;
    std::uint32_t survivors = 0; ///< siblings that are intact
    bool as_predicted = false; ///< every sibling's outcome is the predicted one (golden run: the would-be victim's too)
};
TrialJudgement judge(const TrialRecord& record);

/// True when the record shows that the fault struck this victim, and that the victim ended as the fault says.
/// Otherwise `reason` tells what is missing.
struct Activation {
    bool proven = false;
    std::string reason;
};
Activation activation_of(const TrialRecord& record);

/// How the victim of a trial ended, in a word or two: a signal such as "SIGSEGV", "exit 3", "thread-ended" (it alone,
/// its process lived on), "replaced" (by another program), "stopped", or "lives". Of several strikes the first.
std::string end_of_victim(const TrialRecord& record);

/// Of one outcome, over trials that have siblings.
struct Unanimity {
    std::uint32_t trials_all = 0;  ///< trials in which every sibling has it
    std::uint32_t trials_none = 0; ///< trials in which no sibling has it
    double share_sum = 0;          ///< sum over trials of the siblings that have it / all siblings

    Unanimity& operator+=(const Unanimity& more)
    {
        trials_all += more.trials_all;
        trials_none += more.trials_none;
        share_sum += more.share_sum;
        return *this;
    }
};
/// Of one trial, of whose siblings so many have the outcome.
Unanimity unanimity_of(std::uint32_t having, std::uint32_t siblings);

/// Siblings of a trial by their outcome.
using SiblingOutcomes = std::array<std::uint32_t, outcome_count>;
SiblingOutcomes sibling_outcomes(const TrialRecord& record, const TrialJudgement& judgement);

struct TrialWithSurvivors {
    std::uint32_t survivors = 0;
    std::uint32_t number = 0; ///< of the trial, in its cell
};

/// The sums over the trials of a cell. Add records one by one, in any order; beyond Values::most_kept it takes no more
/// memory the more there are.
struct CellSummary {
    Cell cell;
    std::uint32_t saved = 0;                         ///< trials that need not be run, because a stop rule held before
    std::string cut_short;                           ///< what that rule was; empty: none
    bool cut_by_evidence = false;                    ///< that rule waits until it is known who survives
    std::uint32_t judged = 0;                        ///< trials with a judgement
    std::uint32_t inconclusive = 0;                  ///< trials without
    std::optional<std::uint32_t> inconclusive_trial; ///< the first of them, by its number
    std::string first_inconclusive;                  ///< its reason
    std::uint64_t siblings = 0;
    std::uint64_t survivors = 0;
    std::uint32_t trials_with_loss = 0; ///< trials in which a sibling was not intact
    std::uint32_t trials_all_lost = 0;  ///< trials in which no sibling was intact
    std::uint32_t trials_as_predicted = 0;
    double share_sum = 0; ///< sum over trials of survivors / siblings
    std::array<std::uint64_t, outcome_count> sibling_outcomes{};
    std::array<Unanimity, outcome_count> unanimity{};               ///< by outcome
    std::array<std::uint64_t, outcome_count> cell_mate_outcomes{};  ///< the siblings in the victim's host
    std::array<std::uint64_t, outcome_count> other_host_outcomes{}; ///< and those in others
    std::array<std::uint64_t, outcome_count> victim_outcomes{};
    std::map<std::string, std::uint64_t> victim_ends; ///< by end_of_victim
    std::map<std::string, Values> figures;            ///< of the trials with a judgement
    /// What a fault in a channel showed to the neighbour that it is about, in so many trials; `done`: nothing unusual.
    std::map<Passage, std::uint64_t> shown;
    /// Of the trials with a judgement, the first with the fewest survivors, and with the most.
    std::optional<TrialWithSurvivors> fewest;
    std::optional<TrialWithSurvivors> most;
    /// Number of the trial to look at first: one that did not go as predicted, else one that is inconclusive, and of
    /// these, or of all, the one with the fewest survivors.
    std::optional<std::uint32_t> worst_trial;
    std::uint32_t worst_survivors = 0;
    bool worst_as_predicted = false;
    bool worst_is_inconclusive = false;
    bool worst_loses_victim = false; ///< of golden runs: the would-be victim was lost
    Manners manners;                 ///< how the trials with a judgement went
};
void add(CellSummary& summary, const TrialRecord& record, const TrialJudgement& judgement);
/// nullptr: no trial of the cell has the figure.
const Values* find_values(const CellSummary& cell, std::string_view figure);
/// Workers lost in golden runs, the would-be victims included: nothing was done to them either.
std::uint64_t lost_in(const CellSummary& golden);

struct SequentialResult;

enum class Verdict : std::uint8_t { upheld, refuted, inconclusive };
std::string_view to_string(Verdict verdict);

struct Judged {
    std::uint32_t expectation = 0; ///< position in the experiment
    Verdict verdict = Verdict::inconclusive;
    std::string reason; ///< one sentence with the figures that decide
};

/// Judges every expectation over the cells' sums. No verdict where the golden runs of a shape and variant it speaks of
/// lost a sibling or could not be judged, nor where a trial of its cells could not be judged.
std::vector<Judged> judge(const Experiment& experiment, const std::vector<CellSummary>& cells);
/// The same of an experiment that is tested sequentially; `sequential` has the result of each expectation.
std::vector<Judged> judge(const Experiment& experiment, const std::vector<CellSummary>& cells,
                          const std::vector<SequentialResult>& sequential);

/// True when the selection speaks of this cell.
bool matches(const Selection& selection, const Cell& cell);
/// Of what is asked for, in words, that which no cell has: the "1x8" of `shape = ["8x1", "1x8"]` where all are of 8x1.
std::vector<std::string> missing_from(const std::vector<Cell>& cells, const Selection& selection);

/// The key of a claim about siblings: "survivors", "outcome.died".
std::string claim_key(Outcome outcome);
/// "survivors = all", "outcome.died >= 0.99", "blast_radius = predicted".
std::string describe(const Claim& claim);
/// "8x1 and 4x2, every fault".
std::string describe(const Selection& selection);
/// "8x1 and 4x2, every fault: survivors = all"; with ", at 99% confidence" where that is not the usual one.
std::string describe(const Expectation& expectation);

} // namespace bulkhead::model
