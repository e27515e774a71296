#pragma once

#include "harness/model/fault.hpp"
#include "harness/model/thesis.hpp"
#include "harness/report/report.hpp"

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace bulkhead::cli {

/// The shapes for which `explain` tells how many siblings survive.
inline constexpr std::array<model::Shape, 3> explained_shapes{{{8, 1}, {4, 2}, {1, 8}}};

std::string explain_text(model::Fault fault, report::Style style);
std::string explain_text(const model::Thesis& thesis, report::Style style);

/// The names of signals by what their default action makes of the process: "ends the process".
using SignalsByAction = std::map<std::string, std::vector<std::string>>;
/// `kill` and `tgkill` without a signal: what each signal does by default.
std::string explain_family_text(const model::FaultRow& row, const SignalsByAction& signals, report::Style style);

/// Whom a fault in a channel shows something, and what, by the kind of the channel; empty for all other faults.
std::string describe_show(model::Fault fault);

} // namespace bulkhead::cli
