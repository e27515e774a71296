#include "harness/report/shown_table.hpp"

#include "harness/model/shown.hpp"
#include "harness/report/grid.hpp"

#include <algorithm>
#include <map>
#include <numeric>

namespace bulkhead::report {
namespace {

using model::CellSummary;
using Shown = std::map<model::Passage, std::uint64_t>;

Shown shown_of(const std::vector<CellSummary>& cells, model::Fault fault, model::ChannelKind kind)
{
    Shown sum;
    for (const CellSummary& cell : cells) {
        if (cell.cell.fault == fault && cell.cell.variant.channel == kind) {
            for (const auto& [passage, trials] : cell.shown) {
                sum[passage] += trials;
            }
        }
    }
    return sum;
}

/// "torn", or "torn 7/8" where it was not always so; in red where that is not predicted.
Line words_of(const Shown& shown, model::Passage predicted)
{
    if (shown.empty()) {
        return Line{Ink{"-"}};
    }
    const auto most = std::ranges::max_element(shown, {}, &Shown::value_type::second);
    const std::uint64_t trials = std::accumulate(shown.begin(), shown.end(), std::uint64_t{0},
                                                 [](std::uint64_t sum, const auto& each) { return sum + each.second; });
    std::string text{to_string(most->first)};
    if (most->second < trials) {
        text += " " + std::to_string(most->second) + "/" + std::to_string(trials);
    }
    const bool as_predicted = most->first == predicted && most->second == trials;
    return Line{Ink{text, as_predicted ? Look::plain : Look::red}, Ink{as_predicted ? "" : " !"}};
}

template <typename Item, typename Key>
std::vector<Item> distinct(const std::vector<CellSummary>& cells, Key&& key)
{
    std::vector<Item> items;
    for (const CellSummary& cell : cells) {
        const Item item = key(cell);
        if (!cell.shown.empty() && std::ranges::find(items, item) == items.end()) {
            items.push_back(item);
        }
    }
    return items;
}

std::string_view who(model::Neighbour neighbour)
{
    switch (neighbour) {
    case model::Neighbour::before: return "the one before";
    case model::Neighbour::victim: return "itself";
    case model::Neighbour::next: return "the next one";
    }
    return "";
}

} // namespace

void print_shown(Page& page, const std::vector<CellSummary>& cells)
{
    const auto faults = distinct<model::Fault>(cells, [](const CellSummary& cell) { return cell.cell.fault; });
    const auto kinds =
        distinct<model::ChannelKind>(cells, [](const CellSummary& cell) { return cell.cell.variant.channel; });
    if (faults.empty()) {
        return;
    }
    page.blank();
    page.paragraph({{"shown in a channel", Look::bold}, {"  "}},
                   "to a neighbour of the victim, by the kind of the channel; ! is not as predicted", Look::faint);
    Column names;
    names.add({{""}});
    for (const model::Fault fault : faults) {
        names.add({{"  " + to_string(fault)}});
    }
    names.level();
    Column whom;
    whom.add({{"to"}});
    for (const model::Fault fault : faults) {
        whom.add({{std::string(who(model::predicted_show(fault, kinds.front())->to))}});
    }
    whom.level();
    std::vector<Column> table{whom};
    for (const model::ChannelKind kind : kinds) {
        Column column;
        column.add({{std::string(to_string(kind)), Look::bold}});
        for (const model::Fault fault : faults) {
            column.add(words_of(shown_of(cells, fault, kind), model::predicted_show(fault, kind)->passage));
        }
        column.level();
        table.push_back(column);
    }
    print_table(page, names, table);
}

} // namespace bulkhead::report
