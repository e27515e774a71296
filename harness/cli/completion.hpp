#pragma once

#include "harness/cli/value_words.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace bulkhead::cli {

/// What the last of the words can become. `words` are those after "bulkhead" up to the cursor; the last one, which
/// may be empty, is under way. Candidates are whole words: of a list "8x1,4" they begin with "8x1,".
Values completions(const CommandModel& program, const std::vector<std::string>& words);

/// The same as lines for a shell. First "files ENDING...", "words" or "list", which tells what else is to be completed
/// and whether a word goes on; then a line for each candidate, "WORD\tTEXT".
std::string as_lines(const Values& values);

/// What a shell reads to complete the program's words, by asking the program. nullptr: no such shell.
const char* completion_script(std::string_view shell);

/// The shells there is a script for: bash, zsh, fish.
std::vector<std::string> completed_shells();

} // namespace bulkhead::cli
