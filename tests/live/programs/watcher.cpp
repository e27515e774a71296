// A bystander: it does what any program does, over and over, and counts how often that failed: watcher FOLDER, which
// files are made in. It finds, and keeps until it ends,
//
//   3  a pipe: when its other end is closed, the watcher ends
//   4  where it then writes one line of "name number" pairs

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <dirent.h>
#include <fcntl.h>
#include <fstream>
#include <memory>
#include <poll.h>
#include <pthread.h>
#include <string>
#include <unistd.h>

namespace {

using Clock = std::chrono::steady_clock;

constexpr int end_descriptor = 3;
constexpr int report_descriptor = 4;
constexpr std::uint64_t turns_to_warm_up = 50; ///< by then the C library has what it keeps
constexpr int pause_ms = 1;

volatile std::uint64_t seed = 0x9e3779b97f4a7c15; // volatile: so that it is computed each time

std::uint64_t compute()
{
    std::uint64_t x = seed;
    for (int i = 0; i < 10'000; ++i) {
        x ^= x << 13U;
        x ^= x >> 7U;
        x ^= x << 17U;
    }
    return x;
}

bool computes_the_same()
{
    static const std::uint64_t first = compute();
    return compute() == first;
}

bool opens_and_closes()
{
    const int file = ::open("/proc/self/status", O_RDONLY | O_CLOEXEC);
    return file >= 0 && ::close(file) == 0;
}

bool allocates_and_touches()
{
    constexpr std::size_t bytes = std::size_t{1} << 20U;
    constexpr std::size_t page = 4096;
    const std::unique_ptr<volatile char, void (*)(volatile char*)> block{
        static_cast<volatile char*>(std::malloc(bytes)),
        [](volatile char* start) { std::free(const_cast<char*>(start)); }};
    if (!block)
        return false;
    for (std::size_t i = 0; i < bytes; i += page)
        block.get()[i] = static_cast<char>(i / page);
    for (std::size_t i = 0; i < bytes; i += page)
        if (block.get()[i] != static_cast<char>(i / page))
            return false;
    return true;
}

bool starts_and_joins()
{
    int value = 0;
    const auto set = [](void* target) -> void* {
        *static_cast<int*>(target) = 1;
        return nullptr;
    };
    pthread_t thread{};
    return ::pthread_create(&thread, nullptr, set, &value) == 0 && ::pthread_join(thread, nullptr) == 0 && value == 1;
}

bool writes_and_deletes(const std::string& path)
{
    std::array<char, 4096> written{};
    std::array<char, 4096> read{};
    written.fill('w');
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0)
        return false;
    const bool same = ::write(file, written.data(), written.size()) == static_cast<ssize_t>(written.size()) &&
                      ::pread(file, read.data(), read.size(), 0) == static_cast<ssize_t>(read.size()) &&
                      written == read;
    const bool closed = ::close(file) == 0;
    return ::unlink(path.c_str()) == 0 && closed && same;
}

std::uint64_t own_descriptors()
{
    std::uint64_t count = 0;
    const std::unique_ptr<DIR, int (*)(DIR*)> folder{::opendir("/proc/self/fd"), &::closedir};
    while (folder && ::readdir(folder.get()) != nullptr)
        ++count;
    return count;
}

std::uint64_t own_resident_kib()
{
    std::uint64_t size = 0;
    std::uint64_t resident = 0;
    std::ifstream{"/proc/self/statm"} >> size >> resident;
    return resident * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE)) / 1024;
}

struct Uses {
    std::uint64_t descriptors = own_descriptors();
    std::uint64_t resident_kib = own_resident_kib();
};

struct Counts {
    std::uint64_t turns = 0;
    std::array<std::uint64_t, 5> failures{}; ///< in the order of a turn
    std::chrono::microseconds longest_gap{}; ///< between the ends of two turns
};

/// True while nobody has closed the other end of the pipe.
bool goes_on()
{
    pollfd end{end_descriptor, POLLIN, 0};
    return ::poll(&end, 1, pause_ms) == 0 || (end.revents & (POLLIN | POLLHUP | POLLERR)) == 0;
}

void take_turn(Counts& counts, const std::string& path)
{
    const std::array done{computes_the_same(), opens_and_closes(), allocates_and_touches(), starts_and_joins(),
                          writes_and_deletes(path)};
    for (std::size_t i = 0; i < done.size(); ++i)
        counts.failures[i] += done[i] ? 0 : 1;
    ++counts.turns;
}

void report(const Counts& counts, std::chrono::microseconds took, const Uses& before, const Uses& after)
{
    std::string line;
    const auto add = [&line](const std::string& name, std::uint64_t number) {
        line += name + ' ' + std::to_string(number) + ' ';
    };
    add("turns", counts.turns);
    add("took_us", static_cast<std::uint64_t>(took.count()));
    add("longest_gap_us", static_cast<std::uint64_t>(counts.longest_gap.count()));
    const std::array names{"compute", "open", "allocate", "thread", "write"};
    for (std::size_t i = 0; i < names.size(); ++i)
        add(std::string{"failed_to_"} + names[i], counts.failures[i]);
    add("descriptors_before", before.descriptors);
    add("descriptors_after", after.descriptors);
    add("resident_kib_before", before.resident_kib);
    add("resident_kib_after", after.resident_kib);
    ::dprintf(report_descriptor, "%s\n", line.c_str());
}

} // namespace

int main(int argument_count, char** arguments)
{
    if (argument_count != 2)
        return 2;
    const std::string path = std::string{arguments[1]} + "/watched-" + std::to_string(::getpid());
    Counts counts;
    Uses before;
    const auto began = Clock::now();
    auto last = began;
    while (goes_on()) {
        take_turn(counts, path);
        const auto now = Clock::now();
        counts.longest_gap =
            std::max(counts.longest_gap, std::chrono::duration_cast<std::chrono::microseconds>(now - last));
        last = now;
        if (counts.turns == turns_to_warm_up)
            before = Uses{};
    }
    report(counts, std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - began), before, Uses{});
    return 0;
}
