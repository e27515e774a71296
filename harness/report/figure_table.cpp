#include "harness/report/figure_table.hpp"

#include "harness/model/figure.hpp"
#include "harness/model/statistics.hpp"
#include "harness/report/clients_table.hpp"
#include "harness/report/grid.hpp"
#include "harness/report/text.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <functional>
#include <sstream>

namespace bulkhead::report {
namespace {

using model::CellSummary;

/// What trials have whether or not anybody asks for it.
bool comes_of_itself(std::string_view figure)
{
    return figure == "startup" || figure == "detection" || figure == "throughput" || figure == "throughput_after" ||
           figure == "same_wait_status";
}

bool is_spoken_of(const model::Experiment& experiment, std::string_view figure)
{
    return std::ranges::any_of(experiment.expectations, [&](const model::Expectation& expectation) {
        const auto* const claim = std::get_if<model::FigureIs>(&expectation.claim);
        return claim != nullptr && claim->figure == figure;
    });
}

/// What can go wrong with messages. That nothing did is not worth a table, unless an expectation speaks of it.
bool counts_mishaps(std::string_view figure)
{
    return figure.starts_with("messages_") && figure != "messages_sent" && figure != "messages_ahead";
}

/// At most three significant digits, with a letter for thousands: "1.23k", "45.6M", "0.12".
std::string short_number(double value)
{
    const double size = std::abs(value);
    for (const auto& [scale, letter] : {std::pair{1e9, 'G'}, std::pair{1e6, 'M'}, std::pair{1e3, 'k'}}) {
        if (size >= scale) {
            return fmt::format("{:.3g}{}", value / scale, letter);
        }
    }
    return fmt::format("{:.3g}", value);
}

std::string interval_text(const model::Values& values)
{
    constexpr double two_sided = 0.90;
    if (values.least() == values.most()) {
        return values.count() > 1 ? "always" : "";
    }
    const auto interval = model::median_interval(values.kept(), two_sided);
    return interval ? short_number(interval->low) + ".." + short_number(interval->high) : "few trials";
}

/// ", 15 of 20": trials that have the figure, where not all do.
std::string missing_text(const model::Values& values, const CellSummary& cell)
{
    return values.count() == cell.judged ? "" : fmt::format(", {} of {}", values.count(), cell.judged);
}

/// The line of a table: what its cells have in common beside the figure.
struct FigureLine {
    model::Variant variant;
    model::Fault fault;
    bool operator==(const FigureLine&) const = default;
};

class FigureLines {
public:
    FigureLines(const ExperimentReport& report, std::string_view figure) : report_(report), figure_(figure)
    {
        for (const CellSummary& cell : report.cells) {
            const FigureLine row{cell.cell.variant, cell.cell.fault};
            if (values_of(cell) != nullptr && std::ranges::find(rows_, row) == rows_.end()) {
                rows_.push_back(row);
            }
            if (std::ranges::find(shapes_, cell.cell.shape) == shapes_.end()) {
                shapes_.push_back(cell.cell.shape);
            }
        }
    }

    [[nodiscard]] bool empty() const { return rows_.empty(); }

    [[nodiscard]] bool all_zero() const
    {
        return std::ranges::all_of(report_.cells, [&](const CellSummary& cell) {
            const auto* const values = values_of(cell);
            return values == nullptr || values->most() <= 0;
        });
    }

    void print(Page& page) const
    {
        const model::FigureRow* const row = model::find_figure(figure_);
        const std::string unit = row == nullptr || row->unit.empty() ? "" : ", " + std::string(row->unit);
        const std::string meaning = row == nullptr ? "" : std::string(row->meaning);
        page.blank();
        page.paragraph({{std::string(figure_) + unit, Look::bold}, {"  "}}, meaning, Look::faint);
        Column names;
        names.add({{""}});
        for (const FigureLine& each : rows_) {
            names.add({{"  "}, {name_of(each)}});
        }
        names.level();
        std::vector<Column> table;
        for (const model::Shape shape : shapes_) {
            table.push_back(column_of(shape));
        }
        print_table(page, names, table);
    }

private:
    [[nodiscard]] const model::Values* values_of(const CellSummary& cell) const
    {
        return model::find_values(cell, figure_);
    }

    [[nodiscard]] std::string name_of(const FigureLine& row) const
    {
        const std::string fault = model::is_golden(row.fault) ? "golden runs" : model::to_string(row.fault);
        const bool several =
            std::ranges::any_of(rows_, [&](const FigureLine& other) { return other.variant != row.variant; });
        if (only_measures(report_)) {
            return model::to_string(row.variant);
        }
        return several ? what_varies(row.variant) + ", " + fault : fault;
    }

    /// The words of the variant that not every line of the table has: "delivery=at-least-once".
    [[nodiscard]] std::string what_varies(const model::Variant& variant) const
    {
        const std::string whole = model::to_string(variant);
        std::string varies;
        std::istringstream words(whole);
        for (std::string word; words >> word;) {
            const auto has_word = [&word](const FigureLine& line) {
                return (' ' + model::to_string(line.variant) + ' ').find(' ' + word + ' ') != std::string::npos;
            };
            if (!std::ranges::all_of(rows_, has_word)) {
                varies += (varies.empty() ? "" : " ") + word;
            }
        }
        return varies.empty() ? whole : varies;
    }

    [[nodiscard]] Column column_of(model::Shape shape) const
    {
        Column column;
        std::vector<std::array<std::string, 3>> texts; // the median, its interval, what is missing
        std::size_t width = 0;
        for (const FigureLine& row : rows_) {
            const auto cell = std::ranges::find_if(report_.cells, [&](const CellSummary& each) {
                return each.cell.shape == shape && FigureLine{each.cell.variant, each.cell.fault} == row;
            });
            const auto* const values = cell == report_.cells.end() ? nullptr : values_of(*cell);
            if (values == nullptr) {
                texts.push_back({"-", "", ""});
            } else {
                texts.push_back({short_number(model::median(values->kept())), interval_text(*values),
                                 missing_text(*values, *cell)});
            }
            width = std::max(width, texts.back().front().size());
        }
        width = std::max(width, model::to_string(shape).size());
        column.add({{right(model::to_string(shape), width), Look::bold}});
        for (const auto& [median, interval, missing] : texts) {
            column.add({{right(median, width)}, {" "}, {interval, Look::faint}, {missing, Look::faint}});
        }
        column.level();
        return column;
    }

    const ExperimentReport& report_;
    std::string_view figure_;
    std::vector<FigureLine> rows_;
    std::vector<model::Shape> shapes_;
};

} // namespace

bool only_measures(const ExperimentReport& report)
{
    return std::ranges::all_of(report.cells, [](const CellSummary& cell) { return model::is_golden(cell.cell.fault); });
}

std::vector<std::string_view> figures_to_tell(const ExperimentReport& report)
{
    std::vector<std::string_view> names;
    for (const model::FigureRow& row : model::figure_catalogue()) {
        if (is_of_clients(row.name)) { // one table tells of all of them
            continue;
        }
        if (comes_of_itself(row.name) && !only_measures(report) && !is_spoken_of(report.experiment, row.name)) {
            continue;
        }
        const FigureLines table(report, row.name);
        const bool is_silent =
            counts_mishaps(row.name) && table.all_zero() && !is_spoken_of(report.experiment, row.name);
        if (!table.empty() && !is_silent) {
            names.push_back(row.name);
        }
    }
    return names;
}

void print_figures(Page& page, const ExperimentReport& report)
{
    const std::vector<std::string_view> names = figures_to_tell(report);
    if (!names.empty()) {
        page.blank();
        page.paragraph({{"figures", Look::bold}, {"  "}},
                       "medians over the trials, each with the interval that holds it (90%); always: every trial has "
                       "that value; few trials: too few for an interval",
                       Look::faint);
    }
    for (const std::string_view name : names) {
        FigureLines(report, name).print(page);
    }
}

} // namespace bulkhead::report
