#include "harness/model/lesson_answer.hpp"

#include "harness/model/channel.hpp"
#include "harness/model/shown.hpp"
#include "harness/model/statistics.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace bulkhead::model {
namespace {

constexpr std::string_view shown_prefix = "shown.";
constexpr std::string_view of_cell_mates = ".cell-mates";

/// The outcome, with or without the suffix that only cell-mates count.
std::optional<Outcome> outcome_named(std::string_view word)
{
    if (word.ends_with(of_cell_mates)) {
        word.remove_suffix(of_cell_mates.size());
    }
    const auto* const found =
        std::ranges::find_if(all_outcomes, [word](Outcome outcome) { return to_string(outcome) == word; });
    return found == all_outcomes.end() ? std::nullopt : std::optional(*found);
}

std::uint32_t cell_mates_with(Outcome outcome, const LessonTrial& trial)
{
    std::uint32_t count = 0;
    for (std::size_t i = 0; i < trial.judgement.outcomes.size(); ++i) {
        const bool is_mate =
            relation_of(trial.record.workers.at(i).id, trial.record.plan.victim) == Relation::cell_mate;
        count += is_mate && trial.judgement.outcomes[i] == outcome ? 1 : 0;
    }
    return count;
}

std::optional<double> figure_named(const TrialRecord& record, std::string_view name)
{
    const std::vector<Figure> figures = figures_of(record);
    const auto found = std::ranges::find(figures, name, &Figure::name);
    return found == figures.end() ? std::nullopt : std::optional(found->value);
}

std::optional<double> value_of(const LessonTrial& trial, std::string_view what)
{
    if (const auto outcome = outcome_named(what)) {
        if (what.ends_with(of_cell_mates)) {
            return cell_mates_with(*outcome, trial);
        }
        return sibling_outcomes(trial.record, trial.judgement).at(static_cast<std::size_t>(*outcome));
    }
    if (what.starts_with(shown_prefix)) {
        const auto shown = shown_in(trial.record);
        return shown ? std::optional(to_string(*shown) == what.substr(shown_prefix.size()) ? 1.0 : 0.0) : std::nullopt;
    }
    return figure_named(trial.record, what);
}

/// Of each trial of the cell; nullopt where one does not have it. Of two experiments that have the cell it is the one
/// that measures it: the trials of the other do not count.
std::optional<std::vector<double>> values_of(const std::vector<LessonTrial>& trials, const CellName& cell,
                                             std::string_view what)
{
    std::vector<double> values;
    std::vector<const LessonTrial*> without;
    std::optional<Measures> measured;
    for (const LessonTrial& trial : trials) {
        if (!is_named(cell, trial.cell)) {
            continue;
        }
        if (const auto value = value_of(trial, what)) {
            values.push_back(*value);
            measured = trial.record.plan.measures;
        } else {
            without.push_back(&trial);
        }
    }
    const bool is_missing =
        std::ranges::any_of(without, [&](const LessonTrial* trial) { return trial->record.plan.measures == measured; });
    return values.empty() || is_missing ? std::nullopt : std::optional(std::move(values));
}

Read read_from(std::vector<double> values, std::uint32_t siblings)
{
    Read read;
    read.median = median(values);
    read.least = *std::ranges::min_element(values);
    read.most = *std::ranges::max_element(values);
    read.siblings = siblings;
    read.values = std::move(values);
    return read;
}

/// nullopt: a trial does not have it, or there is nothing to divide by.
std::optional<Read> read(const Reading& reading, const std::vector<LessonTrial>& trials)
{
    auto values = values_of(trials, reading.cell, reading.what);
    if (!values) {
        return std::nullopt;
    }
    const auto first =
        std::ranges::find_if(trials, [&](const LessonTrial& trial) { return is_named(reading.cell, trial.cell); });
    const std::uint32_t siblings =
        reading.what.ends_with(of_cell_mates) ? first->record.plan.shape.threads - 1 : first->judgement.siblings;
    Read result = read_from(std::move(*values), siblings);
    if (reading.beside.shape.empty()) {
        return result;
    }
    const std::string_view what = reading.beside_what.empty() ? reading.what : reading.beside_what;
    const auto others = values_of(trials, reading.beside, what);
    if (!others || median(*others) <= 0) {
        return std::nullopt;
    }
    return read_from({result.median / median(*others)}, result.siblings);
}

/// Where each trial has to be so, each value has to lie within, else the median.
bool holds(const Condition& condition, const Question& question, const std::vector<Read>& readings)
{
    if (!condition.is_there) {
        return true;
    }
    const Read& given = readings.at(condition.reading);
    const ReadingKind kind = kind_of(question.readings.at(condition.reading).reading);
    const bool by_trial = kind == ReadingKind::siblings || kind == ReadingKind::shown;
    return (by_trial ? given.least : given.median) >= condition.least &&
           (by_trial ? given.most : given.median) <= condition.most;
}

/// What keeps the trials from deciding anything.
Solution objection_to(const Question& question, const std::vector<LessonTrial>& trials)
{
    constexpr double most_taken = 0.2; // as of an expectation about throughput
    std::vector<double> taken;
    bool any = false;
    for (const LessonTrial& trial : trials) {
        if (!is_needed(question, trial.cell)) {
            continue;
        }
        any = true;
        if (!trial.judgement.inconclusive.empty()) {
            return {.why_not = Undecided::inconclusive, .detail = trial.judgement.inconclusive};
        }
        if (is_golden(trial.cell.fault) && trial.judgement.survivors < trial.judgement.siblings) {
            return {.why_not = Undecided::control_lost};
        }
        if (const auto share = figure_named(trial.record, "processors_taken")) {
            taken.push_back(*share);
        }
    }
    const bool is_rate = question.readings.front().reading.what == "throughput";
    if (any && is_rate && !taken.empty() && median(taken) > most_taken) {
        return {.why_not = Undecided::disturbed, .detail = fmt::format("{:.0f}%", 100 * median(taken))};
    }
    return {.why_not = any ? Undecided::no : Undecided::not_run};
}

/// False for a reading that is only told.
bool depends_on(const Question& question, std::size_t reading)
{
    return std::ranges::any_of(question.choices, [&](const Choice& choice) {
        return std::ranges::any_of(choice.right_when, [&](const Condition& condition) {
            return condition.is_there && condition.reading == reading;
        });
    });
}

} // namespace

bool is_named(const CellName& name, const Cell& cell)
{
    if (to_string(cell.shape) != name.shape || to_string(cell.fault) != name.fault) {
        return false;
    }
    const std::string variant = to_string(cell.variant);
    return name.variant.empty() || variant == name.variant ||
           (name.variant.find('=') != std::string_view::npos && name.variant.find(' ') == std::string_view::npos &&
            (" " + variant + " ").find(" " + std::string(name.variant) + " ") != std::string::npos);
}

bool is_needed(const Question& question, const Cell& cell)
{
    Cell like = cell; // a golden run stands for the cells of its shape and variant
    const auto means = [&](const CellName& name) {
        if (name.shape.empty()) {
            return false;
        }
        if (is_golden(cell.fault)) {
            const auto fault = parse_fault(name.fault);
            like.fault = fault.value_or(cell.fault);
        }
        return is_named(name, like);
    };
    return means(question.played) || std::ranges::any_of(question.readings, [&](const Told& told) {
               return !told.label.empty() && (means(told.reading.cell) || means(told.reading.beside));
           });
}

ReadingKind kind_of(const Reading& reading)
{
    if (!reading.beside.shape.empty()) {
        return ReadingKind::ratio;
    }
    if (outcome_named(reading.what)) {
        return ReadingKind::siblings;
    }
    if (reading.what.starts_with(shown_prefix)) {
        return ReadingKind::shown;
    }
    const bool is_share = reading.what.starts_with("seen_by_") || reading.what.starts_with("shared_with_") ||
                          reading.what == "same_wait_status";
    return is_share ? ReadingKind::share : ReadingKind::figure;
}

Solution decide(const Question& question, const std::vector<LessonTrial>& trials)
{
    Solution solution = objection_to(question, trials);
    if (solution.why_not != Undecided::no) {
        return solution;
    }
    for (std::size_t i = 0; i < question.readings.size() && !question.readings.at(i).label.empty(); ++i) {
        const Reading& reading = question.readings.at(i).reading;
        const auto taken = read(reading, trials);
        if (!taken && depends_on(question, i)) {
            solution.why_not = Undecided::no_value;
            solution.detail = reading.what;
            return solution;
        }
        solution.readings.push_back(taken.value_or(Read{.is_there = false}));
    }
    for (std::size_t choice = 0; choice < count_choices(question); ++choice) {
        const bool is_right =
            std::ranges::all_of(question.choices.at(choice).right_when, [&](const Condition& condition) {
                return holds(condition, question, solution.readings);
            });
        if (is_right) {
            solution.right = choice;
            return solution;
        }
    }
    solution.why_not = Undecided::none_fits;
    return solution;
}

} // namespace bulkhead::model
