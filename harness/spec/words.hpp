#pragma once

#include "harness/model/experiment.hpp"
#include "harness/spec/table.hpp"

#include <chrono>
#include <cstdint>
#include <optional>

// Readers of single values. Each returns nullopt when it has recorded a mistake.

namespace bulkhead::spec {

/// A whole number in [low, high].
std::optional<std::uint64_t> read_integer(const Field& field, std::uint64_t low, std::uint64_t high);

/// A number in [0, 1].
std::optional<double> read_share(const Field& field);
/// Any number, with or without decimals.
std::optional<double> read_number(const Field& field);

/// "100us", "500ms", "2s", "5min" or "1h", in [low, high]; the two bounds are shown as they are passed here.
struct DurationBound {
    std::chrono::microseconds value;
    std::string_view text;
};
std::optional<std::chrono::microseconds> read_duration(const Field& field, DurationBound low, DurationBound high);

/// "10min"; nullopt for what is none. The largest stands for all that are too long.
std::optional<std::chrono::microseconds> parse_duration(std::string_view text);

/// One of `words`: its position among them. `where_listed` is told in their place, where they are many.
std::optional<std::size_t> read_word(const Field& field, std::span<const std::string> words,
                                     std::string_view where_listed = {});

/// One of the enumerators, as model::to_string writes them.
template <typename Enum>
std::optional<Enum> read_enum(const Field& field, std::span<const Enum> all)
{
    std::vector<std::string> words;
    for (const Enum value : all)
        words.emplace_back(to_string(value));
    const auto position = read_word(field, words);
    return position ? std::optional(all[*position]) : std::nullopt;
}

std::optional<model::Shape> read_shape(const Field& field);
std::optional<model::Fault> read_fault(const Field& field);
/// The fault that sends the signal which is all that was named: "kill:SIGKILL" for "SIGKILL", "KILL" and "kill -9".
std::optional<std::string> fault_of_signal(std::string_view word);
std::optional<model::WorkerId> read_worker(const Field& field);
std::optional<model::Workload> read_workload_word(const Field& field);
std::optional<model::Locking> read_locking(const Field& field);
std::optional<model::Strategy> read_strategy(const Field& field);
std::optional<model::ChannelKind> read_channel_kind(const Field& field);
std::optional<model::Delivery> read_delivery_word(const Field& field);
std::optional<model::Guard> read_guard(const Field& field);
std::optional<model::InjectionPoint> read_point(const Field& field);
/// "nothing", or one medium or several, as one value; or an array with such values in it.
PlacedList<model::SharedMedia> read_shared(const Field& field);

/// ">= 0.99": a comparison and its bound, which is any finite number. nullopt for anything else.
struct Bound {
    model::Comparison comparison;
    double value;
};
std::optional<Bound> parse_bound(std::string_view text);

/// The claim of `survivors = ...`, or with another outcome than intact that of `outcome.NAME = ...`.
std::optional<model::Claim> read_siblings(const Field& field, model::Outcome outcome);
/// One way in which a victim may end, such as "SIGSEGV": see model::end_of_victim.
std::optional<std::string> read_victim_end(const Field& field);

/// A word stands for itself.
inline std::string_view to_string(std::string_view word)
{
    return word;
}

/// A list without repetition; an element that could not be read leaves it incomplete.
template <typename T>
PlacedList<T> read_list(const Field& list, Expected element, std::optional<T> (*read)(const Field&))
{
    PlacedList<T> result;
    const auto* array = content_of<Array>(list);
    if (array == nullptr)
        return result;
    if (array->empty())
        list.wrong("the list is empty", "name at least one, such as " + std::string(list.expected.example));
    result.complete = !array->empty();
    for (const Value& value : *array) {
        const Field field{value, element, list.mistakes};
        const std::optional<T> item = read(field);
        if (!item)
            result.complete = false;
        else if (std::ranges::find(result.items, *item, &Placed<T>::value) != result.items.end())
            field.wrong("\"" + std::string(to_string(*item)) + "\" is in the list already", "name each one once");
        else
            result.items.push_back({*item, value.at});
    }
    return result;
}

/// A string, or an array of strings, as a list.
template <typename T>
PlacedList<T> read_one_or_more(const Field& field, Expected element, std::optional<T> (*read)(const Field&))
{
    if (!std::holds_alternative<std::string>(field.value.content))
        return read_list<T>(field, element, read);
    PlacedList<T> result;
    if (const auto item = read(field)) {
        result.items.push_back({*item, field.value.at});
        result.complete = true;
    }
    return result;
}

} // namespace bulkhead::spec
