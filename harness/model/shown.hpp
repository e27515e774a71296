#pragma once

#include "harness/model/trial.hpp"

#include <optional>

namespace bulkhead::model {

/// A worker of the ring, seen from the victim.
enum class Neighbour : std::uint8_t { before, victim, next };

/// What a fault in a channel shows, and to whom: to the one who receives there, or to the one who sends.
struct Shown {
    Neighbour to = Neighbour::next;
    bool receiving = true;
    Passage passage = Passage::done;
    bool operator==(const Shown&) const = default;
};

/// What the model predicts, by the kind of the channel; nullopt for a fault that does nothing in a channel.
std::optional<Shown> predicted_show(Fault fault, ChannelKind kind);

/// The position in the pool of that neighbour of the victim.
std::uint32_t position_of(Neighbour neighbour, WorkerId victim, Shape shape);

/// What that neighbour was shown there, `done` when it was nothing unusual; nullopt where nobody lives who could tell,
/// or nothing was to be shown.
std::optional<Passage> shown_in(const TrialRecord& record);

/// Whether it is what is predicted.
std::optional<bool> shown_as_predicted(const TrialRecord& record);

} // namespace bulkhead::model
