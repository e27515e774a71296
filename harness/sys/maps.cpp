#include "harness/sys/maps.hpp"

#include <algorithm>
#include <array>
#include <cinttypes>
#include <cstdio>
#include <fstream>

namespace bulkhead::sys {

std::optional<MapsLine> parse_maps_line(std::string_view line)
{
    const std::string text{line};
    MapsLine parsed;
    std::array<char, 5> permissions{};
    std::array<char, 16> device{};
    int path_at = 0;
    const int fields =
        std::sscanf(text.c_str(), "%" SCNx64 "-%" SCNx64 " %4s %" SCNx64 " %15s %" SCNu64 " %n", &parsed.start,
                    &parsed.end, permissions.data(), &parsed.offset, device.data(), &parsed.inode, &path_at);
    constexpr int fields_before_path = 6;
    if (fields != fields_before_path || parsed.start >= parsed.end)
        return std::nullopt;
    parsed.permissions = permissions.data();
    parsed.device = device.data();
    parsed.path = text.substr(static_cast<std::size_t>(path_at));
    return parsed;
}

std::vector<MapsLine> maps_of(pid_t pid)
{
    std::vector<MapsLine> lines;
    std::ifstream file{"/proc/" + std::to_string(pid) + "/maps"};
    for (std::string text; std::getline(file, text);)
        if (auto line = parse_maps_line(text))
            lines.push_back(std::move(*line));
    return lines;
}

const MapsLine* line_with(std::span<const MapsLine> lines, std::uint64_t address)
{
    const auto found = std::ranges::find_if(
        lines, [address](const MapsLine& line) { return address >= line.start && address < line.end; });
    return found == lines.end() ? nullptr : &*found;
}

} // namespace bulkhead::sys
