#include "harness/cli/playing.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace bulkhead::cli {
namespace {

constexpr double share_in_motion = 0.75;
constexpr double step = 1.5;
constexpr double slowest = 1.0 / 64;
constexpr double fastest = 64;
constexpr std::chrono::milliseconds longest_step{250}; ///< more has passed only where the program stood still

} // namespace

void Playing::begin(report::Picture picture)
{
    picture_ = std::move(picture);
    played_ = 0;
}

double Playing::progress() const
{
    return std::min(1.0, played_ / share_in_motion);
}

void Playing::advance(std::chrono::nanoseconds time)
{
    if (paused_ || is_over()) {
        return;
    }
    time = std::min<std::chrono::nanoseconds>(time, longest_step);
    const auto whole = static_cast<double>(std::max<std::int64_t>(1, duration_.count()));
    played_ = std::min(1.0, played_ + factor_ * static_cast<double>(time.count()) / whole);
}

void Playing::hurry()
{
    paused_ = false;
    factor_ = std::max(1.0, factor_);
}

Playing::Wish Playing::on_key(char key)
{
    switch (key) {
    case ' ': paused_ = !paused_; break;
    case 's': factor_ = std::max(slowest, factor_ / step); break;
    case 'f': factor_ = std::min(fastest, factor_ * step); break;
    case 'n':
    case '\n':
    case '\r':
        played_ = 1;
        paused_ = false;
        break;
    case 'q': return Wish::leave;
    default: break;
    }
    return Wish::nothing;
}

std::chrono::nanoseconds Playing::length() const
{
    return picture_.phases.empty() ? std::chrono::nanoseconds{0}
                                   : report::between(picture_.phases.front().from, picture_.phases.back().to);
}

std::string Playing::speed_text() const
{
    const double real = static_cast<double>(length().count());
    const double shown = share_in_motion * static_cast<double>(duration_.count()) / factor_;
    if (real <= 0 || shown <= 0) {
        return "";
    }
    const double slower = shown / real;
    return slower >= 1 ? fmt::format("1/{:.0f} speed", slower) : fmt::format("{:.1f}x speed", 1 / slower);
}

} // namespace bulkhead::cli
