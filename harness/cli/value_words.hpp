#pragma once

#include "harness/cli/command_model.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace bulkhead::cli {

struct Candidate {
    std::string word;
    std::string text; ///< what it is, in a few words; may be empty
};

/// What may stand where a value is expected. All empty: anything, such as a number.
struct Values {
    std::vector<Candidate> words{};
    bool list = false;                  ///< several of the words, with commas
    bool files = false;                 ///< files and folders
    std::vector<std::string> endings{}; ///< of the files; none: all of them
};

/// Of an option that takes a value, or of an argument. `line` is all that was written before it: the ids of
/// expectations are those of the file that was named there.
Values values_of(const CommandModel& command, const OptionModel& option, const std::vector<std::string>& line);

} // namespace bulkhead::cli
