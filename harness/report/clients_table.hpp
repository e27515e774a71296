#pragma once

#include "harness/report/page.hpp"

#include <string_view>

namespace bulkhead::report {

/// What clients of the pool saw, a row for each shape with each fault and strategy, so that shapes can be compared;
/// nothing where there were no clients.
void print_clients(Page& page, const ExperimentReport& report);

/// True for the figures that this table is for.
bool is_of_clients(std::string_view figure);

} // namespace bulkhead::report
