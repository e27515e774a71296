#include "harness/spec/table.hpp"

#include "harness/spec/draft.hpp"
#include "harness/spec/text.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace bulkhead::spec {

bool is_table(const Expected& expected)
{
    return expected.kind.ends_with("table") || expected.kind.ends_with("tables");
}

void report_kind(const Field& field)
{
    const bool is_string = std::holds_alternative<std::string>(field.value.content);
    std::string_view how = "write it";
    if (is_string && field.expected.example.starts_with('['))
        how = "write it in brackets,";
    else if (is_string)
        how = "write it without quotes,";
    const bool wants_table = is_table(field.expected);
    field.wrong(fmt::format("expected {}{}{}, found {}", field.expected.kind, wants_table ? "" : " such as ",
                            wants_table ? "" : field.expected.example, kind_of(field.value)),
                fmt::format("{} like {}", how, field.expected.example));
}

std::vector<std::string> report_unknown_key(const Entry& entry, std::string_view where,
                                            std::span<const std::string> keys, Mistakes& mistakes)
{
    // How many trials there are is said by the option --trials, and in a file by another word.
    const bool is_count = entry.key == "trials" && std::ranges::find(keys, "count") != keys.end();
    std::vector<std::string> meant = is_count ? std::vector<std::string>{"count"} : meant_by(entry.key, keys);
    std::string guess = ask_for(meant);
    const std::string_view home = home_of(entry.key);
    if (guess.empty() && !home.empty())
        guess = fmt::format("{} belongs {}; ", in_quotes(entry.key), home);
    mistakes.add(entry.at, fmt::format("there is no key {} {}", in_quotes(entry.key), where),
                 fmt::format("{}valid here: {}", guess, listed(keys)));
    return meant;
}

void report_missing_key(Position at, std::string_view where, std::string_view key, Expected expected,
                        Mistakes& mistakes)
{
    mistakes.add(at, fmt::format("\"{}\" is missing {}", key, where),
                 expected.kind == "a table" ? fmt::format("add {}", expected.example)
                                            : fmt::format("add {} = {}", key, expected.example));
}

} // namespace bulkhead::spec
