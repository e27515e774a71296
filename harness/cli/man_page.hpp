#pragma once

#include "harness/cli/command_model.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bulkhead::cli {

/// The names of the man pages of section 1: that of the program, and one for each command that can be run.
std::vector<std::string> man_pages(const CommandModel& program);

/// One of them as scdoc(5) has it. nullopt: there is none of that name.
std::optional<std::string> man_page(const CommandModel& program, std::string_view name);

/// A page of the reference, written in Markdown, as a man page of that name and section: its first heading is what the
/// page is about, and each row of a table becomes a paragraph under its first cell.
std::string manual_of(std::string_view markdown, std::string_view name, int section);

} // namespace bulkhead::cli
