#pragma once

#include "tests/cli/run_binary.hpp"

#include <optional>
#include <string>

namespace bulkhead::tests {

/// Starts the binary after a line of bash, such as a limit.
Start after(const TempDir& folder, const std::string& line);
/// Runs the binary, copied to where everybody may read it, as an ordinary user, after a line of bash.
std::optional<Start> as_nobody(const TempDir& folder, const std::string& line = ":", const std::string& user = "65534");

/// Runs a line of sh in the folder, and not the binary.
Ended shell(const std::filesystem::path& folder, const std::string& line);

/// The Python that has Debian's packages, which another one, before it in PATH, may not have.
inline constexpr auto debian_python = "/usr/bin/python3";

} // namespace bulkhead::tests
