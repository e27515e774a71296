#pragma once

#include <filesystem>
#include <string>

namespace bulkhead::cli {

/// False, with the reason on stderr, when write_text could not write this file. Makes the folder that it is to lie in.
bool can_be_written(const std::filesystem::path& path);

/// Writes a text file, in place of one that exists, whole or not at all; where a link is there, the file that it leads
/// to. A pipe, a device and what leads to a descriptor (/dev/stdout) are added to as they are. False, with the reason
/// on stderr, when it cannot be.
bool write_text(const std::filesystem::path& path, const std::string& text);

} // namespace bulkhead::cli
