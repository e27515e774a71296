#include "harness/model/anatomy.hpp"

#include <algorithm>

namespace bulkhead::model {
namespace {

bool changed(const Glance& before, const Glance& after)
{
    return before.value != after.value || before.inverted != after.inverted;
}

} // namespace

std::string_view to_string(Part part)
{
    switch (part) {
    case Part::code: return "code";
    case Part::global: return "global";
    case Part::heap: return "heap";
    case Part::stack: return "stack";
    case Part::thread_local_storage: return "thread_local";
    case Part::segment: return "segment";
    }
    return "?";
}

std::string_view to_string(sys::Resource resource)
{
    switch (resource) {
    case sys::Resource::vm: return "vm";
    case sys::Resource::files: return "files";
    case sys::Resource::fs: return "fs";
    case sys::Resource::sighand: return "sighand";
    case sys::Resource::io: return "io";
    case sys::Resource::sysvsem: return "sysvsem";
    }
    return "?";
}

void note_unknown(Pair& pair, std::string why)
{
    if (std::ranges::find(pair.why_unknown, why) == pair.why_unknown.end()) {
        pair.why_unknown.push_back(std::move(why));
    }
}

const Address* address_of(const WorkerAnatomy& worker, Part part)
{
    const auto found = std::ranges::find(worker.addresses, part, &Address::part);
    return found == worker.addresses.end() ? nullptr : &*found;
}

Sight sight_of(const Glance& before, const Glance& after, std::uint64_t written)
{
    if (!before.refused.empty() || !after.refused.empty() || before.is_mapped != after.is_mapped) {
        return Sight::unknown;
    }
    if (!after.is_mapped) {
        return Sight::nothing_there;
    }
    if (!changed(before, after)) {
        return Sight::other_memory;
    }
    const bool is_what_was_written = after.value == written && after.inverted == ~written;
    return is_what_was_written ? Sight::seen : Sight::unknown;
}

Sight sight_of_code(const std::optional<sys::MapsLine>& writer, const std::optional<sys::MapsLine>& reader)
{
    const auto is_code_of_a_file = [](const std::optional<sys::MapsLine>& line) {
        return line && line->permissions.find('w') == std::string::npos && line->inode != 0;
    };
    if (!is_code_of_a_file(writer) || !is_code_of_a_file(reader)) {
        return Sight::unknown;
    }
    const bool is_same_file = writer->device == reader->device && writer->inode == reader->inode;
    const bool is_same_page = writer->offset - writer->start == reader->offset - reader->start;
    return is_same_file && is_same_page ? Sight::same_file : Sight::other_memory;
}

std::uint32_t count(const Anatomy& anatomy, Relation relation, sys::Resource resource, Common answer)
{
    return static_cast<std::uint32_t>(std::ranges::count_if(anatomy.pairs, [&](const Pair& pair) {
        return relation_of(pair.reader, pair.writer) == relation &&
               pair.resources.at(static_cast<std::size_t>(resource)) == answer;
    }));
}

std::uint32_t count(const Anatomy& anatomy, Relation relation, Part part, Sight answer)
{
    return static_cast<std::uint32_t>(std::ranges::count_if(anatomy.pairs, [&](const Pair& pair) {
        return relation_of(pair.reader, pair.writer) == relation &&
               pair.parts.at(static_cast<std::size_t>(part)) == answer;
    }));
}

std::uint32_t count_pairs(const Anatomy& anatomy, Relation relation)
{
    return static_cast<std::uint32_t>(std::ranges::count_if(
        anatomy.pairs, [&](const Pair& pair) { return relation_of(pair.reader, pair.writer) == relation; }));
}

std::pair<std::uint32_t, std::uint32_t> controls_that_hold(const Anatomy& anatomy)
{
    std::pair<std::uint32_t, std::uint32_t> held_of_all{0, 0};
    for (const WorkerAnatomy& worker : anatomy.workers) {
        for (const Address& address : worker.addresses) {
            held_of_all.first += address.control_holds.value_or(false) ? 1 : 0;
            held_of_all.second += address.part == Part::code ? 0 : 1;
        }
    }
    return held_of_all;
}

} // namespace bulkhead::model
