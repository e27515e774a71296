#pragma once

#include "harness/store/store.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace bulkhead::store {

/// What a results file is to hold besides trials.
struct Whole {
    model::Experiment experiment;
    std::vector<model::Cell> cells;
    std::vector<Fact> facts;
    std::string ended;        ///< as Writer::finish takes it
    std::uint32_t trials = 0; ///< of the campaign: when it ended as "complete", the parts must have as many
};

/// Makes one results file of the trials of several, whose cells must be those of `whole`: in the order of the files,
/// and of each in the order in which they finished. Lanes are numbered through, since no two files had one in common.
/// The file is made beside `out` under a name of its own, OUT.merging-PID, and gets its name when it is whole; so there
/// is a whole one or, when StoreError comes out, none. Refuses when `out` exists.
void merge(const std::filesystem::path& out, const Whole& whole, const std::vector<std::filesystem::path>& parts);

} // namespace bulkhead::store
