#pragma once

#include <string>
#include <string_view>

// Pieces of scdoc(5), from which scdoc(1) makes man pages.

namespace bulkhead::cli {

/// Text that stands for itself, on one line, at its beginning or within it.
std::string scdoc_text(std::string_view text, bool begins_line = true);
std::string scdoc_bold(std::string_view text);
std::string scdoc_italic(std::string_view text);

/// A block of lines that are shown as they are.
std::string scdoc_literal(std::string_view lines);

/// "name(1) ...", the title line of a page.
std::string scdoc_title(std::string_view name, int section);

} // namespace bulkhead::cli
