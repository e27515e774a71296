#pragma once

#include "harness/model/trial.hpp"
#include "harness/texts/texts.hpp"

#include <string>

namespace bulkhead::cli {

/// True when pictures may be drawn with more than ASCII.
bool pictures_in_unicode();

/// Plays the trial again, slowly, on a terminal that can show it; does nothing on others. False when the learner, or a
/// signal, left.
bool play(const model::TrialRecord& record, const std::string& title, texts::Language language);

} // namespace bulkhead::cli
