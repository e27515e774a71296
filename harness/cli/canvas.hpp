#pragma once

#include "harness/report/page.hpp"
#include "harness/report/scene.hpp"
#include "harness/sys/screen.hpp"

#include <string>
#include <vector>

namespace bulkhead::cli {

/// Draws pictures on a screen, and of each only the lines that are not there yet.
class Canvas {
public:
    explicit Canvas(sys::Screen& screen);

    /// As large as the terminal is now.
    [[nodiscard]] report::Stage stage(texts::Language language) const;
    void draw(const std::vector<report::Line>& lines);

private:
    sys::Screen& screen_;
    sys::ScreenSize size_;
    bool colour_;
    std::vector<std::string> drawn_;
};

/// What makes a terminal that shows the lines `before` show the lines `now`: both are from its top.
std::string changes_between_screens(const std::vector<std::string>& before, const std::vector<std::string>& now);

} // namespace bulkhead::cli
