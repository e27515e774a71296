#include "harness/report/scene.hpp"

#include "harness/report/figures.hpp"
#include "harness/report/text.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace bulkhead::report {
namespace {

using texts::Language;
using texts::say;

/// A text of the catalogue with its places filled.
template <typename... Values>
std::string filled(std::string_view format, const Values&... values)
{
    return fmt::format(fmt::runtime(format), values...);
}

/// What separates these workers, and what does not.
std::string remark_on_shape(model::Shape shape, Language language)
{
    if (shape.threads == 1) {
        return filled(
            say(language,
                "{} processes with one worker each: separate memory, and each has an end of its own. The kernel "
                "keeps them apart."),
            shape.hosts);
    }
    if (shape.hosts == 1) {
        return filled(
            say(language,
                "One process with {} workers, which are its threads: one memory, one set of descriptors, and one "
                "end for all."),
            shape.threads);
    }
    return filled(
        say(language,
            "{} processes with {} threads each: who is in one process shares its memory, and its end. Between "
            "processes the kernel keeps them apart."),
        shape.hosts, shape.threads);
}

std::string remark_on_steady_state(const Picture& picture, Language language)
{
    if (model::is_golden(picture.plan.fault)) {
        return filled(say(language,
                          "A golden run: the same trial without the fault. Whoever is lost here was lost by the "
                          "harness, and then nothing is concluded."));
    }
    return filled(say(language,
                      "Every worker works, and its check holds. Only now may the fault come: else a loss would "
                      "prove nothing."));
}

std::string remark_on_end(const Picture& picture, Language language)
{
    const std::string_view why = model::row_of(picture.plan.fault).why;
    std::string text = texts::say_composed(language, picture.result);
    if (!text.empty() && !text.ends_with('.')) {
        text += '.';
    }
    return why.empty() ? text : text + " " + std::string(say(language, why));
}

/// Where the lines of a screen go.
struct Layout {
    bool legend = false;
    std::size_t rows = 0;
    std::size_t events = 0;
    bool gap = false; ///< between these and the remark
    std::size_t remark = 0;
    std::size_t scores = 0;
};

/// The workers come first, then what happens and what it means, then the tally.
Layout layout_of(const Picture& picture, const Frame& frame, const Stage& stage)
{
    constexpr std::size_t always = 5; // title, two rows of the axis, a blank line, status
    std::size_t left = stage.height - std::min(stage.height, always);
    const auto take = [&left](std::size_t wanted) {
        const std::size_t taken = std::min(wanted, left);
        left -= taken;
        return taken;
    };
    Layout layout;
    layout.rows = take(std::min<std::size_t>(picture.lifelines.size(), left > 6 ? left - 5 : left / 2));
    layout.remark = take(2);
    layout.events = take(2);
    const std::size_t tally = frame.scores == nullptr ? 0 : frame.scores->height();
    layout.scores = left >= 3 && tally > 0 ? take(std::min(tally + 1, left)) : 0; // with a blank line
    layout.legend = take(1) > 0;
    layout.remark += take(1);
    layout.gap = take(1) > 0;
    layout.events += take(2);
    return layout;
}

bool has_sleepers(const Picture& picture)
{
    return std::ranges::any_of(picture.lifelines, [](const Lifeline& line) {
        return std::ranges::find(line.moments, Mark::asleep, &Moment::mark) != line.moments.end();
    });
}

Line legend_of(const Picture& picture, const Stage& stage)
{
    const bool unicode = stage.unicode;
    Line line{{" "}};
    const auto add = [&line](std::string_view sign, Look look, std::string_view meaning) {
        line.push_back({(line.size() > 1 ? "   " : " ") + std::string(sign), look});
        line.push_back({" " + std::string(meaning), Look::faint});
    };
    add(unicode ? "•" : "o", Look::green, say(stage.language, "op"));
    add(unicode ? "✸" : "*", Look::bold_red, say(stage.language, "fault"));
    add(unicode ? "✖" : "X", Look::bold_red, say(stage.language, "end seen"));
    add(unicode ? "✔" : "v", Look::green, say(stage.language, "has proven that it works"));
    add(unicode ? "┄" : "~", Look::yellow, say(stage.language, "silent"));
    if (has_sleepers(picture)) {
        add("z", Look::yellow, say(stage.language, "asleep"));
    }
    return line;
}

Look look_of_event(const Event& event)
{
    if (event.name == "FIRED") {
        return Look::bold_red;
    }
    return event.name == "end seen" || event.name == "host ended" || event.name == "thread gone" ? Look::red
                                                                                                 : Look::plain;
}

/// What happened and when; what does not fit goes on below.
std::vector<Line> event_lines(const Event& event, model::Stamp start, bool newest, const Stage& stage)
{
    const std::string time =
        fmt::format("{:>12} ", fmt::format("{:+.3f} ms", static_cast<double>(between(start, event.at).count()) / 1e6));
    const Look look = look_of_event(event);
    Line line{
        {time, Look::faint},
        {left(texts::say_composed(stage.language, event.name), 14), newest && look == Look::plain ? Look::bold : look},
        {" "}};
    const std::size_t used = columns(line);
    std::vector<Line> lines;
    for (const std::string& part :
         wrapped(texts::say_composed(stage.language, event.text), stage.width - std::min(stage.width, used))) {
        line.push_back({part, newest ? Look::plain : Look::faint});
        lines.push_back(std::move(line));
        line = {{std::string(used, ' ')}};
    }
    return lines;
}

/// The latest events, the newest last: as many as there is room for in full, but that one always.
void add_events(std::vector<Line>& lines, const Picture& picture, model::Stamp now, std::size_t most,
                const Stage& stage)
{
    const model::Stamp start = picture.phases.front().from;
    std::vector<const Event*> past;
    for (const Event& event : picture.events) {
        if (event.at <= now) {
            past.push_back(&event);
        }
    }
    std::vector<Line> shown;
    for (std::size_t i = past.size(); i-- > 0 && shown.size() < most;) {
        const bool newest = i + 1 == past.size();
        const std::vector<Line> own = event_lines(*past[i], start, newest, stage);
        if (!newest && shown.size() + own.size() > most) {
            break;
        }
        shown.insert(shown.begin(), own.begin(), own.end());
    }
    shown.resize(most);
    lines.insert(lines.end(), shown.begin(), shown.end());
}

void add_remark(std::vector<Line>& lines, const std::string& remark, std::size_t most, std::size_t width, Look look)
{
    std::vector<std::string> parts = wrapped(remark, width - 2);
    if (parts.size() > most && most > 0) { // what does not fit is said to go on
        parts.resize(most);
        parts.back() = fitted(parts.back() + " ...", width - 2);
    }
    for (std::size_t i = 0; i < most; ++i) {
        lines.push_back({{i < parts.size() ? "  " + parts[i] : "", look}});
    }
}

/// Cut at the stage's edge, whatever was put into it.
void cut(Line& line, std::size_t width)
{
    std::size_t used = 0;
    for (std::size_t i = 0; i < line.size(); ++i) {
        line[i].text = clean(line[i].text);
        const std::size_t own = columns(line[i].text);
        if (used + own > width) {
            line[i].text = fitted(line[i].text, width - used);
            line.resize(i + 1);
            return;
        }
        used += own;
    }
}

Line title_of(const std::string& title, model::Stamp since, std::size_t width)
{
    const std::string clock = fmt::format("{:+.2f} ms", static_cast<double>(since) / 1e6);
    const std::size_t room = width - std::min(width, columns(clock) + 2);
    return {{left(fitted(title, room), room), Look::bold}, {"  "}, {clock, Look::cyan}};
}

} // namespace

std::string remark_on(const Picture& picture, const Axis& axis, double column, Language language)
{
    const bool is_over = column >= static_cast<double>(axis.width());
    const Phase::Kind kind = axis.part_at(column).phase.kind;
    if ((is_over || kind == Phase::Kind::teardown) && !picture.result.empty()) {
        return remark_on_end(picture, language);
    }
    switch (kind) {
    case Phase::Kind::launch: return remark_on_shape(picture.plan.shape, language);
    case Phase::Kind::steady: return remark_on_steady_state(picture, language);
    case Phase::Kind::noticing:
        return to_string(picture.plan.fault) + ": " +
               std::string(say(language, model::row_of(picture.plan.fault).commits));
    case Phase::Kind::repair:
        return filled(say(language, "The supervisor launches others in the place of those that have ended: {}."),
                      to_string(picture.plan.variant.strategy));
    case Phase::Kind::proof:
        return filled(
            say(language,
                "To live is not enough: whoever is left must complete {} more ops, begun from now on, and their "
                "result must be right. Who does not answer is lost."),
            picture.plan.evidence_ops);
    case Phase::Kind::teardown: return filled(say(language, "Whoever is left is told to stop, and reaped."));
    }
    return "";
}

std::vector<Line> scene_of(const Picture& picture, double progress, const Frame& frame, const Stage& stage)
{
    if (picture.phases.empty()) { // nothing has run yet
        std::vector<Line> lines(stage.height);
        lines.front() = {{fitted(frame.title, stage.width), Look::bold}};
        lines.back() = {{fitted(frame.status, stage.width), Look::faint}};
        return lines;
    }
    const Layout layout = layout_of(picture, frame, stage);
    const std::size_t margins = margins_of(picture, stage);
    const Axis axis(picture.phases, stage.width - std::min(stage.width - 1, margins));
    const double column = std::clamp(progress, 0.0, 1.0) * static_cast<double>(axis.width());
    const model::Stamp now = axis.time_at(column);

    std::vector<Line> lines{title_of(frame.title, between(picture.phases.front().from, now).count(), stage.width)};
    if (layout.legend) {
        lines.push_back(legend_of(picture, stage));
    }
    for (Line& row : lifeline_rows(picture, axis, column, stage, layout.rows)) {
        lines.push_back(std::move(row));
    }
    lines.emplace_back();
    add_events(lines, picture, now, layout.events, stage);
    lines.resize(lines.size() + (layout.gap ? 1 : 0));
    const bool is_over = column >= static_cast<double>(axis.width());
    const Look look = is_over ? picture.surprising ? Look::bold_yellow : Look::bold : Look::plain;
    add_remark(lines, remark_on(picture, axis, column, stage.language), layout.remark, stage.width, look);
    if (layout.scores > 1) {
        lines.emplace_back();
        for (Line& line : frame.scores->lines(picture.plan, stage.width, layout.scores - 1)) {
            lines.push_back(std::move(line));
        }
    }
    lines.resize(stage.height - 1);
    lines.push_back({{frame.status, Look::faint}});
    for (Line& line : lines) {
        cut(line, stage.width);
    }
    return lines;
}

std::string lifelines_text(const model::TrialRecord& record, Style style, bool unicode)
{
    const Picture picture = picture_of(record);
    Page page(style);
    const Stage stage{page.width(), 0, unicode, style.language};
    const Axis axis(picture.phases, stage.width - std::min(stage.width - 1, margins_of(picture, stage)));
    const auto end = static_cast<double>(axis.width());
    constexpr std::size_t most = 32;
    for (Line& row : lifeline_rows(picture, axis, end, stage, most)) {
        cut(row, stage.width);
        page.line(row);
    }
    Line legend = legend_of(picture, stage);
    cut(legend, stage.width);
    page.line(legend);
    return page.take();
}

} // namespace bulkhead::report
