#pragma once

#include "harness/model/sample.hpp"
#include "harness/store/store.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace bulkhead::store {

inline constexpr std::uint32_t most_trials_of_cell = 1'000'000; ///< beyond, comparing would take minutes

/// A campaign that others are compared with, as a small text for a repository.
struct Baseline {
    std::string name;
    model::Sample sample;
    bool operator==(const Baseline&) const = default;
};

/// A baseline file is wrong: what() is "file:line:column: message".
class BaselineError : public StoreError {
public:
    BaselineError(std::string file, std::uint32_t line, std::uint32_t column, std::string message, std::string source);

    [[nodiscard]] const std::string& file() const { return file_; }
    [[nodiscard]] std::uint32_t line() const { return line_; }     ///< 1-based
    [[nodiscard]] std::uint32_t column() const { return column_; } ///< 1-based
    [[nodiscard]] const std::string& message() const { return message_; }
    [[nodiscard]] const std::string& source() const { return source_; } ///< the line as it stands in the file

private:
    std::string file_;
    std::uint32_t line_;
    std::uint32_t column_;
    std::string message_;
    std::string source_;
};

/// JSON in a stable order, with a line for each cell and one for each of its figures, so that a change of a baseline
/// reads well as a diff. The same baseline gives the same text.
std::string baseline_text(const Baseline& baseline);

/// Reads what baseline_text wrote. Throws BaselineError; `file` is for its messages.
Baseline parse_baseline(std::string_view text, const std::string& file);
/// The same of a file. Throws StoreError when it cannot be read, or is larger than any baseline.
Baseline read_baseline(const std::filesystem::path& path);

/// Writes the file, whole or not at all, and makes its folder. Throws StoreError when that cannot be done, when a cell
/// has more trials than may be read again, and when the file exists, unless `replace`.
void write_baseline(const std::filesystem::path& path, const Baseline& baseline, bool replace);

/// True for what may name a baseline, and so a file: letters, digits, '.', '_' and '-', beginning with a letter or
/// digit.
bool may_name_baseline(std::string_view name);

} // namespace bulkhead::store
