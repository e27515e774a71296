#include "harness/model/stopping.hpp"

#include "harness/model/figure.hpp"
#include "harness/model/statistics.hpp"
#include "harness/model/support.hpp"

#include <algorithm>

namespace bulkhead::model {
namespace {

/// After how many rounds it is looked.
std::vector<std::uint32_t> looks_of(std::uint32_t rounds)
{
    std::vector<std::uint32_t> looks;
    for (std::uint64_t look = 1; look < rounds; look += std::max<std::uint64_t>(1, look / 100)) {
        looks.push_back(static_cast<std::uint32_t>(look));
    }
    if (rounds > 0) {
        looks.push_back(rounds);
    }
    return looks;
}

bool has_siblings(const Cell& cell)
{
    return cell.shape.workers() > 1;
}

bool refutes(const FigureIs& claim, double value)
{
    return compare(claim.comparison, claim.bound, {.low = value, .high = value}) == Verdict::refuted;
}

} // namespace

std::string_view to_string(StopRule rule)
{
    switch (rule) {
    case StopRule::half_width: return "half_width";
    case StopRule::sequential: return "sequential";
    case StopRule::refuted: return "until_refuted";
    case StopRule::time: return "for";
    }
    return "?";
}

bool assures_evidence(StopRule rule)
{
    return rule == StopRule::half_width || rule == StopRule::sequential;
}

void LookAtCell::operator+=(const LookAtCell& more)
{
    judged += more.judged;
    as_predicted += more.as_predicted;
    broken += more.broken;
    for (std::size_t outcome = 0; outcome < outcome_count; ++outcome) {
        siblings[outcome] += more.siblings[outcome];
        unanimity[outcome] += more.unanimity[outcome];
    }
    for (const auto& [way, count] : more.victim_ends) {
        victim_ends[way] += count;
    }
}

Stopping::Stopping(const Experiment& experiment, const std::vector<Cell>& cells)
    : expectations_(experiment.expectations), cells_(cells), rules_(experiment.stop), rounds_(experiment, cells),
      looks_(looks_of(rounds_.count())), stretches_(looks_.size()), so_far_(cells.size()),
      refuting_so_far_(expectations_.size()), results_(expectations_.size())
{
    std::uint32_t before = 0;
    for (std::size_t i = 0; i < looks_.size(); ++i) {
        for (const Cell& cell : cells_) {
            stretches_[i].missing +=
                rounds_.trials_in_first(looks_[i], cell.number) - rounds_.trials_in_first(before, cell.number);
        }
        before = looks_[i];
    }
    for (std::size_t i = 0; i < expectations_.size(); ++i) {
        scopes_.push_back(scope_of(expectations_[i]));
        asks_for_victims_ = asks_for_victims_ || std::holds_alternative<VictimEnds>(expectations_[i].claim);
        if (rules_.sequential) {
            results_[i].test = test_of(expectations_[i].claim, *rules_.sequential);
        }
    }
}

Stopping::Scope Stopping::scope_of(const Expectation& expectation) const
{
    Scope scope;
    for (const Cell& cell : cells_) {
        if (!cell.skipped.empty() || !matches(expectation.when, cell)) {
            continue;
        }
        if (has_siblings(cell) || std::holds_alternative<VictimEnds>(expectation.claim)) {
            scope.cells.push_back(cell.number);
        }
        for (const Cell& other : cells_) {
            if (is_golden(other.fault) && other.shape == cell.shape && other.variant == cell.variant) {
                scope.controls.push_back(other.number);
            }
        }
    }
    return scope;
}

void Stopping::add(const TrialRecord& record, const TrialJudgement& judgement)
{
    const TrialPlan& plan = record.plan;
    if (plan.number >= cells_.at(plan.cell).trials) {
        return;
    }
    const std::uint32_t rounds = rounds_.round_of({plan.cell, plan.number}) + 1;
    const auto number = static_cast<std::size_t>(std::ranges::lower_bound(looks_, rounds) - looks_.begin());
    if (number < next_) {
        return;
    }
    Stretch& stretch = stretches_.at(number);
    if (stretch.cells.empty()) {
        stretch.cells.resize(cells_.size());
        stretch.refuting.resize(expectations_.size());
    }
    LookAtCell& count = stretch.cells[plan.cell];
    const bool judged = judgement.inconclusive.empty();
    const bool all_intact =
        std::ranges::all_of(judgement.outcomes, [](Outcome each) { return each == Outcome::intact; });
    count.judged += judged ? 1U : 0U;
    count.as_predicted += judgement.as_predicted ? 1U : 0U;
    count.broken += judged && all_intact ? 0U : 1U;
    if (judged) {
        const SiblingOutcomes outcomes = sibling_outcomes(record, judgement);
        for (std::size_t outcome = 0; outcome < outcome_count; ++outcome) {
            count.siblings[outcome] += outcomes[outcome];
            count.unanimity[outcome] += unanimity_of(outcomes[outcome], judgement.siblings);
        }
        if (asks_for_victims_) {
            ++count.victim_ends[end_of_victim(record)];
        }
    }
    if (judged && rules_.until_refuted) {
        note_figures(stretch, record);
    }
    --stretch.missing;
    while (next_ < looks_.size() && stretches_[next_].missing == 0) {
        look();
    }
}

void Stopping::note_figures(Stretch& stretch, const TrialRecord& record) const
{
    for (std::size_t i = 0; i < expectations_.size(); ++i) {
        const auto* const claim = std::get_if<FigureIs>(&expectations_[i].claim);
        if (claim == nullptr || !one_trial_decides(*claim) ||
            !matches(expectations_[i].when, cells_[record.plan.cell])) {
            continue;
        }
        for (const Figure& figure : figures_of(record)) {
            stretch.refuting[i] += figure.name == claim->figure && refutes(*claim, figure.value) ? 1 : 0;
        }
    }
}

std::optional<Look> Stopping::latest() const
{
    if (next_ == 0 || stopped_) {
        return std::nullopt;
    }
    Look look{.rounds = looks_[next_ - 1], .cells = so_far_, .refuting = refuting_so_far_, .tests = {}};
    for (const SequentialResult& result : results_) {
        look.tests.push_back(
            {.decision = result.decision, .rounds = result.rounds, .trials = result.trials, .hits = result.hits});
    }
    return look;
}

bool Stopping::go_on_from(const Look& look)
{
    const auto found = std::ranges::lower_bound(looks_, look.rounds);
    if (found == looks_.end() || *found != look.rounds || look.cells.size() != cells_.size() ||
        look.refuting.size() != expectations_.size() || look.tests.size() != expectations_.size()) {
        return false;
    }
    next_ = static_cast<std::size_t>(found - looks_.begin()) + 1;
    so_far_ = look.cells;
    refuting_so_far_ = look.refuting;
    for (std::size_t i = 0; i < results_.size(); ++i) {
        results_[i].decision = look.tests[i].decision;
        results_[i].rounds = look.tests[i].rounds;
        results_[i].trials = look.tests[i].trials;
        results_[i].hits = look.tests[i].hits;
    }
    return true;
}

/// Takes in what has come since the last look.
void Stopping::look()
{
    Stretch& stretch = stretches_[next_];
    for (std::size_t i = 0; i < stretch.cells.size(); ++i) {
        so_far_[i] += stretch.cells[i];
    }
    for (std::size_t i = 0; i < stretch.refuting.size(); ++i) {
        refuting_so_far_[i] += stretch.refuting[i];
    }
    stretch = {};
    test();
    if (const auto rule = stopped_ ? std::nullopt : rule_that_holds()) {
        stopped_ = {.rule = *rule, .rounds = looks_[next_]};
    }
    ++next_;
}

void Stopping::test()
{
    for (std::size_t i = 0; i < results_.size(); ++i) {
        SequentialResult& result = results_[i];
        if (!result.test || result.decision != Decision::go_on) {
            continue;
        }
        const Evidence evidence = evidence_of(i);
        result.rounds = looks_[next_];
        result.trials = evidence.judged;
        result.hits = hits_of(expectations_[i].claim, evidence);
        result.decision = decide(*result.test, result.hits, static_cast<double>(result.trials));
    }
}

std::optional<StopRule> Stopping::rule_that_holds() const
{
    if (rules_.until_refuted) {
        for (std::size_t i = 0; i < expectations_.size(); ++i) {
            if (is_refuted(i)) {
                return StopRule::refuted;
            }
        }
        if (is_nothing_refutable()) {
            return StopRule::refuted;
        }
    }
    if (rules_.sequential && is_decided() && !any_needs_more()) {
        return StopRule::sequential;
    }
    return rules_.half_width && is_narrow() && !any_needs_more() ? std::optional(StopRule::half_width) : std::nullopt;
}

/// What the rule looks at may be known before an expectation has as many trials as could decide it.
bool Stopping::any_needs_more() const
{
    for (std::size_t i = 0; i < expectations_.size(); ++i) {
        if (!is_broken(scopes_[i]) && needs_more(i)) {
            return true;
        }
    }
    return false;
}

/// Trials of the cell in later rounds than those of this look.
std::uint64_t Stopping::to_come(const Cell& cell) const
{
    return cell.trials - rounds_.trials_in_first(looks_[next_], cell.number);
}

/// Too few trials for the claim so far, whatever they were, and enough to come. A share that they refute already waits,
/// too: to stop at the first look that refutes would refute many a true claim.
bool Stopping::needs_more(std::size_t expectation) const
{
    const Expectation& expected = expectations_[expectation];
    const Claim& claim = expected.claim;
    const double confidence = expected.confidence;
    if (const auto* const figure = std::get_if<FigureIs>(&claim)) {
        const std::size_t needed = trials_for(*figure, confidence);
        return std::ranges::any_of(cells_, [&](const Cell& cell) {
            const std::uint64_t judged = so_far_[cell.number].judged;
            return cell.skipped.empty() && judged < needed && judged + to_come(cell) >= needed &&
                   (matches(expected.when, cell) || (figure->times && matches(*figure->times, cell)));
        });
    }
    const Scope& scope = scopes_[expectation];
    if (!std::holds_alternative<ShareOfSiblings>(claim) || results_[expectation].test || scope.cells.empty()) {
        return false;
    }
    const std::uint64_t judged = evidence_of(expectation).judged;
    std::uint64_t at_most = judged;
    for (const std::uint32_t cell : scope.cells) {
        at_most += to_come(cells_[cell]);
    }
    return !could_uphold(claim, judged, confidence) && could_uphold(claim, at_most, confidence);
}

/// What is claimed beside golden runs that lost somebody is inconclusive, whatever comes.
bool Stopping::is_broken(const Scope& scope) const
{
    return std::ranges::any_of(scope.controls, [this](std::uint32_t cell) { return so_far_[cell].broken > 0; });
}

/// There is no verdict without a control arm, nor with one that lost anybody.
bool Stopping::is_sound(const Scope& scope) const
{
    return std::ranges::all_of(
        scope.controls, [this](std::uint32_t cell) { return so_far_[cell].judged > 0 && so_far_[cell].broken == 0; });
}

bool Stopping::is_narrow() const
{
    constexpr double confidence = 0.95;
    return std::ranges::all_of(cells_, [this](const Cell& cell) {
        const LookAtCell& count = so_far_[cell.number];
        if (is_golden(cell.fault) || !cell.skipped.empty() || !has_siblings(cell)) {
            return true;
        }
        const double shares = count.unanimity[static_cast<std::size_t>(Outcome::intact)].share_sum;
        const Interval share = clopper_pearson(shares, count.judged, confidence);
        return (share.high - share.low) / 2 <= *rules_.half_width;
    });
}

/// Every expectation that can be tested, of which there is one at least.
bool Stopping::is_decided() const
{
    bool any = false;
    for (std::size_t i = 0; i < results_.size(); ++i) {
        if (!results_[i].test || scopes_[i].cells.empty()) { // what this machine cannot run decides nothing
            continue;
        }
        const bool may_decide = !is_broken(scopes_[i]);
        if (may_decide && (results_[i].decision == Decision::go_on || !is_sound(scopes_[i]))) {
            return false;
        }
        any = true;
    }
    return any;
}

bool Stopping::is_refuted(std::size_t expectation) const
{
    const Claim& claim = expectations_[expectation].claim;
    if (!one_trial_decides(claim) || !is_sound(scopes_[expectation])) {
        return false;
    }
    if (std::holds_alternative<FigureIs>(claim)) {
        return refuting_so_far_[expectation] > 0;
    }
    const Evidence evidence = evidence_of(expectation);
    return evidence.judged > 0 && weigh(claim, evidence).verdict == Verdict::refuted;
}

/// Each expectation that a single trial could have refuted is inconclusive, and there is one at least.
bool Stopping::is_nothing_refutable() const
{
    bool any = false;
    for (std::size_t i = 0; i < expectations_.size(); ++i) {
        if (!one_trial_decides(expectations_[i].claim) || scopes_[i].controls.empty()) {
            continue;
        }
        if (!is_broken(scopes_[i])) {
            return false;
        }
        any = true;
    }
    return any;
}

Evidence Stopping::evidence_of(std::size_t expectation) const
{
    const auto outcome = static_cast<std::size_t>(outcome_of(expectations_[expectation].claim));
    Evidence evidence;
    for (const std::uint32_t number : scopes_[expectation].cells) {
        const LookAtCell& count = so_far_[number];
        evidence.judged += count.judged;
        evidence.siblings += std::uint64_t{cells_[number].shape.workers() - 1} * count.judged;
        evidence.having += count.siblings[outcome];
        evidence.unanimity += count.unanimity[outcome];
        evidence.trials_as_predicted += count.as_predicted;
        for (const auto& [way, trials] : count.victim_ends) {
            evidence.victim_ends[way] += trials;
        }
    }
    return evidence;
}

} // namespace bulkhead::model
