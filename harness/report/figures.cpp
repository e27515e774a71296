#include "harness/report/figures.hpp"

#include <algorithm>
#include <iterator>
#include <tuple>

namespace bulkhead::report {
namespace {

template <class... Cases>
struct Overloaded : Cases... {
    using Cases::operator()...;
};
template <class... Cases>
Overloaded(Cases...) -> Overloaded<Cases...>;

enum class Concern : std::uint8_t { golden_loss, not_as_predicted, inconclusive, loss };

/// Sorts the worst first.
std::tuple<Concern, double, bool, std::uint32_t> rank_of(const WorstTrial& trial)
{
    const model::Cell& cell = trial.cell->cell;
    const std::uint32_t siblings = siblings_of(cell.shape);
    const double share = siblings == 0 ? 1.0 : static_cast<double>(trial.survivors) / siblings;
    Concern concern = Concern::loss;
    if (model::is_golden(cell.fault) && model::lost_in(*trial.cell) > 0) {
        concern = Concern::golden_loss;
    } else if (trial.inconclusive) {
        concern = Concern::inconclusive;
    } else if (!trial.as_predicted) {
        concern = Concern::not_as_predicted;
    }
    return {concern, share, model::is_golden(cell.fault), trial.id};
}

} // namespace

std::uint32_t siblings_of(model::Shape shape)
{
    return shape.workers() - 1;
}

std::uint32_t not_run(const model::CellSummary& cell)
{
    const std::uint32_t run = cell.judged + cell.inconclusive;
    const std::uint32_t due = cell.cell.trials - cell.saved;
    return due - std::min(run, due);
}

std::string points_text(const model::Experiment& experiment)
{
    std::vector<model::InjectionPoint> points;
    for (const model::Variant& variant : experiment.variants) {
        const model::InjectionPoint point = variant.at.value_or(experiment.at);
        if (std::ranges::find(points, point) == points.end()) {
            points.push_back(point);
        }
    }
    std::string text;
    for (const model::InjectionPoint point : points) {
        text.append(text.empty() ? "" : "/").append(to_string(point));
    }
    return text;
}

std::string name_of(const model::Cell& cell)
{
    const std::string fault = model::is_golden(cell.fault) ? "golden runs" : model::to_string(cell.fault);
    return fault + " at " + model::to_string(cell.shape);
}

std::string variant_among(const std::vector<model::CellSummary>& cells, const model::Cell& cell)
{
    const bool several =
        std::ranges::any_of(cells, [&](const model::CellSummary& other) { return other.cell.variant != cell.variant; });
    return several ? " with " + model::to_string(cell.variant) : "";
}

std::string name_among(const std::vector<model::CellSummary>& cells, const model::Cell& cell)
{
    return name_of(cell) + variant_among(cells, cell);
}

std::vector<model::CellSummary> cells_with(const model::Variant& variant, const std::vector<model::CellSummary>& cells)
{
    std::vector<model::CellSummary> those;
    std::ranges::copy_if(cells, std::back_inserter(those),
                         [&](const model::CellSummary& each) { return each.cell.variant == variant; });
    return those;
}

bool is_as_predicted(const model::CellSummary& cell)
{
    return cell.trials_as_predicted == cell.judged;
}

bool is_skipped(const model::CellSummary& cell)
{
    return !cell.cell.skipped.empty();
}

std::string containment_text(const model::Containment& containment)
{
    std::string text;
    const auto add = [&text](const std::string& part) { text.append(text.empty() ? "" : "; ").append(part); };
    if (containment.shared != 0) {
        add("hosts share " + model::describe_shared(containment.shared));
    }
    if (containment.unlocked) {
        add("no lock is taken");
    }
    if (containment.robust_lock) {
        add("the lock is robust");
    }
    if (containment.supervision.strategy != model::Strategy::never) {
        add("supervised " + std::string(to_string(containment.supervision.strategy)) + ", " +
            model::describe_limits(containment.supervision));
    }
    if (containment.guard != model::Guard::none) {
        add("guard " + std::string(to_string(containment.guard)));
    }
    std::string limits = model::describe(containment.limits);
    if (!limits.empty()) {
        if (containment.limits.threads != 0 && containment.thread_limit != model::ThreadLimit::none) {
            limits += ", threads by " + std::string(to_string(containment.thread_limit));
        }
        add("limits of a host: " + limits);
    }
    return text;
}

std::string processors_text(const model::Containment& containment)
{
    return model::shares(containment, model::Medium::processors)
               ? "processors shared out among all threads"
               : "processors shared out among hosts, each a session (autogroup)";
}

std::string_view heading_of(model::Family family)
{
    switch (family) {
    case model::Family::control: return "Control";
    case model::Family::crash: return "Crashes";
    case model::Family::exit: return "Exits";
    case model::Family::outside: return "From outside";
    case model::Family::stall: return "Stalls";
    case model::Family::resource: return "Resources";
    case model::Family::corruption: return "Corruption";
    case model::Family::contamination: return "Contamination";
    case model::Family::channel: return "In a channel";
    case model::Family::harness: return "Aimed at the harness itself";
    }
    return "";
}

std::string prediction_text(const model::Cell& cell)
{
    std::string text;
    if (cell.shape.threads > 1) {
        text.append("cell-mates ")
            .append(to_string(model::predict(cell.fault, cell.shape, model::Relation::cell_mate, cell.containment)));
    }
    if (cell.shape.hosts > 1) {
        const auto outcome_of = [&cell](model::Relation relation) {
            return std::string(to_string(model::predict(cell.fault, cell.shape, relation, cell.containment)));
        };
        const std::string later = outcome_of(model::Relation::later_host);
        const std::string others = outcome_of(model::Relation::other_host);
        text.append(text.empty() ? "" : ", ");
        text += others == later ? "other hosts " + later : "earlier hosts " + others + ", later hosts " + later;
    }
    return text.empty() ? "no siblings" : text;
}

std::string outcomes_text(const std::array<std::uint64_t, model::outcome_count>& outcomes)
{
    std::string text;
    for (const model::Outcome outcome : model::all_outcomes) {
        const std::uint64_t number = outcomes.at(static_cast<std::size_t>(outcome));
        if (number > 0) {
            text.append(text.empty() ? "" : ", ").append(std::to_string(number)).append(" ");
            text.append(to_string(outcome));
        }
    }
    return text.empty() ? "none" : text;
}

model::VictimEnd victim_end(const model::Cell& cell)
{
    const model::VictimEnd end = model::nature_of(cell.fault, cell.containment).end;
    const auto* const worker_ends = std::get_if<model::WorkerEnds>(&end);
    if (worker_ends != nullptr && cell.shape.threads == 1) {
        return model::ProcessEnds{worker_ends->last};
    }
    return end;
}

std::string short_text(const model::VictimEnd& end)
{
    return std::visit(Overloaded{[](const model::GoesOn&) -> std::string { return "goes on"; },
                                 [](const model::WorkerEnds&) -> std::string { return "thread ended"; },
                                 [](const model::ImageReplaced&) -> std::string { return "new program"; },
                                 [](const model::ProcessStops&) -> std::string { return "stopped"; },
                                 [](const model::WorkerStalls&) -> std::string { return "stalled"; },
                                 [](const model::ProcessEnds& process) {
                                     if (const auto* const exited = std::get_if<sys::Exited>(&process.how)) {
                                         return "exit code " + std::to_string(exited->code);
                                     }
                                     return model::signal_name(std::get<sys::Signaled>(process.how).signal);
                                 }},
                      end);
}

std::vector<const model::CellSummary*> golden_losses(const std::vector<model::CellSummary>& cells)
{
    std::vector<const model::CellSummary*> losses;
    for (const model::CellSummary& cell : cells) {
        if (model::is_golden(cell.cell.fault) && model::lost_in(cell) > 0) {
            losses.push_back(&cell);
        }
    }
    return losses;
}

std::optional<WorstTrial> worst_trial(const std::vector<model::CellSummary>& cells)
{
    std::optional<WorstTrial> worst;
    for (const model::CellSummary& cell : cells) {
        if (!cell.worst_trial) {
            continue;
        }
        const WorstTrial candidate{&cell, cell.cell.first_id + *cell.worst_trial, cell.worst_survivors,
                                   cell.worst_is_inconclusive, cell.worst_as_predicted};
        if (!worst || rank_of(candidate) < rank_of(*worst)) {
            worst = candidate;
        }
    }
    return worst;
}

} // namespace bulkhead::report
