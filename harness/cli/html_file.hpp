#pragma once

#include <filesystem>
#include <string>

namespace bulkhead::cli {

/// False, with the reason on stderr, when there is a file that is no page of ours, which is not to be overwritten. "-"
/// stands for standard output.
bool may_replace(const std::filesystem::path& path);

/// Writes a page, and makes the folder that it is to lie in. False, with the reason on stderr, when it cannot be
/// written.
bool write_page(const std::filesystem::path& path, const std::string& html);

} // namespace bulkhead::cli
