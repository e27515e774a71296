#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace bulkhead::cli {

/// An option of the command line, and the key of an experiment file that says the same.
struct OptionOfKey {
    std::string_view key;
    std::string_view option;
};

/// What is said of an experiment file, in the words of the command line: `victim = "any" or "p0t0" in [fault]` becomes
/// "--victim any or --victim p0t0". A value that no option can say keeps its key, and is said to need a file.
std::string in_options(std::string_view text, const std::vector<OptionOfKey>& options);

/// A TOML basic string.
std::string toml_string(std::string_view text);
std::string toml_list(const std::vector<std::string>& words);
/// The shortest decimal that reads back as the same number; never with an exponent.
std::string decimal(double number);
/// A TOML float always has a point.
std::string toml_float(double number);
/// "20" and "10..100" become a number and a range; anything else stays a string, for spec to refuse.
std::string ops_as_toml(const std::string& text);
/// True for a number or a range.
bool is_ops(const std::string& text);
/// A key and its string; empty when there is none.
std::string line_unless_empty(std::string_view key, const std::string& word);

template <typename T>
std::vector<std::string> as_words(const std::vector<T>& values)
{
    std::vector<std::string> words;
    for (const T& value : values) {
        words.emplace_back(to_string(value));
    }
    return words;
}

} // namespace bulkhead::cli
