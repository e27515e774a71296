#pragma once

#include "harness/report/lifelines.hpp"
#include "harness/run/onlooker.hpp"

#include <atomic>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace bulkhead::cli {

/// Looks on while the trials of the first lane run, and draws the one that is under way as far as it has come. The lane
/// only leaves a note of what happens, for which it waits no longer than it takes to put one down; the black boxes are
/// read by whoever asks for the picture, as often as it asks.
class Glimpse : public run::Onlooker {
public:
    void begun(std::uint32_t lane, const model::TrialPlan& plan, model::Stamp at) override;
    void launched(std::uint32_t lane, std::uint32_t host, const sys::Fd& box, model::Stamp at) override;
    void reached(std::uint32_t lane, Step step, model::Stamp at) override;
    void ended(std::uint32_t lane, std::uint32_t host, const sys::Termination& how, model::Stamp at,
               bool told_to) override;
    /// The trial is over.
    void finished(std::uint32_t lane);

    /// When the trial that is under way has begun; nullopt: none is, or one that measures what a look would change.
    [[nodiscard]] std::optional<model::Stamp> running_since() const;
    /// The trial that is under way, until `now`; nullopt when there is none. From one thread only.
    [[nodiscard]] std::optional<report::Picture> picture(model::Stamp now);

private:
    struct Begun {
        model::TrialPlan plan;
    };
    struct Launched {
        std::uint32_t host = 0;
        sys::Fd box;
    };
    struct Reached {
        Step step = Step::steady;
    };
    struct Ended {
        std::uint32_t host = 0;
        sys::Termination how;
        bool told_to = false;
    };
    struct Note {
        model::Stamp at = 0;
        std::variant<Begun, Launched, Reached, Ended> what;
    };
    struct Place {
        sys::Fd box;
        std::optional<run::Glance> glance; ///< once somebody has asked for a picture
        bool is_up = false;
        std::vector<std::uint64_t> last_ops; ///< by thread: what was seen last
    };

    void leave(std::uint32_t lane, Note note);
    void take_notes();
    void take(model::Stamp at, Begun& begun);
    void take(model::Stamp at, Launched& launched);
    void take(model::Stamp at, Reached& reached);
    void take(model::Stamp at, Ended& ended);
    void look(Place& place, std::uint32_t host, model::Stamp now);
    [[nodiscard]] std::vector<report::Phase> phases(model::Stamp now) const;
    void tell(model::Stamp at, std::string name, std::string text);
    void begin_stretches(std::uint32_t host, report::Being being, model::Stamp at);
    void end_stretches(std::uint32_t host, model::Stamp at);

    std::atomic<model::Stamp> running_since_ = 0; ///< 0: no trial is under way
    std::mutex mutex_;
    std::vector<Note> notes_; ///< guarded by the mutex: of one trial, that nobody has taken yet

    // Of whoever asks for pictures.
    report::Picture picture_; ///< what is known; phases, and the ends of what goes on, are added when it is asked for
    model::Stamp started_ = 0;
    std::optional<model::Stamp> steady_;
    std::optional<model::Stamp> fired_;
    std::optional<model::Stamp> challenged_;
    std::vector<Place> places_; ///< by host
};

} // namespace bulkhead::cli
