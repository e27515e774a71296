#pragma once

#include "tests/cli/tools.hpp"

#include <chrono>
#include <string>

namespace bulkhead::tests {

/// A terminal of 80 columns and 40 lines with a shell in it, by a tmux server of its own, which ends with it.
class Tmux {
public:
    explicit Tmux(const TempDir& folder);
    ~Tmux();
    Tmux(const Tmux&) = delete;
    Tmux& operator=(const Tmux&) = delete;

    static bool is_there();

    void type(const std::string& text) const;    ///< as it is, without Enter
    void press(const std::string& key) const;    ///< "Enter", "C-c", ...
    void command(const std::string& line) const; ///< and Enter
    /// What is on the screen now, and what has left it at the top.
    [[nodiscard]] std::string seen() const;
    /// "0 1": whether the alternate screen is on, and whether the cursor is visible.
    [[nodiscard]] std::string state() const;
    /// Waits until the text has been seen so many times.
    [[nodiscard]] bool shows(const std::string& text, int times = 1,
                             std::chrono::seconds limit = std::chrono::seconds(60)) const;

private:
    [[nodiscard]] Ended tmux(const std::string& words) const;

    const TempDir& folder_;
};

/// How often `part` is in `text`.
int count_of(const std::string& part, const std::string& text);

} // namespace bulkhead::tests
