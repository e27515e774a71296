#include "harness/cli/progress.hpp"

#include "harness/report/report.hpp"
#include "harness/sys/terminal.hpp"

#include <cstdio>
#include <fmt/format.h>

namespace bulkhead::cli {
namespace {

using namespace std::chrono_literals;

constexpr auto wipe = "\r\x1b[K";

/// Whole seconds, minutes or hours: an estimate that flickers helps nobody.
std::string rough(std::chrono::steady_clock::duration duration)
{
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(duration).count();
    if (seconds < 120) {
        return fmt::format("{} s", seconds);
    }
    return seconds < 7200 ? fmt::format("{} min", seconds / 60) : fmt::format("{} h", seconds / 3600);
}

} // namespace

Progress::Progress(std::string name, std::uint32_t planned, std::uint32_t before, bool quiet)
    : name_(std::move(name)), planned_(planned), before_(before),
      mode_(quiet                                ? Mode::silent
            : sys::is_terminal(sys::Stream::err) ? Mode::redrawn
                                                 : Mode::lines)
{
    if (mode_ == Mode::redrawn) {
        draw(started_);
    }
}

Progress::~Progress()
{
    if (mode_ == Mode::redrawn) {
        std::fputs(wipe, stderr);
        std::fflush(stderr);
    } else if (mode_ == Mode::lines) {
        draw(Clock::now());
    }
}

void Progress::update(std::uint32_t finished, std::uint32_t inconclusive)
{
    finished_ = finished;
    inconclusive_ = inconclusive;
    if (mode_ == Mode::silent) {
        return;
    }
    const auto now = Clock::now();
    if (now - drawn_ >= (mode_ == Mode::redrawn ? Clock::duration(100ms) : Clock::duration(10s))) {
        draw(now);
    }
}

std::string Progress::line(Clock::time_point now) const
{
    const auto took = now - started_;
    std::string time;
    if (finished_ == planned_) {
        time = "  took " + report::describe(took);
    } else if (finished_ > before_) {
        time = "  eta " + rough(took / (finished_ - before_) * (planned_ - finished_));
    }
    return fmt::format("{}  {}/{} trials  {}%  inconclusive {}{}", name_, finished_, planned_,
                       planned_ == 0 ? 100 : std::uint64_t{finished_} * 100 / planned_, inconclusive_, time);
}

void Progress::draw(Clock::time_point now)
{
    drawn_ = now;
    std::string text = line(now);
    if (mode_ == Mode::redrawn) {
        const std::uint32_t columns = sys::terminal_columns(sys::Stream::err);
        text.resize(std::min<std::size_t>(text.size(), columns > 1 ? columns - 1 : 79)); // a second line stays behind
        fmt::print(stderr, "{}{}", wipe, text);
        std::fflush(stderr);
    } else {
        fmt::print(stderr, "{}\n", text);
    }
}

} // namespace bulkhead::cli
