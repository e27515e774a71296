#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace bulkhead::cli {

/// Says on stderr how far a campaign is: on a terminal by one line that is redrawn at most ten times a second and
/// wiped at the end, elsewhere by a line every ten seconds and one at the end.
class Progress {
public:
    Progress(std::string name, std::uint32_t planned, bool quiet);
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
    Mode mode_;
    std::uint32_t finished_ = 0;
    std::uint32_t inconclusive_ = 0;
    Clock::time_point started_ = Clock::now();
    Clock::time_point drawn_ = started_;
};

} // namespace bulkhead::cli
