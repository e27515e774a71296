#pragma once

#include <span>
#include <string_view>

namespace bulkhead::model {

/// One of the claims of an introduction to processes and threads, which the experiments in experiments/claims measure.
/// An expectation's own claim is another thing: model::Claim.
struct Thesis {
    std::string_view id;       ///< "C13"
    std::string_view says;     ///< one line
    std::string_view measured; ///< how
    std::string_view boundary; ///< where it stops being true
    std::string_view learned;  ///< what the measurement taught, and why it is so; with sources
};

/// All of them, by number.
std::span<const Thesis> theses();
/// "C13" or "c13"; nullptr: there is none such.
const Thesis* find_thesis(std::string_view id);

} // namespace bulkhead::model
