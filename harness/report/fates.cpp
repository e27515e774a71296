#include "harness/report/fates.hpp"

#include "harness/report/grid.hpp"

#include "harness/report/figures.hpp"
#include "harness/report/text.hpp"

#include <algorithm>
#include <functional>
#include <numeric>
#include <tuple>

namespace bulkhead::report {
namespace {

using model::CellSummary;
using model::Outcome;

constexpr std::size_t largest_matrix = 30; ///< faults

void add(Fate& fate, const std::array<std::uint64_t, model::outcome_count>& outcomes)
{
    std::ranges::transform(fate.outcomes, outcomes, fate.outcomes.begin(), std::plus{});
}

void add(FateRow& row, const CellSummary& cell)
{
    add(row.victims, cell.victim_outcomes);
    add(row.cell_mates, cell.cell_mate_outcomes);
    add(row.other_hosts, cell.other_host_outcomes);
    row.judged += cell.judged;
    row.inconclusive += cell.inconclusive;
    const model::VictimEnd end = victim_end(cell.cell);
    if (std::holds_alternative<model::GoesOn>(row.end) || std::holds_alternative<model::WorkerEnds>(end)) {
        row.end = end;
    }
    if (row.skipped.empty()) {
        row.skipped = cell.cell.skipped;
    }
}

FateRow first_of(const model::Cell& cell)
{
    const auto predicted = [&](model::Relation relation) {
        return Fate{.outcomes = {}, .predicted = model::predict(cell.fault, cell.shape, relation, cell.containment)};
    };
    FateRow row;
    row.fault = cell.fault;
    row.victims = predicted(model::Relation::victim);
    row.cell_mates = predicted(model::Relation::cell_mate);
    row.other_hosts = predicted(model::Relation::other_host);
    return row;
}

/// How a table is fitted to the page, the roomiest first.
struct Fit {
    std::size_t longest_name;
    bool end_beside_outcome;
};
constexpr Fit fits[] = {{26, true}, {26, false}, {18, false}};

Ink victims_text(const FateRow& row, const Fit& fit)
{
    if (!row.skipped.empty()) {
        return {"skipped", Look::faint};
    }
    if (row.judged == 0) {
        return {row.inconclusive > 0 ? "-" : "not run", Look::faint};
    }
    std::string text = row.victims.text();
    if (row.victims.unanimous() && row.victims.worst() == Outcome::died && !model::is_golden(row.fault)) {
        text = (fit.end_beside_outcome ? "died: " : "") + short_text(row.end);
    }
    return {std::move(text), look_of(row.victims.worst())};
}

/// "died         =": the word, and whether the model says so too.
Line siblings_text(const FateRow& row, const Fate& fate, std::size_t width)
{
    if (row.judged == 0 || fate.workers() == 0) {
        return {{left(row.skipped.empty() ? "-" : "", width), Look::faint}, {"  "}};
    }
    const char agreement = row.inconclusive > 0 ? '?' : '=';
    const char mark = fate.as_predicted() ? agreement : '!';
    return {{left(fate.text(), width), look_of(fate.worst())}, {std::string(" ") + mark, look_of_mark(mark)}};
}

Column siblings_column(const std::vector<FateRow>& rows, const std::string& heading, Fate FateRow::*fate)
{
    std::size_t width = 1;
    for (const FateRow& row : rows) {
        width = std::max(width, columns((row.*fate).text()));
    }
    Column column;
    column.add({{heading, Look::bold}});
    for (const FateRow& row : rows) {
        column.add(siblings_text(row, row.*fate, width));
    }
    return column;
}

struct FateTable {
    Column names;
    std::vector<Column> columns;

    [[nodiscard]] std::size_t width() const
    {
        constexpr std::size_t gap = 2;
        return std::accumulate(columns.begin(), columns.end(), names.width,
                               [](std::size_t sum, const Column& column) { return sum + gap + column.width; });
    }
};

FateTable table_of(const std::vector<FateRow>& rows, const Fit& fit)
{
    FateTable table;
    table.names.add({{""}});
    Column victims;
    victims.add({{"victim", Look::bold}});
    for (const FateRow& row : rows) {
        const bool golden = model::is_golden(row.fault);
        table.names.add({{"  "},
                         {golden ? "golden runs" : fitted(model::to_string(row.fault), fit.longest_name),
                          golden ? Look::faint : Look::plain}});
        victims.add({victims_text(row, fit)});
    }
    table.columns = {victims, siblings_column(rows, "cell-mates", &FateRow::cell_mates),
                     siblings_column(rows, "other hosts", &FateRow::other_hosts)};
    return table;
}

/// Puts the name of a family above its first row, where there are several beside the golden runs.
void add_headings(FateTable& table, const std::vector<FateRow>& rows)
{
    const auto family_of = [](const FateRow& row) { return model::row_of(row.fault).family; };
    const auto begins_family = [&](std::size_t i) { return i == 0 || family_of(rows[i - 1]) != family_of(rows[i]); };
    constexpr std::size_t one_and_golden = 2;
    std::vector<std::size_t> first_rows;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (begins_family(i)) {
            first_rows.push_back(i);
        }
    }
    if (first_rows.size() <= one_and_golden) {
        return;
    }
    std::ptrdiff_t above = 1; // the heads of the columns, and the names inserted so far
    for (const std::size_t i : first_rows) {
        const auto place = static_cast<std::ptrdiff_t>(i) + above++;
        const auto insert = [place](Column& column, Line line) {
            column.lines.insert(column.lines.begin() + place, std::move(line));
        };
        insert(table.names, {{std::string(heading_of(family_of(rows[i]))), Look::bold}});
        std::ranges::for_each(table.columns, [&](Column& column) { insert(column, {}); });
    }
}

} // namespace

std::uint64_t Fate::workers() const
{
    return std::accumulate(outcomes.begin(), outcomes.end(), std::uint64_t{0});
}

Outcome Fate::worst() const
{
    Outcome worst = Outcome::intact;
    for (const Outcome outcome : model::all_outcomes) {
        worst = outcomes.at(static_cast<std::size_t>(outcome)) > 0 ? outcome : worst;
    }
    return worst;
}

bool Fate::unanimous() const
{
    return outcomes.at(static_cast<std::size_t>(worst())) == workers();
}

bool Fate::as_predicted() const
{
    return outcomes.at(static_cast<std::size_t>(predicted)) == workers();
}

std::string Fate::text() const
{
    if (workers() == 0) {
        return "";
    }
    std::string text(to_string(worst()));
    if (!unanimous()) {
        text.append(" ").append(std::to_string(outcomes.at(static_cast<std::size_t>(worst()))));
        text.append("/").append(std::to_string(workers()));
    }
    return text;
}

std::vector<FateRow> fate_rows(const std::vector<CellSummary>& cells)
{
    std::vector<FateRow> rows;
    for (const CellSummary& cell : cells) {
        auto row = std::ranges::find(rows, cell.cell.fault, &FateRow::fault);
        if (row == rows.end()) {
            row = rows.insert(rows.end(), first_of(cell.cell));
        }
        add(*row, cell);
    }
    std::ranges::stable_sort(rows, {}, [](const FateRow& row) {
        return std::tuple(model::is_golden(row.fault), model::row_of(row.fault).family);
    });
    return rows;
}

bool needs_fates(const std::vector<CellSummary>& cells)
{
    const auto is_other = [](const CellSummary& cell) {
        switch (model::row_of(cell.cell.fault).family) {
        case model::Family::stall:
        case model::Family::resource:
        case model::Family::corruption:
        case model::Family::contamination: return true;
        case model::Family::control:
        case model::Family::crash:
        case model::Family::exit:
        case model::Family::outside:
        case model::Family::channel:
        case model::Family::harness: break;
        }
        return std::ranges::any_of(model::all_outcomes, [&](Outcome outcome) {
            const bool is_told = outcome == Outcome::intact || outcome == Outcome::died;
            const auto at = static_cast<std::size_t>(outcome);
            return !is_told && (cell.sibling_outcomes.at(at) > 0 || cell.victim_outcomes.at(at) > 0);
        });
    };
    return std::ranges::any_of(cells, is_other);
}

bool is_large(const std::vector<CellSummary>& cells)
{
    return needs_fates(cells) && fate_rows(cells).size() > largest_matrix;
}

void print_fates(Page& page, const std::vector<CellSummary>& cells)
{
    const std::vector<FateRow> rows = fate_rows(cells);
    std::string legend = "the worst, in all shapes; = as predicted";
    if (!std::ranges::all_of(rows, &FateRow::as_predicted)) {
        legend += ", ! not as predicted";
    }
    if (std::ranges::any_of(rows, [](const FateRow& row) { return row.inconclusive > 0; })) {
        legend += ", ? see below";
    }
    page.paragraph({{"what became of them", Look::bold}, {"  "}}, legend, Look::faint);
    FateTable table;
    for (const Fit& fit : fits) {
        table = table_of(rows, fit);
        if (table.width() <= page.width()) {
            break;
        }
    }
    add_headings(table, rows);
    table.names.level();
    std::ranges::for_each(table.columns, &Column::level);
    print_table(page, table.names, table.columns);
}

} // namespace bulkhead::report
