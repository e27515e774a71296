#include "harness/spec/spec.hpp"
#include "harness/spec/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>

namespace bulkhead::spec {
namespace {

constexpr std::size_t max_width = 72;   ///< characters of the source line that are shown
constexpr std::string_view gap = "..."; ///< stands for what was cut off

/// The part of a line that is shown, and what goes before the caret so that it stands below its column.
struct Excerpt {
    std::string source;
    std::string indent;
};

Excerpt excerpt(const Diagnostic& diagnostic)
{
    const std::vector<std::string> line = characters_of(diagnostic.source);
    const std::size_t caret = std::min<std::size_t>(std::max(diagnostic.column, 1U) - 1, line.size());
    std::size_t first = 0;
    std::size_t last = line.size();
    if (line.size() > max_width) {
        first = std::min(caret - std::min(caret, max_width / 2), line.size() - max_width);
        last = first + max_width;
    }
    Excerpt result;
    if (first > 0) {
        result.source = gap;
        result.indent.assign(gap.size(), ' ');
    }
    for (std::size_t i = first; i < last; ++i) {
        result.source += line[i];
        if (i < caret)
            result.indent += line[i] == "\t" ? '\t' : ' ';
    }
    if (last < line.size())
        result.source += gap;
    return result;
}

} // namespace

std::string render(const Diagnostic& diagnostic)
{
    const std::string hint = diagnostic.hint.empty() ? "" : fmt::format("  hint: {}\n", diagnostic.hint);
    if (diagnostic.line == 0)
        return fmt::format("{}: {}\n{}", diagnostic.file, diagnostic.message, hint);
    const Excerpt shown = excerpt(diagnostic);
    return fmt::format("{}:{}:{}: {}\n  {:>4} | {}\n  {:>4} | {}^\n{}", diagnostic.file, diagnostic.line,
                       diagnostic.column, diagnostic.message, diagnostic.line, shown.source, "", shown.indent, hint);
}

} // namespace bulkhead::spec
