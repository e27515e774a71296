#pragma once

#include "harness/run/pool.hpp"

namespace bulkhead::run {

/// Notes the stacks of the hosts that still owe an answer, or else of all that live, as eu-stack or gdb tells them:
/// of a few hosts, and of a zygote that has not launched all, for a few seconds each at most, and not beyond the
/// campaign's deadline or once it is to stop. Without either program nothing is noted; where it may not look, what it
/// said; and where it could not be started, why. Never throws for want of stacks.
void note_stacks(Pool& pool, const Lane& lane);

} // namespace bulkhead::run
