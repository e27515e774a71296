#include "harness/report/svg_time.hpp"

#include "harness/report/chronicle.hpp"
#include "harness/report/report.hpp"

#include <algorithm>
#include <cmath>

namespace bulkhead::report {
namespace {

constexpr double name_height = 13;
constexpr double name_size = 10.5;

TextLook moment_look(const DrawnMoment& moment)
{
    return {.size = name_size, .fill = moment.is_fault ? accent : faint_ink, .bold = moment.is_fault};
}

/// 1, 2 or 5 of a power of ten, so that there are about so many steps.
double step_for(double duration, double steps)
{
    const double rough = duration / steps;
    const double power = std::pow(10.0, std::floor(std::log10(rough)));
    const double digit = rough / power;
    return (digit <= 1 ? 1 : (digit <= 2 ? 2 : (digit <= 5 ? 5 : 10))) * power;
}

} // namespace

std::vector<DrawnMoment> drawn_moments_of(const model::TrialRecord& record, texts::Language language)
{
    constexpr std::size_t most_strikes = 8;
    std::vector<DrawnMoment> moments;
    const auto add = [&](const std::optional<model::Stamp>& at, std::string_view name) {
        if (at) {
            moments.push_back({*at, said(language, name), false});
        }
    };
    add(record.steady, "steady");
    const auto strike = [&](const std::optional<model::Stamp>& fired, const std::optional<model::Stamp>& seen) {
        if (fired) {
            moments.push_back({*fired, said(language, "fault"), true});
            if (seen) {
                moments.push_back({*seen, said(language, "noticed"), false});
            }
        }
    };
    strike(record.fired, record.end_seen);
    for (std::size_t i = 0; i < std::min(record.further_strikes.size(), most_strikes); ++i) {
        strike(record.further_strikes[i].fired, record.further_strikes[i].end_seen);
    }
    add(record.given_up, "given up");
    add(record.challenged, "challenged");
    add(record.settled, record.window_ended ? "window ended" : "fates certain");
    std::ranges::stable_sort(moments, {}, &DrawnMoment::at);
    return moments;
}

TimeAxis::TimeAxis(const model::TrialRecord& record, double from, double to)
    : start_(record.started), duration_(std::max(1.0, static_cast<double>(since_start(record, record.finished)))),
      from_(from), to_(to)
{}

double TimeAxis::x(model::Stamp stamp) const
{
    const auto since = static_cast<double>(between(start_, stamp).count());
    return from_ + (to_ - from_) * std::clamp(since / duration_, 0.0, 1.0);
}

std::vector<std::size_t> TimeAxis::rows_of(const std::vector<DrawnMoment>& moments) const
{
    std::vector<std::size_t> rows(moments.size());
    std::vector<double> taken;                       // from where on, by row
    for (std::size_t i = moments.size(); i-- > 0;) { // the last lowest: no line crosses a later one's name
        const double left = x(moments[i].at);
        const double right = left + width_of(moments[i].name, moment_look(moments[i])) + 6;
        std::size_t row = 0;
        while (row < taken.size() && right > taken[row]) {
            ++row;
        }
        if (row == taken.size()) {
            taken.push_back(0);
        }
        taken[row] = left;
        rows[i] = row;
    }
    return rows;
}

double TimeAxis::height_of(const std::vector<DrawnMoment>& moments) const
{
    const std::vector<std::size_t> rows = rows_of(moments);
    const std::size_t most = rows.empty() ? 0 : *std::ranges::max_element(rows) + 1;
    return static_cast<double>(most) * name_height + 6;
}

void TimeAxis::draw_moments(Svg& svg, const std::vector<DrawnMoment>& moments, double y, double bottom) const
{
    const std::vector<std::size_t> rows = rows_of(moments);
    const double lowest = y + height_of(moments) - 6;
    for (std::size_t i = 0; i < moments.size(); ++i) {
        const double at = x(moments[i].at);
        const double line = lowest - static_cast<double>(rows[i]) * name_height;
        svg.line(at, line - 9, at, bottom,
                 moments[i].is_fault ? R"(class="fault" stroke="#bb3413" stroke-width="1.6")"
                                     : R"(class="moment" stroke="#55626f" stroke-width="0.8" stroke-dasharray="3 2")");
        svg.text(at + 3, line, moments[i].name, moment_look(moments[i]));
    }
}

double TimeAxis::draw_scale(Svg& svg, double y) const
{
    constexpr double steps = 6;
    const double step = step_for(duration_, steps);
    svg.line(from_, y, to_, y, R"(stroke="#9aa5b1")");
    for (double at = 0; at <= duration_ * 1.0001; at += step) {
        const double place = from_ + (to_ - from_) * at / duration_;
        svg.line(place, y, place, y + 4, R"(stroke="#9aa5b1")");
        const std::chrono::nanoseconds time(static_cast<std::int64_t>(at));
        svg.text(place, y + 15, time.count() == 0 ? "0" : describe(time),
                 {.size = 10, .fill = faint_ink, .anchor = Anchor::middle});
    }
    return y + 18;
}

} // namespace bulkhead::report
