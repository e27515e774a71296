#pragma once

#include "harness/model/lesson.hpp"

namespace bulkhead::model {

// The course in four parts of three lessons.
std::span<const Lesson> lessons_on_parts();  ///< 1 to 3: what processes and threads are
std::span<const Lesson> lessons_on_faults(); ///< 4 to 6: what one worker does to the others
std::span<const Lesson> lessons_on_price();  ///< 7 to 9: messages, locks, speed
std::span<const Lesson> lessons_on_limits(); ///< 10 to 12: where it ends

/// Of a number that is 0 or 1, or a share that is none or all.
inline constexpr Condition is_none(std::uint8_t reading)
{
    return {reading, 0, 0};
}
inline constexpr Condition is_all(std::uint8_t reading, double all = 1)
{
    return {reading, all};
}
inline constexpr Condition is_between(std::uint8_t reading, double least, double most)
{
    return {reading, least, most};
}

} // namespace bulkhead::model
