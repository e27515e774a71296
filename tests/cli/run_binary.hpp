#pragma once

#include "harness/sys/termination.hpp"
#include "tests/temp_folder.hpp"
#include "tests/within.hpp"

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

namespace bulkhead::tests {

/// A folder of its own for a test.
class TempDir : public TempFolder {
public:
    /// Writes a file below it, making the folders it needs, and gives its path.
    std::filesystem::path write(const std::filesystem::path& name, const std::string& text) const;
    /// Everything in it and below it but the captured output of programs, sorted.
    [[nodiscard]] std::vector<std::string> files() const;
};

/// How a program ended, and what it said.
struct Ended {
    sys::Termination how;
    bool out_of_time = false; ///< it was killed, because its limit was up
    std::string out;
    std::string err;
};
/// The exit code; -1 when a signal ended it.
int code_of(const Ended& ended);

struct Start {
    std::filesystem::path folder;         ///< working directory
    std::vector<std::string> environment; ///< "NAME=value", over the test's own environment
    bool terminal = false;                ///< its stdout is a terminal
    std::vector<std::string> through;     ///< a program, with arguments, that starts the binary in its turn
};

/// The built binary at work. Killed and reaped at the end of its scope at the latest.
class Program {
public:
    Program(const std::vector<std::string>& arguments, Start start);
    ~Program();
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;

    void send(int signal) const;
    [[nodiscard]] int pid() const { return pid_; }
    Ended wait(std::chrono::seconds limit = std::chrono::minutes(10));

private:
    std::filesystem::path captured(const char* stream) const;
    void read_terminal(std::chrono::steady_clock::time_point deadline);

    std::filesystem::path folder_;
    std::string tag_; ///< tells the output of one program from another's
    int pid_ = -1;
    int pidfd_ = -1;
    int terminal_ = -1; ///< our end
    std::string seen_;  ///< on the terminal
};

/// Starts the binary in `folder`, and waits for its end.
Ended bulkhead(const std::filesystem::path& folder, const std::vector<std::string>& arguments);

/// True when `part` is somewhere in `text`.
inline bool has(const std::string& text, const std::string& part)
{
    return text.find(part) != std::string::npos;
}

/// An experiment on a few small pools that is over in a second.
std::string small_experiment(const std::string& name, const std::string& expectation);

} // namespace bulkhead::tests
