#include "harness/report/json_parts.hpp"

#include <nlohmann/json.hpp>

namespace bulkhead::report {

std::string print(const Json& json)
{
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

Json or_null(const std::string& text)
{
    return text.empty() ? Json() : Json(text);
}

Json seed_json(std::uint64_t seed)
{
    return std::to_string(seed);
}

Json outcomes_json(const std::array<std::uint64_t, model::outcome_count>& outcomes)
{
    Json json = Json::object();
    for (const model::Outcome outcome : model::all_outcomes) {
        json[std::string(to_string(outcome))] = outcomes.at(static_cast<std::size_t>(outcome));
    }
    return json;
}

Json containment_json(const model::Containment& containment)
{
    const model::Limits& limits = containment.limits;
    const auto limit = [](std::uint32_t value) { return value == 0 ? Json() : Json(value); };
    Json shared = Json::array();
    for (const model::Medium medium : model::shareable) {
        if ((containment.shared & model::bit_of(medium)) != 0) {
            shared.push_back(to_string(medium));
        }
    }
    return {{"commons", containment.commons},
            {"pipe", containment.pipe},
            {"disk", containment.disk},
            {"share", shared},
            {"lock", containment.unlocked      ? "none"
                     : containment.robust_lock ? "robust"
                                               : "plain"},
            {"guard", to_string(containment.guard)},
            {"supervise",
             {{"strategy", to_string(containment.supervision.strategy)},
              {"max_restarts", containment.supervision.max_restarts},
              {"within_ms", containment.supervision.within.count()},
              {"strikes", containment.supervision.strikes}}},
            {"limits",
             {{"memory_mib", limit(limits.memory_mib)},
              {"nofile", limit(limits.nofile)},
              {"threads", limit(limits.threads)},
              {"cpu_s", limit(limits.cpu_s)},
              {"via", limits.via_cgroup ? "cgroup" : "rlimit"}}},
            {"thread_limit", to_string(containment.thread_limit)},
            {"processors_by_host", containment.processors_by_host}};
}

Json leaves_json(const model::Consequence& leaves)
{
    if (leaves.effect == model::Effect::nothing) {
        return nullptr;
    }
    return {{"effect", to_string(leaves.effect)},
            {"reach", to_string(leaves.reach)},
            {"medium", to_string(leaves.medium)},
            {"mended_by_robust_lock", leaves.mended_by_robust_lock}};
}

std::int64_t nanoseconds(std::chrono::nanoseconds duration)
{
    return duration.count();
}

} // namespace bulkhead::report
