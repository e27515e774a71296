#pragma once

#include "harness/model/containment.hpp"
#include "harness/model/fault.hpp"
#include "harness/model/measure.hpp"
#include "harness/model/outcome.hpp"
#include "harness/model/shape.hpp"
#include "harness/model/stop_rules.hpp"
#include "harness/model/variant.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace bulkhead::model {

enum class Launch : std::uint8_t { exec, zygote };
std::string_view to_string(Launch launch); // "exec", "zygote"

/// In which order trials are run.
enum class Order : std::uint8_t {
    interleaved, ///< in rounds of all cells, shuffled by the seed: a drift of the machine does not fall on one cell
    by_cell,     ///< one cell after the other, as the file has them
    as_written   ///< in rounds, and in each the cells as the file has them
};
inline constexpr Order orders[] = {Order::interleaved, Order::by_cell, Order::as_written};
std::string_view to_string(Order order); // "interleaved", "by-cell", "as-written"

/// How many ops the victim completes, after steady state was reached, before the fault: drawn from [low, high].
struct OpRange {
    std::uint64_t low = 0;
    std::uint64_t high = 0;
    bool operator==(const OpRange&) const = default;
};

/// Every sibling has this outcome: intact, where the file speaks of survivors.
struct AllSiblings {
    Outcome outcome = Outcome::intact;
    bool operator==(const AllSiblings&) const = default;
};
struct NoSibling {
    Outcome outcome = Outcome::intact;
    bool operator==(const NoSibling&) const = default;
};
enum class Comparison : std::uint8_t { at_least, more_than, at_most, less_than };
std::string_view to_string(Comparison comparison); // ">=", ">", "<=", "<"

/// The share of siblings that have the outcome, such as ">= 0.99".
struct ShareOfSiblings {
    Comparison comparison = Comparison::at_least;
    double bound = 1.0; ///< 0..1
    Outcome outcome = Outcome::intact;
    bool operator==(const ShareOfSiblings&) const = default;
};
/// Every sibling ends as the model predicts.
struct AsPredicted {
    bool operator==(const AsPredicted&) const = default;
};

/// Every victim ended in one of these ways: see `end_of_victim`.
struct VictimEnds {
    std::vector<std::string> ways;
    bool operator==(const VictimEnds&) const = default;
};

/// Which cells of an experiment are spoken of. What is empty is not asked for: every shape, every workload, every lock,
/// every channel, every delivery, every strategy, ...; but of the faults every one except `none`.
struct Selection {
    std::vector<Shape> shapes{};
    std::vector<Fault> faults{};
    std::vector<Workload> workloads{};
    std::vector<Locking> lockings{};
    std::vector<Strategy> strategies{};
    std::vector<ChannelKind> channels{};
    std::vector<Delivery> deliveries{};
    std::vector<SharedMedia> shared{};
    std::vector<Guard> guards{};
    std::vector<Limits> limits{};
    std::vector<InjectionPoint> points{};
    bool operator==(const Selection&) const = default;
};

/// What is taken of a figure over the trials of a cell.
enum class Statistic : std::uint8_t { median, p90, p95, p99, least, most };
std::string_view to_string(Statistic statistic); // "median", "p90", ..., "least", "most"

/// The figure over the trials of each cell compares so with a bound; or, with `times`, its ratio to the same figure of
/// other cells.
struct FigureIs {
    std::string figure; ///< a name of figure_catalogue()
    Statistic statistic = Statistic::median;
    Comparison comparison = Comparison::at_least;
    double bound = 0;
    std::optional<Selection> times{};
    bool operator==(const FigureIs&) const = default;
};
using Claim = std::variant<AllSiblings, NoSibling, ShareOfSiblings, AsPredicted, VictimEnds, FigureIs>;

inline constexpr double default_confidence = 0.95;

/// What the author of an experiment claims, and for which of its cells.
struct Expectation {
    Selection when;
    Claim claim;
    std::uint32_t line = 0;                 ///< line of its [[expect]] in the file, 1-based
    double confidence = default_confidence; ///< of the bound that decides; one-sided, for a claim has one side
};

/// Who the victim is, where the file says it by a part that a worker of the pool has.
enum class VictimPart : std::uint8_t {
    any,   ///< drawn from the trial's seed
    owner, ///< the worker on whom the others wait: the pool's first
    client ///< one that waits: the last that may be the victim
};
std::string_view to_string(VictimPart part); // "any", "owner", "client"

/// The one who owns the ledger, where one worker does.
inline constexpr WorkerId owner_of_pool{0, 0};

/// One question, as read from a file. Facts only: the plan is derived from it by `plan`.
struct Experiment {
    std::string name;
    std::string question;
    std::string origin;    ///< path of the file, or "command line"
    std::string text;      ///< the TOML as it was read, kept with the results
    std::string claim;     ///< id of the claim that it is about (model::theses); empty: none of these
    bool boundary = false; ///< it shows where the claim stops being true

    std::vector<Shape> shapes;
    std::vector<Variant> variants{Variant{}};
    Launch launch = Launch::exec;
    std::optional<std::chrono::microseconds> pace; ///< time between two ops of a worker; nullopt: default_pace(shape)
    Containment containment;                       ///< as the file says; `contain` adds what its faults need
    /// That of each variant, where they have surroundings of their own; filled by `contain`.
    std::vector<Containment> containments{};

    std::vector<Fault> faults;
    InjectionPoint at = InjectionPoint::between_ops;
    Surroundings said{}; ///< by the file for all cells; `containment` is what comes of it on a machine
    OpRange after_ops{10, 10};
    std::optional<WorkerId> victim; ///< nullopt: by its part
    VictimPart victim_part = VictimPart::any;

    std::chrono::milliseconds window{500};
    std::uint32_t evidence_ops = 10;
    double degraded_below = 0.5; ///< a worker whose ops per second fall below this share is degraded
    Measures measures{};         ///< what is measured in each golden run, beside what every trial tells

    std::uint32_t trials = 20; ///< per cell
    std::uint64_t seed = 1;
    double golden_share = 0.1; ///< golden runs beside the trials of each shape; at least one run
    Order order = Order::interleaved;
    StopRules stop{};                                       ///< what ends it before that many trials
    std::optional<std::chrono::milliseconds> trial_limit{}; ///< how long a trial may take; nullopt: see default_limit
    std::optional<std::chrono::milliseconds>
        time_limit{}; ///< how long all may take, each time it is run or gone on with

    std::vector<Expectation> expectations;

    /// Faults that the machine cannot have, and why; see `contain`.
    struct Skipped {
        Fault fault;
        std::string reason;
        std::optional<Variant> variant{}; ///< with which it cannot; nullopt: with any
    };
    std::vector<Skipped> skipped;
};

/// One combination of an experiment; its trials share everything but the seed. A cell whose fault is `none` holds
/// the golden runs of its shape and variant.
struct Cell {
    std::uint32_t number = 0; ///< 0-based, within the experiment
    Shape shape;
    Fault fault;
    Variant variant{};
    std::uint32_t trials = 0;
    std::uint32_t first_id = 1; ///< id of its first trial; ids count from 1 through the experiment, cell by cell
    Containment containment{};
    Surroundings said{};   ///< by the file
    std::string skipped{}; ///< why this machine cannot run it; empty when it can. Then it has no trials
};

/// What exactly one trial will do; everything drawn is drawn here.
struct TrialPlan {
    std::uint32_t id = 0; ///< the cell's first_id + number: how a person names the trial
    std::uint32_t cell = 0;
    std::uint32_t number = 0; ///< 0-based, within the cell
    std::uint64_t seed = 0;
    Shape shape;
    Fault fault;
    WorkerId victim;
    InjectionPoint at = InjectionPoint::between_ops;
    std::uint64_t after_ops = 0;
    std::uint32_t evidence_ops = 10;
    Launch launch = Launch::exec;
    std::chrono::microseconds pace{100};
    std::chrono::milliseconds window{500};
    Containment containment{};
    /// How long the workers run without pauses, before and after the fault, to measure their ops per second; zero: the
    /// rate is not measured.
    std::chrono::milliseconds burst{0};
    double degraded_below = 0.5;
    Variant variant{};
    Measures measures{};
    bool operator==(const TrialPlan&) const = default;
};

/// 500 us for each worker of the pool: the whole pool makes at most 2,000 ops a second, so that its
/// workers starve neither one another nor the supervisor.
std::chrono::microseconds default_pace(Shape shape);

/// How long a trial may take that nobody has set a limit for: far longer than any does that goes as it should.
std::chrono::milliseconds default_limit(const TrialPlan& plan);

/// Of workers that are only looked at, and write nothing unless they are asked to.
inline constexpr std::chrono::microseconds pace_at_rest = std::chrono::minutes{1};

/// What this machine offers, as far as faults and predictions depend on it. Where something is missing the text says
/// why.
struct Offer {
    bool root = true;
    ThreadLimit thread_limit = ThreadLimit::nproc;
    bool processors_by_host = false;
    std::string why_no_memory_cgroup{};
    std::string why_no_small_disk{};
    std::string why_no_thread_limit{};
};

/// Completes the experiment's containment by what its faults need (commons; limits for resource faults) and by what the
/// machine offers, and notes which faults the machine cannot have. Everything after it (cells, plans, predictions)
/// follows from the experiment alone.
void contain(Experiment& experiment, const Offer& offer);

/// The rates before and after are compared. Not where the rate itself is what is asked for: what one worker of a
/// contended lock gets is no figure of its own.
bool judges_rates(const TrialPlan& plan);

/// The victim reads the pipe: only a fault about the pipe may keep it from that.
bool uses_pipe(const TrialPlan& plan);

/// Takes over what a campaign ran with, as its cells tell it: see `contain`, which another machine would answer
/// otherwise.
void contain_as(Experiment& experiment, const std::vector<Cell>& cells);

/// The cells of an experiment: every shape with every variant and every fault, and the golden runs of each shape and
/// variant.
std::vector<Cell> expand(const Experiment& experiment);

/// Where a trial stands that a person names by its id; nullopt when the experiment has no such trial.
struct TrialAddress {
    std::uint32_t cell = 0;
    std::uint32_t number = 0;
    auto operator<=>(const TrialAddress&) const = default;
};
std::optional<TrialAddress> address_of(const std::vector<Cell>& cells, std::uint32_t id);

/// The plan of trial `number` of `cell`. Pure: the same arguments give the same plan.
TrialPlan plan_trial(const Experiment& experiment, const Cell& cell, std::uint32_t number);

/// Every trial of the experiment in the order in which it is run; TrialOrder gives them one by one.
std::vector<TrialAddress> order_trials(const Experiment& experiment, const std::vector<Cell>& cells);

/// The victim of every trial with this fault in this shape; nullopt: it is drawn.
std::optional<WorkerId> fixed_victim(const Experiment& experiment, Shape shape, Fault fault);
/// "any", "p0t1", "owner": as the file says it.
std::string victim_text(const Experiment& experiment);

/// Workers that may be the victim of this fault in this shape.
bool may_be_victim(Fault fault, WorkerId worker);

} // namespace bulkhead::model
