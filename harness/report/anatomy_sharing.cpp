#include "harness/report/anatomy_parts.hpp"
#include "harness/report/text.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace bulkhead::report {
namespace {

using model::Anatomy;
using model::Common;
using model::Part;
using model::Relation;
using model::Sight;

struct SharingRow {
    std::string what;
    Ink cell_mates;
    Ink other_hosts;
};

constexpr Look yes_look = Look::yellow; ///< what is shared can be broken together
constexpr Look no_look = Look::green;

std::string_view resource_text(sys::Resource resource)
{
    switch (resource) {
    case sys::Resource::vm: return "address space";
    case sys::Resource::files: return "descriptor table";
    case sys::Resource::fs: return "root, folder, umask";
    case sys::Resource::sighand: return "signal dispositions";
    case sys::Resource::io: return "I/O context";
    case sys::Resource::sysvsem: return "undo list of semaphores";
    }
    return "?";
}

Ink partly(std::uint32_t yes, std::uint32_t of)
{
    return {fmt::format("in {} of {}", yes, of), yes_look};
}

Ink answer_for(const Anatomy& anatomy, Relation relation, sys::Resource resource)
{
    const std::uint32_t pairs = count_pairs(anatomy, relation);
    const std::uint32_t yes = count(anatomy, relation, resource, Common::yes);
    if (pairs == 0) {
        return {"-", Look::faint};
    }
    if (yes > 0) {
        return yes == pairs ? Ink{"yes", yes_look} : partly(yes, pairs);
    }
    return count(anatomy, relation, resource, Common::no) == pairs ? Ink{"no", no_look} : Ink{"?", Look::bold_yellow};
}

Ink answer_for(const Anatomy& anatomy, Relation relation, Part part)
{
    const auto sights = [&](Sight sight) { return count(anatomy, relation, part, sight); };
    const std::uint32_t pairs = count_pairs(anatomy, relation);
    if (pairs == 0) {
        return {"-", Look::faint};
    }
    if (sights(Sight::same_file) == pairs) {
        return {"same, read-only"};
    }
    if (const std::uint32_t seen = sights(Sight::seen); seen > 0) {
        return seen == pairs ? Ink{"yes", yes_look} : partly(seen, pairs);
    }
    if (sights(Sight::unknown) > 0) {
        return {"?", Look::bold_yellow};
    }
    if (sights(Sight::other_memory) == pairs) {
        return {"no: other memory", no_look};
    }
    return {sights(Sight::nothing_there) == pairs ? "no: nothing there" : "no: other or none", no_look};
}

template <typename What>
SharingRow row_for(const Anatomy& anatomy, What what, std::string name)
{
    return {std::move(name), answer_for(anatomy, Relation::cell_mate, what),
            answer_for(anatomy, Relation::other_host, what)};
}

void print_rows(Page& page, std::string_view heading, const std::vector<SharingRow>& rows)
{
    Column names;
    Column cell_mates;
    Column other_hosts;
    names.add({{left(heading, 37), Look::faint}});
    cell_mates.add({{left("cell-mates", 17), Look::faint}});
    other_hosts.add({{"other hosts", Look::faint}});
    for (const SharingRow& row : rows) {
        names.add({{row.what}});
        cell_mates.add({row.cell_mates});
        other_hosts.add({row.other_hosts});
    }
    for (Column* const column : {&names, &cell_mates, &other_hosts}) {
        column->level();
    }
    print_table(page, names, {cell_mates, other_hosts});
}

/// Each reason once.
void print_reasons(Page& page, const Anatomy& anatomy)
{
    std::vector<std::string> reasons;
    for (const model::Pair& pair : anatomy.pairs) {
        for (const std::string& why : pair.why_unknown) {
            if (std::ranges::find(reasons, why) == reasons.end()) {
                reasons.push_back(why);
            }
        }
    }
    for (const std::string& reason : reasons) {
        page.paragraph({{"  ?  ", Look::bold_yellow}}, reason);
    }
}

/// What a reader sees of each part of a writer: its letter, or why not.
Line marks_of(const model::Pair& pair)
{
    constexpr std::string_view letters = "CGHSTM"; // by Part
    Line marks;
    for (std::size_t part = 1; part < model::part_count; ++part) {
        switch (pair.parts.at(part)) {
        case Sight::seen: marks.push_back({std::string(1, letters[part]), yes_look}); break;
        case Sight::other_memory: marks.push_back({"-", no_look}); break;
        case Sight::nothing_there: marks.push_back({".", no_look}); break;
        case Sight::same_file: // of code only
        case Sight::unknown: marks.push_back({"?", Look::bold_yellow}); break;
        }
    }
    return marks;
}

/// What one reader sees of everybody.
Column view_of(const Anatomy& anatomy, std::size_t reader, std::size_t writers)
{
    Column column;
    column.add({{to_string(anatomy.workers[reader].id), Look::faint}});
    for (std::size_t writer = 0; writer < writers; ++writer) {
        const std::size_t pair = writer * (anatomy.workers.size() - 1) + (reader < writer ? reader : reader - 1);
        column.add(writer == reader ? Line{{"own", Look::faint}} : marks_of(anatomy.pairs.at(pair)));
    }
    column.level();
    return column;
}

} // namespace

void print_common(Page& page, const Anatomy& anatomy)
{
    if (anatomy.pairs.empty()) {
        return;
    }
    std::vector<SharingRow> resources;
    for (const sys::Resource resource : model::all_resources) {
        resources.push_back(row_for(anatomy, resource,
                                    fmt::format("    {:<9}{}", model::to_string(resource), resource_text(resource))));
    }
    std::vector<SharingRow> parts;
    for (const Part part : model::all_parts) {
        if (part != Part::code) {
            parts.push_back(row_for(anatomy, part, fmt::format("    {}", name_of(part))));
        }
    }
    parts.push_back(row_for(anatomy, Part::code, "    code, which nobody writes"));
    page.line({{"what two workers have in common", Look::bold}});
    print_rows(page, "  the very same by kcmp(2)", resources);
    print_rows(page, "  a write there is seen by", parts);
    const auto [held, of] = controls_that_hold(anatomy);
    page.paragraph({{"  control  ", held == of ? Look::faint : Look::bold_yellow}},
                   fmt::format("{} of {} writes were seen in the writer's own memory", held, of));
    print_reasons(page, anatomy);
    page.blank();
}

void print_sights(Page& page, const Anatomy& anatomy)
{
    const std::size_t told = std::min(anatomy.workers.size(), most_told);
    if (anatomy.pairs.empty()) {
        return;
    }
    std::vector<std::string> writers;
    std::vector<Column> views;
    for (std::size_t i = 0; i < told; ++i) {
        writers.push_back("  " + to_string(anatomy.workers[i].id));
        views.push_back(view_of(anatomy, i, told));
    }
    print_heading(page, "who sees whose writes", "row: the writer; column: the reader");
    print_table(page, flush_left("", writers), views);
    print_more(page, anatomy.workers.size());
    page.paragraph({{"  "}}, "G global, H heap, S stack, T thread-local, M segment: seen", Look::faint);
    page.paragraph({{"  "}}, "- other memory at that address, . nothing there, ? unknown", Look::faint);
    page.blank();
}

} // namespace bulkhead::report
