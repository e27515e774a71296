#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace bulkhead::sys {

/// True when a person can type at standard input.
bool is_typed_at();

/// What reading a line from standard input came to.
enum class Typed : std::uint8_t { line, end, stopped };
struct TypedLine {
    Typed how = Typed::end;
    std::string text{}; ///< without its line end
};

/// Waits for a line of standard input; for its end; or until `stop` is readable. The terminal is left as it is: the
/// kernel edits the line, and nothing has to be restored whatever ends the program.
TypedLine read_typed_line(int stop);

} // namespace bulkhead::sys
