#include "tests/cli/tmux.hpp"

#include <fstream>
#include <sstream>

namespace bulkhead::tests {
namespace {

/// kill-server returns before its server has ended: one begun at the same socket may still reach that one, and ends
/// with it.
int number_of_next = 0;

/// In single quotes, for a shell.
std::string word(const std::string& text)
{
    std::string result = "'";
    for (const char c : text) {
        result += c == '\'' ? "'\\''" : std::string(1, c);
    }
    return result + "'";
}

int first_child_of(int process)
{
    const std::string id = std::to_string(process);
    int child = 0;
    std::ifstream("/proc/" + id + "/task/" + id + "/children") >> child;
    return child;
}

} // namespace

int count_of(const std::string& part, const std::string& text)
{
    int count = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) {
        ++count;
    }
    return count;
}

Tmux::Tmux(const TempDir& folder, int columns, int lines, const std::string& setup)
    : folder_(folder), socket_(folder.path() / ("tmux" + std::to_string(number_of_next++)))
{
    // The prompt is told apart from everything that a program writes.
    folder_.write("rc", "PS1='ready$ '\n" + setup + "\n");
    const Ended started = tmux("-f /dev/null new-session -d -x " + std::to_string(columns) + " -y " +
                               std::to_string(lines) + " timeout --foreground 600 bash --noprofile --rcfile rc");
    if (code_of(started) != 0) {
        throw std::runtime_error("tmux: " + started.err);
    }
}

Tmux::~Tmux()
{
    static_cast<void>(tmux("kill-server"));
}

bool Tmux::is_there()
{
    return code_of(shell("/", "command -v tmux > /dev/null")) == 0;
}

Ended Tmux::tmux(const std::string& words) const
{
    return shell(folder_.path(), "LC_ALL=C.UTF-8 exec tmux -u -S " + word(socket_.string()) + " " + words);
}

void Tmux::type(const std::string& text) const
{
    static_cast<void>(tmux("send-keys -l " + word(text)));
}

void Tmux::press(const std::string& key) const
{
    static_cast<void>(tmux("send-keys " + key));
}

void Tmux::command(const std::string& line) const
{
    type(line);
    press("Enter");
}

void Tmux::resize(int columns, int lines) const
{
    static_cast<void>(tmux("resize-window -x " + std::to_string(columns) + " -y " + std::to_string(lines)));
}

std::string Tmux::screen() const
{
    return tmux("capture-pane -p").out;
}

std::string Tmux::seen() const
{
    return tmux("capture-pane -p -J -S -").out;
}

std::string Tmux::state() const
{
    return tmux("display-message -p '#{alternate_on} #{cursor_flag}'").out;
}

int Tmux::program() const
{
    int timeout = 0;
    std::istringstream(tmux("display-message -p '#{pane_pid}'").out) >> timeout;
    return first_child_of(first_child_of(timeout));
}

std::string Tmux::in_front() const
{
    std::string name;
    std::istringstream(tmux("display-message -p '#{pane_current_command}'").out) >> name;
    return name;
}

bool Tmux::shows(const std::string& text, int times, std::chrono::seconds limit) const
{
    return within(limit, [&] { return count_of(text, seen()) >= times; });
}

} // namespace bulkhead::tests
