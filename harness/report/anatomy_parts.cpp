#include "harness/report/anatomy_parts.hpp"

#include "harness/report/text.hpp"

#include <algorithm>

namespace bulkhead::report {
namespace {

template <typename Align>
Column column_of(std::string_view heading, const std::vector<std::string>& rows, Look look, Align&& align)
{
    std::size_t width = columns(heading);
    for (const std::string& row : rows) {
        width = std::max(width, columns(row));
    }
    Column column;
    column.add({{align(heading, width), Look::faint}});
    for (const std::string& row : rows) {
        column.add({{align(row, width), look}});
    }
    return column;
}

} // namespace

std::string_view name_of(model::Part part)
{
    return part == model::Part::thread_local_storage ? "thread-local" : to_string(part);
}

std::string state_text(char state)
{
    const auto word = [state]() -> std::string_view {
        switch (state) {
        case 'R': return " running";
        case 'S': return " sleeping";
        case 'D': return " waiting";
        case 'T': return " stopped";
        case 't': return " traced";
        case 'Z': return " zombie";
        case 'X': return " dead";
        default: return "";
        }
    };
    return std::string(1, state).append(word());
}

std::string workers_text(const std::vector<model::WorkerId>& workers, const model::Anatomy& anatomy)
{
    constexpr std::size_t most_named = 2;
    if (workers.size() == anatomy.workers.size() && workers.size() > 1) {
        return "everybody";
    }
    std::string text;
    for (std::size_t i = 0; i < std::min(workers.size(), most_named); ++i) {
        text.append(i == 0 ? "" : " ").append(to_string(workers[i]));
    }
    const std::size_t more = workers.size() - std::min(workers.size(), most_named);
    return more == 0 ? text : text + " and " + std::to_string(more) + " more";
}

Column flush_right(std::string_view heading, const std::vector<std::string>& rows)
{
    return column_of(heading, rows, Look::plain, right);
}

Column flush_left(std::string_view heading, const std::vector<std::string>& rows, Look look)
{
    return column_of(heading, rows, look, left);
}

void print_heading(Page& page, std::string_view heading, std::string_view remark)
{
    page.paragraph({{std::string(heading), Look::bold}, {"  "}}, remark, Look::faint);
}

void print_more(Page& page, std::size_t rows)
{
    if (rows > most_told) {
        page.line({{"  and " + std::to_string(rows - most_told) + " more: --format json has them all", Look::faint}});
    }
}

} // namespace bulkhead::report
