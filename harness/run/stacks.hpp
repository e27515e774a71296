#pragma once

#include "harness/run/pool.hpp"

namespace bulkhead::run {

/// Notes the stacks of the hosts that still owe an answer, or else of all that live, as eu-stack or gdb tells them:
/// of a few hosts, and for a few seconds at most. Without either program, or where it may not look, nothing is noted
/// but what it said.
void note_stacks(Pool& pool, const Lane& lane);

} // namespace bulkhead::run
