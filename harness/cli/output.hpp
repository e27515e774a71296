#pragma once

#include "harness/report/report.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace bulkhead::cli {

/// How text on stdout is to look: colour only on a terminal, and only where NO_COLOR does not forbid it.
report::Style style_of_stdout(texts::Language language = texts::Language::english);
bool colour_wanted_on_stderr();

/// Results go here, and nothing else does.
void print(std::string_view text);
/// Everything else that is said to a person. That nobody can read it (a full disk, a terminal that is gone) ends
/// nothing.
void to_stderr(std::string_view text);

/// Text broken at spaces into lines of at most `width` columns, each after the first indented by `indent` spaces.
std::string wrapped(std::string_view text, std::size_t width, std::size_t indent);

/// A command that can be pasted into a shell: words with other than plain characters are quoted.
std::string quoted(const std::string& word);

/// "; did you mean \"x\"?" when a candidate is near enough, otherwise nothing.
std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates);

/// "1 trial", "2 trials".
std::string counted(std::uint64_t number, std::string_view noun);

} // namespace bulkhead::cli
