#pragma once

#include "harness/model/experiment.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace bulkhead::spec {

/// One mistake in an experiment file.
struct Diagnostic {
    std::string file;
    std::uint32_t line = 0; ///< 1-based; 0 when the mistake is the file as a whole (it cannot be read)
    std::uint32_t column = 0;
    std::string message; ///< what was found to be wrong
    std::string hint;    ///< what would be valid, and the nearest match
    std::string source;  ///< the line as it stands in the file
};
using Diagnostics = std::vector<Diagnostic>;

/// Reads an experiment. All mistakes are reported in one go, in the order of the file; never throws for bad input.
std::variant<model::Experiment, Diagnostics> parse(std::string_view toml, std::string_view origin);
/// The same of a text that was run before, perhaps by an earlier version, which took expectations that no cell meets.
std::variant<model::Experiment, Diagnostics> parse_recorded(std::string_view toml, std::string_view origin);
std::variant<model::Experiment, Diagnostics> load(const std::filesystem::path& path);

/// "file:line:column: message", the line, a caret below the column, the hint. Ends with a newline.
std::string render(const Diagnostic& diagnostic);

} // namespace bulkhead::spec
