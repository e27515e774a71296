#include "harness/cli/canvas.hpp"

#include "harness/cli/live_replay.hpp"
#include "harness/cli/output.hpp"
#include "harness/sys/terminal.hpp"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <fmt/format.h>

namespace bulkhead::cli {
namespace {

std::string painted(const report::Line& line, report::Style style)
{
    report::Page page(style);
    page.line(line);
    std::string text = page.take();
    text.pop_back(); // the line's end
    return text;
}

} // namespace

Canvas::Canvas(sys::Screen& screen) : screen_(screen), size_(sys::screen_size()), colour_(colour_wanted_on_stderr()) {}

report::Stage Canvas::stage(texts::Language language) const
{
    const sys::ScreenSize size = sys::screen_size();
    return {std::max<std::size_t>(size.columns, 1), std::max<std::size_t>(size.lines, 1), unicode_wanted(), language};
}

void Canvas::draw(const std::vector<report::Line>& lines)
{
    sys::Screen::follow_foreground();
    std::string text;
    if (const sys::ScreenSize now = sys::screen_size(); screen_.became_blank() || now != size_) {
        size_ = now;
        drawn_.clear();
        text = "\x1b[0m\x1b[2J";
    }
    std::vector<std::string> next;
    next.reserve(lines.size());
    for (const report::Line& line : lines) {
        next.push_back(painted(line, {.colour = colour_, .width = size_.columns}));
    }
    text += changes_between_screens(drawn_, next);
    drawn_ = std::move(next);
    screen_.write(text);
}

std::string changes_between_screens(const std::vector<std::string>& before, const std::vector<std::string>& now)
{
    std::string text;
    for (std::size_t i = 0; i < std::max(before.size(), now.size()); ++i) {
        const std::string line = i < now.size() ? now[i] : "";
        if ((i < before.size() ? before[i] : "") != line) {
            // Erased before it is written: after a full line the cursor stands on its last character.
            text += fmt::format("\x1b[{};1H\x1b[K{}", i + 1, line);
        }
    }
    return text;
}

bool unicode_wanted()
{
    for (const char* const name : {"LC_ALL", "LC_CTYPE", "LANG"}) { // the first that is set counts: locale(7)
        const char* const value = std::getenv(name);
        if (value == nullptr || *value == '\0') {
            continue;
        }
        std::string lower(value);
        std::ranges::transform(lower, lower.begin(),
                               [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        return lower.find("utf-8") != std::string::npos || lower.find("utf8") != std::string::npos;
    }
    return false;
}

bool can_show()
{
    const sys::ScreenSize size = sys::screen_size();
    return sys::is_terminal(sys::Stream::err) && size.columns >= report::least_stage_width &&
           size.lines >= report::least_stage_height;
}

} // namespace bulkhead::cli
