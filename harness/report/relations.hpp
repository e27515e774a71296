#pragma once

#include "harness/model/fault.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace bulkhead::report {

/// What the explanation of a fault and the reference of all faults both derive from a row of the catalogue.

/// A containment in which the fault reaches others than in the first, and what to call it.
struct Setting {
    std::string words; ///< "hosts share the lock"
    model::Containment containment;
    std::string options; ///< of `bulkhead run`, that make it so: "--share lock"; empty when there are none
};
/// First the one in which hosts have nothing in common; then those with each medium through which the fault reaches
/// others, with a robust lock where that mends something, and with each guard that changes something.
std::vector<Setting> settings_of(model::Fault fault);

/// "its cell-mates, and whoever else shares the lock".
std::string describe_reach(model::Reach reach, model::Medium medium);
/// "stalls its cell-mates, and whoever else shares the lock"; empty when it leaves nothing.
std::string describe_leaves(const model::Consequence& leaves);
/// What each guard does about the fault; empty when the fault is none of those that guards are for.
std::string describe_guards(model::Fault fault);

/// The id as a person types it: "kill:SIGNAL".
std::string id_as_typed(const model::FaultRow& row);

} // namespace bulkhead::report
