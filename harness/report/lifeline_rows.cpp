// The lifelines as they are drawn: a row for each worker, with what is known of it left and right.

#include "harness/report/scene.hpp"
#include "harness/report/text.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace bulkhead::report {
namespace {

using model::Stamp;
using texts::say;

struct Glyphs {
    std::string_view alive, op, ops, starting, uncounted, silent, guide, head;
    std::string_view fault, answered, asleep, died, ended, stopped;
    std::string_view only, first, middle, last; ///< workers of one host
};
constexpr Glyphs in_unicode{"─", "•", "●", "·", "═", "┄", "┊", "▸", "✸", "✔", "z", "✖", "✖", "┤", "╶", "┌", "│", "└"};
constexpr Glyphs in_ascii{"-", "o", "O", ".", "=", "~", ":", ">", "*", "v", "z", "X", "X", "|", " ", "/", "|", "\\"};

const Glyphs& glyphs_of(const Stage& stage)
{
    return stage.unicode ? in_unicode : in_ascii;
}

Ink ink_of(Mark mark, const Glyphs& glyphs)
{
    switch (mark) {
    case Mark::fault: return {std::string(glyphs.fault), Look::bold_red};
    case Mark::answered: return {std::string(glyphs.answered), Look::green};
    case Mark::asleep: return {std::string(glyphs.asleep), Look::yellow};
    case Mark::died: return {std::string(glyphs.died), Look::bold_red};
    case Mark::ended: return {std::string(glyphs.ended), Look::yellow};
    case Mark::stopped: return {std::string(glyphs.stopped), Look::faint};
    }
    return {};
}

bool is_shown_at(const Lifeline& line, Stamp at)
{
    return line.decided && at >= *line.decided;
}

std::string_view op_glyph(const Lifeline& line, Stamp from, Stamp to, const Glyphs& glyphs)
{
    const std::uint64_t before = ops_at(line, from).value_or(0);
    const std::uint64_t after = ops_at(line, to).value_or(0);
    return after <= before ? glyphs.alive : after - before == 1 ? glyphs.op : glyphs.ops;
}

Ink ink_of(const Lifeline& line, const Stretch& stretch, Stamp from, Stamp to, const Glyphs& glyphs)
{
    const bool shown = is_shown_at(line, from) && line.outcome;
    const Look look = shown ? look_of(*line.outcome) : Look::green;
    switch (stretch.being) {
    case Being::starting: return {std::string(glyphs.starting), Look::faint};
    case Being::working: return {std::string(op_glyph(line, from, to, glyphs)), look};
    case Being::uncounted: return {std::string(glyphs.uncounted), Look::green};
    case Being::silent: return {std::string(glyphs.silent), shown ? look : Look::yellow};
    }
    return {};
}

/// One row's columns, each an ink of one column.
class Strip {
public:
    Strip(const Lifeline& line, const Axis& axis, double until, const Glyphs& glyphs)
        : line_(line), axis_(axis), glyphs_(glyphs), now_(axis.time_at(until)),
          shown_(std::min(axis.width(), static_cast<std::size_t>(until) + 1))
    {}

    Line take()
    {
        cells_.assign(axis_.width(), Ink{" "});
        for (const Axis::Part& part : axis_.parts()) {
            if (part.first > 0 && part.first < axis_.width()) {
                cells_[part.first] = {std::string(glyphs_.guide), Look::faint};
            }
        }
        for (const Stretch& stretch : line_.stretches) {
            draw(stretch);
        }
        for (const Moment& moment : line_.moments) {
            if (moment.at <= now_) {
                cells_[axis_.column_of(moment.at)] = ink_of(moment.mark, glyphs_);
            }
        }
        return joined();
    }

private:
    void draw(const Stretch& stretch)
    {
        const std::size_t first = axis_.column_of(stretch.from);
        const std::size_t last = axis_.column_of(std::min(stretch.to, now_));
        for (std::size_t column = first; column <= last && column < shown_ && stretch.from <= now_; ++column) {
            const Stamp from = axis_.time_at(static_cast<double>(column));
            const Stamp to = axis_.time_at(static_cast<double>(column + 1));
            const bool is_head = column + 1 == shown_ && stretch.to > now_ && now_ < axis_.parts().back().phase.to;
            cells_[column] = is_head ? Ink{std::string(glyphs_.head), Look::bold}
                                     : ink_of(line_, stretch, from, std::min(to, now_), glyphs_);
        }
    }

    [[nodiscard]] Line joined() const
    {
        Line line;
        for (const Ink& cell : cells_) {
            if (!line.empty() && line.back().look == cell.look) {
                line.back().text += cell.text;
            } else {
                line.push_back(cell);
            }
        }
        return line;
    }

    const Lifeline& line_;
    const Axis& axis_;
    const Glyphs& glyphs_;
    Stamp now_;
    std::size_t shown_; ///< columns
    std::vector<Ink> cells_;
};

const Stretch* stretch_at(const Lifeline& line, Stamp at)
{
    const auto found = std::ranges::find_if(
        line.stretches, [at](const Stretch& stretch) { return at >= stretch.from && at < stretch.to; });
    return found == line.stretches.end() ? nullptr : &*found;
}

std::optional<Mark> latest_mark(const Lifeline& line, Stamp at)
{
    std::optional<Mark> latest;
    for (const Moment& moment : line.moments) {
        if (moment.at <= at) {
            latest = moment.mark;
        }
    }
    return latest;
}

/// How it is with the worker at that moment, in a word or two.
Ink state_of(const Lifeline& line, Stamp at, texts::Language language)
{
    const auto said = [language](std::string_view english) { return std::string(say(language, english)); };
    const Stretch* stretch = stretch_at(line, at);
    if (stretch != nullptr && line.moments.size() > 1 && stretch->being == Being::uncounted) {
        return {said("works anew"), Look::green};
    }
    if (is_shown_at(line, at) && line.outcome) {
        const bool named = *line.outcome == model::Outcome::died && !line.end.empty();
        return {said(to_string(*line.outcome)) + (named ? " " + line.end : ""), look_of(*line.outcome)};
    }
    const auto mark = latest_mark(line, at);
    if (stretch == nullptr) {
        const bool is_over = mark == Mark::died || mark == Mark::ended;
        return {is_over ? said("died") : mark ? said("ended") : "", is_over ? Look::red : Look::faint};
    }
    switch (stretch->being) {
    case Being::starting: return {said("starting"), Look::faint};
    case Being::silent:
        return {mark == Mark::fault ? said("FAULT") : said("silent"),
                mark == Mark::fault ? Look::bold_red : Look::yellow};
    case Being::working:
        return mark == Mark::fault ? Ink{said("FAULT"), Look::bold_red} : Ink{said("works"), Look::green};
    case Being::uncounted: return {said("works anew"), Look::green};
    }
    return {};
}

constexpr std::size_t ops_width = 7;

struct Margins {
    std::size_t host = 0;   ///< "p0 ", with a blank behind
    std::size_t worker = 0; ///< "/t0 "
    std::size_t state = 0;
    bool ops = false;
};
Margins margins(const Picture& picture, const Stage& stage)
{
    const model::Shape shape = picture.plan.shape;
    const auto digits = [](std::uint32_t number) { return std::to_string(number - std::min(number, 1U)).size(); };
    Margins result;
    result.host = 2 + digits(shape.hosts) + 1;
    result.worker = shape.threads > 1 ? 1 + 1 + digits(shape.threads) + 1 : 1;
    result.ops = stage.width >= 60;
    result.state = stage.width >= 60 ? 17 : 9;
    return result;
}

/// The worker's place in its host, drawn so that one sees who lives in one process.
std::string bracket_of(const Lifeline& line, const Picture& picture, const Glyphs& glyphs)
{
    const std::uint32_t threads = picture.plan.shape.threads;
    const std::uint32_t thread = line.worker.thread;
    return std::string(threads == 1            ? glyphs.only
                       : thread == 0           ? glyphs.first
                       : thread + 1 == threads ? glyphs.last
                                               : glyphs.middle);
}

Line row_of(const Lifeline& line, const Picture& picture, const Axis& axis, double column, const Stage& stage,
            bool names_host)
{
    const Glyphs& glyphs = glyphs_of(stage);
    const Margins space = margins(picture, stage);
    const Look look = line.victim ? Look::bold_red : Look::plain;
    Line row;
    row.push_back({line.victim ? std::string(glyphs.head) : " ", look});
    row.push_back({left(names_host ? "p" + std::to_string(line.worker.host) : "", space.host - 1), look});
    const std::string thread = picture.plan.shape.threads > 1 ? "t" + std::to_string(line.worker.thread) : "";
    row.push_back({bracket_of(line, picture, glyphs), Look::faint});
    row.push_back({left(thread, space.worker - 1), look});
    const Line strip = Strip(line, axis, column, glyphs).take();
    row.insert(row.end(), strip.begin(), strip.end());
    const Stamp now = axis.time_at(column);
    if (space.ops) {
        const auto ops = ops_at(line, now);
        row.push_back({right(ops ? std::to_string(*ops) : "", ops_width) + "  ", Look::faint});
    } else {
        row.push_back({" "});
    }
    Ink state = state_of(line, now, stage.language);
    state.text = left(state.text, space.state);
    row.push_back(std::move(state));
    return row;
}

/// The workers that have a row of their own when there are only so many: the victim and those around it, and some of
/// every part of the pool.
std::vector<std::size_t> chosen(const Picture& picture, std::size_t most)
{
    const std::size_t all = picture.lifelines.size();
    std::vector<std::size_t> indexes;
    if (all <= most) {
        for (std::size_t i = 0; i < all; ++i) {
            indexes.push_back(i);
        }
        return indexes;
    }
    const std::size_t victim = std::min<std::size_t>(model::index_of(picture.plan.victim, picture.plan.shape), all - 1);
    const std::size_t near = (most + 1) / 2;
    const std::size_t first = std::min(victim - std::min(victim, near / 2), all - near);
    for (std::size_t i = 0; i < near; ++i) {
        indexes.push_back(first + i);
    }
    for (std::size_t i = 0; indexes.size() < most && i < all; ++i) {
        const std::size_t spread = i * all / (most - near + 1) % all;
        const std::size_t candidate = i < most - near ? spread : i;
        if (std::ranges::find(indexes, candidate) == indexes.end()) {
            indexes.push_back(candidate);
        }
    }
    std::ranges::sort(indexes);
    return indexes;
}

/// "... and 48 more: 40 intact, 8 died".
Line row_of_others(const Picture& picture, const std::vector<std::size_t>& shown, Stamp now, const Stage& stage)
{
    std::array<std::size_t, model::outcome_count> outcomes{};
    std::size_t undecided = 0;
    for (std::size_t i = 0; i < picture.lifelines.size(); ++i) {
        const Lifeline& line = picture.lifelines[i];
        if (std::ranges::binary_search(shown, i)) {
            continue;
        }
        if (is_shown_at(line, now) && line.outcome) {
            ++outcomes.at(static_cast<std::size_t>(*line.outcome));
        } else {
            ++undecided;
        }
    }
    std::string text =
        fmt::format(fmt::runtime(say(stage.language, " ... and {} more")), picture.lifelines.size() - shown.size());
    const char* separator = ": ";
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
        if (outcomes.at(i) > 0) {
            text += fmt::format("{}{} {}", separator, outcomes.at(i),
                                say(stage.language, to_string(model::all_outcomes.at(i))));
            separator = ", ";
        }
    }
    return {{fitted(text, stage.width), Look::faint}};
}

/// Under its name, how long a phase took; what is under way stands out.
std::array<Line, 2> axis_heading(const Axis& axis, double column, std::size_t indent, const Stage& stage)
{
    const Glyphs& glyphs = glyphs_of(stage);
    std::array<Line, 2> rows{Line{{std::string(indent, ' ')}}, Line{{std::string(indent, ' ')}}};
    const Axis::Part* const current = &axis.part_at(column);
    for (const Axis::Part& part : axis.parts()) {
        const std::size_t room = part.width - std::min<std::size_t>(part.width, part.first > 0 ? 1 : 0);
        const Look look = &part == current ? Look::bold : Look::faint;
        const auto add = [&](Line& row, std::string text) {
            if (part.first > 0 && part.width > 0) {
                row.push_back({std::string(glyphs.guide), Look::faint});
            }
            if (columns(text) > room) {
                std::erase(text, ' '); // "129us"
            }
            row.push_back({left(columns(text) > room ? "" : text, room), look});
        };
        const std::string_view whole = say(stage.language, to_string(part.phase.kind));
        const std::string_view brief = say(stage.language, short_name(part.phase.kind));
        add(rows[0], std::string(columns(whole) <= room ? whole : brief));
        add(rows[1], &part <= current ? describe(between(part.phase.from, part.phase.to)) : "");
    }
    return rows;
}

} // namespace

std::size_t margins_of(const Picture& picture, const Stage& stage)
{
    const Margins space = margins(picture, stage);
    return space.host + space.worker + (space.ops ? ops_width + 2 : 1) + space.state;
}

std::vector<Line> lifeline_rows(const Picture& picture, const Axis& axis, double column, const Stage& stage,
                                std::size_t most)
{
    const Margins space = margins(picture, stage);
    std::vector<Line> rows;
    for (Line& row : axis_heading(axis, column, space.host + space.worker, stage)) {
        rows.push_back(std::move(row));
    }
    const bool has_more = picture.lifelines.size() > most;
    const std::vector<std::size_t> shown = chosen(picture, has_more ? std::max<std::size_t>(most, 2) - 1 : most);
    std::optional<std::uint32_t> host;
    for (const std::size_t index : shown) {
        const Lifeline& line = picture.lifelines[index];
        rows.push_back(row_of(line, picture, axis, column, stage, host != line.worker.host));
        host = line.worker.host;
    }
    if (has_more) {
        rows.push_back(row_of_others(picture, shown, axis.time_at(column), stage));
    }
    return rows;
}

} // namespace bulkhead::report
