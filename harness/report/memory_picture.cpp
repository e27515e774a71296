#include "harness/report/memory_picture.hpp"

#include "harness/report/text.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace bulkhead::report {
namespace {

using model::Medium;
using model::Outcome;

constexpr std::size_t label_width = 9;
constexpr std::size_t stack_width = 4; ///< of one thread, without the wall beside it

/// The characters of which boxes are made.
struct Strokes {
    std::string_view across, down;
    std::string_view top_left, top_right;
    std::string_view left_tee, right_tee, tee_down;
    std::string_view bottom_left, bottom_right, tee_up;
    std::string_view bar;
};
constexpr Strokes lines{"─", "│", "┌", "┐", "├", "┤", "┬", "└", "┘", "┴", "═"};
constexpr Strokes letters{"-", "|", "+", "+", "+", "+", "+", "+", "+", "+", "="};

std::string repeated(std::string_view stroke, std::size_t times)
{
    std::string text;
    for (std::size_t i = 0; i < times; ++i) {
        text += stroke;
    }
    return text;
}

std::string_view fate_mark(Outcome outcome, bool unicode)
{
    switch (outcome) {
    case Outcome::intact: return unicode ? "✓" : "ok";
    case Outcome::contaminated: return "!";
    case Outcome::degraded: return "-";
    case Outcome::stalled: return unicode ? "…" : "..";
    case Outcome::corrupted: return unicode ? "≠" : "#";
    case Outcome::died: return unicode ? "✗" : "X";
    }
    return "?";
}

class Drawing {
public:
    Drawing(Page& page, const MemoryPicture& picture, texts::Language language, bool unicode)
        : page_(page), picture_(picture), language_(language), unicode_(unicode), strokes_(unicode ? lines : letters),
          hosts_(std::min<std::size_t>(picture.shape.hosts, hosts_that_fit(page.width())))
    {}

    void draw()
    {
        names();
        rule(strokes_.top_left, strokes_.across, strokes_.top_right);
        part("code", Look::faint);
        part("data", Look::plain);
        part("heap", Look::plain);
        rule(strokes_.left_tee, strokes_.tee_down, strokes_.right_tee);
        stacks();
        rule(strokes_.bottom_left, strokes_.tee_up, strokes_.bottom_right);
        shared_bars();
        fates();
        legend();
    }

private:
    [[nodiscard]] std::string_view say(std::string_view text) const { return texts::say(language_, text); }
    [[nodiscard]] std::size_t inner() const { return picture_.shape.threads * (stack_width + 1) - 1; }
    [[nodiscard]] std::size_t hosts_that_fit(std::size_t width) const
    {
        const std::size_t room = width > label_width + 2 ? width - label_width - 2 : 0;
        const std::size_t each = inner() + 3;
        constexpr std::size_t mark_of_more = 3; // " .."
        const bool all_fit = room / each >= picture_.shape.hosts;
        return std::max<std::size_t>(1, (all_fit || room < mark_of_more ? room : room - mark_of_more) / each);
    }
    [[nodiscard]] Ink label(std::string_view text) const { return {"  " + left(say(text), label_width), Look::faint}; }

    void names()
    {
        Line line{label("")};
        for (std::size_t host = 0; host < hosts_; ++host) {
            const bool struck = picture_.victim && picture_.victim->host == host;
            line.push_back({" " + left(fmt::format("p{}", host), inner() + 2), struck ? Look::bold_red : Look::bold});
        }
        if (hosts_ < picture_.shape.hosts) {
            line.push_back({" ..", Look::faint});
        }
        page_.line(line);
    }

    void rule(std::string_view first, std::string_view between, std::string_view last)
    {
        Line line{label("")};
        for (std::size_t host = 0; host < hosts_; ++host) {
            std::string text(first);
            for (std::uint32_t thread = 0; thread < picture_.shape.threads; ++thread) {
                text += (thread == 0 ? "" : std::string(between)) + repeated(strokes_.across, stack_width);
            }
            line.push_back({text + std::string(last) + " "});
        }
        page_.line(line);
    }

    /// A part that all threads of a process share.
    void part(std::string_view name, Look look)
    {
        Line line{label(name)};
        for (std::size_t host = 0; host < hosts_; ++host) {
            line.push_back({std::string(strokes_.down)});
            const std::string_view inside = name == "code" ? (unicode_ ? "░" : ":") : " ";
            line.push_back({repeated(inside, inner()), look});
            line.push_back({std::string(strokes_.down) + " "});
        }
        page_.line(line);
    }

    void stacks()
    {
        Line line{label("stack")};
        for (std::size_t host = 0; host < hosts_; ++host) {
            line.push_back({std::string(strokes_.down)});
            for (std::uint32_t thread = 0; thread < picture_.shape.threads; ++thread) {
                const bool is_victim = picture_.victim == model::WorkerId{static_cast<std::uint32_t>(host), thread};
                line.push_back(
                    {left(fmt::format(" t{}", thread), stack_width), is_victim ? Look::bold_red : Look::plain});
                line.push_back({std::string(strokes_.down)});
            }
            line.push_back({" "});
        }
        page_.line(line);
    }

    void shared_bars()
    {
        const std::size_t length = hosts_ * (inner() + 3) - 1;
        for (const Medium medium : model::shareable) {
            if ((picture_.containment.shared & bit_of(medium)) != 0) {
                page_.line({label(name_of(medium)), {repeated(strokes_.bar, length), Look::yellow}});
            }
        }
    }

    static std::string_view name_of(Medium medium)
    {
        switch (medium) {
        case Medium::segment: return "segment";
        case Medium::lock: return "lock";
        case Medium::description: return "open file";
        case Medium::disk: return "disk";
        case Medium::channel: return "channel";
        case Medium::group: return "group";
        case Medium::cgroup: return "limits";
        case Medium::process:
        case Medium::threads:
        case Medium::processors: return "";
        }
        return "";
    }

    void fates()
    {
        if (picture_.outcomes.size() != picture_.shape.workers()) {
            return;
        }
        Line line{label("fate")};
        for (std::size_t worker = 0; worker < hosts_ * picture_.shape.threads; ++worker) {
            const bool is_first = worker % picture_.shape.threads == 0;
            line.push_back({is_first && worker > 0 ? "   " : " "});
            const Outcome outcome = picture_.outcomes[worker];
            line.push_back({left(fmt::format(" {}", fate_mark(outcome, unicode_)), stack_width), look_of(outcome)});
        }
        page_.line(line);
    }

    void legend()
    {
        const bool several = picture_.shape.hosts > 1;
        page_.paragraph(
            {{std::string(2 + label_width, ' ')}},
            say(several
                    ? "Each box is a process. The code in it is one file, read only; data, heap and stacks are each "
                      "process's own."
                    : "The box is the process. Code, data and heap are there once, for all of its threads."),
            Look::faint);
        if (picture_.containment.shared != 0 && several) {
            page_.paragraph({{std::string(2 + label_width, ' ')}},
                            say("A bar below the boxes is there once, for all of "
                                "the processes."),
                            Look::faint);
        }
        marks();
    }

    /// Of the marks that were drawn.
    void marks()
    {
        std::string text;
        for (const Outcome outcome : model::all_outcomes) {
            if (picture_.outcomes.size() == picture_.shape.workers() &&
                std::ranges::find(picture_.outcomes, outcome) != picture_.outcomes.end()) {
                text += fmt::format("{}{} {}", text.empty() ? "" : "   ", fate_mark(outcome, unicode_),
                                    say(to_string(outcome)));
            }
        }
        if (text.empty()) {
            return;
        }
        if (picture_.victim) {
            text += "   " + fmt::format(fmt::runtime(say("the victim is {}")), to_string(*picture_.victim));
        }
        page_.line({{std::string(2 + label_width, ' ')}, {text, Look::faint}});
    }

    Page& page_;
    const MemoryPicture& picture_;
    texts::Language language_;
    bool unicode_;
    const Strokes& strokes_;
    std::size_t hosts_;
};

} // namespace

void print_memory(Page& page, const MemoryPicture& picture, texts::Language language, bool unicode)
{
    Drawing(page, picture, language, unicode).draw();
}

} // namespace bulkhead::report
