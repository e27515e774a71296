#pragma once

#include "harness/report/lifelines.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace bulkhead::cli {

/// A trial in slow motion: how far it is, how fast it goes, and what keys do to it.
class Playing {
public:
    /// `duration`: from the launch until the next trial may come. The last quarter of it shows how it ended.
    explicit Playing(std::chrono::nanoseconds duration) : duration_(duration) {}

    void begin(report::Picture picture);
    [[nodiscard]] const report::Picture& picture() const { return picture_; }
    /// From 0, at the launch, to 1, when all is over.
    [[nodiscard]] double progress() const;
    /// True when there is none, or its end was shown long enough.
    [[nodiscard]] bool is_over() const { return played_ >= 1; }
    [[nodiscard]] bool has_ended() const { return progress() >= 1; } ///< and its end is what is shown
    [[nodiscard]] bool is_paused() const { return paused_; }

    /// So much time has passed.
    void advance(std::chrono::nanoseconds time);

    /// Neither paused nor slowed any more.
    void hurry();

    enum class Wish : std::uint8_t { nothing, leave };
    Wish on_key(char key);

    /// "1/300 of real time".
    [[nodiscard]] std::string speed_text() const;

private:
    [[nodiscard]] std::chrono::nanoseconds length() const;

    std::chrono::nanoseconds duration_;
    report::Picture picture_;
    double played_ = 1; ///< of the duration
    double factor_ = 1; ///< by which keys have made it faster
    bool paused_ = false;
};

} // namespace bulkhead::cli
