#pragma once

#include "tests/cli/tools.hpp"

#include <chrono>
#include <filesystem>
#include <string>

namespace bulkhead::tests {

/// A terminal with a shell in it, in `folder`, by a tmux server of its own. It ends with this, and by itself ten
/// minutes after it began: whoever kills the tests leaves none behind.
class Tmux {
public:
    /// `setup` is done by the shell before all else.
    explicit Tmux(const TempDir& folder, int columns = 80, int lines = 40, const std::string& setup = "");
    ~Tmux();
    Tmux(const Tmux&) = delete;
    Tmux& operator=(const Tmux&) = delete;

    static bool is_there();

    void type(const std::string& text) const;    ///< as it is, without Enter
    void press(const std::string& key) const;    ///< "Enter", "C-c", ...
    void command(const std::string& line) const; ///< and Enter
    void resize(int columns, int lines) const;
    /// What is on the screen now.
    [[nodiscard]] std::string screen() const;
    /// What is on the screen now, and what has left it at the top.
    [[nodiscard]] std::string seen() const;
    /// "0 1": whether the alternate screen is on, and whether the cursor is visible.
    [[nodiscard]] std::string state() const;
    /// Waits until the text has been seen so many times.
    [[nodiscard]] bool shows(const std::string& text, int times = 1,
                             std::chrono::seconds limit = std::chrono::seconds(60)) const;

    /// The program that the shell runs in the foreground, or else its first one in the background; 0: none.
    [[nodiscard]] int program() const;
    /// The name of what reads the keys: the shell's, or that of its program in the foreground.
    [[nodiscard]] std::string in_front() const;

private:
    [[nodiscard]] Ended tmux(const std::string& words) const;

    const TempDir& folder_;
    std::filesystem::path socket_;
};

/// How often `part` is in `text`.
int count_of(const std::string& part, const std::string& text);

} // namespace bulkhead::tests
