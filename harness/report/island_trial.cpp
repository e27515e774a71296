#include "harness/report/island.hpp"
#include "harness/report/json_parts.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace bulkhead::report {
namespace {

void keep_only(Json& object, std::initializer_list<std::string_view> names)
{
    Json kept = Json::object();
    for (auto& [name, value] : object.items()) {
        if (std::ranges::find(names, name) != names.end()) {
            kept[name] = std::move(value);
        }
    }
    object = std::move(kept);
}

} // namespace

std::string trial_for_page(const std::string& trial)
{
    Json json = Json::parse(trial);
    for (Json& worker : json["workers"]) {
        keep_only(worker, {"id", "relation", "outcome", "predicted", "before", "after", "ops_final", "asleep_seen_ns",
                           "thread_end_seen_ns"});
        for (const char* const answer : {"before", "after"}) {
            if (worker[answer].is_object()) {
                keep_only(worker[answer], {"ops", "at_ns"});
            }
        }
    }
    for (Json& host : json["hosts"]) {
        keep_only(host, {"number", "pid", "words", "end_seen_ns", "ended_in_teardown"});
    }
    json.erase("jobs");
    return compact(json.dump(-1, ' ', false, Json::error_handler_t::replace));
}

} // namespace bulkhead::report
