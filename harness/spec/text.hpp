#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bulkhead::spec {

/// The characters of a text, each fit to be printed: what is no text (a byte that is not UTF-8, a control character
/// but the tab) becomes U+FFFD, one for each.
std::vector<std::string> characters_of(std::string_view text);
std::string printable(std::string_view text);

/// The lines of a text without their ends, and without a byte order mark before the first.
std::vector<std::string_view> lines_of(std::string_view text);

/// The word in quotes, as a message shows it: printable, on one line, and cut when it is long.
std::string in_quotes(std::string_view word);

/// "a, b, c".
std::string listed(std::span<const std::string> words);

/// The candidates that may be meant by a word that is none of them.
std::vector<std::string> meant_by(std::string_view word, std::span<const std::string> candidates);
/// `did you mean "abort"? `, or `did you mean "abort" or "exit"? `; nothing where nothing is meant.
std::string ask_for(std::span<const std::string> meant);
/// The same of what may be meant by the word.
std::string did_you_mean(std::string_view word, std::span<const std::string> candidates);

} // namespace bulkhead::spec
