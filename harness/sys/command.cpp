#include "harness/sys/command.hpp"

#include "harness/sys/error.hpp"
#include "harness/sys/fd.hpp"

#include <cerrno>
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace bulkhead::sys {
namespace {

/// posix_spawn_file_actions_t, as long as it is needed.
class FileActions {
public:
    explicit FileActions(const Fd& output)
    {
        ::posix_spawn_file_actions_init(&actions_);
        ::posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
        ::posix_spawn_file_actions_adddup2(&actions_, output.number(), STDOUT_FILENO);
    }
    ~FileActions() { ::posix_spawn_file_actions_destroy(&actions_); }
    FileActions(const FileActions&) = delete;
    FileActions& operator=(const FileActions&) = delete;

    [[nodiscard]] const posix_spawn_file_actions_t* get() const { return &actions_; }

private:
    posix_spawn_file_actions_t actions_{};
};

pid_t start(const std::vector<std::string>& words, const Fd& output)
{
    std::vector<std::string> copies = words;
    std::vector<char*> arguments;
    for (std::string& word : copies) {
        arguments.push_back(word.data());
    }
    arguments.push_back(nullptr);
    const FileActions actions(output);
    pid_t pid = -1;
    if (const int error = ::posix_spawnp(&pid, arguments.front(), actions.get(), nullptr, arguments.data(), environ);
        error != 0) {
        refuse(words.front().c_str(), error);
    }
    return pid;
}

std::string read_all(const Fd& descriptor)
{
    std::string text;
    char part[4096];
    for (;;) {
        const ssize_t read = ::read(descriptor.number(), part, sizeof(part));
        if (read > 0) {
            text.append(part, static_cast<std::size_t>(read));
        } else if (read == 0 || errno != EINTR) {
            return text;
        }
    }
}

Termination wait_for(pid_t pid)
{
    int status = 0;
    while (::waitpid(pid, &status, 0) < 0) {
        if (errno != EINTR) {
            refuse("waitpid");
        }
    }
    if (WIFSIGNALED(status)) {
        return Signaled{WTERMSIG(status), WCOREDUMP(status) != 0};
    }
    return Exited{WEXITSTATUS(status)};
}

} // namespace

CommandOutput output_of(const std::vector<std::string>& words)
{
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) {
        refuse("pipe2");
    }
    const Fd ours(ends[0]);
    Fd theirs(ends[1]);
    const pid_t pid = start(words, theirs);
    theirs = Fd();
    CommandOutput output;
    output.text = read_all(ours);
    output.how = wait_for(pid);
    return output;
}

} // namespace bulkhead::sys
