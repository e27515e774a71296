// What the harness makes beside processes, and what becomes of it: cgroups, the janitor that removes them, small disks.
// Where the machine cannot have them, the tests say why and end.

#include "harness/run/janitor.hpp"
#include "harness/run/launcher.hpp"
#include "harness/run/offer.hpp"
#include "harness/sys/cgroup.hpp"
#include "harness/sys/epoll.hpp"
#include "harness/sys/limits.hpp"
#include "harness/sys/small_disk.hpp"
#include "tests/temp_folder.hpp"

#include <array>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <doctest/doctest.h>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace bulkhead;
using sys::Cgroup;
using sys::Controller;
namespace fs = std::filesystem;

namespace {

std::string next_name()
{
    static int next = 0;
    return "bulkhead-test-" + std::to_string(::getpid()) + "-" + std::to_string(next++);
}

/// False where the machine has no such cgroup; says why.
bool has(Controller controller)
{
    const std::string why_not = sys::why_no_cgroup(controller);
    if (!why_not.empty())
        MESSAGE("not tested: ", why_not);
    return why_not.empty();
}

/// A program of the machine's, that does not outlive its scope.
class Program {
public:
    Program(const char* path, const char* argument) : process_(run::launch(path, argument, sys::open_null(), {})) {}
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;
    ~Program() { process_.kill_and_reap(); }

    [[nodiscard]] pid_t pid() const { return process_.pid(); }
    void end() const { process_.kill_and_reap(); }
    /// nullopt when it has not ended within the limit.
    [[nodiscard]] std::optional<sys::Termination> end_within(std::chrono::milliseconds limit) const
    {
        sys::Epoll ended;
        ended.add(process_.descriptor(), 0);
        const auto deadline = std::chrono::steady_clock::now() + limit;
        while (ended.wait(limit).empty() && std::chrono::steady_clock::now() < deadline) {
        } // any signal cuts a wait short
        return process_.reap();
    }

private:
    sys::Pidfd process_;
};

constexpr sys::Signaled killed{SIGKILL, false};

bool is_member(const Cgroup& cgroup, pid_t pid)
{
    std::ifstream file{cgroup.path() / "cgroup.procs"};
    for (pid_t each = 0; file >> each;)
        if (each == pid)
            return true;
    return false;
}

constexpr std::uint64_t mib = 1024 * 1024;

} // namespace

TEST_CASE("a cgroup keeps the limit that it is given, takes in a process, and is gone with its owner")
{
    for (const Controller controller : {Controller::memory, Controller::pids}) {
        if (!has(controller))
            continue;
        fs::path path;
        {
            const std::string name = next_name();
            const Cgroup cgroup{controller, name};
            path = cgroup.path();
            CHECK(path == sys::path_of_cgroup(controller, name));
            CHECK(fs::is_directory(path));
            const std::uint64_t unit = controller == Controller::memory ? mib : 1;
            for (const std::uint64_t value : {64 * unit, 128 * unit, 32 * unit}) { // up and down
                cgroup.limit(value);
                CHECK(cgroup.limit_read_back() == value);
            }
            const Program process{"/bin/sleep", "60"};
            cgroup.add(process.pid());
            CHECK(is_member(cgroup, process.pid()));
            process.end();
            CHECK_THROWS_AS(cgroup.add(process.pid()), std::system_error);
        }
        CHECK_FALSE(fs::exists(path));
    }
}

TEST_CASE("a name that is taken already is refused, and the cgroup that has it stays")
{
    if (!has(Controller::pids))
        return;
    const std::string name = next_name();
    const Cgroup first{Controller::pids, name};
    CHECK_THROWS_AS(Cgroup(Controller::pids, name), std::system_error);
    CHECK(fs::exists(first.path()));
}

TEST_CASE("a process that passes the limit of its memory cgroup is killed, and the kernel counts it")
{
    if (!has(Controller::memory))
        return;
    const Cgroup cgroup{Controller::memory, next_name()};
    cgroup.limit(16 * mib);
    CHECK(cgroup.oom_kills() == 0);
    // It takes memory from its start on: what it has by then, if anything, is charged to where it was.
    const Program process{"/usr/bin/tail", "/dev/zero"};
    cgroup.add(process.pid());
    CHECK(process.end_within(std::chrono::seconds{20}) == sys::Termination{killed});
    CHECK(cgroup.oom_kills() == 1);
}

TEST_CASE("the janitor kills what is left in a cgroup and removes it, once the supervisor's end closes")
{
    for (const Controller controller : {Controller::memory, Controller::pids}) {
        if (!has(controller))
            continue;
        auto janitor = std::make_unique<run::Janitor>(BULKHEAD_HOST_BINARY, sys::open_null());
        const Cgroup cgroup{controller, next_name()};
        janitor->watch(cgroup.path());
        const Program process{"/bin/sleep", "60"};
        cgroup.add(process.pid());
        CHECK(fs::exists(cgroup.path()));
        CHECK_FALSE(process.end_within(std::chrono::milliseconds{0}));

        janitor.reset();
        CHECK(process.end_within(std::chrono::seconds{1}) == sys::Termination{killed});
        CHECK_FALSE(fs::exists(cgroup.path()));
    }
}

TEST_CASE("the supervisor waits for its janitor although signals arrive")
{
    if (!has(Controller::pids))
        return;
    struct sigaction notice = {};
    struct sigaction before = {};
    notice.sa_handler = [](int) {};
    REQUIRE(::sigaction(SIGALRM, &notice, &before) == 0);
    auto janitor = std::make_unique<run::Janitor>(BULKHEAD_HOST_BINARY, sys::open_null());
    const Cgroup cgroup{Controller::pids, next_name()};
    janitor->watch(cgroup.path());
    const Program process{"/bin/sleep", "60"};
    cgroup.add(process.pid());
    const itimerval often{{0, 50}, {0, 50}}; // microseconds: some before the janitor is done
    const itimerval never{};
    ::setitimer(ITIMER_REAL, &often, nullptr);
    janitor.reset();
    ::setitimer(ITIMER_REAL, &never, nullptr);
    ::sigaction(SIGALRM, &before, nullptr);
    CHECK_FALSE(fs::exists(cgroup.path()));
}

TEST_CASE("the janitor outlives the thread that launched it, and the signals that end a supervisor")
{
    std::unique_ptr<run::Janitor> janitor;
    std::thread{[&] { janitor = std::make_unique<run::Janitor>(BULKHEAD_HOST_BINARY, sys::open_null()); }}.join();
    for (const int number : {SIGINT, SIGTERM, SIGHUP})
        ::kill(janitor->pid(), number);
    if (!has(Controller::pids))
        return;
    fs::path path;
    {
        const Cgroup cgroup{Controller::pids, next_name()};
        path = cgroup.path();
    }
    fs::create_directory(path); // as if it had been left behind
    janitor->watch(path);
    janitor.reset();
    CHECK_FALSE(fs::exists(path));
}

TEST_CASE("the janitor removes no folder that is not a cgroup of ours")
{
    const tests::TempFolder folder;
    auto janitor = std::make_unique<run::Janitor>(BULKHEAD_HOST_BINARY, sys::open_null());
    janitor->watch(folder.path()); // a name like ours, but no cgroup
    janitor->watch("/");
    janitor->watch("bulkhead-relative");
    fs::path stranger;
    if (has(Controller::pids)) {
        stranger = sys::path_of_cgroup(Controller::pids, "not-" + next_name());
        REQUIRE(fs::create_directory(stranger));
        janitor->watch(stranger);
        janitor->watch(stranger / "bulkhead-missing");
    }
    janitor.reset();
    CHECK(fs::exists(folder.path()));
    if (!stranger.empty()) {
        CHECK(fs::exists(stranger));
        CHECK(::rmdir(stranger.c_str()) == 0);
    }
}

TEST_CASE("to tell a janitor that is gone of a cgroup fails, and ends nobody by SIGPIPE")
{
    run::Janitor janitor{BULKHEAD_HOST_BINARY, sys::open_null()};
    ::kill(janitor.pid(), SIGKILL);
    const auto tell_until_refused = [&] {
        for (int i = 0; i < 1000; ++i) {
            janitor.watch("/nonexistent/bulkhead-cgroup");
            std::this_thread::sleep_for(std::chrono::milliseconds{1});
        }
    };
    CHECK_THROWS_AS(tell_until_refused(), std::system_error);
}

TEST_CASE("a program that is no janitor is refused, with no process left")
{
    CHECK_THROWS_AS(run::Janitor("/bin/true", sys::open_null()), std::system_error);
    CHECK_THROWS_AS(run::Janitor("/nonexistent/bulkhead-host", sys::open_null()), std::system_error);
}

TEST_CASE("a small disk holds what it should, then is full; another one is not; nobody sees either")
{
    if (const std::string why_not = sys::why_no_small_disk(); !why_not.empty()) {
        MESSAGE("not tested: ", why_not);
        return;
    }
    constexpr std::size_t bytes = 256 * 1024;
    const auto mounts_before = std::ifstream{"/proc/self/mountinfo"}.seekg(0, std::ios::end).tellg();
    const sys::Fd full = sys::small_disk(bytes);
    const sys::Fd other = sys::small_disk(bytes);
    const auto create = [](const sys::Fd& disk) {
        return sys::Fd{::openat(disk.number(), "file", O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600)};
    };
    const sys::Fd file = create(full);
    REQUIRE(file);
    std::array<char, 4096> page{};
    std::size_t written = 0;
    int error = 0;
    while (error == 0 && written <= 2 * bytes) {
        const auto count = ::write(file.number(), page.data(), page.size());
        error = count < 0 ? errno : 0;
        written += count < 0 ? 0 : static_cast<std::size_t>(count);
    }
    CHECK(error == ENOSPC);
    CHECK(written == bytes);
    const sys::Fd elsewhere = create(other);
    REQUIRE(elsewhere);
    CHECK(::write(elsewhere.number(), page.data(), page.size()) == static_cast<ssize_t>(page.size()));
    CHECK(std::ifstream{"/proc/self/mountinfo"}.seekg(0, std::ios::end).tellg() == mounts_before);
    CHECK((::fcntl(full.number(), F_GETFD) & FD_CLOEXEC) != 0);
}

TEST_CASE("a small disk is gone with its last descriptor, and no child is left of making it")
{
    if (!sys::why_no_small_disk().empty())
        return;
    // A new file system gets the lowest device number that is free: one that comes again was free again. Others may
    // mount something in between.
    const auto device_of_another = [] {
        const sys::Fd disk = sys::small_disk(64UL * 1024);
        struct stat seen = {};
        REQUIRE(::fstat(disk.number(), &seen) == 0);
        return seen.st_dev;
    };
    bool came_again = false;
    for (int i = 0; i < 50 && !came_again; ++i) {
        const auto first = device_of_another();
        came_again = device_of_another() == first;
    }
    CHECK(came_again);
    CHECK(::waitpid(-1, nullptr, WNOHANG) == -1);
}

TEST_CASE("limits are read back as the kernel has them, and the user's threads are counted")
{
    rlimit own{};
    REQUIRE(::getrlimit(RLIMIT_NOFILE, &own) == 0);
    CHECK(sys::limit_of(::getpid(), RLIMIT_NOFILE) == own.rlim_cur);
    CHECK(sys::limit_of(::getpid(), RLIMIT_AS).value() > 0);
    const Program process{"/bin/sleep", "60"};
    CHECK(sys::limit_of(process.pid(), RLIMIT_CORE).value() <= 1);
    process.end();
    CHECK_FALSE(sys::limit_of(process.pid(), RLIMIT_CORE));

    std::array<std::thread, 3> threads;
    std::atomic<bool> over = false;
    for (std::thread& thread : threads)
        thread = std::thread{[&over] { over.wait(false); }};
    CHECK(sys::threads_of_user().size() >= 4);
    over = true;
    over.notify_all();
    for (std::thread& thread : threads)
        thread.join();
}

TEST_CASE("whatever the machine does not offer has a reason")
{
    const model::Offer& offer = run::offer_of_machine();
    CHECK(offer.root == (::geteuid() == 0));
    CHECK(offer.why_no_thread_limit.empty() == (offer.thread_limit != model::ThreadLimit::none));
    CHECK(offer.why_no_memory_cgroup == sys::why_no_cgroup(Controller::memory));
    CHECK(offer.why_no_small_disk == sys::why_no_small_disk());
    for (const std::string& reason : {offer.why_no_memory_cgroup, offer.why_no_small_disk, offer.why_no_thread_limit})
        if (!reason.empty())
            MESSAGE(reason);
}
