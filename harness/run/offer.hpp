#pragma once

#include "harness/model/experiment.hpp"

namespace bulkhead::run {

/// What this machine offers to this user, found by trying. The first call takes some milliseconds and starts
/// short-lived children; later ones give the same answer.
const model::Offer& offer_of_machine();

} // namespace bulkhead::run
