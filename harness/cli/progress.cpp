#include "harness/cli/progress.hpp"
#include "harness/cli/output.hpp"

#include "harness/report/report.hpp"
#include "harness/sys/terminal.hpp"

#include <algorithm>
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

/// "33.1 trials/s", or by the minute where they are slow.
std::string rate_text(double per_second)
{
    if (per_second >= 100) {
        return fmt::format("{:.0f} trials/s", per_second);
    }
    return per_second >= 1 ? fmt::format("{:.3g} trials/s", per_second)
                           : fmt::format("{:.2g} trials/min", per_second * 60);
}

/// What is said of an advance; each but the first begins with what separates it from the one before, or is empty.
struct AdvanceParts {
    std::string count;
    std::string inconclusive;
    std::string took;
    std::string rate;
    std::string eta;
};

AdvanceParts parts_of(const Advance& advance)
{
    const auto percent = advance.planned == 0 ? 100 : std::uint64_t{advance.finished} * 100 / advance.planned;
    AdvanceParts parts{.count = fmt::format("{}/{} trials  {}%", advance.finished, advance.planned, percent),
                       .inconclusive = fmt::format("  inconclusive {}", advance.inconclusive),
                       .took = "",
                       .rate = "",
                       .eta = ""};
    const bool done = advance.finished == advance.planned;
    if (done) {
        parts.took = "  took " + report::describe(advance.took);
    }
    const std::uint32_t own = advance.finished - std::min(advance.finished, advance.before);
    const double seconds = std::chrono::duration<double>(advance.took).count();
    if (own > 0 && seconds > 0) {
        parts.rate = "  " + rate_text(own / seconds);
        parts.eta = done ? "" : "  eta " + rough(advance.took / own * (advance.planned - advance.finished));
    }
    return parts;
}

std::string joined(const AdvanceParts& parts)
{
    return parts.count + parts.inconclusive + parts.took + parts.rate + parts.eta;
}

} // namespace

std::string describe(const Advance& advance)
{
    return joined(parts_of(advance));
}

std::string describe_within(const Advance& advance, std::size_t columns)
{
    AdvanceParts parts = parts_of(advance);
    const bool all_decided = advance.inconclusive == 0;
    for (std::string AdvanceParts::*const less :
         {&AdvanceParts::rate, &AdvanceParts::took, all_decided ? &AdvanceParts::inconclusive : &AdvanceParts::eta,
          all_decided ? &AdvanceParts::eta : &AdvanceParts::inconclusive, &AdvanceParts::count}) {
        if (joined(parts).size() <= columns) {
            break;
        }
        (parts.*less).clear();
    }
    return joined(parts);
}

Progress::Progress(std::string name, std::uint32_t planned, std::uint32_t before, bool quiet, bool hidden)
    : name_(std::move(name)), planned_(planned), before_(before),
      mode_(quiet                                ? Mode::silent
            : sys::is_terminal(sys::Stream::err) ? Mode::redrawn
                                                 : Mode::lines),
      hidden_(hidden)
{
    if (mode_ == Mode::redrawn && !hidden_) {
        draw(started_);
    }
}

Progress::~Progress()
{
    if (hidden_) {
        return;
    }
    if (mode_ == Mode::redrawn) {
        to_stderr(wipe);
        std::fflush(stderr);
    } else if (mode_ == Mode::lines) {
        draw(Clock::now());
    }
}

void Progress::update(std::uint32_t finished, std::uint32_t inconclusive)
{
    finished_ = finished;
    inconclusive_ = inconclusive;
    if (mode_ == Mode::silent || hidden_) {
        return;
    }
    const auto now = Clock::now();
    if (now - drawn_ >= (mode_ == Mode::redrawn ? Clock::duration(100ms) : Clock::duration(10s))) {
        draw(now);
    }
}

std::string Progress::line(Clock::time_point now) const
{
    return name_ + "  " +
           describe({.finished = finished_,
                     .planned = planned_,
                     .before = before_,
                     .inconclusive = inconclusive_,
                     .took = now - started_});
}

void Progress::draw(Clock::time_point now)
{
    drawn_ = now;
    std::string text = line(now);
    if (mode_ == Mode::redrawn) {
        const std::uint32_t columns = sys::terminal_columns(sys::Stream::err);
        text.resize(std::min<std::size_t>(text.size(), columns > 1 ? columns - 1 : 79)); // a second line stays behind
        to_stderr(fmt::format("{}{}", wipe, text));
        std::fflush(stderr);
    } else {
        to_stderr(fmt::format("{}\n", text));
    }
}

} // namespace bulkhead::cli
