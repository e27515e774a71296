#include "harness/report/anatomy.hpp"
#include "harness/report/anatomy_parts.hpp"
#include "harness/report/figures.hpp"
#include "harness/report/text.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace bulkhead::report {
namespace {

using model::Anatomy;
using model::HostAnatomy;
using Rows = std::vector<std::string>;

std::string host_name(const HostAnatomy& host)
{
    return fmt::format("p{}", host.number);
}

std::string number_or_unknown(const std::optional<std::uint64_t>& number)
{
    return number ? std::to_string(*number) : "?";
}

/// A row for each of them, as far as they are told.
template <typename Each, typename Text>
Rows rows_of(const std::vector<Each>& all, Text&& text)
{
    Rows rows;
    for (std::size_t i = 0; i < std::min(all.size(), most_told); ++i) {
        rows.push_back(text(all[i]));
    }
    return rows;
}

template <typename Text>
Rows rows_of_status(const std::vector<HostAnatomy>& hosts, Text&& text)
{
    return rows_of(hosts, [&](const HostAnatomy& host) { return host.status ? text(*host.status) : std::string("?"); });
}

/// A memfd's name without what the kernel puts around it: "/memfd:NAME (deleted)".
std::string without_marks(const std::string& target)
{
    constexpr std::string_view before = "/memfd:";
    constexpr std::string_view behind = " (deleted)";
    if (!target.starts_with(before) || !target.ends_with(behind)) {
        return target;
    }
    return target.substr(1, target.size() - 1 - behind.size());
}

/// "0-2=/dev/null 4=anon_inode:[eventfd]": neighbours that refer to the same thing share their numbers.
std::string descriptors_text(const HostAnatomy& host)
{
    if (!host.why_no_descriptors.empty()) {
        return "unknown: " + host.why_no_descriptors;
    }
    std::string text;
    for (std::size_t first = 0; first < host.descriptors.size();) {
        std::size_t last = first;
        while (last + 1 < host.descriptors.size() &&
               host.descriptors[last + 1].target == host.descriptors[first].target) {
            ++last;
        }
        const std::string numbers =
            first == last ? fmt::format("{}", host.descriptors[first].number)
                          : fmt::format("{}-{}", host.descriptors[first].number, host.descriptors[last].number);
        text += fmt::format("{}{}={}", text.empty() ? "" : " ", numbers, without_marks(host.descriptors[first].target));
        first = last + 1;
    }
    return text.empty() ? "none" : text;
}

/// Hosts whose descriptors look alike share a paragraph.
void print_descriptors(Page& page, const Anatomy& anatomy)
{
    std::vector<std::pair<std::string, Rows>> hosts_by_text;
    for (const HostAnatomy& host : anatomy.hosts) {
        const std::string text = descriptors_text(host);
        auto found = std::ranges::find(hosts_by_text, text, &std::pair<std::string, Rows>::first);
        if (found == hosts_by_text.end()) {
            found = hosts_by_text.insert(hosts_by_text.end(), {text, {}});
        }
        found->second.push_back(host_name(host));
    }
    for (const auto& [text, hosts] : hosts_by_text) {
        const bool alike = hosts.size() == anatomy.hosts.size() && hosts.size() > 1;
        const std::string whose = alike ? "each has" : hosts.front() + (hosts.size() > 1 ? " .. has" : " has");
        page.paragraph({{"  " + whose + " open  ", Look::faint}}, text);
    }
}

void print_processes(Page& page, const Anatomy& anatomy)
{
    const auto& hosts = anatomy.hosts;
    using Status = sys::ProcessStatus;
    print_heading(page, "processes", "memory in KiB");
    print_table(
        page, flush_left("", rows_of(hosts, [](const HostAnatomy& host) { return "  " + host_name(host); })),
        {flush_right("pid", rows_of(hosts, [](const HostAnatomy& host) { return std::to_string(host.pid); })),
         flush_right("parent", rows_of_status(hosts, [](const Status& s) { return std::to_string(s.parent); })),
         flush_left("state", rows_of_status(hosts, [](const Status& s) { return state_text(s.state); })),
         flush_right("threads", rows_of_status(hosts, [](const Status& s) { return std::to_string(s.threads); })),
         flush_right("size", rows_of_status(hosts, [](const Status& s) { return number_or_unknown(s.size_kib); })),
         flush_right("RSS", rows_of_status(hosts, [](const Status& s) { return number_or_unknown(s.resident_kib); })),
         flush_right("PSS",
                     rows_of(hosts, [](const HostAnatomy& host) { return number_or_unknown(host.proportional_kib); })),
         flush_left("program", rows_of_status(hosts, [](const Status& s) { return s.name; }))});
    print_more(page, hosts.size());
    print_descriptors(page, anatomy);
    page.blank();
}

void print_threads(Page& page, const Anatomy& anatomy)
{
    using Worker = model::WorkerAnatomy;
    const auto& workers = anatomy.workers;
    const auto scheduled = [&](auto&& text) {
        return rows_of(workers, [&](const Worker& worker) {
            return worker.schedule ? std::string(text(*worker.schedule)) : std::string("?");
        });
    };
    using Schedule = sys::Schedule;
    print_heading(page, "threads", "a worker is one; thread 0 is its process's main thread");
    print_table(page, flush_left("", rows_of(workers, [](const Worker& w) { return "  " + to_string(w.id); })),
                {flush_right("tid", rows_of(workers, [](const Worker& w) { return std::to_string(w.tid); })),
                 flush_left("state", scheduled([](const Schedule& s) { return state_text(s.state); })),
                 flush_right("priority", scheduled([](const Schedule& s) { return std::to_string(s.priority); })),
                 flush_right("nice", scheduled([](const Schedule& s) { return std::to_string(s.nice); })),
                 flush_left("policy", scheduled([](const Schedule& s) { return s.policy; }))});
    print_more(page, workers.size());
    page.blank();
}

/// "rw-p  [heap]": of a program only the last part of its path.
std::string mapping_text(const std::optional<sys::MapsLine>& mapping)
{
    if (!mapping) {
        return "not mapped";
    }
    const std::string path = without_marks(mapping->path);
    const std::string name = path.starts_with('/') ? path.substr(path.rfind('/') + 1) : path;
    return mapping->permissions + "  " + (name.empty() ? "memory without a name" : name);
}

/// Everybody whose part lies at this address, in a mapping of this kind.
struct AddressSpot {
    std::uint64_t address = 0;
    std::string mapping;
    std::vector<model::WorkerId> workers;
};

std::vector<AddressSpot> spots_of(const Anatomy& anatomy, model::Part part)
{
    std::vector<AddressSpot> spots;
    for (const model::WorkerAnatomy& worker : anatomy.workers) {
        const model::Address* const address = address_of(worker, part);
        if (address == nullptr) {
            continue;
        }
        const std::string mapping = mapping_text(address->mapping);
        auto found = std::ranges::find_if(
            spots, [&](const AddressSpot& spot) { return spot.address == address->value && spot.mapping == mapping; });
        if (found == spots.end()) {
            found = spots.insert(spots.end(), {address->value, mapping, {}});
        }
        found->workers.push_back(worker.id);
    }
    return spots;
}

struct AddressTable {
    Rows parts;
    Rows addresses;
    Rows mappings;
    Rows whose;
};

void add_rows(AddressTable& table, const Anatomy& anatomy, model::Part part)
{
    constexpr std::size_t most_spots = 4;
    const std::vector<AddressSpot> spots = spots_of(anatomy, part);
    const std::size_t told = spots.size() <= most_spots ? spots.size() : most_spots - 1;
    for (std::size_t i = 0; i < told; ++i) {
        table.parts.push_back(i == 0 ? fmt::format("  {}", name_of(part)) : "");
        table.addresses.push_back(fmt::format("{:#x}", spots[i].address));
        table.mappings.push_back(spots[i].mapping);
        table.whose.push_back(workers_text(spots[i].workers, anatomy));
    }
    if (told < spots.size()) {
        table.parts.emplace_back();
        table.addresses.emplace_back("..");
        table.mappings.emplace_back();
        table.whose.push_back(fmt::format("{} more", spots.size() - told));
    }
}

void print_addresses(Page& page, const Anatomy& anatomy)
{
    AddressTable table;
    for (const model::Part part : model::all_parts) {
        add_rows(table, anatomy, part);
    }
    print_heading(page, "where their parts lie", "and what /proc/PID/maps says of that place");
    print_table(page, flush_left("", table.parts),
                {flush_right("address", table.addresses), flush_left("mapping", table.mappings),
                 flush_left("of", table.whose)});
    page.blank();
}

void print_remains(Page& page, const Anatomy& anatomy)
{
    if (!anatomy.remains || !anatomy.remains->status) {
        return;
    }
    const HostAnatomy& host = *anatomy.remains;
    const sys::ProcessStatus& status = *host.status;
    const std::string memory =
        status.size_kib ? fmt::format("{} KiB of memory", *status.size_kib) : std::string("no memory");
    const std::string descriptors = status.descriptor_slots == 0 ? "no descriptors" : "a table of descriptors";
    const std::string threads =
        anatomy.shape.threads == 1
            ? fmt::format("its thread is{}", status.threads == 1 ? "" : " not")
            : fmt::format("of its {} {} is", count(anatomy.shape.threads, "thread"), status.threads);
    print_heading(page, "after death",
                  fmt::format("{} was killed, and looked at before it was reaped", host_name(host)));
    page.paragraph({{"  "}},
                   fmt::format("It still has its pid {}, its parent {}, its name {} and a state: {}. It has {} "
                               "and {}; {} still counted.",
                               host.pid, status.parent, status.name, state_text(status.state), memory, descriptors,
                               threads));
}

} // namespace

std::string anatomy_text(const Anatomy& anatomy, Style style)
{
    Page page(style);
    const std::string shared = containment_text(anatomy.containment);
    print_heading(
        page, fmt::format("anatomy of a pool {}", to_string(anatomy.shape)),
        fmt::format("launched by {}, {}", to_string(anatomy.launch), shared.empty() ? "hosts share nothing" : shared));
    if (!anatomy.unshared.empty()) {
        std::string names;
        for (const sys::Resource resource : anatomy.unshared) {
            names.append(names.empty() ? "" : ", ").append(model::to_string(resource));
        }
        page.paragraph({{"  "}}, "the last thread of each host has its own: " + names, Look::faint);
    }
    page.blank();
    print_processes(page, anatomy);
    print_threads(page, anatomy);
    print_addresses(page, anatomy);
    print_common(page, anatomy);
    print_sights(page, anatomy);
    print_remains(page, anatomy);
    return page.take();
}

} // namespace bulkhead::report
