#include "harness/sys/captured.hpp"

#include "harness/sys/exec.hpp"
#include "harness/sys/line.hpp"
#include "harness/sys/pipe.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <string_view>
#include <unistd.h>

namespace bulkhead::sys {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

/// Reads until the end of the stream; false when the deadline comes first.
bool read_all(const Fd& from, steady_clock::time_point deadline, Captured& captured, std::size_t most_bytes)
{
    std::array<char, 4096> buffer{};
    for (;;) {
        const auto left = std::chrono::ceil<milliseconds>(deadline - steady_clock::now());
        if (left.count() <= 0 || !await_readable(from, left))
            return false;
        const auto got = ::read(from.number(), buffer.data(), buffer.size());
        if (got == 0)
            return true;
        if (got < 0 && errno != EAGAIN && errno != EINTR)
            return false;
        const std::size_t taken = std::min(got < 0 ? 0 : static_cast<std::size_t>(got),
                                           most_bytes - std::min(captured.text.size(), most_bytes));
        captured.text.append(buffer.data(), taken);
        captured.cut = captured.cut || (got > 0 && taken < static_cast<std::size_t>(got));
    }
}

/// Ends the program and, unless it has ended by itself, whom it has started.
void end(const Pidfd& process, bool by_itself)
{
    if (!by_itself)
        process.signal_group(SIGKILL);
    process.kill_and_reap();
}

} // namespace

Captured capture(const std::vector<std::string>& words, const Fd& null, milliseconds limit, std::size_t most_bytes)
{
    const auto deadline = steady_clock::now() + limit;
    auto [ours, its] = pipe();
    // What is passed becomes 3, which a shell makes its 1 and 2 before it becomes the program.
    std::vector<const char*> arguments{"sh", "-c", R"(exec "$0" "$@" >&3 2>&3 3>&-)"};
    for (const std::string& word : words)
        arguments.push_back(word.c_str());
    arguments.push_back(nullptr);
    std::array<const char*, 1> environment{nullptr};
    const std::array passed{its.number()};
    ExecRequest request;
    request.program = "/bin/sh";
    request.arguments = const_cast<char* const*>(arguments.data());
    request.environment = const_cast<char* const*>(environment.data());
    request.null = null.number();
    request.passed = passed;
    request.limit = limit;
    const Pidfd process = execute(request);
    Captured captured;
    try {
        its.close();
        captured.in_time = read_all(ours, deadline, captured, most_bytes);
    } catch (...) {
        end(process, false);
        throw;
    }
    end(process, captured.in_time);
    return captured;
}

std::string find_program(const std::string& name)
{
    const char* const path = std::getenv("PATH"); // NOLINT(concurrency-mt-unsafe): nobody sets it
    for (std::string_view left = path == nullptr ? "" : path; !left.empty();) {
        const auto end = std::min(left.find(':'), left.size());
        std::string candidate = std::string(left.substr(0, end)) + "/" + name;
        if (end > 0 && ::access(candidate.c_str(), X_OK) == 0)
            return candidate;
        left.remove_prefix(std::min(end + 1, left.size()));
    }
    return {};
}

} // namespace bulkhead::sys
