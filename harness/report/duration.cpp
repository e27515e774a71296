#include "harness/report/report.hpp"

#include <array>
#include <cmath>
#include <fmt/format.h>

namespace bulkhead::report {
namespace {

struct Unit {
    std::string_view name;
    double nanoseconds;
};
constexpr auto units = std::to_array<Unit>({{"ns", 1.0}, {"us", 1e3}, {"ms", 1e6}, {"s", 1e9}});

/// Three significant digits, without zeros behind the point, of a value below 999.5.
std::string three_digits(double value)
{
    const int decimals = value < 9.995 ? 2 : (value < 99.95 ? 1 : 0);
    std::string text = fmt::format("{:.{}f}", value, decimals);
    if (decimals > 0) {
        text.erase(text.find_last_not_of('0') + 1);
        if (text.ends_with('.')) {
            text.pop_back();
        }
    }
    return text;
}

/// From a minute on, as a person counts: "1 min 15 s", "2 h 5 min".
std::string long_duration(std::chrono::nanoseconds duration)
{
    using namespace std::chrono_literals;
    // Not std::chrono::round: it overflows within half a second of the longest duration.
    const auto whole = std::chrono::floor<std::chrono::seconds>(duration);
    const std::chrono::hh_mm_ss parts(duration - whole >= 500ms ? whole + 1s : whole);
    if (parts.hours().count() > 0) {
        return fmt::format("{} h {} min", parts.hours().count(), parts.minutes().count());
    }
    return fmt::format("{} min {} s", parts.minutes().count(), parts.seconds().count());
}

} // namespace

std::string describe(std::chrono::nanoseconds duration)
{
    using namespace std::chrono_literals;
    if (duration < 0ns) {
        // The smallest count has no opposite.
        return "-" +
               describe(duration == std::chrono::nanoseconds::min() ? std::chrono::nanoseconds::max() : -duration);
    }
    if (duration >= 59950ms) {
        return long_duration(duration);
    }
    for (const Unit& unit : units) {
        const double value = static_cast<double>(duration.count()) / unit.nanoseconds;
        if (value < 999.5) {
            return three_digits(value) + " " + std::string(unit.name);
        }
    }
    return long_duration(duration);
}

} // namespace bulkhead::report
