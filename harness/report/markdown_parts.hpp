#pragma once

#include "harness/report/suite.hpp"
#include "harness/texts/texts.hpp"

#include <string>
#include <string_view>

namespace bulkhead::report {

/// Plain text: nothing in it is markup, and none of it ends a cell of a table.
std::string plain(std::string_view text);
/// Code within a line.
std::string code(std::string_view text);
/// Code on lines of its own, whatever it holds.
std::string code_block(std::string_view text, std::string_view language);

/// The verdict's word, strong where it is no success.
std::string word_of(Result result, texts::Language language = texts::Language::english);
/// A table of the expectations, or a sentence where there is none.
std::string verdicts_markdown(const Suite& suite, texts::Language language = texts::Language::english);

} // namespace bulkhead::report
