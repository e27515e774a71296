#include "harness/report/clients_table.hpp"

#include "harness/model/statistics.hpp"
#include "harness/report/text.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace bulkhead::report {
namespace {

using model::CellSummary;

enum class Kind : std::uint8_t { count, time }; ///< times are in microseconds

struct ShownFigure {
    std::string_view figure;
    std::string_view head;
    Kind kind;
    bool with_range; ///< not for all: what is compared should stand side by side on a narrow page, too
};
constexpr auto shown = std::to_array<ShownFigure>({{"requests_failed", "failed", Kind::count, true},
                                                   {"longest_gap", "longest gap", Kind::time, true},
                                                   {"requests_slow", "slow", Kind::count, false},
                                                   {"gap_at_fault", "gap at the fault", Kind::time, true},
                                                   {"request_p50", "p50", Kind::time, false},
                                                   {"request_p99", "p99", Kind::time, false}});

std::string text_of(double value, Kind kind)
{
    return kind == Kind::time ? describe(std::chrono::nanoseconds{static_cast<std::int64_t>(value * 1e3)})
                              : fmt::format("{:.4g}", value);
}

/// " ms"; nothing of a count.
std::string_view unit_of(std::string_view text)
{
    return text.substr(std::min(text.find(' '), text.size()));
}

/// "1", or "297 (289..301)", "3.2 (2.1..7.1) ms", "950 us (850 us..1.2 ms)" where trials differ: the median, the least
/// and the most.
Line words_of(const CellSummary& cell, const ShownFigure& column)
{
    const auto* const values = model::find_values(cell, column.figure);
    if (values == nullptr) {
        return {{"-", Look::faint}};
    }
    const std::uint64_t trials = model::find_values(cell, "requests")->count();
    const Ink lacking{values->count() == trials ? "" : fmt::format(", {} of {}", values->count(), trials), Look::faint};
    std::string median = text_of(model::median(values->kept()), column.kind);
    if (!column.with_range || values->least() == values->most()) {
        return {{median}, lacking};
    }
    std::string low = text_of(values->least(), column.kind);
    std::string high = text_of(values->most(), column.kind);
    const std::string unit{unit_of(high)};
    if (unit_of(low) != unit || unit_of(median) != unit) {
        return {{median}, {" (" + low + ".." + high + ")", Look::faint}, lacking};
    }
    for (std::string* const text : {&median, &low, &high}) {
        text->resize(text->size() - unit.size());
    }
    return {{median}, {" (" + low + ".." + high + ")", Look::faint}, {unit}, lacking};
}

/// Those with clients; shapes that are to be compared stand below one another, and golden runs at the end.
std::vector<const CellSummary*> client_rows(const std::vector<CellSummary>& cells)
{
    std::vector<const CellSummary*> rows;
    for (const CellSummary& cell : cells) {
        if (model::find_values(cell, "requests") != nullptr) {
            rows.push_back(&cell);
        }
    }
    const auto place_of = [&](const CellSummary* row) {
        const auto first = std::ranges::find_if(rows, [row](const CellSummary* other) {
            return other->cell.fault == row->cell.fault && other->cell.variant == row->cell.variant;
        });
        return std::pair{model::is_golden(row->cell.fault), first - rows.begin()};
    };
    std::vector<std::pair<std::pair<bool, std::ptrdiff_t>, const CellSummary*>> placed;
    for (const CellSummary* const row : rows) {
        placed.emplace_back(place_of(row), row);
    }
    std::ranges::stable_sort(placed, {}, [](const auto& each) { return each.first; });
    std::ranges::transform(placed, rows.begin(), [](const auto& each) { return each.second; });
    return rows;
}

/// A short name where only strategies differ, which is what this table mostly compares.
std::string name_of_row(const CellSummary& row, const std::vector<const CellSummary*>& rows)
{
    std::string name = model::is_golden(row.cell.fault) ? "golden runs" : model::to_string(row.cell.fault);
    const model::Variant& variant = row.cell.variant;
    const auto differs = [&](const CellSummary* other) { return other->cell.variant != variant; };
    const auto differs_otherwise = [&](const CellSummary* other) {
        model::Variant same = other->cell.variant;
        same.strategy = variant.strategy;
        return same != variant;
    };
    if (std::ranges::any_of(rows, differs_otherwise)) {
        name += ", " + model::to_string(variant);
    } else if (std::ranges::any_of(rows, differs)) {
        name += ", " + std::string(to_string(variant.strategy));
    }
    return name;
}

} // namespace

bool is_of_clients(std::string_view figure)
{
    return figure.starts_with("request") || figure == "longest_gap" || figure == "gap_at_fault" ||
           figure == "answered_again";
}

void print_clients(Page& page, const ExperimentReport& report)
{
    const auto rows = client_rows(report.cells);
    if (rows.empty()) {
        return;
    }
    page.blank();
    page.paragraph({{"what clients saw", Look::bold}, {"  "}},
                   "in a trial: the median (the least..the most, where trials differ)", Look::faint);
    Column names;
    names.add({{""}});
    for (const CellSummary* const row : rows) {
        names.add({{"  " + model::to_string(row->cell.shape), Look::bold}, {"  " + name_of_row(*row, rows)}});
    }
    names.level();
    std::vector<Column> table;
    for (const ShownFigure& each : shown) {
        Column column;
        column.add({{std::string(each.head), Look::bold}});
        for (const CellSummary* const row : rows) {
            column.add(words_of(*row, each));
        }
        column.level();
        table.push_back(column);
    }
    print_table(page, names, table);
}

} // namespace bulkhead::report
