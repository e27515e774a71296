#pragma once

#include "harness/model/trial.hpp"
#include "harness/texts/texts.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace bulkhead::cli {

// A trial that is over, played again from the stamps of its record: slow enough to be seen, on a screen of its own that
// is gone thereafter, whatever ends it. For a picture of it that stays, as plain text, see report::lifelines_text.
//
//     if (can_show())                                  // stderr is a terminal, and large enough
//         replay_trial(record, {.title = "lesson 3", .duration = std::chrono::seconds{6}});
//     print(report::lifelines_text(record, style_of_stdout(language), unicode_wanted()));
//
// Keys, where stdin is a terminal: space pauses, s and f make it slower and faster, n or Enter goes on, q leaves.

struct Replay {
    std::string title{};                       ///< above the picture; empty: what the trial is
    std::chrono::milliseconds duration{6'000}; ///< from the launch to the end
    bool holds = true;                         ///< the last picture stays until a key is pressed
    texts::Language language = texts::Language::english;
};

enum class ReplayEnd : std::uint8_t {
    seen,  ///< to its end, or passed over with n
    left,  ///< with q
    unseen ///< there is no screen for it
};

/// True when a live view or a replay can be shown: stderr is a terminal that can move its cursor, with 40 columns and
/// 14 lines at least.
bool can_show();

/// True when the locale's encoding is UTF-8: else pictures are drawn in ASCII.
bool unicode_wanted();

/// "trial 12: segv-null at 1x8".
std::string trial_title(const model::TrialPlan& plan, texts::Language language);
/// What the keys do.
std::string_view keys_text(texts::Language language);

ReplayEnd replay_trial(const model::TrialRecord& record, const Replay& replay);

} // namespace bulkhead::cli
