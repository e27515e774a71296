#pragma once

#include "harness/model/anatomy.hpp"
#include "harness/report/page.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace bulkhead::report {

/// So many hosts, threads or columns are told one by one; the JSON has them all.
inline constexpr std::size_t most_told = 16;

/// "thread-local": as a person writes it.
std::string_view name_of(model::Part part);
/// "S sleeping", "Z zombie".
std::string state_text(char state);
/// "p0t0 p1t0", "everybody", "p0t0 p0t1 and 6 more".
std::string workers_text(const std::vector<model::WorkerId>& workers, const model::Anatomy& anatomy);

/// A column with a heading, its rows flush right or left.
Column flush_right(std::string_view heading, const std::vector<std::string>& rows);
Column flush_left(std::string_view heading, const std::vector<std::string>& rows, Look look = Look::plain);
void print_heading(Page& page, std::string_view heading, std::string_view remark);
/// Under a table that does not tell all rows.
void print_more(Page& page, std::size_t rows);

/// What two workers have in common, by their relation, and whether the test could have said otherwise.
void print_common(Page& page, const model::Anatomy& anatomy);
/// Who sees whose writes, each with each.
void print_sights(Page& page, const model::Anatomy& anatomy);

} // namespace bulkhead::report
