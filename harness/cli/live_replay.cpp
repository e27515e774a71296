#include "harness/cli/live_replay.hpp"

#include "harness/cli/canvas.hpp"
#include "harness/cli/playing.hpp"
#include "harness/report/scene.hpp"

#include <fmt/format.h>

namespace bulkhead::cli {
namespace {

using texts::say;

std::string title_of(const Replay& replay, const model::TrialPlan& plan)
{
    const std::string trial = trial_title(plan, replay.language);
    return replay.title.empty() ? trial : trial + "  " + replay.title; // the line is cut at its end
}

std::string status_of(const Playing& playing, const Replay& replay, bool has_keys)
{
    std::string text;
    if (has_keys) { // first: what does not fit is cut at the end
        text += playing.has_ended() ? say(replay.language, "q quit  n next") : keys_text(replay.language);
        text += "   ";
    }
    return text + (playing.is_paused() ? std::string(say(replay.language, "paused"))
                                       : texts::say_composed(replay.language, playing.speed_text()));
}

} // namespace

std::string trial_title(const model::TrialPlan& plan, texts::Language language)
{
    const std::string shape = to_string(plan.shape);
    return model::is_golden(plan.fault)
               ? fmt::format(fmt::runtime(say(language, "trial {}: golden run at {}")), plan.id, shape)
               : fmt::format(fmt::runtime(say(language, "trial {}: {} at {}")), plan.id, to_string(plan.fault), shape);
}

std::string_view keys_text(texts::Language language)
{
    return say(language, "q quit  n next  space pause  s slow  f fast");
}

ReplayEnd replay_trial(const model::TrialRecord& record, const Replay& replay)
{
    if (!can_show()) {
        return ReplayEnd::unseen;
    }
    using Clock = std::chrono::steady_clock;
    constexpr auto frame_time = std::chrono::milliseconds{50};
    sys::Screen screen;
    Canvas canvas(screen);
    Playing playing(replay.duration);
    playing.begin(report::picture_of(record));
    const std::string title = title_of(replay, record.plan);
    for (auto drawn = Clock::now();;) {
        canvas.draw(report::scene_of(playing.picture(), playing.progress(),
                                     {.title = title, .status = status_of(playing, replay, screen.has_keys())},
                                     canvas.stage(replay.language)));
        for (const char key : screen.keys(frame_time, -1)) {
            if (playing.on_key(key) == Playing::Wish::leave) {
                return ReplayEnd::left;
            }
            if (playing.is_over()) { // by that key
                return ReplayEnd::seen;
            }
        }
        const auto now = Clock::now();
        const bool waits = replay.holds && screen.has_keys() && playing.has_ended();
        if (!waits) {
            playing.advance(now - drawn);
        }
        drawn = now;
        if (playing.is_over()) {
            return ReplayEnd::seen;
        }
    }
}

} // namespace bulkhead::cli
