#pragma once

#include "harness/report/page.hpp"
#include "harness/texts/texts.hpp"

#include <optional>
#include <vector>

namespace bulkhead::report {

/// What a pool is made of: a box for each process, with the code, data and heap that its threads share, a stack for
/// each thread, and bars below for what all processes share.
struct MemoryPicture {
    model::Shape shape;
    model::Containment containment{};
    std::optional<model::WorkerId> victim{};
    std::vector<model::Outcome> outcomes{}; ///< in pool order; empty: nothing has happened yet
};

/// Draws it with box characters, or in ASCII. Of a pool too wide for the page the first processes are drawn.
void print_memory(Page& page, const MemoryPicture& picture, texts::Language language, bool unicode);

} // namespace bulkhead::report
