#include "harness/report/figures.hpp"
#include "harness/report/grid.hpp"
#include "harness/report/matrix.hpp"
#include "harness/report/svg.hpp"
#include "harness/report/svg_table_parts.hpp"
#include "harness/report/svg_views.hpp"
#include "harness/report/text.hpp"

#include <algorithm>

// Rows are faults by family, columns are shapes. Of many faults the rows go on beside the first ones, so that a picture
// does not become a ribbon.

namespace bulkhead::report {
namespace {

using model::CellSummary;
using texts::Language;

constexpr double table_row_height = 22;
constexpr double cell_gap = 2;
constexpr std::size_t rows_of_one_block = 26;
constexpr TextLook name_look{.size = 11, .mono = true};

/// Where the columns of a block are.
struct Block {
    double x = 0;
    double names = 0; ///< width of
    double cell = 0;  ///< width of one, the gap included
};

class TableDrawing {
public:
    TableDrawing(Svg& svg, const Grid& grid, Language language) : svg_(svg), grid_(grid), language_(language) {}

    /// Gives the y below it.
    double draw(double y)
    {
        constexpr double below_heads = 8;
        const std::vector<TableRow> rows = rows_of(grid_);
        const std::vector<Block> blocks = blocks_for(rows);
        std::size_t tallest = 0;
        std::size_t next = 0;
        for (std::size_t i = 0; i < blocks.size(); ++i) {
            const std::vector<TableRow> part = part_of(rows, next, blocks.size() - i);
            draw_heads(blocks[i], y);
            for (std::size_t row = 0; row < part.size(); ++row) {
                draw_row(part[row], blocks[i], y + below_heads + static_cast<double>(row) * table_row_height);
            }
            tallest = std::max(tallest, part.size());
        }
        return y + below_heads + static_cast<double>(tallest) * table_row_height;
    }

private:
    [[nodiscard]] std::vector<Block> blocks_for(const std::vector<TableRow>& rows) const
    {
        constexpr double between = 24;
        constexpr double narrowest = 30;
        constexpr double widest = 180;
        constexpr double inner = svg_width - 2 * svg_margin;
        double names = 0;
        for (const TableRow& row : rows) {
            names = std::max(names, width_of(text_of(row), name_look) + 12);
        }
        const auto shapes = static_cast<double>(grid_.shapes.size());
        const bool fit_twice = 2 * (names + shapes * narrowest) + between <= inner;
        const std::size_t number = rows.size() > rows_of_one_block && fit_twice ? 2 : 1;
        const double width = (inner - between * static_cast<double>(number - 1)) / static_cast<double>(number);
        names = std::min(names, width / 2);
        std::vector<Block> blocks;
        for (std::size_t i = 0; i < number; ++i) {
            blocks.push_back({.x = svg_margin + static_cast<double>(i) * (width + between),
                              .names = names,
                              .cell = std::min((width - names) / shapes, widest)});
        }
        return blocks;
    }

    [[nodiscard]] std::string text_of(const TableRow& row) const
    {
        if (!row.fault) {
            return std::string(texts::say(language_, heading_of(row.family)));
        }
        return model::is_golden(*row.fault) ? said(language_, "golden runs") : model::to_string(*row.fault);
    }

    void draw_heads(const Block& block, double y)
    {
        for (std::size_t i = 0; i < grid_.shapes.size(); ++i) {
            svg_.text(block.x + block.names + (static_cast<double>(i) + 0.5) * block.cell, y,
                      model::to_string(grid_.shapes[i]), {.size = 12, .anchor = Anchor::middle, .bold = true});
        }
    }

    void draw_row(const TableRow& row, const Block& block, double y)
    {
        if (!row.fault) {
            svg_.text(block.x, y + 16, text_of(row), {.size = 11, .fill = faint_ink, .bold = true});
            return;
        }
        const bool golden = model::is_golden(*row.fault);
        TextLook look = name_look;
        look.fill = golden ? faint_ink : ink;
        look.mono = !golden;
        svg_.text(block.x, y + 14.5, fitted_to(block.names - 8, text_of(row), look), look);
        for (std::size_t i = 0; i < grid_.shapes.size(); ++i) {
            const double x = block.x + block.names + static_cast<double>(i) * block.cell;
            draw_cell(grid_.at(*row.fault, grid_.shapes[i]), x, y, block.cell - cell_gap);
        }
    }

    /// A cell without an outcome: it says why in a word where there is room.
    void draw_empty(const CellSummary& cell, double x, double y, double width)
    {
        svg_.rect(x, y, width, table_row_height - cell_gap,
                  R"(class="cell none" fill="#ffffff" stroke="#cbd2d9" stroke-dasharray="2 2")", tip_of(cell));
        std::string word = said(language_, "not run");
        if (is_skipped(cell)) {
            word = said(language_, "skipped");
        } else if (siblings_of(cell.cell.shape) == 0) {
            word = said(language_, "no siblings");
        } else if (cell.inconclusive > 0) {
            word = "?";
        }
        const TextLook look{.size = 10, .fill = faint_ink, .anchor = Anchor::middle};
        if (width_of(word, look) <= width) {
            svg_.text(x + width / 2, y + 14, word, look);
        }
    }

    void draw_cell(const CellSummary* cell, double x, double y, double width)
    {
        if (cell == nullptr) {
            return;
        }
        if (cell->judged == 0 || siblings_of(cell->cell.shape) == 0) {
            draw_empty(*cell, x, y, width);
            return;
        }
        const model::Outcome worst = worst_of(*cell);
        const OutcomePaint paint = paint_of(worst);
        const bool all = cell->survivors == 0 && worst != model::Outcome::intact;
        const std::string_view letters = all ? "#ffffff" : paint.full;
        svg_.rect(x, y, width, table_row_height - cell_gap,
                  fmt::format(R"(class="cell {}" fill="{}")", to_string(worst), all ? paint.full : paint.pale),
                  tip_of(*cell));
        const double middle = y + 14;
        const TextLook sign{.size = 13, .fill = letters, .bold = true};
        if (width >= 16) {
            svg_.text(x + 5, middle, paint.sign, sign);
        }
        draw_figures(*cell, x, y, width, letters);
    }

    /// "120/140 = 6/7", as far as there is room. Agreement is quiet; what differs has a frame as well.
    void draw_figures(const CellSummary& cell, double x, double y, double width, std::string_view letters)
    {
        const char mark = mark_of(cell);
        if (mark == '!') {
            svg_.rect(x + 1, y + 1, width - 2, table_row_height - cell_gap - 2,
                      R"(class="differs" fill="none" stroke="#17212b" stroke-width="2")");
        }
        const std::string survivors = std::to_string(cell.survivors) + "/" + std::to_string(cell.siblings);
        const std::string whole = survivors + " " + mark + " " + predicted_text(cell.cell);
        const TextLook look{.size = 11, .fill = letters, .anchor = Anchor::end, .bold = mark == '!'};
        constexpr double sign_width = 24;
        for (const std::string& text : {whole, survivors + " " + mark, std::string(1, mark)}) {
            if (width_of(text, look) + sign_width <= width + 2) {
                svg_.text(x + width - 6, y + 14, text, look);
                return;
            }
        }
    }

    Svg& svg_;
    const Grid& grid_;
    Language language_;
};

std::uint64_t judged_in(const std::vector<CellSummary>& cells)
{
    std::uint64_t sum = 0;
    for (const CellSummary& cell : cells) {
        sum += cell.judged;
    }
    return sum;
}

} // namespace

std::string table_svg(const ExperimentReport& report, Language language)
{
    const std::string title = said(language, "The periodic table of faults") + ": " + report.experiment.name;
    Svg svg(title, said(language, "Faults by shape. Each cell is painted by the worst that befell a sibling of the "
                                  "victim, and says how many survived and whether that was predicted."));
    double y = svg.heading(title, texts::say(language, report.experiment.question));
    y = draw_table_legend(svg, report.cells, y + 2, language);
    for (const model::Variant& variant : report.experiment.variants) {
        const std::vector<CellSummary> cells = cells_with(variant, report.cells);
        if (report.experiment.variants.size() > 1) {
            y += 12;
            svg.text(svg_margin, y + 12, model::to_string(variant), {.size = 13, .bold = true, .mono = true});
            y += 18;
        }
        const Grid grid = grid_of(cells);
        y = TableDrawing(svg, grid, language).draw(y + 16);
    }
    svg.text(svg_margin, y + 18,
             said(language, "siblings that survived, measured and predicted, in {} judged trials; seed {}",
                  judged_in(report.cells), report.experiment.seed),
             {.size = 10.5, .fill = faint_ink});
    return std::move(svg).take(y + 30);
}

} // namespace bulkhead::report
