// A bystander beside a campaign: whatever the faults do to their pools, it notices nothing of it; and nothing is left.

#include "harness/run/launcher.hpp"
#include "harness/spec/spec.hpp"
#include "harness/sys/cgroup.hpp"
#include "tests/live/stand_in.hpp"
#include "tests/live/trials.hpp"
#include "tests/within.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <doctest/doctest.h>
#include <fcntl.h>
#include <fstream>
#include <map>
#include <poll.h>
#include <set>
#include <sstream>
#include <sys/statvfs.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace bulkhead;
using tests::within;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

namespace {

using Report = std::map<std::string, std::uint64_t>;

std::pair<sys::Fd, sys::Fd> make_pipe()
{
    std::array<int, 2> ends{};
    REQUIRE(::pipe2(ends.data(), O_CLOEXEC) == 0);
    return {sys::Fd{ends[0]}, sys::Fd{ends[1]}};
}

/// tests/live/programs/watcher.cpp at work; it does not outlive its scope.
class Watcher {
public:
    Watcher()
    {
        auto [told_to_end, end] = make_pipe();
        auto [report, reporting] = make_pipe();
        process_ = run::launch(BULKHEAD_WATCHER, fs::temp_directory_path().c_str(), sys::open_null(),
                               std::array{told_to_end.number(), reporting.number()});
        end_ = std::move(end);
        report_ = std::move(report);
    }
    ~Watcher()
    {
        if (process_)
            process_.kill_and_reap();
    }
    Watcher(const Watcher&) = delete;
    Watcher& operator=(const Watcher&) = delete;

    /// What it saw until now. It ends, for which it has ten seconds.
    Report end()
    {
        end_.close();
        std::array<char, 4096> text{};
        pollfd ready{report_.number(), POLLIN, 0};
        REQUIRE(::poll(&ready, 1, 10'000) == 1);
        const ssize_t bytes = ::read(report_.number(), text.data(), text.size());
        REQUIRE(bytes > 0);
        std::istringstream words{std::string{text.data(), static_cast<std::size_t>(bytes)}};
        Report report;
        std::string name;
        for (std::uint64_t number = 0; words >> name >> number;)
            report[name] = number;
        return report;
    }

private:
    sys::Pidfd process_;
    sys::Fd end_;
    sys::Fd report_;
};

/// Nothing that it did failed, and it has no more than when it began.
void check_undisturbed(const Report& report)
{
    for (const auto& each : report) {
        CAPTURE(each.first);
        if (each.first.starts_with("failed_"))
            CHECK(each.second == 0);
    }
    CHECK(report.size() == 12);
    CHECK(report.at("turns") > 5);
    CHECK(report.at("descriptors_after") == report.at("descriptors_before"));
    constexpr std::uint64_t slack_kib = 1024; // one of the blocks that it allocates, which malloc may keep
    CHECK(report.at("resident_kib_after") <= report.at("resident_kib_before") + slack_kib);
}

double turns_per_second(const Report& report)
{
    return static_cast<double>(report.at("turns")) * 1e6 / static_cast<double>(report.at("took_us"));
}

/// What is free for everybody, in bytes.
struct Free {
    std::uint64_t disk = 0;
    std::uint64_t memory = 0;
};

Free what_is_free()
{
    Free free;
    struct statvfs disk = {};
    REQUIRE(::statvfs(fs::temp_directory_path().c_str(), &disk) == 0);
    free.disk = disk.f_bavail * disk.f_frsize;
    std::ifstream file{"/proc/meminfo"};
    for (std::string line; std::getline(file, line);)
        if (line.starts_with("MemAvailable:"))
            free.memory = std::stoull(line.substr(line.find_first_of("0123456789"))) * 1024;
    return free;
}

std::set<std::string> processes_named(const std::string& wanted)
{
    std::set<std::string> found;
    for (const auto& process : fs::directory_iterator("/proc")) {
        std::string name;
        std::getline(std::ifstream{process.path() / "comm"}, name);
        if (name == wanted)
            found.insert(process.path());
    }
    return found;
}

/// What a run could leave behind: its hosts, which have a name of their own, cgroups, shared memory.
std::set<std::string> leftovers(const std::string& host)
{
    std::set<std::string> found = processes_named(host);
    std::error_code ignored;
    const std::string ours = "bulkhead-" + std::to_string(::getpid()) + "-";
    for (const auto controller : {sys::Controller::memory, sys::Controller::pids})
        if (sys::why_no_cgroup(controller).empty())
            for (const auto& each : fs::directory_iterator(sys::path_of_cgroup(controller, "any").parent_path()))
                if (each.path().filename().string().starts_with(ours))
                    found.insert(each.path());
    for (const auto& each : fs::directory_iterator("/dev/shm", ignored))
        if (each.path().filename().string().starts_with("bulkhead"))
            found.insert(each.path());
    return found;
}

model::Experiment catalogue()
{
    const auto read = spec::load(fs::path{BULKHEAD_SOURCE_DIR} / "experiments" / "catalogue.toml");
    const auto* const loaded = std::get_if<model::Experiment>(&read);
    REQUIRE(loaded != nullptr);
    model::Experiment experiment = *loaded;
    experiment.trials = 1;
    model::contain(experiment, run::offer_of_machine());
    return experiment;
}

struct Watched {
    Report report;
    std::uint32_t trials = 0;
    bool hosts_seen = false; ///< between two trials: the zygote at least
};

/// Runs it with a watcher beside, which is asked at the end.
Watched watch(const model::Experiment& experiment, const run::Options& options, std::chrono::seconds at_most)
{
    Watched watched;
    Watcher watcher;
    run::Stop stop;
    const auto deadline = std::chrono::steady_clock::now() + at_most;
    const auto on_trial = [&](const model::TrialRecord& /*record*/) {
        watched.hosts_seen = watched.hosts_seen || !processes_named(options.host.filename()).empty();
        if (std::chrono::steady_clock::now() > deadline)
            stop.request();
    };
    watched.trials = run::run_campaign(experiment, options, on_trial, stop).finished;
    watched.report = watcher.end();
    return watched;
}

} // namespace

TEST_CASE("whatever a campaign does to its pools, a bystander notices nothing, and nothing is left")
{
    const std::string name = "bw-" + std::to_string(::getpid()); // nobody else's hosts are called so
    const fs::path folder = fs::temp_directory_path() / ("bulkhead-test-" + name);
    fs::create_directory(folder);
    fs::copy_file(BULKHEAD_HOST_BINARY, folder / name);
    const auto options = test::options_with(folder / name);
    REQUIRE(leftovers(name).empty());
    const Free before = what_is_free();

    const model::Experiment experiment = catalogue();
    model::Experiment golden = experiment;
    golden.faults = {*model::parse_fault("none")};
    golden.trials = 100'000; // until the time is up
    const Watched quiet = watch(golden, options, 4s);
    const Watched loud = watch(experiment, options, 900s);
    fs::remove_all(folder);

    CHECK(quiet.trials > 0);
    CHECK(loud.trials >= experiment.shapes.size() * (experiment.faults.size() - experiment.skipped.size()));
    CHECK(loud.hosts_seen); // so that they would be found at the end, too
    check_undisturbed(quiet.report);
    check_undisturbed(loud.report);
    MESSAGE("golden runs: " << turns_per_second(quiet.report) << " turns/s, longest gap "
                            << quiet.report.at("longest_gap_us")
                            << " us; the catalogue: " << turns_per_second(loud.report) << " turns/s, longest gap "
                            << loud.report.at("longest_gap_us") << " us");
    constexpr double share = 0.1; // it has one of the faults for company that spin on every core
    CHECK(turns_per_second(loud.report) >= share * turns_per_second(quiet.report));

    CHECK(leftovers(name).empty());
    CHECK(::waitpid(-1, nullptr, WNOHANG) == -1);
    // A leak would stay; what others take on this machine meanwhile may be given back.
    constexpr std::uint64_t bound = std::uint64_t{512} << 20U;
    CHECK(within(120s, [&] { return what_is_free().memory + bound >= before.memory; }));
    CHECK(within(120s, [&] { return what_is_free().disk + bound >= before.disk; }));
}
