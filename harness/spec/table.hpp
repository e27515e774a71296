#pragma once

#include "harness/spec/document.hpp"
#include "harness/spec/mistakes.hpp"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bulkhead::spec {

/// What may stand behind a key, in words and as it is written in a file.
struct Expected {
    std::string_view kind;    ///< "a string", "an array of strings"
    std::string_view example; ///< `"500ms"`
};

/// A value that is about to be read.
struct Field {
    const Value& value;
    Expected expected;
    Mistakes& mistakes;

    /// Records a mistake at the value's own place.
    void wrong(std::string message, std::string hint) const
    {
        mistakes.add(value.at, std::move(message), std::move(hint));
    }
};

/// One key of a table of the file; `read` takes its value over into a Target, or records what is wrong with it.
template <typename Target>
struct Key {
    std::string_view name;
    bool required;
    Expected expected;
    void (*read)(const Field& field, Target& target);
};

/// Records "expected ..., found ...".
void report_kind(const Field& field);
/// True for a key whose value is a table, or several.
bool is_table(const Expected& expected);
/// Records that there is no such key `where` ("in [pool]"); `keys` are the ones that there are. Returns those that may
/// be meant.
std::vector<std::string> report_unknown_key(const Entry& entry, std::string_view where,
                                            std::span<const std::string> keys, Mistakes& mistakes);
/// Records at `at` that a key is not there.
void report_missing_key(Position at, std::string_view where, std::string_view key, Expected expected,
                        Mistakes& mistakes);

/// The value as this type; otherwise nullptr, and the mistake is recorded.
template <typename Content>
const Content* content_of(const Field& field)
{
    const auto* content = std::get_if<Content>(&field.value.content);
    if (content == nullptr)
        report_kind(field);
    return content;
}

/// Reads a table by the list of its keys. A key that is not in the list, and one that is required but not there, is a
/// mistake; but not two where the one may be meant by the other. Returns what was meant by keys that are not in the
/// list.
template <typename Target>
std::vector<std::string> read_table(const Field& field, std::string_view where, std::span<const Key<Target>> keys,
                                    Target& target)
{
    const auto* table = content_of<Table>(field);
    std::vector<std::string> meant;
    if (table == nullptr)
        return meant;
    for (const Entry& entry : *table) {
        const auto key = std::ranges::find(keys, entry.key, &Key<Target>::name);
        if (key != keys.end()) {
            key->read({entry.value, key->expected, field.mistakes}, target);
            continue;
        }
        std::vector<std::string> names;
        for (const auto& valid : keys)
            names.emplace_back(valid.name);
        std::ranges::move(report_unknown_key(entry, where, names, field.mistakes), std::back_inserter(meant));
    }
    for (const auto& key : keys) {
        if (key.required && std::ranges::find(*table, key.name, &Entry::key) == table->end() &&
            std::ranges::find(meant, key.name) == meant.end())
            report_missing_key(field.value.at, where, key.name, key.expected, field.mistakes);
    }
    return meant;
}

/// A value and where it stands, for the checks that need the whole file.
template <typename T>
struct Placed {
    T value;
    Position at;
};

/// The elements of a list that could be read.
template <typename T>
struct PlacedList {
    std::vector<Placed<T>> items;
    bool complete = false; ///< every element could be read: what is not in `items` is not in the file
};

} // namespace bulkhead::spec
