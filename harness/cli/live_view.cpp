#include "harness/cli/live_view.hpp"

#include "harness/cli/canvas.hpp"
#include "harness/cli/live_replay.hpp"
#include "harness/cli/progress.hpp"
#include "harness/report/text.hpp"
#include "harness/sys/clock.hpp"

#include <algorithm>
#include <exception>
#include <fmt/format.h>
#include <spdlog/spdlog.h>

namespace bulkhead::cli {
namespace {

using texts::say;

constexpr auto frame_time = std::chrono::milliseconds{50};
/// How long one of many trials is shown while the campaign goes on.
constexpr std::chrono::nanoseconds unpaced_duration = std::chrono::milliseconds{2'500};
/// A trial that takes longer is shown while it runs; a shorter one is over before it could be seen.
constexpr std::chrono::nanoseconds long_trial = std::chrono::milliseconds{150};

} // namespace

LiveView::LiveView(Settings settings, const std::vector<model::Cell>& cells, const run::Stop& stop)
    : settings_(std::move(settings)), stop_(stop), scores_(cells), finished_(settings_.before),
      playing_(settings_.pace.value_or(unpaced_duration)), thread_([this] { draw_all(); })
{}

LiveView::~LiveView()
{
    {
        const std::lock_guard hold{mutex_};
        ending_ = true;
    }
    shown_.notify_all();
    thread_.join();
}

/// What differs from the prediction comes first, then what was seldom shown, then what is new.
bool LiveView::is_worth_more(const model::TrialRecord& record, bool surprising) const
{
    if (!waiting_ || surprising != waiting_surprises_) {
        return !waiting_ || surprising;
    }
    const auto times = [this](std::uint32_t cell) {
        const auto found = times_shown_.find(cell);
        return found == times_shown_.end() ? 0 : found->second;
    };
    return times(record.plan.cell) <= times(waiting_->plan.cell);
}

void LiveView::show(const model::TrialRecord& record, const model::TrialJudgement& judgement, std::uint32_t finished,
                    std::uint32_t inconclusive)
{
    glimpse_.finished(record.lane);
    std::unique_lock hold{mutex_};
    finished_ = finished;
    inconclusive_ = inconclusive;
    uncounted_.emplace(record.plan, judgement);
    if (!settings_.pace) {
        count_shown();
    }
    const std::uint64_t number = ++handed_;
    const bool surprising = !judgement.inconclusive.empty() || !judgement.as_predicted;
    if (!left_ && is_worth_more(record, surprising)) {
        waiting_ = record;
        waiting_surprises_ = surprising;
    }
    const auto may_go_on = [&] { return done_with_ >= number || left_ || stop_.requested() || is_out_of_time(); };
    while (settings_.pace && !may_go_on()) {
        shown_.wait_for(hold, frame_time); // a stop is announced by a signal handler, which can wake nobody here
    }
}

/// Begins the next trial, if there is one.
bool LiveView::take_next()
{
    const std::unique_lock hold{mutex_};
    if (!waiting_) {
        return false;
    }
    shown_number_ = handed_;
    ++times_shown_[waiting_->plan.cell];
    playing_.begin(report::picture_of(*waiting_));
    waiting_.reset();
    return true;
}

/// Takes the latest trial into the tally.
void LiveView::count_shown()
{
    if (uncounted_) {
        scores_.add(uncounted_->first, uncounted_->second);
        uncounted_.reset();
    }
}

/// Whoever waits for what is shown need not any more.
void LiveView::end_trial()
{
    const std::lock_guard hold{mutex_};
    done_with_ = shown_number_;
    if (!waiting_) {
        count_shown();
    }
    shown_.notify_all();
}

bool LiveView::is_out_of_time() const
{
    return settings_.deadline && sys::monotonic_ns() >= *settings_.deadline;
}

bool LiveView::is_ending()
{
    const std::lock_guard hold{mutex_};
    return ending_;
}

/// False when there is nothing to draw any more.
bool LiveView::goes_on()
{
    if (stop_.requested() || left_ || is_out_of_time()) {
        return false;
    }
    const bool ending = is_ending(); // before the next one is taken: after it none comes
    if (!playing_.is_over()) {
        if (ending) {
            playing_.hurry(); // nobody waits for a key that may never come
        }
        return true;
    }
    end_trial();
    // With a pace a lane may wait for what is shown, however long the trial of another one runs; and a trial that was
    // given up at the end seems to run for ever.
    const bool may_take = ending || settings_.pace || !a_long_trial_runs();
    return (may_take && take_next()) || !ending;
}

/// Signals come to this thread and no other, so it stays when there is nothing to draw any more.
void LiveView::draw_all()
{
    sys::SignalsElsewhere::here();
    try {
        draw_on_screen();
    } catch (const std::exception& error) { // the campaign is worth more than its picture
        left_ = true;
        spdlog::warn("the live view has ended: {}", error.what());
    }
    end_trial();
    std::unique_lock hold{mutex_};
    shown_.wait(hold, [this] { return ending_; });
}

void LiveView::draw_on_screen()
{
    sys::Screen screen;
    Canvas canvas(screen);
    for (auto drawn = Clock::now(); goes_on();) {
        canvas.draw(frame(canvas.stage(settings_.language), screen.has_keys()));
        for (const char key : screen.keys(frame_time, stop_.descriptor())) {
            left_ = left_ || playing_.on_key(key) == Playing::Wish::leave;
        }
        const auto now = Clock::now();
        playing_.advance(now - drawn);
        drawn = now;
    }
}

bool LiveView::a_long_trial_runs()
{
    const auto since = glimpse_.running_since();
    return since && sys::monotonic_ns() - *since > long_trial.count();
}

/// The trial that is played or, where none is, the one that runs.
std::vector<report::Line> LiveView::frame(const report::Stage& stage, bool has_keys)
{
    const bool idle = playing_.is_over() && a_long_trial_runs();
    const auto running = idle ? glimpse_.picture(sys::monotonic_ns()) : std::nullopt;
    const report::Picture& picture = running ? *running : playing_.picture();
    const std::string title_line = title(picture.plan, running.has_value());
    const std::string status_line = status(has_keys, stage.width);
    const report::Scores scores = tally(!running && playing_.has_ended());
    return report::scene_of(picture, running ? 1.0 : playing_.progress(),
                            {.title = title_line, .status = status_line, .scores = &scores}, stage);
}

/// A copy, so that no lane that hands a trial over waits until a picture is drawn.
report::Scores LiveView::tally(bool end_is_shown)
{
    const std::lock_guard hold{mutex_};
    if (!waiting_ && end_is_shown) {
        count_shown();
    }
    return scores_;
}

std::string LiveView::title(const model::TrialPlan& plan, bool runs) const
{
    if (plan.id == 0) {
        return settings_.name;
    }
    const std::string text = settings_.name + "  " + trial_title(plan, settings_.language);
    return runs ? fmt::format(fmt::runtime(say(settings_.language, "{}, running now")), text) : text;
}

/// The keys come first, and how far it is has what they leave.
std::string LiveView::status(bool has_keys, std::size_t width)
{
    const std::lock_guard hold{mutex_};
    const Advance advance{.finished = finished_,
                          .planned = settings_.planned,
                          .before = settings_.before,
                          .inconclusive = inconclusive_,
                          .took = Clock::now() - started_};
    std::string text;
    if (has_keys) {
        text = std::string(keys_text(settings_.language)) + "   ";
    }
    if (playing_.is_paused()) {
        text += std::string(say(settings_.language, "paused")) + "  ";
    }
    return text + describe_within(advance, width - std::min(width, report::columns(text)));
}

} // namespace bulkhead::cli
