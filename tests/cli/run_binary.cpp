#include "tests/cli/run_binary.hpp"

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <poll.h>
#include <pty.h>
#include <spawn.h>
#include <sstream>
#include <stdexcept>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <system_error>
#include <thread>
#include <unistd.h>

namespace bulkhead::tests {
namespace {

using Clock = std::chrono::steady_clock;

std::string read_file(const std::filesystem::path& path)
{
    std::ifstream file(path);
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
}

/// The variables of `over` replace those of the same name in the test's own environment. NO_COLOR and BULKHEAD_HOST
/// are only what the test says.
std::vector<std::string> environment_with(const std::vector<std::string>& over)
{
    std::vector<std::string> result = over;
    for (char** entry = environ; *entry != nullptr; ++entry) {
        const std::string variable = *entry;
        const std::string name = variable.substr(0, variable.find('=') + 1);
        const bool replaced =
            std::any_of(over.begin(), over.end(), [&](const std::string& each) { return each.starts_with(name); });
        if (!replaced && name != "NO_COLOR=" && name != "BULKHEAD_HOST=" && name != "TERM=") {
            result.push_back(variable);
        }
    }
    if (std::none_of(over.begin(), over.end(), [](const std::string& each) { return each.starts_with("TERM="); })) {
        result.emplace_back("TERM=xterm");
    }
    return result;
}

std::vector<char*> pointers_to(std::vector<std::string>& words)
{
    std::vector<char*> pointers;
    for (std::string& word : words) {
        pointers.push_back(word.data());
    }
    pointers.push_back(nullptr);
    return pointers;
}

int milliseconds_until(Clock::time_point deadline)
{
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
    return static_cast<int>(std::clamp<long>(left, 0, 3'600'000));
}

} // namespace

std::filesystem::path TempDir::write(const std::filesystem::path& name, const std::string& text) const
{
    const auto file = path() / name;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file) << text;
    return file;
}

std::vector<std::string> TempDir::files() const
{
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(path())) {
        if (!entry.path().filename().string().starts_with(".captured")) {
            names.push_back(entry.path().lexically_relative(path()).string());
        }
    }
    std::sort(names.begin(), names.end());
    return names;
}

int code_of(const Ended& ended)
{
    const auto* exited = std::get_if<sys::Exited>(&ended.how);
    return exited != nullptr ? exited->code : -1;
}

Program::Program(const std::vector<std::string>& arguments, Start start) : folder_(start.folder)
{
    static std::atomic<int> count = 0;
    tag_ = ".captured-" + std::to_string(++count);
    std::vector<std::string> words = start.through;
    words.emplace_back(BULKHEAD_BINARY);
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<std::string> environment = environment_with(start.environment);

    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_addchdir_np(&actions, start.folder.c_str());
    ::posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    ::posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, captured("err").c_str(), O_WRONLY | O_CREAT, 0644);
    int theirs = -1;
    if (start.terminal && ::openpty(&terminal_, &theirs, nullptr, nullptr, nullptr) == 0) {
        ::fcntl(terminal_, F_SETFD, FD_CLOEXEC);
        ::posix_spawn_file_actions_adddup2(&actions, theirs, STDOUT_FILENO);
        ::posix_spawn_file_actions_addclose(&actions, theirs);
    } else {
        ::posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, captured("out").c_str(), O_WRONLY | O_CREAT, 0644);
    }
    const int error = ::posix_spawnp(&pid_, words.front().c_str(), &actions, nullptr, pointers_to(words).data(),
                                     pointers_to(environment).data());
    ::posix_spawn_file_actions_destroy(&actions);
    if (theirs >= 0) {
        ::close(theirs);
    }
    if (error != 0) {
        throw std::system_error(error, std::generic_category(), words.front());
    }
    pidfd_ = static_cast<int>(::syscall(SYS_pidfd_open, pid_, 0));
}

Program::~Program()
{
    if (pid_ > 0) {
        ::kill(pid_, SIGKILL);
        ::waitpid(pid_, nullptr, 0);
    }
    for (const int descriptor : {pidfd_, terminal_}) {
        if (descriptor >= 0) {
            ::close(descriptor);
        }
    }
}

std::filesystem::path Program::captured(const char* stream) const
{
    return folder_ / (tag_ + "-" + stream);
}

void Program::send(int signal) const
{
    ::kill(pid_, signal);
}

/// Until the last writer has closed it.
void Program::read_terminal(Clock::time_point deadline)
{
    pollfd readable{terminal_, POLLIN, 0};
    char buffer[4096];
    while (::poll(&readable, 1, milliseconds_until(deadline)) > 0) {
        const ssize_t got = ::read(terminal_, buffer, sizeof(buffer));
        if (got <= 0) {
            return;
        }
        seen_.append(buffer, static_cast<std::size_t>(got));
    }
}

Ended Program::wait(std::chrono::seconds limit)
{
    const auto deadline = Clock::now() + limit;
    Ended ended;
    if (terminal_ >= 0) {
        read_terminal(deadline);
    }
    pollfd end{pidfd_, POLLIN, 0};
    if (::poll(&end, 1, milliseconds_until(deadline)) == 0) {
        ended.out_of_time = true;
        ::kill(pid_, SIGKILL);
    }
    int status = 0;
    ::waitpid(pid_, &status, 0);
    pid_ = -1;
    if (WIFEXITED(status)) {
        ended.how = sys::Exited{WEXITSTATUS(status)};
    } else {
        ended.how = sys::Signaled{WTERMSIG(status), WCOREDUMP(status) != 0};
    }
    ended.out = terminal_ >= 0 ? seen_ : read_file(captured("out"));
    ended.err = read_file(captured("err"));
    return ended;
}

Ended bulkhead(const std::filesystem::path& folder, const std::vector<std::string>& arguments)
{
    return Program(arguments, {folder, {}, false, {}}).wait();
}

std::string small_experiment(const std::string& name, const std::string& expectation)
{
    return "schema = 1\nname = \"" + name + R"("
question = "Does a worker that dies take its siblings with it?"

[pool]
shapes = ["2x1", "1x2"]
launch = "zygote"

[fault]
kinds = ["segv-null"]

[observe]
window = "10s"

[trials]
count = 3

[[expect]]
)" + expectation +
           "\n";
}

} // namespace bulkhead::tests
