#include "tests/cli/orphans.hpp"

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <system_error>
#include <thread>

namespace bulkhead::tests {
namespace {

void be_subreaper(bool yes)
{
    if (::prctl(PR_SET_CHILD_SUBREAPER, yes ? 1UL : 0UL, 0UL, 0UL, 0UL) < 0) {
        throw std::system_error(errno, std::generic_category(), "prctl PR_SET_CHILD_SUBREAPER");
    }
}

} // namespace

Orphanage::Orphanage()
{
    be_subreaper(true);
}

Orphanage::~Orphanage()
{
    be_subreaper(false);
}

std::optional<int> Orphanage::reap_all(std::chrono::milliseconds limit) const
{
    const auto deadline = std::chrono::steady_clock::now() + limit;
    int count = 0;
    for (;;) {
        const pid_t pid = ::waitpid(-1, nullptr, WNOHANG);
        if (pid > 0) {
            ++count;
        } else if (pid < 0) {
            return count; // ECHILD: nobody is left
        } else if (std::chrono::steady_clock::now() > deadline) {
            return std::nullopt;
        } else {
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
    }
}

bool any_process_named(const std::string& name)
{
    const std::filesystem::directory_iterator processes("/proc");
    return std::any_of(begin(processes), end(processes), [&](const auto& entry) {
        std::string found;
        std::getline(std::ifstream(entry.path() / "comm") >> std::ws, found);
        return found == name;
    });
}

} // namespace bulkhead::tests
