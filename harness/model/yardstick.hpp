#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace bulkhead::model {

/// Which way a figure gets worse.
enum class Direction : std::uint8_t {
    none, ///< neither way: that it differs is all that can be said
    more_is_worse,
    less_is_worse
};
std::string_view to_string(Direction direction); // "none", "more", "less": which is worse

/// What a change of a figure is measured by.
enum class Scale : std::uint8_t {
    amount, ///< by its ratio: half of it more is much, whatever its unit
    share,  ///< by its difference: it is a share of all, or says yes or no
    rest    ///< by the ratio of what is missing to 1: 99.9% is ten times better than 99%
};

/// How two measurements of a figure are held against each other.
struct Yardstick {
    Direction direction = Direction::none;
    Scale scale = Scale::amount;
    /// It is one thing on a quiet machine and another on a busy one: times, and what follows from them. Two campaigns
    /// of the same program differ in it by more than any tolerance when something else ran beside one of them.
    bool is_timed = false;
    bool operator==(const Yardstick&) const = default;
};

/// That of a figure; nullopt: nobody has said. Every figure of figure_catalogue() must have one.
std::optional<Yardstick> yardstick_of(std::string_view figure);

} // namespace bulkhead::model
