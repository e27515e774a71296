#include "harness/sys/process.hpp"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sched.h>
#include <sstream>

namespace bulkhead::sys {
namespace {

namespace fs = std::filesystem;

fs::path folder_of(pid_t pid)
{
    return fs::path{"/proc"} / std::to_string(pid);
}

/// Empty when it cannot be read.
std::string proc_text(const fs::path& path)
{
    std::ifstream file{path};
    return {std::istreambuf_iterator<char>{file}, {}};
}

/// The value of "Name:\tvalue\n"; empty when there is no such line.
std::string_view value_of(std::string_view text, std::string_view name)
{
    for (std::size_t start = 0; start < text.size();) {
        const std::size_t end = std::min(text.find('\n', start), text.size());
        std::string_view line = text.substr(start, end - start);
        if (line.starts_with(name) && line.substr(name.size()).starts_with(':')) {
            line.remove_prefix(name.size() + 1);
            return line.substr(std::min(line.find_first_not_of(" \t"), line.size()));
        }
        start = end + 1;
    }
    return {};
}

template <typename Number>
std::optional<Number> number_at_start(std::string_view text)
{
    Number number{};
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    return read.ec == std::errc{} ? std::optional{number} : std::nullopt;
}

std::string policy_name(unsigned policy)
{
    switch (policy) {
    case SCHED_OTHER: return "SCHED_OTHER";
    case SCHED_FIFO: return "SCHED_FIFO";
    case SCHED_RR: return "SCHED_RR";
    case SCHED_BATCH: return "SCHED_BATCH";
    case SCHED_IDLE: return "SCHED_IDLE";
    case 6: return "SCHED_DEADLINE";
    default: return "policy " + std::to_string(policy);
    }
}

} // namespace

std::optional<ProcessStatus> parse_status(std::string_view text)
{
    const std::string_view state = value_of(text, "State");
    if (state.empty())
        return std::nullopt;
    ProcessStatus status;
    status.name = value_of(text, "Name");
    status.state = state.front();
    status.parent = number_at_start<pid_t>(value_of(text, "PPid")).value_or(0);
    status.threads = number_at_start<std::uint32_t>(value_of(text, "Threads")).value_or(0);
    status.descriptor_slots = number_at_start<std::uint32_t>(value_of(text, "FDSize")).value_or(0);
    status.size_kib = number_at_start<std::uint64_t>(value_of(text, "VmSize"));
    status.resident_kib = number_at_start<std::uint64_t>(value_of(text, "VmRSS"));
    return status;
}

std::optional<ProcessStatus> status_of(pid_t pid)
{
    return parse_status(proc_text(folder_of(pid) / "status"));
}

std::variant<std::vector<Descriptor>, std::error_code> descriptors_of(pid_t pid)
{
    std::error_code refused;
    std::vector<Descriptor> found;
    for (fs::directory_iterator entry{folder_of(pid) / "fd", refused}; !refused && entry != fs::directory_iterator{};
         entry.increment(refused)) {
        std::error_code closed; // meanwhile
        const fs::path target = fs::read_symlink(entry->path(), closed);
        if (!closed)
            found.push_back({std::stoi(entry->path().filename()), target.string()});
    }
    if (refused)
        return refused;
    std::ranges::sort(found, {}, &Descriptor::number);
    return found;
}

std::optional<Schedule> parse_stat(std::string_view text)
{
    const std::size_t name_end = text.rfind(')'); // the name before it may hold anything
    if (name_end == std::string_view::npos)
        return std::nullopt;
    std::istringstream words{std::string{text.substr(name_end + 1)}};
    const std::vector<std::string> fields{std::istream_iterator<std::string>{words}, {}};
    // proc(5) counts from 1, and pid and name come before these.
    constexpr std::size_t state = 3 - 3;
    constexpr std::size_t priority = 18 - 3;
    constexpr std::size_t nice = 19 - 3;
    constexpr std::size_t policy = 41 - 3;
    if (fields.size() <= policy)
        return std::nullopt;
    return Schedule{.state = fields[state].front(),
                    .priority = number_at_start<int>(fields[priority]).value_or(0),
                    .nice = number_at_start<int>(fields[nice]).value_or(0),
                    .policy = policy_name(number_at_start<unsigned>(fields[policy]).value_or(0))};
}

std::optional<Schedule> schedule_of(pid_t pid, pid_t tid)
{
    return parse_stat(proc_text(folder_of(pid) / "task" / std::to_string(tid) / "stat"));
}

} // namespace bulkhead::sys
