#include "harness/report/fates.hpp"
#include "harness/report/figures.hpp"
#include "harness/report/matrix.hpp"
#include "harness/report/text.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace bulkhead::report {
namespace {

using model::CellSummary;

/// Some names out of many: "abort at 4x2, exit at 4x2 and 9 more".
class Names {
public:
    void add(const std::string& name)
    {
        if (std::ranges::find(listed_, name) != listed_.end()) {
            return;
        }
        if (listed_.size() < limit) {
            listed_.push_back(name);
        } else {
            more_.insert(name);
        }
    }
    [[nodiscard]] std::string text() const
    {
        std::string text;
        for (const std::string& name : listed_) {
            text.append(text.empty() ? "" : ", ").append(name);
        }
        return more_.empty() ? text : text + " and " + std::to_string(more_.size()) + " more";
    }

private:
    static constexpr std::size_t limit = 4;
    std::vector<std::string> listed_;
    std::set<std::string> more_;
};

bool is_surprising(const CellSummary& cell)
{
    return !is_as_predicted(cell);
}

/// In a golden run the worker that would have been the victim counts like a sibling.
std::string what_was_seen(const CellSummary& cell)
{
    std::string text = "siblings: " + outcomes_text(cell.sibling_outcomes);
    if (model::is_golden(cell.cell.fault)) {
        text += "; the would-be victims: " + outcomes_text(cell.victim_outcomes);
    }
    return text + ".";
}

void print_surprises(Page& page, const std::vector<CellSummary>& cells)
{
    constexpr std::ptrdiff_t limit = 12;
    const auto surprises = std::ranges::count_if(cells, is_surprising);
    std::ptrdiff_t told = 0;
    for (const CellSummary& cell : cells) {
        if (!is_surprising(cell) || told == limit) {
            continue;
        }
        ++told;
        const std::string text = name_among(cells, cell.cell) + ": " +
                                 std::to_string(cell.judged - cell.trials_as_predicted) + " of " +
                                 count(cell.judged, "trial") + " not as predicted (" + prediction_text(cell.cell) +
                                 "); " + what_was_seen(cell);
        page.paragraph({{"  "}, {"! ", Look::bold_yellow}}, text);
    }
    if (surprises > told) {
        page.paragraph({{"  "}, {"! ", Look::bold_yellow}},
                       "and " + count(static_cast<std::uint64_t>(surprises - told), "more cell") + " marked above.");
    }
}

/// Inconclusive trials by reason: one cause (no more processes) often strikes many cells.
void print_doubts(Page& page, const std::vector<CellSummary>& cells)
{
    struct Doubt {
        std::uint64_t trials = 0;
        Names names;
    };
    constexpr std::size_t limit = 8;
    std::map<std::string, Doubt> doubts;
    for (const CellSummary& cell : cells) {
        if (cell.inconclusive > 0) {
            Doubt& doubt = doubts[cell.first_inconclusive];
            doubt.trials += cell.inconclusive;
            doubt.names.add(name_among(cells, cell.cell));
        }
    }
    std::size_t told = 0;
    for (const auto& [reason, doubt] : doubts) {
        if (told++ == limit) {
            page.paragraph({{"  "}, {"? ", Look::yellow}},
                           "and " + count(doubts.size() - limit, "more reason") + "; --format json has them all.");
            break;
        }
        page.paragraph({{"  "}, {"? ", Look::yellow}}, doubt.names.text() + ": " + count(doubt.trials, "trial") +
                                                           " inconclusive and left out; first reason: " + reason);
    }
}

/// What the counts of survivors do not tell: whether the others died, stalled or were corrupted.
void print_losses(Page& page, const std::vector<CellSummary>& cells)
{
    const bool with_names = !is_large(cells); // otherwise the table of all faults has them
    std::string text;
    bool only_died = true;
    for (const model::Outcome outcome : model::all_outcomes) {
        std::uint64_t number = 0;
        Names names;
        for (const CellSummary& cell : cells) {
            const std::uint64_t here = cell.sibling_outcomes.at(static_cast<std::size_t>(outcome));
            number += here;
            if (here > 0) {
                names.add(name_among(cells, cell.cell));
            }
        }
        if (outcome == model::Outcome::intact || number == 0) {
            continue;
        }
        text.append(text.empty() ? "" : "; ").append(std::to_string(number)).append(" ");
        text.append(to_string(outcome));
        if (outcome != model::Outcome::died) {
            only_died = false;
            if (with_names) {
                text.append(" (").append(names.text()).append(")");
            }
        }
    }
    if (!text.empty()) {
        page.paragraph({{"  "}, {"siblings lost: ", Look::faint}}, only_died ? text + ", none otherwise" : text);
    }
}

/// Each reason once, with the faults that this machine cannot have.
void print_skips(Page& page, const std::vector<CellSummary>& cells)
{
    std::map<std::string, Names> skips;
    for (const CellSummary& cell : cells) {
        if (is_skipped(cell) && !model::is_golden(cell.cell.fault)) {
            skips[cell.cell.skipped].add(model::to_string(cell.cell.fault));
        }
    }
    for (const auto& [reason, faults] : skips) {
        page.paragraph({{"  "}, {"- ", Look::faint}}, faults.text() + ": skipped: " + reason);
    }
}

} // namespace

void print_remarks(Page& page, const std::vector<CellSummary>& cells)
{
    page.blank();
    print_losses(page, cells);
    print_surprises(page, cells);
    print_doubts(page, cells);
    print_skips(page, cells);
}

void print_last_workers(Page& page, const std::vector<CellSummary>& cells)
{
    struct Group {
        Names faults;
        Names shapes;
    };
    std::map<std::string, Group> groups;
    for (const CellSummary& cell : cells) {
        const model::FaultNature nature = model::nature_of(cell.cell.fault, cell.cell.containment);
        const bool thread_ends = std::holds_alternative<model::WorkerEnds>(nature.end);
        if (thread_ends && cell.cell.shape.threads == 1 && cell.judged > 0) {
            const model::VictimEnd end = victim_end(cell.cell);
            Group& group = groups[model::describe(std::get<model::ProcessEnds>(end).how)];
            group.faults.add(model::to_string(cell.cell.fault));
            group.shapes.add(model::to_string(cell.cell.shape));
        }
    }
    if (!groups.empty()) {
        page.blank();
    }
    for (const auto& [end, group] : groups) {
        page.paragraph({{"  "}}, group.faults.text() + ": at " + group.shapes.text() +
                                     " the victim was alone in its host, which ended with it: " + end);
    }
}

} // namespace bulkhead::report
