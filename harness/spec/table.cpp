#include "harness/spec/table.hpp"

#include "harness/spec/draft.hpp"
#include "harness/spec/text.hpp"

#include <fmt/format.h>

namespace bulkhead::spec {

void report_kind(const Field& field)
{
    const bool is_string = std::holds_alternative<std::string>(field.value.content);
    std::string_view how = "write it";
    if (is_string && field.expected.example.starts_with('['))
        how = "write it in brackets,";
    else if (is_string)
        how = "write it without quotes,";
    const bool is_table = field.expected.kind.ends_with("table") || field.expected.kind.ends_with("tables");
    field.wrong(fmt::format("expected {}{}{}, found {}", field.expected.kind, is_table ? "" : " such as ",
                            is_table ? "" : field.expected.example, kind_of(field.value)),
                fmt::format("{} like {}", how, field.expected.example));
}

void report_unknown_key(const Entry& entry, std::string_view where, std::span<const std::string> keys,
                        Mistakes& mistakes)
{
    std::string guess = did_you_mean(entry.key, keys);
    const std::string_view home = home_of(entry.key);
    if (guess.empty() && !home.empty())
        guess = fmt::format("{} belongs in {}; ", in_quotes(entry.key), home);
    mistakes.add(entry.at, fmt::format("there is no key {} {}", in_quotes(entry.key), where),
                 fmt::format("{}valid here: {}", guess, listed(keys)));
}

void report_missing_key(Position at, std::string_view where, std::string_view key, Expected expected,
                        Mistakes& mistakes)
{
    const bool is_table = expected.kind == "a table";
    mistakes.add(at, fmt::format("\"{}\" is missing {}", key, where),
                 is_table ? fmt::format("add {}", expected.example)
                          : fmt::format("add {} = {}", key, expected.example));
}

} // namespace bulkhead::spec
