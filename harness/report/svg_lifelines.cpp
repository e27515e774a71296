#include "harness/report/chronicle.hpp"
#include "harness/report/drawn_life.hpp"
#include "harness/report/figures.hpp"
#include "harness/report/svg.hpp"
#include "harness/report/svg_time.hpp"
#include "harness/report/svg_views.hpp"
#include "harness/report/text.hpp"

#include <algorithm>

// From top to bottom: what happened when, a line for each worker, the time. A line is pale as long as its worker is
// sound, then has the colour of its outcome; the strokes on it are its ops.

namespace bulkhead::report {
namespace {

using model::Stamp;
using model::TrialRecord;
using texts::Language;

constexpr std::size_t most_drawn = 64;
constexpr double names_width = 96;
constexpr double outcomes_width = 112;
constexpr std::string_view sound_colour = "#dcf0e8";

/// Between the full and the pale one, so that strokes show on it.
std::string_view harmed_colour(model::Outcome outcome)
{
    switch (outcome) {
    case model::Outcome::intact: return sound_colour;
    case model::Outcome::contaminated: return "#9cc6e6";
    case model::Outcome::degraded: return "#e3cf74";
    case model::Outcome::stalled: return "#f0b36a";
    case model::Outcome::corrupted: return "#cf9fcd";
    case model::Outcome::died: return "#e08a70";
    }
    return sound_colour;
}

/// Of a larger pool the first workers, and the victim.
std::size_t choose(std::vector<DrawnLife>& lives)
{
    if (lives.size() <= most_drawn) {
        return 0;
    }
    const auto victim = std::ranges::find(lives, true, &DrawnLife::is_victim);
    if (victim != lives.end() && victim - lives.begin() >= static_cast<std::ptrdiff_t>(most_drawn)) {
        lives[most_drawn - 1] = *victim;
    }
    const std::size_t left_out = lives.size() - most_drawn;
    lives.resize(most_drawn);
    return left_out;
}

class Lines {
public:
    Lines(Svg& svg, const TrialRecord& record, const TimeAxis& axis, Language language)
        : svg_(svg), record_(record), axis_(axis), language_(language)
    {}

    /// Gives the y below them.
    double draw(const std::vector<DrawnLife>& lives, double y)
    {
        const double pitch = lives.size() <= 16 ? 21 : (lives.size() <= 32 ? 15 : 11);
        for (std::size_t first = 0; first < lives.size();) {
            std::size_t last = first;
            while (last + 1 < lives.size() && lives[last + 1].id.host == lives[first].id.host) {
                ++last;
            }
            const double height = static_cast<double>(last - first + 1) * pitch;
            svg_.rect(svg_margin, y, svg_width - 2 * svg_margin, height, R"(class="host" fill="#f5f7fa" rx="3")");
            const std::string host = said(language_, "host {}", lives[first].id.host);
            svg_.text(svg_margin + 6, y + std::min(pitch, 21.0) * 0.68, host, {.size = 10.5, .fill = faint_ink});
            for (std::size_t i = first; i <= last; ++i) {
                draw_life(lives[i], y + (static_cast<double>(i - first) + 0.5) * pitch, pitch);
            }
            y += height + 4;
            first = last + 1;
        }
        return y;
    }

private:
    void draw_life(const DrawnLife& life, double y, double pitch)
    {
        const double size = std::min(11.0, pitch - 1);
        svg_.text(svg_margin + names_width - 8, y + size * 0.36, (life.is_victim ? "> " : "") + to_string(life.id),
                  {.size = size, .anchor = Anchor::end, .bold = life.is_victim, .mono = true});
        const double half = std::min(5.0, pitch * 0.32);
        const Stamp sound = life.harmed.value_or(life.end);
        draw_band(record_.started, std::min(sound, life.end), y, half, sound_colour, "sound");
        if (life.harmed && *life.harmed < life.end && life.outcome) {
            draw_band(*life.harmed, life.end, y, half, harmed_colour(*life.outcome), to_string(*life.outcome));
        }
        for (const DrawnStretch& stretch : life.stretches) {
            draw_ops(stretch, y, half, life);
        }
        if (life.ended_early) {
            draw_end(axis_.x(life.end), y, half);
        }
        for (const DrawnNextLife& next : life.later) {
            draw_next(next, y, half);
        }
        draw_outcome(life, y, size);
    }

    void draw_band(Stamp from, Stamp to, double y, double half, std::string_view fill, std::string_view name)
    {
        const double x = axis_.x(from);
        svg_.rect(x, y - half, std::max(axis_.x(to) - x, 0.75), 2 * half,
                  fmt::format(R"(class="line {}" fill="{}")", name, fill));
    }

    /// Evenly spread; where they would touch one another, a solid bar.
    void draw_ops(const DrawnStretch& stretch, double y, double half, const DrawnLife& life)
    {
        constexpr double closest = 2.2;
        const double from = axis_.x(stretch.from);
        const double to = axis_.x(stretch.to);
        if (stretch.ops == 0 || to <= from) {
            return;
        }
        const std::string tip = to_string(life.id) + ": " + count(stretch.ops, "op");
        if (static_cast<double>(stretch.ops) * closest > to - from) {
            svg_.rect(from, y - half * 0.55, to - from, half * 1.1, R"(class="ops" fill="#3d5a50")", tip);
            return;
        }
        std::string d;
        const double step = (to - from) / static_cast<double>(stretch.ops);
        for (std::uint64_t op = 1; op <= stretch.ops; ++op) {
            d += fmt::format("M{} {}v{}", coordinate(from + step * (static_cast<double>(op) - 0.5)),
                             coordinate(y - half * 0.8), coordinate(half * 1.6));
        }
        svg_.path(d, R"(class="ops" stroke="#3d5a50" stroke-width="0.9")", tip);
    }

    void draw_end(double x, double y, double half)
    {
        const double arm = half + 1;
        svg_.path(fmt::format("M{0} {1}l{2} {2}m0 -{2}l-{2} {2}", coordinate(x - arm), coordinate(y - arm),
                              coordinate(2 * arm)),
                  R"(class="end" fill="none" stroke="#bb3413" stroke-width="2")");
    }

    void draw_next(const DrawnNextLife& next, double y, double half)
    {
        const double launched = axis_.x(next.launched);
        const double ready = axis_.x(next.ready.value_or(next.end));
        svg_.line(launched, y, ready, y, R"(class="launching" stroke="#5f6c7b" stroke-dasharray="2 2")");
        if (next.ready) {
            draw_band(*next.ready, next.end, y, half, sound_colour, "replacement");
            svg_.path(fmt::format("M{} {}l{} {}l-{} {}Z", coordinate(ready), coordinate(y - half),
                                  coordinate(1.6 * half), coordinate(half), coordinate(1.6 * half), coordinate(half)),
                      R"(class="ready" fill="#0a5a8c")");
        }
        if (next.ended_early) {
            draw_end(axis_.x(next.end), y, half);
        }
    }

    void draw_outcome(const DrawnLife& life, double y, double size)
    {
        const double x = svg_width - svg_margin - outcomes_width + 10;
        if (!life.outcome) {
            svg_.text(x, y + size * 0.36, "?", {.size = size, .fill = faint_ink});
            return;
        }
        const OutcomePaint paint = paint_of(*life.outcome);
        const double half = size * 0.62;
        svg_.rect(x, y - half, 20, 2 * half, fmt::format(R"(fill="{}")", paint.pale));
        svg_.text(x + 10, y + size * 0.36, paint.sign,
                  {.size = size, .fill = paint.full, .anchor = Anchor::middle, .bold = true});
        const std::string word = said(language_, to_string(*life.outcome));
        svg_.text(x + 26, y + size * 0.36, life.as_predicted ? word : word + " !",
                  {.size = size, .fill = life.as_predicted ? ink : accent, .bold = !life.as_predicted});
    }

    Svg& svg_;
    const TrialRecord& record_;
    const TimeAxis& axis_;
    Language language_;
};

std::string sentence_of(const TrialRecord& record, const model::TrialJudgement& judgement, Language language)
{
    if (!judgement.inconclusive.empty()) {
        return said(language, "inconclusive: {}", texts::say_composed(language, judgement.inconclusive));
    }
    std::string text = judgement.siblings == 0
                           ? said(language, "there are no siblings")
                           : said(language,
                                  judgement.as_predicted ? "{} of {} siblings survived, as predicted"
                                                         : "{} of {} siblings survived, which was not predicted",
                                  judgement.survivors, judgement.siblings);
    if (record.fired && record.end_seen) {
        text += "; " + said(language, "noticed {} after the fault", describe(between(*record.fired, *record.end_seen)));
    }
    return text;
}

/// Only what this picture has.
double draw_legend(Svg& svg, const std::vector<DrawnLife>& lives, double y, Language language)
{
    const TextLook look{.size = 10.5, .fill = faint_ink};
    double x = svg_margin;
    const auto words = [&](double taken, const std::string& text) {
        svg.text(x + taken, y + 4, text, look);
        x += taken + width_of(text, look) + 18;
    };
    svg.rect(x, y - 5, 22, 10, fmt::format(R"(fill="{}")", sound_colour));
    svg.path(fmt::format("M{0} {1}v8M{2} {1}v8M{3} {1}v8", coordinate(x + 5), coordinate(y - 4), coordinate(x + 11),
                         coordinate(x + 17)),
             R"(stroke="#3d5a50" stroke-width="0.9")");
    words(28, said(language, "ops, spread evenly between the moments at which they were counted"));
    for (const model::Outcome outcome : model::all_outcomes) {
        if (outcome != model::Outcome::intact &&
            std::ranges::any_of(lives, [&](const DrawnLife& life) { return life.outcome == outcome; })) {
            svg.rect(x, y - 5, 14, 10, fmt::format(R"(fill="{}")", harmed_colour(outcome)));
            words(19, said(language, to_string(outcome)));
        }
    }
    if (std::ranges::any_of(lives, &DrawnLife::ended_early)) {
        svg.path(fmt::format("M{} {}l8 8m0 -8l-8 8", coordinate(x), coordinate(y - 4)),
                 R"(fill="none" stroke="#bb3413" stroke-width="2")");
        words(14, said(language, "its end was seen"));
    }
    if (std::ranges::any_of(lives, [](const DrawnLife& life) { return !life.later.empty(); })) {
        svg.path(fmt::format("M{} {}l8 5l-8 5Z", coordinate(x), coordinate(y - 5)), R"(fill="#0a5a8c")");
        words(14, said(language, "its replacement is ready"));
    }
    return y + 16;
}

} // namespace

std::string lifelines_svg(const TrialRecord& record, std::string_view experiment_name, Language language)
{
    const model::TrialJudgement judgement = model::judge(record);
    const model::TrialPlan& plan = record.plan;
    const std::string what = model::is_golden(plan.fault) ? said(language, "golden run") : to_string(plan.fault);
    const std::string title = said(language, "Lifelines: {} at {}", what, to_string(plan.shape));
    Svg svg(title, said(language, "A line for each worker along the time of one trial: its ops, the fault, who ended, "
                                  "and what became of everybody."));
    double y = svg.heading(title, said(language, "trial {} of {}", plan.id, experiment_name) + ": " +
                                      sentence_of(record, judgement, language));
    std::vector<DrawnLife> lives = drawn_lives_of(record, judgement);
    const std::size_t left_out = choose(lives);
    const TimeAxis axis(record, svg_margin + names_width, svg_width - svg_margin - outcomes_width);
    const std::vector<DrawnMoment> moments = drawn_moments_of(record, language);
    const double lines_from = y + 4 + axis.height_of(moments);
    const double lines_to = Lines(svg, record, axis, language).draw(lives, lines_from);
    axis.draw_moments(svg, moments, y + 4, lines_to);
    y = axis.draw_scale(svg, lines_to + 2);
    if (left_out > 0) {
        svg.text(svg_margin, y + 10, said(language, "{} more workers are not drawn", left_out), {.size = 10.5});
        y += 14;
    }
    const double height = draw_legend(svg, lives, y + 14, language);
    return std::move(svg).take(height);
}

} // namespace bulkhead::report
