// Sets a trap, then becomes the real host, which inherits it with all descriptors: wrapped-host HOST PART TRAP...
// A zygote or a janitor is left as it is, but for one trap. The traps:
//
//   block SIGNAL       every thread of the host has the signal blocked
//   spare NUMBER       whoever is not the host of that number is killed before it for want of memory
//   unlimited RESOURCE its black box no longer asks for the limit: memory, nofile or nproc
//   uncaged FOLDER     its pids cgroup, which is in that folder, no longer has a limit
//   dull DESCRIPTOR    a read of that descriptor waits, for everybody who has it
//   stuff DESCRIPTOR   a write to it waits for a reader who never comes, where it can be written to
//   mute CALL          the zygote is killed when it is to make the call of that number for the first time

#include "workers/blackbox.hpp"

#include <array>
#include <cctype>
#include <chrono>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <string>
#include <string_view>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace {

using namespace bulkhead;

constexpr int exit_no_trap = 120;

bool block(int signal)
{
    sigset_t set;
    ::sigemptyset(&set);
    ::sigaddset(&set, signal);
    return ::sigprocmask(SIG_BLOCK, &set, nullptr) == 0;
}

/// The part of the box that the supervisor writes; null where there is none.
workers::Header* map_header()
{
    void* const start =
        ::mmap(nullptr, sizeof(workers::Header), PROT_READ | PROT_WRITE, MAP_SHARED, workers::box_descriptor, 0);
    return start == MAP_FAILED ? nullptr : static_cast<workers::Header*>(start);
}

bool write_to(const std::filesystem::path& path, std::string_view text)
{
    std::ofstream file{path};
    file << text << std::flush;
    return file.good();
}

bool lift(workers::Header& header, std::string_view resource)
{
    if (resource == "memory")
        header.memory_mib = 0;
    else if (resource == "nofile")
        header.nofile = 0;
    else if (resource == "nproc")
        header.nproc = 0;
    else
        return false;
    return true;
}

/// The last part of the path of the cgroup that this process is in, for that controller or in version 2.
std::string name_of_own_cgroup(const std::string& controller)
{
    std::ifstream file{"/proc/self/cgroup"};
    std::string unified;
    for (std::string line; std::getline(file, line);) {
        const std::string name = line.substr(line.rfind('/') + 1);
        if (line.find(':' + controller + ':') != std::string::npos)
            return name;
        if (line.starts_with("0::"))
            unified = name;
    }
    return unified;
}

/// The supervisor moves this process to a cgroup a moment after its start.
bool await_cgroup(const std::string& controller)
{
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds{5};
    while (!name_of_own_cgroup(controller).starts_with("bulkhead-")) {
        if (std::chrono::steady_clock::now() > deadline)
            return false;
        std::this_thread::sleep_for(std::chrono::milliseconds{1});
    }
    return true;
}

/// The kernel takes the one with the most points: its pages, and as many thousandths of the cgroup's limit as the
/// adjustment says (Documentation/filesystems/proc.rst, oom_score_adj). The file takes from what the one that allocates
/// can get, and counts for nobody, so that its points stay below.
bool be_killed_first()
{
    constexpr int out_of_the_way = 50;
    const std::vector<char> bytes(std::size_t{16} << 20U, 'x');
    const int file = ::memfd_create("held", 0);
    return await_cgroup("memory") && write_to("/proc/self/oom_score_adj", "1000") &&
           ::fcntl(file, F_DUPFD, out_of_the_way) >= 0 &&
           ::write(file, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()) && ::close(file) == 0;
}

bool leave_limit(const std::filesystem::path& folder)
{
    return await_cgroup("pids") && write_to(folder / name_of_own_cgroup("pids") / "pids.max", "max");
}

bool make_wait(int descriptor)
{
    return ::fcntl(descriptor, F_SETFL, 0) == 0;
}

bool stuff(int descriptor)
{
    const std::uint64_t most = ~std::uint64_t{0} - 1; // of an eventfd
    [[maybe_unused]] const auto written = ::write(descriptor, &most, sizeof most);
    return make_wait(descriptor);
}

bool kill_at(std::uint32_t call)
{
    std::array<sock_filter, 4> filter{
        sock_filter BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
        sock_filter BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, call, 0, 1),
        sock_filter BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
        sock_filter BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    const sock_fprog program{filter.size(), filter.data()};
    return ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

bool set_trap(std::string_view trap, const char* argument)
{
    if (trap == "mute")
        return true;
    if (trap == "dull")
        return make_wait(std::atoi(argument));
    if (trap == "stuff")
        return stuff(std::atoi(argument));
    if (trap == "block")
        return block(std::atoi(argument));
    if (trap == "uncaged")
        return leave_limit(argument);
    auto* const header = map_header();
    if (header == nullptr)
        return false;
    if (trap == "spare")
        return header->host == static_cast<std::uint32_t>(std::atoi(argument)) || be_killed_first();
    return trap == "unlimited" && lift(*header, argument);
}

} // namespace

int main(int argument_count, char** arguments)
{
    if (argument_count != 5)
        return exit_no_trap;
    const char* const host = arguments[1];
    const char* const part = arguments[2];
    if (std::string_view{part} == "host" && !set_trap(arguments[3], arguments[4]))
        return exit_no_trap;
    if (std::string_view{part} == "zygote" && std::string_view{arguments[3]} == "mute" &&
        !kill_at(static_cast<std::uint32_t>(std::atoi(arguments[4]))))
        return exit_no_trap;
    ::execl(host, host, part, nullptr);
    return exit_no_trap;
}
