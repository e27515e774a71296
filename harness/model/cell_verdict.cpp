#include "harness/model/cell_verdict.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <set>
#include <string_view>
#include <utility>

#include <fmt/format.h>

namespace bulkhead::model {
namespace {

/// What a file system and a shell take for a name without further ado.
constexpr std::size_t longest_id = 80;

constexpr auto words_of_signs = std::to_array<std::pair<std::string_view, std::string_view>>(
    {{">=", "at-least"}, {"<=", "at-most"}, {">", "more-than"}, {"<", "less-than"}});

/// FNV-1a, 32 bits: tells apart what begins alike.
std::uint32_t short_fingerprint(std::string_view text)
{
    std::uint32_t hash = 0x811c9dc5U;
    for (const char c : text) {
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x01000193U;
    }
    return hash;
}

std::string as_id(std::string text)
{
    const std::string said = text;
    for (const auto& [sign, word] : words_of_signs) {
        for (auto at = text.find(sign); at != std::string::npos; at = text.find(sign)) {
            text.replace(at, sign.size(), word);
        }
    }
    std::string id;
    for (const char c : text) {
        const auto letter = static_cast<unsigned char>(c);
        if (std::isalnum(letter) != 0 || c == '.') {
            id += static_cast<char>(std::tolower(letter));
        } else if (!id.empty() && !id.ends_with('-')) {
            id += '-';
        }
    }
    return id.size() <= longest_id ? id
                                   : fmt::format("{}-{:08x}", id.substr(0, longest_id - 9), short_fingerprint(said));
}

/// Speaks of this cell and of no other.
Selection only(const Cell& cell)
{
    Selection selection{.shapes = {cell.shape},
                        .faults = {cell.fault},
                        .workloads = {cell.variant.workload},
                        .lockings = {cell.variant.locking},
                        .strategies = {cell.variant.strategy}};
    if (uses_channels(cell.variant.workload)) {
        selection.channels = {cell.variant.channel};
    }
    if (has_jobs(cell.variant.workload)) {
        selection.deliveries = {cell.variant.delivery};
    }
    selection.shared = {cell.said.shared};
    selection.guards = {cell.said.guard};
    selection.limits = {cell.said.limits};
    selection.points = {cell.said.at};
    return selection;
}

CellVerdict judge_cell(std::uint32_t expectation, std::uint32_t position, const Expectation& whole,
                       const std::vector<CellSummary>& cells)
{
    const Cell& cell = cells.at(position).cell;
    if (!cell.skipped.empty()) {
        return {.expectation = expectation,
                .cell = position,
                .verdict = Verdict::inconclusive,
                .skipped = true,
                .reason = "skipped on this machine: " + cell.skipped};
    }
    Experiment alone;
    alone.expectations = {whole};
    alone.expectations.front().when = only(cell);
    Judged judged = judge(alone, cells).front();
    return {.expectation = expectation,
            .cell = position,
            .verdict = judged.verdict,
            .skipped = false,
            .reason = std::move(judged.reason)};
}

/// Gives the cells the verdict over all of them where theirs, each for itself, would be at odds with it: a single cell
/// may have too few trials for what all of them support.
void reconcile(std::vector<CellVerdict>& verdicts, const Judged& together)
{
    const auto agrees = [&together](const CellVerdict& each) {
        return each.skipped || (each.verdict == Verdict::upheld) == (together.verdict == Verdict::upheld);
    };
    const auto fails = [](const CellVerdict& each) { return !each.skipped && each.verdict != Verdict::upheld; };
    const bool says_enough =
        together.verdict == Verdict::upheld
            ? std::ranges::all_of(verdicts, agrees)
            : std::ranges::any_of(verdicts, [&](const CellVerdict& each) {
                  return fails(each) && (together.verdict == Verdict::inconclusive || each.verdict == Verdict::refuted);
              });
    for (CellVerdict& each : verdicts) {
        const bool says_too_much = together.verdict == Verdict::inconclusive && each.verdict == Verdict::refuted;
        if ((!says_enough || says_too_much) && !each.skipped && each.verdict != together.verdict) {
            each.verdict = together.verdict;
            each.reason = "of all its cells together: " + together.reason;
        }
    }
}

} // namespace

std::vector<std::string> expectation_ids(const Experiment& experiment)
{
    std::vector<std::string> ids;
    std::set<std::string> taken;
    for (const Expectation& expectation : experiment.expectations) {
        const std::string said = as_id(describe(expectation));
        std::string id = said;
        for (int number = 2; !taken.insert(id).second; ++number) {
            id = fmt::format("{}-{}", said, number);
        }
        ids.push_back(std::move(id));
    }
    return ids;
}

std::vector<CellVerdict> judge_cells(const Experiment& experiment, const std::vector<CellSummary>& cells,
                                     const std::vector<Judged>& judged)
{
    std::vector<CellVerdict> all;
    for (const Judged& together : judged) {
        const Expectation& expectation = experiment.expectations.at(together.expectation);
        std::vector<CellVerdict> verdicts;
        for (std::uint32_t position = 0; position < cells.size(); ++position) {
            if (matches(expectation.when, cells[position].cell)) {
                verdicts.push_back(judge_cell(together.expectation, position, expectation, cells));
            }
        }
        reconcile(verdicts, together);
        if (verdicts.empty()) {
            verdicts.push_back({together.expectation, std::nullopt, together.verdict, false, together.reason});
        }
        std::ranges::move(verdicts, std::back_inserter(all));
    }
    return all;
}

int severity(Verdict verdict)
{
    switch (verdict) {
    case Verdict::upheld: return 0;
    case Verdict::inconclusive: return 1;
    case Verdict::refuted: return 2;
    }
    return 0;
}

} // namespace bulkhead::model
