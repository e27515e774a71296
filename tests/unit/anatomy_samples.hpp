#pragma once

#include "harness/model/anatomy.hpp"

#include <string>

/// Anatomies made by hand, as a machine shows them.
namespace bulkhead::samples {

inline sys::MapsLine line_for(model::Part part)
{
    using model::Part;
    switch (part) {
    case Part::code: return {0x401000, 0x4b0000, "r-xp", 0x1000, "08:01", 77, "/usr/libexec/bulkhead/bulkhead-host"};
    case Part::global: return {0x4c0000, 0x4d0000, "rw-p", 0xbf000, "08:01", 77, "/usr/libexec/bulkhead/bulkhead-host"};
    case Part::heap: return {0x1c3c000, 0x1c5d000, "rw-p", 0, "00:00", 0, "[heap]"};
    case Part::stack: return {0x7ffc00000000, 0x7ffc00021000, "rw-p", 0, "00:00", 0, "[stack]"};
    case Part::thread_local_storage: return {0x7f0000000000, 0x7f0000040000, "rw-p", 0, "00:00", 0, ""};
    case Part::segment:
        return {0x7f0000100000, 0x7f0000110000, "rw-s", 0, "00:01", 9, "/memfd:bulkhead-segment (deleted)"};
    }
    return {};
}

inline model::WorkerAnatomy worker_anatomy(model::WorkerId id)
{
    model::WorkerAnatomy worker{.id = id, .tid = static_cast<std::int32_t>(4711 + 10 * id.host + id.thread)};
    worker.schedule = sys::Schedule{.state = 'S', .priority = 20, .nice = 0, .policy = "SCHED_OTHER"};
    for (const model::Part part : model::all_parts) {
        model::Address address{.part = part, .value = line_for(part).start + 0x40 * (id.thread + 1)};
        address.mapping = line_for(part);
        if (part != model::Part::code) {
            address.control_holds = true;
        }
        worker.addresses.push_back(address);
    }
    return worker;
}

/// Cell-mates have everything in common, other hosts the segment when it is shared.
inline model::Pair pair_anatomy(model::WorkerId writer, model::WorkerId reader, bool segment_is_shared)
{
    model::Pair pair{.writer = writer, .reader = reader};
    const bool same = writer.host == reader.host;
    pair.resources.fill(same ? model::Common::yes : model::Common::no);
    pair.parts.fill(same ? model::Sight::seen : model::Sight::other_memory);
    pair.parts.at(static_cast<std::size_t>(model::Part::code)) = model::Sight::same_file;
    if (segment_is_shared) {
        pair.parts.at(static_cast<std::size_t>(model::Part::segment)) = model::Sight::seen;
    }
    return pair;
}

inline model::HostAnatomy host_anatomy(std::uint32_t number, std::uint32_t threads)
{
    model::HostAnatomy host{.number = number, .pid = static_cast<std::int32_t>(4711 + 10 * number)};
    host.status = sys::ProcessStatus{.name = "bulkhead-host",
                                     .state = 'S',
                                     .parent = 4700,
                                     .threads = threads,
                                     .descriptor_slots = 64,
                                     .size_kib = 1324,
                                     .resident_kib = 400};
    host.proportional_kib = 200;
    host.descriptors = {{0, "/dev/null"}, {1, "/dev/null"}, {2, "/dev/null"}, {4, "anon_inode:[eventfd]"}};
    return host;
}

inline model::HostAnatomy zombie(std::uint32_t number)
{
    model::HostAnatomy host = host_anatomy(number, 1);
    host.status->state = 'Z';
    host.status->size_kib.reset();
    host.status->resident_kib.reset();
    host.status->descriptor_slots = 0;
    host.proportional_kib.reset();
    host.descriptors.clear();
    return host;
}

inline model::Anatomy anatomy(const std::string& shape, bool segment_is_shared = false)
{
    model::Anatomy anatomy{.shape = model::parse_shape(shape).value()};
    anatomy.containment.commons = true;
    if (segment_is_shared) {
        anatomy.containment.shared = bit_of(model::Medium::segment);
    }
    for (std::uint32_t number = 0; number < anatomy.shape.hosts; ++number) {
        anatomy.hosts.push_back(host_anatomy(number, anatomy.shape.threads));
    }
    for (std::uint32_t index = 0; index < anatomy.shape.workers(); ++index) {
        anatomy.workers.push_back(worker_anatomy(model::worker_at(index, anatomy.shape)));
    }
    for (const auto& writer : anatomy.workers) {
        for (const auto& reader : anatomy.workers) {
            if (writer.id != reader.id) {
                anatomy.pairs.push_back(pair_anatomy(writer.id, reader.id, segment_is_shared));
            }
        }
    }
    anatomy.remains = zombie(anatomy.shape.hosts - 1);
    return anatomy;
}

} // namespace bulkhead::samples
