#pragma once

#include "harness/model/experiment.hpp"
#include "harness/spec/table.hpp"

#include <optional>
#include <vector>

namespace bulkhead::spec {

/// Which cells are meant, as it is being read.
struct SelectionDraft {
    std::optional<PlacedList<model::Shape>> shapes; ///< nullopt: not said, so every shape
    std::optional<PlacedList<model::Fault>> faults; ///< nullopt: not said, so every fault but `none`
    std::optional<PlacedList<model::Workload>> workloads;
    std::optional<PlacedList<model::Locking>> lockings;
    std::optional<PlacedList<model::Strategy>> strategies;
    std::optional<PlacedList<model::ChannelKind>> channels;
    std::optional<PlacedList<model::Delivery>> deliveries;
    std::optional<PlacedList<model::SharedMedia>> shared;
    std::optional<PlacedList<model::Guard>> guards;
    std::optional<PlacedList<model::Limits>> limits;
    std::optional<PlacedList<model::InjectionPoint>> points;
};

/// An [[expect]] as it is being read.
struct ExpectationDraft {
    Position at;
    SelectionDraft when;
    std::optional<Position> survivors_at;
    std::optional<Position> outcome_at;
    std::optional<Position> blast_radius_at;
    std::optional<Position> victim_at;
    std::optional<Position> figure_at;
    double confidence = model::default_confidence;
    std::optional<model::Claim> claim; ///< nullopt: none, or a mistake in it; of a figure: see below
    // The parts of a claim about a figure.
    std::string figure;
    model::Statistic statistic = model::Statistic::median;
    std::optional<Position> statistic_at;
    std::optional<model::Comparison> comparison; ///< nullopt: no `is`, or a mistake in it
    std::optional<Position> is_at;
    double bound = 0;
    std::optional<SelectionDraft> times;
    std::optional<Position> times_at;
};

/// An experiment as it is being read, with the places that later checks point at.
struct Draft {
    model::Experiment experiment; ///< all but what is below
    PlacedList<model::Shape> shapes;
    PlacedList<model::Fault> faults;
    PlacedList<model::Workload> workloads;    ///< empty: not said, so `counter`
    PlacedList<model::Locking> lockings;      ///< empty: not said, so `plain`
    PlacedList<model::ChannelKind> channels;  ///< empty: not said, so `pipe`
    PlacedList<model::Delivery> deliveries;   ///< empty: not said, so `at-most-once`
    PlacedList<model::Strategy> strategies;   ///< empty: not said, so `never`
    PlacedList<model::SharedMedia> shared;    ///< empty: not said, so nothing
    PlacedList<model::Guard> guards;          ///< empty: not said, so `none`
    PlacedList<model::Limits> limits;         ///< empty: not said, so none
    PlacedList<model::InjectionPoint> points; ///< empty: not said, so `between-ops`
    std::optional<Position> strikes_at;       ///< of more than one
    std::optional<Position> round_trip_at;    ///< where it is to be measured
    std::optional<Placed<model::WorkerId>> victim;
    std::optional<Position> victim_at; ///< where any other victim is said than "any"
    Position trials_at;
    bool has_count = false;          ///< of trials
    std::optional<Position> stop_at; ///< where the first rule that may stop it stands
    std::optional<Position> half_width_at;
    std::optional<Position> sequential_at;
    std::optional<Position> until_refuted_at;
    Position measure_at;
    std::vector<ExpectationDraft> expectations;
};

/// Reads the whole file into a draft.
void read_experiment(const Field& root, Draft& draft);
/// Reads one [[expect]].
void read_expectation(const Field& field, Draft& draft);

/// The keys of [pool] that say what separates and connects its workers.
void read_share_words(const Field& field, Draft& draft);
void read_lock(const Field& field, Draft& draft);
void read_channel(const Field& field, Draft& draft);
void read_delivery(const Field& field, Draft& draft);
void read_workload(const Field& field, Draft& draft);
void read_guards(const Field& field, Draft& draft);
void read_limits(const Field& field, Draft& draft);
/// A table of limits, or several.
PlacedList<model::Limits> read_limit_tables(const Field& field);

/// The table [supervise].
void read_supervise(const Field& field, Draft& draft);
/// That a ledger which one worker owns has what it needs, and nothing else has an owner.
void check_owner(const Draft& draft, Mistakes& mistakes);
/// That a fault which is to be committed several times can be.
void check_strikes(const Draft& draft, Mistakes& mistakes);
/// True for a key of [supervise].
bool is_of_supervise(std::string_view key);

/// The keys of [trials] that say what ends a campaign before its count.
void read_until(const Field& field, Draft& draft);
void read_sequential(const Field& field, Draft& draft);
void read_until_refuted(const Field& field, Draft& draft);
void read_for(const Field& field, Draft& draft);
/// That such a rule can hold, and that trials are run in rounds after which it may.
void check_stop_rules(const Draft& draft, Mistakes& mistakes);

/// Where in an experiment file this key belongs, such as "in [pool]"; empty when there is no such key outside
/// [[expect]].
std::string_view home_of(std::string_view key);

/// The checks that need more than one key: expectations without a cell, a victim that some shape lacks, faults that the
/// victim cannot have. What could not be read is left out of them, so that one mistake is reported once.
void check(const Draft& draft, Mistakes& mistakes);
/// That it can be foretold what each fault does. For what is to be run: results may be of a version that took it.
void check_foretold(const Draft& draft, Mistakes& mistakes);
/// That trials of which an expectation speaks can have its figure; of a draft without mistakes, and likewise.
void check_supplied(const Draft& draft, const model::Experiment& experiment, Mistakes& mistakes);

} // namespace bulkhead::spec
