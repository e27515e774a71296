#pragma once

#include "harness/cli/begun.hpp"
#include "harness/cli/tally.hpp"
#include "harness/store/store.hpp"

#include <cstdint>

namespace bulkhead::cli {

/// Notes in a results file how far the rules that may stop its campaign have come, so that whoever goes on with it need
/// not read all of its trials. That is not done for fewer trials than are read in no time.
class LookNotes {
public:
    /// `known`: trials that the tally has already.
    explicit LookNotes(std::uint32_t known) : since_(known) {}

    /// After each trial, once it is in the file.
    void note(const Tally& tally, store::Writer& writer);

private:
    std::uint32_t since_;      ///< trials since the latest note
    std::uint32_t rounds_ = 0; ///< that it told of
};

/// Has a tally know of the recorded trials whatever its stop rules need: from the look that is noted in the file and
/// the trials after it or, where there is no look, or not all of its trials, from all of them. `begun` is of this file
/// alone. True when the tally knows all trials.
bool take_in(const store::Reader& reader, const Begun& begun, Tally& tally);

} // namespace bulkhead::cli
