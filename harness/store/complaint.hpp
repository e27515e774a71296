#pragma once

#include "harness/store/sqlite.hpp"
#include "harness/store/store.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>

namespace bulkhead::store {

/// "cannot make the results file x.db: the disk is full. Free some space, or ...": what was tried (`tried` names it,
/// and is followed by the path), why it failed, `kept` (a sentence on what is safe all the same, or empty), what mends
/// it.
StoreError complaint(std::string_view tried, const std::filesystem::path& path, const SqliteError& error,
                     const std::string& kept = {});

/// The same for a failure that the operating system reported without SQLite.
StoreError complaint(std::string_view tried, const std::filesystem::path& path, std::error_code reason);

} // namespace bulkhead::store
