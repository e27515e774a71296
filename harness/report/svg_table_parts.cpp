#include "harness/report/svg_table_parts.hpp"

#include "harness/report/figures.hpp"
#include "harness/report/text.hpp"

#include <algorithm>
#include <tuple>

namespace bulkhead::report {

using model::CellSummary;
using texts::Language;

std::vector<TableRow> rows_of(const Grid& grid)
{
    std::vector<model::Fault> faults = grid.faults;
    const auto family_of = [](model::Fault fault) { return model::row_of(fault).family; };
    std::ranges::stable_sort(faults, {},
                             [&](model::Fault fault) { return std::tuple(model::is_golden(fault), family_of(fault)); });
    const bool several = std::ranges::any_of(faults, [&](model::Fault fault) {
        return !model::is_golden(fault) && family_of(fault) != family_of(faults.front());
    });
    std::vector<TableRow> rows;
    for (const model::Fault fault : faults) {
        if (several && (rows.empty() || rows.back().family != family_of(fault))) {
            rows.push_back({std::nullopt, family_of(fault)});
        }
        rows.push_back({fault, family_of(fault)});
    }
    return rows;
}

model::Outcome worst_of(const CellSummary& cell)
{
    model::Outcome worst = model::Outcome::intact;
    for (const model::Outcome outcome : model::all_outcomes) {
        worst = cell.sibling_outcomes.at(static_cast<std::size_t>(outcome)) > 0 ? outcome : worst;
    }
    return worst;
}

std::string tip_of(const CellSummary& cell)
{
    std::string text = name_of(cell.cell) + ": ";
    if (is_skipped(cell)) {
        return text + "skipped, " + cell.cell.skipped;
    }
    text += cell.judged == 0 ? "no trial that could be judged" : outcomes_text(cell.sibling_outcomes);
    text += "; predicted: " + prediction_text(cell.cell) + "; " + count(cell.judged, "trial");
    return cell.inconclusive == 0 ? text : text + ", " + std::to_string(cell.inconclusive) + " inconclusive";
}

char mark_of(const CellSummary& cell)
{
    return !is_as_predicted(cell) ? '!' : (cell.inconclusive > 0 ? '?' : '=');
}

std::vector<TableRow> part_of(const std::vector<TableRow>& rows, std::size_t& next, std::size_t blocks)
{
    const std::size_t end = next + (rows.size() - next + blocks - 1) / blocks;
    std::vector<TableRow> part;
    if (next > 0 && next < rows.size() && rows[next].fault && !rows.front().fault) {
        part.push_back({std::nullopt, rows[next].family});
    }
    for (; next < end; ++next) {
        if (blocks > 1 && next + 1 == end && !rows[next].fault) {
            break;
        }
        part.push_back(rows[next]);
    }
    return part;
}

double draw_table_legend(Svg& svg, const std::vector<CellSummary>& cells, double y, Language language)
{
    double x = svg_margin;
    const TextLook look{.size = 11};
    const auto make_room = [&](double width) {
        if (x > svg_margin && x + width > svg_width - svg_margin) {
            x = svg_margin;
            y += 22;
        }
    };
    const auto add = [&](double taken, const std::string& words) {
        make_room(taken + width_of(words, look));
        svg.text(x + taken, y + 11, words, look);
        x += taken + width_of(words, look) + 18;
    };
    for (const model::Outcome outcome : model::all_outcomes) {
        const bool occurs = std::ranges::any_of(cells, [&](const CellSummary& cell) {
            return cell.judged > 0 && siblings_of(cell.cell.shape) > 0 && worst_of(cell) == outcome;
        });
        if (occurs) {
            const OutcomePaint paint = paint_of(outcome);
            make_room(110);
            svg.rect(x, y - 1, 20, 16, fmt::format(R"(fill="{}")", paint.pale));
            svg.text(x + 10, y + 11.5, paint.sign,
                     {.size = 12, .fill = paint.full, .anchor = Anchor::middle, .bold = true});
            add(26, said(language, to_string(outcome)));
        }
    }
    const auto has = [&](char mark) {
        return std::ranges::any_of(
            cells, [mark](const CellSummary& cell) { return cell.judged > 0 && mark_of(cell) == mark; });
    };
    add(0, "= " + said(language, "as predicted"));
    if (has('!')) {
        add(0, "! " + said(language, "not as predicted"));
    }
    if (has('?')) {
        add(0, "? " + said(language, "some trials are inconclusive"));
    }
    return y + 22;
}

} // namespace bulkhead::report
