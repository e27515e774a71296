#include "harness/model/lines.hpp"

#include <fmt/format.h>
#include <sstream>

namespace bulkhead::model {

std::string first_difference(const std::string& before, const std::string& now)
{
    std::istringstream one(before);
    std::istringstream other(now);
    for (int number = 1;; ++number) {
        std::string line_before;
        std::string line_now;
        const bool has_before = static_cast<bool>(std::getline(one, line_before));
        const bool has_now = static_cast<bool>(std::getline(other, line_now));
        if (!has_before && !has_now) {
            return "";
        }
        if (line_before != line_now || has_before != has_now) {
            const auto shown = [](bool there, const std::string& line) {
                return there ? "\"" + line + "\"" : std::string("no such line");
            };
            return fmt::format("line {} was {}, and is {}", number, shown(has_before, line_before),
                               shown(has_now, line_now));
        }
    }
}

} // namespace bulkhead::model
