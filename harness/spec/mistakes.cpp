#include "harness/spec/mistakes.hpp"

#include "harness/spec/text.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace bulkhead::spec {

Mistakes::Mistakes(std::string_view toml, std::string_view origin) : lines_(lines_of(toml)), origin_(origin) {}

void Mistakes::add(Position at, std::string message, std::string hint)
{
    std::string source;
    if (at.line >= 1 && at.line <= lines_.size())
        source = printable(lines_[at.line - 1]);
    found_.push_back({origin_, at.line, at.column, std::move(message), std::move(hint), std::move(source)});
}

Diagnostics Mistakes::sorted() const
{
    Diagnostics diagnostics = found_;
    std::ranges::stable_sort(diagnostics, {}, [](const Diagnostic& d) { return std::tuple(d.line, d.column); });
    return diagnostics;
}

} // namespace bulkhead::spec
