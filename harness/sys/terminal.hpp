#pragma once

#include <cstdint>

namespace bulkhead::sys {

enum class Stream : std::uint8_t { out, err };

/// Standard input, output and error that were closed become a /dev/null that can only be read, so that to write there
/// fails as before. Else what is opened next would take their numbers, and get what is said.
void open_closed_streams() noexcept;

/// True when a person is likely to see what is written there as it comes: a terminal that can move its cursor.
bool is_terminal(Stream stream);

/// Width of the terminal; 0 when the stream is none, or does not say.
std::uint32_t terminal_columns(Stream stream);

} // namespace bulkhead::sys
