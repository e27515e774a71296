#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace bulkhead::cli {

/// Says on stderr how far a campaign is: on a terminal by one line that is redrawn at most ten times a second and
/// wiped at the end, elsewhere by a line every ten seconds and one at the end.
class Progress {
public:
    /// `before`: trials that were finished before this began.
    Progress(std::string name, std::uint32_t planned, std::uint32_t before, bool quiet);
    ~Progress();
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

    void update(std::uint32_t finished, std::uint32_t inconclusive);

private:
    using Clock = std::chrono::steady_clock;

    [[nodiscard]] std::string line(Clock::time_point now) const;
    void draw(Clock::time_point now);

    enum class Mode : std::uint8_t { silent, redrawn, lines };
    std::string name_;
    std::uint32_t planned_;
    std::uint32_t before_;
    Mode mode_;
    std::uint32_t finished_ = before_;
    std::uint32_t inconclusive_ = 0;
    Clock::time_point started_ = Clock::now();
    Clock::time_point drawn_ = started_;
};

} // namespace bulkhead::cli
