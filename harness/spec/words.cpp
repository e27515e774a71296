#include "harness/spec/words.hpp"

#include "harness/spec/text.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <limits>
#include <string>

namespace bulkhead::spec {
namespace {

using std::chrono::microseconds;

struct Unit {
    std::string_view name;
    std::int64_t microseconds;
};
constexpr auto units = std::to_array<Unit>(
    {{"us", 1}, {"ms", 1'000}, {"s", 1'000'000}, {"min", 60'000'000}, {"m", 60'000'000}, {"h", 3'600'000'000}});

/// Takes a whole number off the front; one that does not fit counts as the largest. nullopt when there are no digits.
std::optional<std::uint64_t> take_number(std::string_view& text)
{
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error == std::errc::invalid_argument)
        return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return error == std::errc::result_out_of_range ? std::numeric_limits<std::uint64_t>::max() : number;
}

} // namespace

std::optional<microseconds> parse_duration(std::string_view text)
{
    const auto number = take_number(text);
    const auto* const unit = std::ranges::find(units, text, &Unit::name);
    if (!number || unit == units.end())
        return std::nullopt;
    if (*number > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max() / unit->microseconds))
        return microseconds::max();
    return microseconds(static_cast<std::int64_t>(*number) * unit->microseconds);
}

std::optional<std::uint64_t> read_integer(const Field& field, std::uint64_t low, std::uint64_t high)
{
    const auto* integer = content_of<std::int64_t>(field);
    if (integer == nullptr)
        return std::nullopt;
    if (*integer >= 0 && static_cast<std::uint64_t>(*integer) >= low && static_cast<std::uint64_t>(*integer) <= high)
        return static_cast<std::uint64_t>(*integer);
    field.wrong(fmt::format("{} is out of range", *integer), fmt::format("a whole number from {} to {}", low, high));
    return std::nullopt;
}

std::optional<double> read_number(const Field& field)
{
    if (const auto* integer = std::get_if<std::int64_t>(&field.value.content))
        return static_cast<double>(*integer);
    const auto* number = content_of<double>(field);
    return number == nullptr ? std::nullopt : std::optional(*number);
}

std::optional<double> read_share(const Field& field)
{
    const auto share = read_number(field);
    if (!share || (*share >= 0 && *share <= 1))
        return share;
    field.wrong(fmt::format("{} is not a share", *share),
                "a share is a number from 0 to 1, such as 0.1 for one in ten");
    return std::nullopt;
}

std::optional<microseconds> read_duration(const Field& field, DurationBound low, DurationBound high)
{
    const auto* text = content_of<std::string>(field);
    if (text == nullptr)
        return std::nullopt;
    const auto duration = parse_duration(*text);
    if (!duration) {
        field.wrong(in_quotes(*text) + " is not a duration",
                    fmt::format("a whole number and its unit (us, ms, s, min, h), such as {}", field.expected.example));
        return std::nullopt;
    }
    if (*duration >= low.value && *duration <= high.value)
        return duration;
    field.wrong(in_quotes(*text) + " is out of range", fmt::format("from \"{}\" to \"{}\"", low.text, high.text));
    return std::nullopt;
}

std::optional<std::size_t> read_word(const Field& field, std::span<const std::string> words,
                                     std::string_view where_listed)
{
    const auto* word = content_of<std::string>(field);
    if (word == nullptr)
        return std::nullopt;
    const auto found = std::ranges::find(words, *word);
    if (found != words.end())
        return static_cast<std::size_t>(found - words.begin());
    const std::string valid = !where_listed.empty() ? std::string(where_listed)
                              : words.size() == 1   ? "the only valid value is " + listed(words)
                                                    : "valid values are " + listed(words);
    field.wrong(in_quotes(*word) + " is not a valid value", did_you_mean(*word, words) + valid);
    return std::nullopt;
}

} // namespace bulkhead::spec
