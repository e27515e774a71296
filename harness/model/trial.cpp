#include "harness/model/trial.hpp"

#include <algorithm>

namespace bulkhead::model {
namespace {

struct Line {
    std::string_view what;
    std::string_view how;
};

std::vector<Line> lines_of(std::string_view text)
{
    std::vector<Line> lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::string_view line = text.substr(0, end);
        const std::size_t equals = std::min(line.find('='), line.size());
        lines.push_back({line.substr(0, equals), line.substr(std::min(equals + 1, line.size()))});
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

} // namespace

std::vector<Change> changes_between(std::string_view before, std::string_view after)
{
    constexpr std::string_view absent = "not there";
    const std::vector<Line> old_lines = lines_of(before);
    const std::vector<Line> new_lines = lines_of(after);
    std::vector<Change> changes;
    const auto add = [&changes](std::string_view what, std::string_view from, std::string_view to) {
        changes.push_back({std::string(what), std::string(from), std::string(to)});
    };
    for (const Line& line : old_lines) {
        const auto found = std::ranges::find(new_lines, line.what, &Line::what);
        if (found == new_lines.end()) {
            add(line.what, line.how, absent);
        } else if (found->how != line.how) {
            add(line.what, line.how, found->how);
        }
    }
    for (const Line& line : new_lines) {
        if (std::ranges::find(old_lines, line.what, &Line::what) == old_lines.end()) {
            add(line.what, absent, line.how);
        }
    }
    return changes;
}

std::string_view to_string(Place place)
{
    switch (place) {
    case Place::stack: return "its stack";
    case Place::heap: return "its heap";
    case Place::globals: return "its globals";
    case Place::segment: return "its record in the segment";
    case Place::shared_record: return "the record that all share";
    }
    return "?";
}

std::string describe_places(std::uint32_t broken)
{
    std::string text;
    for (std::size_t i = 0; i < place_count; ++i) {
        if ((broken >> i & 1U) != 0) {
            text.append(text.empty() ? "" : " and ").append(to_string(static_cast<Place>(i)));
        }
    }
    return text;
}

} // namespace bulkhead::model
