#include "harness/model/experiment.hpp"
#include "harness/model/judge.hpp"
#include "harness/model/random.hpp"

#include <algorithm>

namespace bulkhead::model {
namespace {

/// FNV-1a, 64 bits (http://www.isthe.com/chongo/tech/comp/fnv): the same on every machine, unlike std::hash.
std::uint64_t fingerprint(std::string_view text)
{
    std::uint64_t hash = 0xcbf29ce484222325U;
    for (const char c : text) {
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
    }
    return hash;
}

/// Depends on what the cell is, not on where it stands: a cell that is added to the experiment, or a row that is added
/// to the catalogue, leaves all other trials as they were.
std::uint64_t trial_seed(std::uint64_t experiment_seed, const Cell& cell, std::uint32_t number)
{
    std::uint64_t seed = mix(experiment_seed);
    for (const std::uint64_t part : {std::uint64_t{cell.shape.hosts}, std::uint64_t{cell.shape.threads},
                                     fingerprint(to_string(cell.fault)), std::uint64_t{number}}) {
        seed = mix(seed ^ part);
    }
    return cell.variant == Variant{} ? seed : mix(seed ^ fingerprint(to_string(cell.variant)));
}

/// Uniform over the workers that may be the victim; always takes one draw.
WorkerId draw_victim(Random& random, Shape shape, Fault fault)
{
    std::vector<WorkerId> candidates;
    candidates.reserve(shape.workers());
    for (std::uint32_t index = 0; index < shape.workers(); ++index) {
        if (may_be_victim(fault, worker_at(index, shape))) {
            candidates.push_back(worker_at(index, shape));
        }
    }
    return candidates[random.below(candidates.size())];
}

std::uint64_t draw_ops(Random& random, OpRange range)
{
    const std::uint64_t drawn = random.below(range.high - range.low + 1);
    return range.low + drawn;
}

/// Long enough for the scheduler to give every worker its share several times over.
constexpr std::chrono::milliseconds burst{200};

/// Rates are measured in the trials of faults that degrade, and in a quarter as many golden runs: they cost time.
std::chrono::milliseconds burst_of(const Experiment& experiment, const Cell& cell, std::uint32_t number)
{
    const auto degrades = [](Fault fault) { return nature_of(fault).effect == Effect::degrades; };
    const bool some_degrade = std::ranges::any_of(experiment.faults, degrades);
    const bool measured = is_golden(cell.fault)
                              ? experiment.measures.throughput || (number < (experiment.trials + 3) / 4 && some_degrade)
                              : degrades(cell.fault);
    return measured ? burst : std::chrono::milliseconds{0};
}

/// Whoever is looked at must not write unasked.
std::chrono::microseconds pace_of(const Experiment& experiment, const Cell& cell)
{
    return is_golden(cell.fault) && experiment.measures.anatomy ? pace_at_rest
                                                                : experiment.pace.value_or(default_pace(cell.shape));
}

/// Where nobody has said who the victim is, only the trial knows where the owner stands.
Containment containment_with(Containment containment, WorkerId victim)
{
    if (containment.owner != Owner::nobody) {
        containment.owner = owner_seen_by(victim);
    }
    return containment;
}

} // namespace

TrialPlan plan_trial(const Experiment& experiment, const Cell& cell, std::uint32_t number)
{
    const std::uint64_t seed = trial_seed(experiment.seed, cell, number);
    // The order of the draws is fixed, and each is always taken: a victim that is named leaves after_ops as it was.
    Random random(seed);
    const WorkerId drawn_victim = draw_victim(random, cell.shape, cell.fault);
    const std::uint64_t after_ops = draw_ops(random, experiment.after_ops);
    const WorkerId victim = fixed_victim(experiment, cell.shape, cell.fault).value_or(drawn_victim);
    return {.id = cell.first_id + number,
            .cell = cell.number,
            .number = number,
            .seed = seed,
            .shape = cell.shape,
            .fault = cell.fault,
            .victim = victim,
            .at = cell.variant.at.value_or(experiment.at),
            .after_ops = after_ops,
            .evidence_ops = experiment.evidence_ops,
            .launch = experiment.launch,
            .pace = pace_of(experiment, cell),
            .window = experiment.window,
            .containment = containment_with(cell.containment, victim),
            .burst = burst_of(experiment, cell, number),
            .degraded_below = experiment.degraded_below,
            .variant = cell.variant,
            .measures = is_golden(cell.fault) ? experiment.measures : Measures{}};
}

} // namespace bulkhead::model
