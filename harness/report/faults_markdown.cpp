// docs/reference/faults.md: the catalogue as a page, from its rows alone.

#include "harness/model/judge.hpp"
#include "harness/report/figures.hpp"
#include "harness/report/relations.hpp"
#include "harness/report/text.hpp"

#include <fmt/format.h>
#include <optional>

namespace bulkhead::report {
namespace {

using model::FaultRow;

constexpr std::size_t page_width = 120;

constexpr std::string_view introduction = R"(# Faults

Every fault of the catalogue (`harness/model/catalogue.cpp`), as `bulkhead list faults --format markdown` prints it. This page
is made by that command and not edited; a test fails when it is stale.

A fault has an *effect* and a *reach*; a pool has *relations* between its workers. What becomes of a sibling follows from
these three, and is what the columns *cell-mates* and *other hosts* say: cell-mates share the victim's process, other hosts
have processes of their own. Where what hosts share changes the prediction, all cases are named.

- **Effect**: what the fault does to a worker within its reach.
- **Reach**: `worker` is the victim's own thread; `process` is every thread of its process; `sharers` are its cell-mates, and
  whoever else has the medium named with it in common.
- **Needs**: what a machine must offer for the fault beyond what every trial needs. Without it the fault's cells are skipped,
  with the reason.
)";

/// The row as a fault; those that take a signal stand for all of them with SIGTERM.
model::Fault fault_of(const FaultRow& row)
{
    const auto index = static_cast<std::uint16_t>(&row - model::catalogue().data());
    return {.row = index, .signal = model::takes_signal(row) ? model::parse_signal("SIGTERM").value_or(0) : 0};
}

bool is_shown(const FaultRow& row)
{
    return row.family != model::Family::harness;
}

/// One line of a table: no bar may end a cell of it.
std::string cell(std::string_view text)
{
    std::string escaped;
    for (const char letter : text) {
        escaped += letter == '|' ? std::string("\\|") : std::string(1, letter);
    }
    return escaped;
}

std::string code_word(std::string_view word)
{
    return "`" + std::string(word) + "`";
}

std::string reach_cell(const model::FaultNature& nature)
{
    const std::string reach(to_string(nature.reach));
    return nature.reach == model::Reach::sharers ? reach + " (" + std::string(to_string(nature.medium)) + ")" : reach;
}

/// What is predicted when hosts share nothing, and each setting in which that becomes another outcome. Guards are told
/// below the table.
std::string outcome_cell(model::Fault fault, model::Relation relation)
{
    std::string text;
    std::optional<model::Outcome> last;
    for (const Setting& setting : settings_of(fault)) {
        const model::Outcome outcome = model::predict(fault, relation, setting.containment);
        if (setting.containment.guard != model::Guard::none || outcome == last) {
            continue;
        }
        text += (last ? "; " + setting.words + ": " : "") + std::string(to_string(outcome));
        last = outcome;
    }
    return text;
}

std::string table_row(const FaultRow& row)
{
    const model::Fault fault = fault_of(row);
    const model::FaultNature nature = model::nature_of(fault);
    const std::string end =
        (model::takes_signal(row) ? "by the signal's default action; SIGTERM: " : "") + model::describe(nature.end);
    return fmt::format("| [{0}](#{1}) | {2} | {3} | {4} | {5} | {6} | {7} | {8} |\n", code_word(id_as_typed(row)),
                       row.id, cell(row.commits), cell(end), to_string(nature.effect), reach_cell(nature),
                       cell(outcome_cell(fault, model::Relation::cell_mate)),
                       cell(outcome_cell(fault, model::Relation::other_host)),
                       row.needs == model::Need::nothing ? "" : cell(to_string(row.needs)));
}

std::string paragraph(std::string_view text)
{
    std::string lines;
    for (const std::string& line : wrapped(text, page_width)) {
        lines += line + "\n";
    }
    return lines;
}

std::string notes(const FaultRow& row)
{
    const model::Fault fault = fault_of(row);
    std::string text = fmt::format("\n### {}\n\n{}", row.id, paragraph(row.why));
    const auto add = [&text](std::string_view label, const std::string& note) {
        text += note.empty() ? ""
                             : "\n" + paragraph(fmt::format("*{}*: {}{}", label, note, note.ends_with('.') ? "" : "."));
    };
    add("What it leaves behind", describe_leaves(row.leaves));
    add("Guards", describe_guards(fault));
    if (row.main_thread_only) {
        add("Only for", "thread 0 of a host, which is its main thread");
    }
    add("Subtle", std::string(row.subtle));
    add("Source", row.source == "-" ? "" : std::string(row.source));
    return text;
}

std::string section(model::Family family)
{
    std::string table;
    std::string below;
    for (const FaultRow& row : model::catalogue()) {
        if (row.family == family) {
            table += table_row(row);
            below += notes(row);
        }
    }
    return fmt::format("\n## {}\n\n| fault | the victim | its end | effect | reach | cell-mates | other hosts | needs "
                       "|\n|---|---|---|---|---|---|---|---|\n{}{}",
                       heading_of(family), table, below);
}

} // namespace

std::string faults_markdown()
{
    std::string text(introduction);
    std::optional<model::Family> last;
    for (const FaultRow& row : model::catalogue()) {
        if (is_shown(row) && row.family != last) {
            text += section(row.family);
            last = row.family;
        }
    }
    return text;
}

} // namespace bulkhead::report
