#pragma once

#include "harness/store/sqlite.hpp"
#include "harness/store/store.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>

namespace bulkhead::store {

inline constexpr const char* file_is_gone = "it was removed, moved or replaced while it was written";

/// How each refusal to read a results file begins.
inline constexpr const char* cannot_read = "cannot read the results file";

/// "cannot make the results file x.db: the disk is full. Free some space, or ...": what was tried (`tried` names it,
/// and is followed by the path), why it failed, `kept` (a sentence on what is safe all the same, or empty), what mends
/// it.
StoreError complaint(std::string_view tried, const std::filesystem::path& path, const SqliteError& error,
                     const std::string& kept = {});

/// The same for a failure that the operating system reported without SQLite.
StoreError complaint(std::string_view tried, const std::filesystem::path& path, std::error_code reason);

} // namespace bulkhead::store
