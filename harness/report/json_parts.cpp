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

std::int64_t nanoseconds(std::chrono::nanoseconds duration)
{
    return duration.count();
}

} // namespace bulkhead::report
