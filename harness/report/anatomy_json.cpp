#include "harness/report/anatomy.hpp"
#include "harness/report/json_parts.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace bulkhead::report {
namespace {

using model::Anatomy;

/// Addresses are text: many readers of JSON spoil integers above 2^53.
std::string address_text(std::uint64_t address)
{
    return fmt::format("{:#x}", address);
}

Json number_or_null(const std::optional<std::uint64_t>& number)
{
    return number ? Json(*number) : Json();
}

Json host_json(const model::HostAnatomy& host)
{
    const sys::ProcessStatus status = host.status.value_or(sys::ProcessStatus{});
    const bool known = host.status.has_value();
    Json descriptors = Json::array();
    for (const sys::Descriptor& descriptor : host.descriptors) {
        descriptors.push_back({{"number", descriptor.number}, {"target", descriptor.target}});
    }
    return {{"number", host.number},
            {"pid", host.pid},
            {"name", or_null(status.name)},
            {"parent", known ? Json(status.parent) : Json()},
            {"state", known ? Json(std::string(1, status.state)) : Json()},
            {"threads", known ? Json(status.threads) : Json()},
            {"memory", status.size_kib ? Json{{"size_kib", *status.size_kib},
                                              {"rss_kib", number_or_null(status.resident_kib)},
                                              {"pss_kib", number_or_null(host.proportional_kib)}}
                                       : Json()},
            {"descriptor_slots", known ? Json(status.descriptor_slots) : Json()},
            {"descriptors", host.why_no_descriptors.empty() ? descriptors : Json()},
            {"why_no_descriptors", or_null(host.why_no_descriptors)}};
}

Json mapping_json(const std::optional<sys::MapsLine>& mapping)
{
    if (!mapping) {
        return nullptr;
    }
    return {{"start", address_text(mapping->start)},
            {"end", address_text(mapping->end)},
            {"permissions", mapping->permissions},
            {"offset", mapping->offset},
            {"device", mapping->device},
            {"inode", mapping->inode},
            {"path", or_null(mapping->path)}};
}

Json worker_json(const model::WorkerAnatomy& worker)
{
    Json addresses = Json::array();
    for (const model::Address& address : worker.addresses) {
        addresses.push_back({{"part", to_string(address.part)},
                             {"address", address_text(address.value)},
                             {"mapping", mapping_json(address.mapping)},
                             {"control_holds", address.control_holds ? Json(*address.control_holds) : Json()}});
    }
    Json json{{"id", to_string(worker.id)}, {"tid", worker.tid == 0 ? Json() : Json(worker.tid)}};
    const auto& schedule = worker.schedule;
    json["state"] = schedule ? Json(std::string(1, schedule->state)) : Json();
    json["priority"] = schedule ? Json(schedule->priority) : Json();
    json["nice"] = schedule ? Json(schedule->nice) : Json();
    json["policy"] = schedule ? Json(schedule->policy) : Json();
    json["addresses"] = std::move(addresses);
    return json;
}

Json common_json(model::Common common)
{
    return common == model::Common::unknown ? Json() : Json(common == model::Common::yes);
}

Json sight_json(model::Sight sight)
{
    switch (sight) {
    case model::Sight::unknown: return nullptr;
    case model::Sight::seen: return "seen";
    case model::Sight::other_memory: return "other_memory";
    case model::Sight::nothing_there: return "nothing_there";
    case model::Sight::same_file: return "same_file";
    }
    return nullptr;
}

Json pair_json(const model::Pair& pair)
{
    Json same = Json::object();
    for (const sys::Resource resource : model::all_resources) {
        same[std::string(model::to_string(resource))] =
            common_json(pair.resources.at(static_cast<std::size_t>(resource)));
    }
    Json sees = Json::object();
    for (const model::Part part : model::all_parts) {
        sees[std::string(to_string(part))] = sight_json(pair.parts.at(static_cast<std::size_t>(part)));
    }
    const bool are_cell_mates = pair.writer.host == pair.reader.host;
    return {{"writer", to_string(pair.writer)},
            {"reader", to_string(pair.reader)},
            {"relation", are_cell_mates ? "cell-mate" : "other host"},
            {"same", same},
            {"sees", sees},
            {"why_unknown", pair.why_unknown}};
}

template <typename Each>
Json list_json(const std::vector<Each>& all, Json (*json_of)(const Each&))
{
    Json json = Json::array();
    for (const Each& each : all) {
        json.push_back(json_of(each));
    }
    return json;
}

} // namespace

std::string anatomy_json(const Anatomy& anatomy)
{
    Json figures = Json::object();
    for (const auto& [name, value] : anatomy_figures(anatomy)) {
        figures[name] = value;
    }
    Json unshared = Json::array();
    for (const sys::Resource resource : anatomy.unshared) {
        unshared.push_back(model::to_string(resource));
    }
    return print({{"format", "bulkhead-anatomy"},
                  {"version", 1},
                  {"shape", to_string(anatomy.shape)},
                  {"launch", to_string(anatomy.launch)},
                  {"containment", containment_json(anatomy.containment)},
                  {"unshared", unshared},
                  {"hosts", list_json(anatomy.hosts, host_json)},
                  {"workers", list_json(anatomy.workers, worker_json)},
                  {"pairs", list_json(anatomy.pairs, pair_json)},
                  {"remains", anatomy.remains ? host_json(*anatomy.remains) : Json()},
                  {"figures", figures}});
}

} // namespace bulkhead::report
