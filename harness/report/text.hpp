#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace bulkhead::report {

/// Columns that the UTF-8 text takes in a terminal.
std::size_t columns(std::string_view text);

/// The text without what could move a terminal's cursor or change its colours: every control character and every byte
/// that is not UTF-8 becomes a blank or a question mark.
std::string clean(std::string_view text);

/// The text cut to `width` columns, with ".." in place of what is gone.
std::string fitted(std::string_view text, std::size_t width);
std::string left(std::string_view text, std::size_t width);
std::string right(std::string_view text, std::size_t width);

/// Lines of at most `width` columns, broken between words; a longer word is broken where the line ends.
std::vector<std::string> wrapped(std::string_view text, std::size_t width);

/// "1 trial", "20 trials".
std::string count(std::uint64_t number, std::string_view singular);

/// "7", "493 k", "2.25 M": three significant digits of what is not negative.
std::string rounded(double number);

/// The word as a shell reads it: quoted where it has to be.
std::string shell_word(std::string_view word);

} // namespace bulkhead::report
