#include "harness/report/anatomy_ties.hpp"
#include "harness/report/figures.hpp"
#include "harness/report/svg.hpp"
#include "harness/report/svg_views.hpp"
#include "harness/report/text.hpp"

#include <algorithm>

// A column for each worker, in the frame of its process; a row for each part of memory, and for each of the things that
// the kernel keeps. One box over several workers is the same thing for all of them: it was seen, not assumed.

namespace bulkhead::report {
namespace {

using model::Anatomy;
using texts::Language;

constexpr double parts_width = 116;
constexpr double notes_width = 158;
constexpr double host_gap = 16;
constexpr double part_height = 40;
constexpr double resource_height = 24;

struct PartLook {
    std::string_view name;
    std::string_view band; ///< what all see
    std::string_view chip; ///< where it lies
};
PartLook part_look(model::Part part)
{
    switch (part) {
    case model::Part::code: return {"code", "#eceef3", "#c9cedb"};
    case model::Part::global: return {"global data", "#e2edf8", "#a9cbea"};
    case model::Part::heap: return {"heap", "#fdf0da", "#f3cf8e"};
    case model::Part::stack: return {"stack", "#f1e7f5", "#d3b5de"};
    case model::Part::thread_local_storage: return {"thread-local", "#e4f3e6", "#b0d9b5"};
    case model::Part::segment: return {"segment", "#fbe3de", "#efb0a2"};
    }
    return {};
}

std::string_view name_of_resource(sys::Resource resource)
{
    switch (resource) {
    case sys::Resource::vm: return "address space";
    case sys::Resource::files: return "descriptor table";
    case sys::Resource::fs: return "directory and umask";
    case sys::Resource::sighand: return "signal handlers";
    case sys::Resource::io: return "I/O context";
    case sys::Resource::sysvsem: return "semaphore undo list";
    }
    return "";
}

class MemoryDrawing {
public:
    MemoryDrawing(Svg& svg, const Anatomy& anatomy, Language language)
        : svg_(svg), anatomy_(anatomy), language_(language),
          column_((svg_width - 2 * svg_margin - parts_width - notes_width - host_gap * anatomy.shape.hosts) /
                  std::max(1U, anatomy.shape.workers()))
    {}

    /// Gives the y below it.
    double draw(double y)
    {
        const double rows_from = y + 34;
        const double parts_to = rows_from + part_height * static_cast<double>(model::all_parts.size());
        const double to = parts_to + 30 + resource_height * static_cast<double>(model::all_resources.size());
        draw_frames(y, to);
        double row = rows_from;
        for (const model::Part part : model::all_parts) {
            draw_part(part, row);
            row += part_height;
        }
        svg_.line(svg_margin, row + 8, svg_width - svg_margin, row + 8, R"(stroke="#cbd2d9")");
        svg_.text(svg_margin, row + 24, said(language_, "kept by the kernel"),
                  {.size = 11, .fill = faint_ink, .bold = true});
        const bool has_mates = anatomy_.shape.threads > 1;
        const bool has_others = anatomy_.shape.hosts > 1;
        svg_.text(svg_width - svg_margin - notes_width + 10, row + 24,
                  (has_mates ? said(language_, "cell-mates") : "") + (has_mates && has_others ? " / " : "") +
                      (has_others ? said(language_, "other hosts") : ""),
                  {.size = 10, .fill = faint_ink, .bold = true});
        row += 30;
        for (const sys::Resource resource : model::all_resources) {
            draw_resource(resource, row);
            row += resource_height;
        }
        return to + 4;
    }

private:
    [[nodiscard]] double left_of(std::size_t worker) const
    {
        const auto host = static_cast<double>(anatomy_.workers[worker].id.host);
        return svg_margin + parts_width + static_cast<double>(worker) * column_ + (host + 0.5) * host_gap;
    }

    /// Boxes of workers beside each other that are together.
    template <class Together, class Draw>
    void for_each_run(const Together& together, const Draw& draw)
    {
        for (std::size_t first = 0; first < anatomy_.workers.size();) {
            std::size_t last = first;
            while (last + 1 < anatomy_.workers.size() && together(last, last + 1)) {
                ++last;
            }
            draw(first, last);
            first = last + 1;
        }
    }

    [[nodiscard]] bool same_host(std::size_t a, std::size_t b) const
    {
        return anatomy_.workers[a].id.host == anatomy_.workers[b].id.host;
    }

    void draw_frames(double y, double to)
    {
        const auto mates = [this](std::size_t a, std::size_t b) { return same_host(a, b); };
        for_each_run(mates, [&](std::size_t first, std::size_t last) {
            const double x = left_of(first) - 5;
            const double width = left_of(last) + column_ + 5 - x;
            svg_.rect(x, y, width, to - y, R"(class="host" fill="#fafbfc" stroke="#7b8794" stroke-width="1.4" rx="5")");
            const TextLook look{.size = 11, .anchor = Anchor::middle, .bold = true};
            const std::string name = said(language_, "host {}", anatomy_.workers[first].id.host);
            if (width_of(name, look) < width) {
                svg_.text(x + width / 2, y + 14, name, look);
            } else if (const std::string number = std::to_string(anatomy_.workers[first].id.host);
                       width_of(number, look) < width) {
                svg_.text(x + width / 2, y + 14, number, look);
            }
        });
        const TextLook look{.size = 10.5, .fill = faint_ink, .anchor = Anchor::middle, .mono = true};
        for (std::size_t i = 0; i < anatomy_.workers.size(); ++i) {
            const std::string name = to_string(anatomy_.workers[i].id);
            if (width_of(name, look) <= column_) {
                svg_.text(left_of(i) + column_ / 2, y + 28, name, look);
            }
        }
    }

    void draw_notes(const Ties& ties, double y)
    {
        const double x = svg_width - svg_margin - notes_width + 10;
        const TextLook look{.size = 10, .fill = faint_ink};
        const std::string_view all = ties.is_file() ? "the same file" : "see it";
        const std::string mates = ties.of_mates(language_, all, "do not see it");
        const std::string others = ties.of_others(language_, all, "do not see it");
        if (!mates.empty()) {
            svg_.text(x, y, said(language_, "cell-mates: {}", mates), look);
        }
        if (!others.empty()) {
            svg_.text(x, mates.empty() ? y : y + 12, said(language_, "other hosts: {}", others), look);
        }
    }

    /// What lies at the worker's address: "[heap]", "bulkhead-host", or nothing that has a name.
    [[nodiscard]] std::string mapping_of(std::size_t worker, model::Part part) const
    {
        const model::Address* const address = address_of(anatomy_.workers[worker], part);
        if (address == nullptr || !address->mapping) {
            return address == nullptr ? "-" : "?";
        }
        const std::string& path = address->mapping->path;
        if (path.empty()) {
            return "anonymous";
        }
        constexpr std::string_view memfd = "/memfd:";
        if (path.starts_with(memfd)) {
            return path.substr(1, path.rfind(" (deleted)") - 1);
        }
        return path.starts_with('/') ? path.substr(path.rfind('/') + 1) : path;
    }

    /// Both have their part in one mapping of one address space.
    [[nodiscard]] bool same_mapping(std::size_t a, std::size_t b, model::Part part) const
    {
        const model::Address* const one = address_of(anatomy_.workers[a], part);
        const model::Address* const other = address_of(anatomy_.workers[b], part);
        return same_host(a, b) && one != nullptr && other != nullptr && one->mapping && other->mapping &&
               one->mapping->start == other->mapping->start;
    }

    void draw_part(model::Part part, double y)
    {
        const Ties ties(anatomy_, part);
        const PartLook look = part_look(part);
        svg_.text(svg_margin, y + 23, said(language_, look.name), {.size = 12, .bold = true});
        for_each_run([&](std::size_t a, std::size_t b) { return ties.together(a, b); },
                     [&](std::size_t first, std::size_t last) {
                         const double inset = std::min(1.5, column_ * 0.1);
                         const double x = left_of(first) + inset;
                         svg_.rect(x, y + 4, left_of(last) + column_ - inset - x, part_height - 8,
                                   fmt::format(R"(class="band {}" fill="{}" stroke="{}" rx="4"{})", to_string(part),
                                               look.band, "#52606d",
                                               ties.is_file() ? R"( stroke-dasharray="4 3")" : ""));
                     });
        for_each_run([&](std::size_t a, std::size_t b) { return same_mapping(a, b, part); },
                     [&](std::size_t first, std::size_t last) { draw_chip(part, first, last, y); });
        draw_notes(ties, y + 18);
    }

    void draw_chip(model::Part part, std::size_t first, std::size_t last, double y)
    {
        if (address_of(anatomy_.workers[first], part) == nullptr) {
            return;
        }
        const double inset = std::min(5.5, column_ * 0.2);
        const double x = left_of(first) + inset;
        const double width = left_of(last) + column_ - inset - x;
        const std::string name = mapping_of(first, part);
        const model::Address& address = *address_of(anatomy_.workers[first], part);
        svg_.rect(x, y + 9, width, part_height - 18,
                  fmt::format(R"(class="chip" fill="{}" rx="3")", part_look(part).chip),
                  fmt::format("{:#x} {}", address.value, address.mapping ? address.mapping->permissions : ""));
        const TextLook look{.size = 9.5, .anchor = Anchor::middle, .mono = true};
        if (width_of(name, look) <= width || width > 64) {
            svg_.text(x + width / 2, y + 23, fitted_to(width, name, look), look);
        }
    }

    void draw_resource(sys::Resource resource, double y)
    {
        const Ties ties(anatomy_, resource);
        svg_.text(svg_margin, y + 14, said(language_, name_of_resource(resource)), {.size = 10.5});
        for_each_run(
            [&](std::size_t a, std::size_t b) { return ties.together(a, b); },
            [&](std::size_t first, std::size_t last) {
                const double inset = std::min(1.5, column_ * 0.1);
                const double x = left_of(first) + inset;
                svg_.rect(x, y + 4, left_of(last) + column_ - inset - x, resource_height - 10,
                          ties.is_unknown()
                              ? R"(class="band unknown" fill="#ffffff" stroke="#9aa5b1" rx="4" stroke-dasharray="2 2")"
                              : R"(class="band kernel" fill="#dde3ea" stroke="#52606d" rx="4")");
            });
        const std::string mates = ties.of_mates(language_, "shared", "separate");
        const std::string others = ties.of_others(language_, "shared", "separate");
        const std::string both = mates + (mates.empty() || others.empty() ? "" : " / ") + others;
        svg_.text(svg_width - svg_margin - notes_width + 10, y + 14, both, {.size = 10, .fill = faint_ink});
    }

    Svg& svg_;
    const Anatomy& anatomy_;
    Language language_;
    double column_;
};

std::string below_title(const Anatomy& anatomy, Language language)
{
    const std::string shared = containment_text(anatomy.containment);
    return said(language, "launched by {}", to_string(anatomy.launch)) + "; " +
           (shared.empty() ? said(language, "hosts share nothing") : shared);
}

} // namespace

std::string memory_svg(const Anatomy& anatomy, Language language)
{
    const std::string title = said(language, "Memory of a pool {}", to_string(anatomy.shape));
    Svg svg(title, said(language, "A column for each worker, in the frame of its process; a row for each part of "
                                  "memory. One box over several workers is memory that all of them see."));
    double y = svg.heading(title, below_title(anatomy, language));
    y = MemoryDrawing(svg, anatomy, language).draw(y + 8);
    const auto [held, of] = controls_that_hold(anatomy);
    std::string note = said(language,
                            "outer box: a write by one is seen by all inside (tested by writing); inner box: "
                            "one mapping; dashed: the same page of the same file, read-only; dotted: "
                            "unknown; {} of {} writes were seen in the writer's own memory",
                            held, of);
    for (const auto& [name, value] : anatomy_figures(anatomy)) {
        if (name == "pss_kib_per_worker") {
            note += "; " + said(language, "{} KiB of memory for each worker (PSS)", rounded(value));
        }
    }
    y = svg.paragraph(svg_margin, y + 14, svg_width - 2 * svg_margin, note, {.size = 10.5, .fill = faint_ink});
    return std::move(svg).take(y + 6);
}

} // namespace bulkhead::report
