#pragma once

#include "harness/model/experiment.hpp"

#include <string>

namespace bulkhead::cli {

/// Takes out every expectation but one, which `wanted` names by its id or by its number, from 1, and every shape, fault
/// and variant of which it looks at no cell. False when there is no such expectation.
bool keep_expectation(model::Experiment& experiment, const std::string& wanted);

} // namespace bulkhead::cli
