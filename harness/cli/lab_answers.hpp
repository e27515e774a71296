#pragma once

#include <cstddef>
#include <string>
#include <variant>
#include <vector>

namespace bulkhead::cli {

/// Predictions, as positions of choices.
using Answers = std::vector<std::size_t>;

/// Reads letters with commas, blanks or lines between them; what stands behind # in a line is a remark. The other
/// alternative says what is wrong.
std::variant<Answers, std::string> parse_answers(std::string_view text);

/// The same from where the option points: letters, "-" for standard input, or the name of a file.
std::variant<Answers, std::string> read_answers(const std::string& option);

} // namespace bulkhead::cli
