#include "bench/memory.hpp"

#include "bench/pairs.hpp"

#include <fcntl.h>
#include <filesystem>
#include <fmt/format.h>
#include <optional>
#include <string>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace bulkhead::bench {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void become_campaign(unsigned trials, const fs::path& results)
{
    const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
    ::dup2(nowhere, STDOUT_FILENO);
    ::dup2(nowhere, STDERR_FILENO);
    ::setenv("BULKHEAD_HOST", BULKHEAD_HOST_BINARY, 1);
    const std::string count = std::to_string(trials);
    ::execl(BULKHEAD_BINARY, "bulkhead", "run", "--shape", "2x1", "--fault", "segv-null", "--launch", "zygote",
            "--trials", count.c_str(), "--out", results.c_str(), nullptr);
    ::_exit(127);
}

/// In KiB: ru_maxrss of getrusage(2). It is at least what this process has when it forks. nullopt when the campaign was
/// not all that it was to be, which is no reason to lose the other figures.
std::optional<double> peak_of(unsigned trials)
{
    const fs::path folder = fs::temp_directory_path() / fmt::format("bulkhead-bench-{}", ::getpid());
    fs::create_directories(folder);
    const pid_t child = ::fork();
    if (child == 0)
        become_campaign(trials, folder / "memory.db");
    int status = -1;
    rusage used{};
    must_hold(child > 0 && ::wait4(child, &status, 0, &used) == child, "cannot run bulkhead");
    fs::remove_all(folder);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        fmt::print(stderr, "a campaign of {} trials ended with wait status {:#x}: no figure of its memory\n", trials,
                   status);
        return std::nullopt;
    }
    return static_cast<double>(used.ru_maxrss);
}

} // namespace

void compare_memory()
{
    constexpr unsigned few = 1'000;
    constexpr unsigned many = 100'000;
    const auto small = peak_of(few);
    const auto large = peak_of(many);
    if (small && large) {
        Pairs pair;
        pair.add(*large, *small);
        pair.print("2x1, largest resident size, 100,000 trials : 1,000", "KiB");
    }
}

} // namespace bulkhead::bench
