#include "harness/model/supervision.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace bulkhead::model {

bool restarts(Strategy strategy, std::uint32_t number, std::uint32_t ended)
{
    switch (strategy) {
    case Strategy::never: return false;
    case Strategy::one_for_one: return number == ended;
    case Strategy::one_for_all: return true;
    case Strategy::rest_for_one: return number >= ended;
    }
    return false;
}

// OTP's add_restart (supervisor.erl) counts as this does: the ends that are not older than the period, this one
// included.
bool gives_up(const Supervision& supervision, std::span<const Stamp> ends)
{
    if (ends.empty()) {
        return false;
    }
    const Stamp oldest = ends.back() - std::chrono::nanoseconds(supervision.within).count();
    const auto counted = std::ranges::count_if(ends, [oldest](Stamp end) { return end >= oldest; });
    return static_cast<std::uint64_t>(counted) > supervision.max_restarts;
}

bool will_give_up(const Supervision& supervision)
{
    return supervision.strategy != Strategy::never && supervision.strikes > supervision.max_restarts;
}

std::string_view to_string(Strategy strategy)
{
    switch (strategy) {
    case Strategy::never: return "never";
    case Strategy::one_for_one: return "one-for-one";
    case Strategy::one_for_all: return "one-for-all";
    case Strategy::rest_for_one: return "rest-for-one";
    }
    return "?";
}

std::string describe_limits(const Supervision& supervision)
{
    return fmt::format("at most {} restart{} within {} ms, {} strike{}", supervision.max_restarts,
                       supervision.max_restarts == 1 ? "" : "s", supervision.within.count(), supervision.strikes,
                       supervision.strikes == 1 ? "" : "s");
}

} // namespace bulkhead::model
