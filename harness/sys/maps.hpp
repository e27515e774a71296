#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <sys/types.h>
#include <vector>

namespace bulkhead::sys {

/// One line of /proc/PID/maps: a range of an address space, and what is mapped there (proc(5)).
struct MapsLine {
    std::uint64_t start = 0;
    std::uint64_t end = 0;     ///< the first address behind it
    std::string permissions{}; ///< "r-xp": read, write, execute; p: private, s: shared
    std::uint64_t offset = 0;  ///< of the range's start in the file
    std::string device{};      ///< "08:01"
    std::uint64_t inode = 0;   ///< 0: no file is behind it
    std::string path{};        ///< "/usr/bin/cat", "/memfd:NAME (deleted)", "[heap]"; empty: memory without a name
    bool operator==(const MapsLine&) const = default;
};

/// nullopt for what is no such line.
std::optional<MapsLine> parse_maps_line(std::string_view line);

/// The address space of a process; empty when it has none (a zombie), or may not be looked at.
std::vector<MapsLine> maps_of(pid_t pid);

/// The line in whose range the address lies; nullptr: nothing is mapped there.
const MapsLine* line_with(std::span<const MapsLine> lines, std::uint64_t address);

} // namespace bulkhead::sys
