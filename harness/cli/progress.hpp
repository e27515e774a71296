#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>

namespace bulkhead::cli {

/// How far a campaign is.
struct Advance {
    std::uint32_t finished = 0;
    std::uint32_t planned = 0;
    std::uint32_t before = 0; ///< trials that were finished before this began
    std::uint32_t inconclusive = 0;
    std::chrono::steady_clock::duration took{0};
};
/// "57/360 trials  15%  inconclusive 0  33.1 trials/s  eta 9 s": the rate and the time left are those of what was
/// finished since this began.
std::string describe(const Advance& advance);
/// As much of it as fits into so many columns: the rate is the first to go, and whatever is inconclusive the last but
/// the count itself.
std::string describe_within(const Advance& advance, std::size_t columns);

/// Says on stderr how far a campaign is: on a terminal by one line that is redrawn at most ten times a second and
/// wiped at the end, elsewhere by a line every ten seconds and one at the end.
class Progress {
public:
    /// `before`: trials that were finished before this began. Nothing is said while it is hidden, because something
    /// else shows it.
    Progress(std::string name, std::uint32_t planned, std::uint32_t before, bool quiet, bool hidden);
    ~Progress();
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

    void update(std::uint32_t finished, std::uint32_t inconclusive);
    void hide(bool hidden) { hidden_ = hidden; }

private:
    using Clock = std::chrono::steady_clock;

    [[nodiscard]] std::string line(Clock::time_point now) const;
    void draw(Clock::time_point now);

    enum class Mode : std::uint8_t { silent, redrawn, lines };
    std::string name_;
    std::uint32_t planned_;
    std::uint32_t before_;
    Mode mode_;
    bool hidden_;
    std::uint32_t finished_ = before_;
    std::uint32_t inconclusive_ = 0;
    Clock::time_point started_ = Clock::now();
    Clock::time_point drawn_ = started_;
};

} // namespace bulkhead::cli
