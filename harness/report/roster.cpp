#include "harness/report/roster.hpp"

#include "harness/report/chronicle.hpp"
#include "harness/report/text.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace bulkhead::report {
namespace {

using model::TrialRecord;
using model::WorkerRecord;

/// As many workers get a line each, whatever became of them.
constexpr std::size_t listed_singly = 16;
constexpr std::size_t most_lines = 13; ///< of a larger pool

/// The least and the greatest of some counts.
struct Range {
    std::uint64_t low = 0;
    std::uint64_t high = 0;

    void widen(const Range& other)
    {
        low = std::min(low, other.low);
        high = std::max(high, other.high);
    }
    [[nodiscard]] std::string text() const
    {
        return low == high ? std::to_string(low) : std::to_string(low) + ".." + std::to_string(high);
    }
};

/// What makes two workers fare alike.
struct Fare {
    std::optional<model::Outcome> outcome; ///< nullopt in a trial that cannot be judged
    model::Outcome predicted = model::Outcome::intact;
    std::string check;
    bool answered_before = false;
    bool answered_after = false;
    bool is_victim = false;
    bool operator==(const Fare&) const = default;
};

/// Neighbours in the pool's order that fared alike; a single worker where each gets a line.
struct Group {
    model::WorkerId first;
    model::WorkerId last;
    std::size_t size = 1;
    Fare fare;
    Range before;
    Range after;
    Range final;
    std::int32_t pid = 0;
    std::int32_t tid = 0;
};

std::string check_text(const WorkerRecord& worker)
{
    if (worker.check_failures > 0) {
        return "failed in " + count(worker.check_failures, "op");
    }
    if (!worker.after) {
        return "-";
    }
    return worker.after->check_holds ? "holds" : "FAILS";
}

Group group_of(const TrialRecord& record, const model::TrialJudgement& judgement, std::size_t index)
{
    const WorkerRecord& worker = record.workers[index];
    const model::Relation relation = model::relation_by_order(worker.id, record.plan.victim);
    const auto ops = [](const std::optional<model::Answer>& answer) {
        return answer ? Range{answer->ops, answer->ops} : Range{};
    };
    Group group{.first = worker.id,
                .last = worker.id,
                .size = 1,
                .fare = {},
                .before = ops(worker.before),
                .after = ops(worker.after),
                .final = {worker.ops_final, worker.ops_final},
                .pid = 0,
                .tid = worker.tid};
    if (index < judgement.outcomes.size()) {
        group.fare.outcome = judgement.outcomes[index];
    }
    group.fare.predicted = model::predict(record.plan.fault, record.plan.shape, relation, record.plan.containment);
    group.fare.check = check_text(worker);
    group.fare.answered_before = worker.before.has_value();
    group.fare.answered_after = worker.after.has_value();
    group.fare.is_victim = relation == model::Relation::victim && !model::is_golden(record.plan.fault);
    const auto host = std::ranges::find(record.hosts, worker.id.host, &model::HostRecord::number);
    group.pid = host == record.hosts.end() ? 0 : host->pid;
    return group;
}

std::vector<Group> groups_of(const TrialRecord& record, const model::TrialJudgement& judgement)
{
    std::vector<Group> groups;
    const bool singly = record.workers.size() <= listed_singly;
    for (std::size_t index = 0; index < record.workers.size(); ++index) {
        Group next = group_of(record, judgement, index);
        if (singly || groups.empty() || groups.back().fare != next.fare) {
            groups.push_back(std::move(next));
            continue;
        }
        Group& group = groups.back();
        group.last = next.last;
        ++group.size;
        group.before.widen(next.before);
        group.after.widen(next.after);
        group.final.widen(next.final);
        group.pid = group.pid == next.pid ? group.pid : 0;
        group.tid = 0;
    }
    return groups;
}

/// Takes out what is too much, but never the victim, and says what that was.
std::string shorten(std::vector<Group>& groups)
{
    if (groups.size() <= most_lines) {
        return "";
    }
    std::vector<Group> kept;
    std::size_t left_out = 0;
    for (Group& group : groups) {
        if (group.fare.is_victim || kept.size() < most_lines - 1) {
            kept.push_back(std::move(group));
        } else {
            left_out += group.size;
        }
    }
    groups = std::move(kept);
    return "and " + count(left_out, "more worker") + ", in turn alike and not alike; --format json has them all.";
}

std::string group_name(const Group& group)
{
    const std::string first = to_string(group.first);
    return group.size == 1 ? first : first + ".." + to_string(group.last) + " (" + std::to_string(group.size) + ")";
}

std::string number_text(std::int32_t number)
{
    return number == 0 ? "" : std::to_string(number);
}

Column right_column(const std::string& heading, const std::vector<std::string>& texts)
{
    std::size_t width = columns(heading);
    for (const std::string& text : texts) {
        width = std::max(width, columns(text));
    }
    Column column;
    column.add({{right(heading, width), Look::faint}});
    for (const std::string& text : texts) {
        column.add({{right(text, width)}});
    }
    return column;
}

template <class TextOf>
Column right_column(const std::string& heading, const std::vector<Group>& groups, const TextOf& text_of)
{
    std::vector<std::string> texts;
    texts.reserve(groups.size());
    for (const Group& group : groups) {
        texts.push_back(text_of(group));
    }
    return right_column(heading, texts);
}

/// "died    = died", "intact  ! died". Of a victim only what agrees is shown: how it must end is a condition of the
/// judgement, and no prediction.
Column outcome_column(const std::vector<Group>& groups)
{
    std::size_t widest = columns("outcome");
    for (const Group& group : groups) {
        widest = std::max(widest, group.fare.outcome ? columns(to_string(*group.fare.outcome)) : 0);
    }
    Column column;
    column.add({{left("outcome", widest) + " = predicted", Look::faint}});
    for (const Group& group : groups) {
        const std::optional<model::Outcome>& outcome = group.fare.outcome;
        const bool agrees = outcome == group.fare.predicted;
        const bool is_owed = !group.fare.is_victim || agrees;
        const Look look = agrees || !outcome ? Look::faint : Look::bold_yellow;
        const std::string mark = agrees ? " = " : (outcome && is_owed ? " ! " : "   ");
        column.add({{left(outcome ? to_string(*outcome) : "?", widest), outcome ? look_of(*outcome) : Look::yellow},
                    {mark, look},
                    {is_owed ? std::string(to_string(group.fare.predicted)) : "", look}});
    }
    column.level();
    return column;
}

/// The victim is pointed at.
Column names_of(const std::vector<Group>& groups)
{
    Column names;
    names.add({{""}});
    for (const Group& group : groups) {
        const Look look = group.fare.is_victim ? Look::bold : Look::plain;
        names.add({{group.fare.is_victim ? "> " : "  ", look}, {group_name(group), look}});
    }
    names.level();
    return names;
}

Column check_column(const std::vector<Group>& groups)
{
    Column column;
    column.add({{"check", Look::faint}});
    for (const Group& group : groups) {
        const bool fails = group.fare.check != "holds" && group.fare.check != "-";
        column.add({{group.fare.check, fails ? Look::magenta : Look::plain}});
    }
    column.level();
    return column;
}

} // namespace

void print_workers(Page& page, const TrialRecord& record, const model::TrialJudgement& judgement)
{
    std::vector<Group> groups = groups_of(record, judgement);
    const std::string rest = shorten(groups);
    const auto before = [](const Group& group) { return group.fare.answered_before ? group.before.text() : "-"; };
    const auto after = [](const Group& group) { return group.fare.answered_after ? group.after.text() : "-"; };
    std::vector<Column> table;
    table.push_back(right_column("pid", groups, [](const Group& group) { return number_text(group.pid); }));
    if (record.workers.size() <= listed_singly) {
        table.push_back(right_column("tid", groups, [](const Group& group) { return number_text(group.tid); }));
    }
    table.push_back(outcome_column(groups));
    table.push_back(right_column("steady", groups, before));
    table.push_back(right_column("after", groups, after));
    table.push_back(right_column("end", groups, [](const Group& group) { return group.final.text(); }));
    table.push_back(check_column(groups));
    page.paragraph({{"workers", Look::bold}, {"  "}}, "with their ops when steady, after the fault, and at the end",
                   Look::faint);
    print_table(page, names_of(groups), table);
    if (!rest.empty()) {
        page.paragraph({{"  "}}, rest);
    }
}

void print_hosts(Page& page, const TrialRecord& record)
{
    struct HostGroup {
        std::uint32_t first = 0;
        std::uint32_t last = 0;
        std::string end;
    };
    constexpr std::size_t most_groups = 10;
    std::vector<HostGroup> groups;
    for (const model::HostRecord& host : record.hosts) {
        std::string end = end_of_host(host);
        if (groups.empty() || groups.back().end != end) {
            groups.push_back({host.number, host.number, std::move(end)});
        } else {
            groups.back().last = host.number;
        }
    }
    const auto name_of_hosts = [](const HostGroup& group) {
        const std::string first = std::to_string(group.first);
        return group.first == group.last ? first : first + ".." + std::to_string(group.last);
    };
    const std::size_t shown = groups.size() > most_groups ? most_groups - 1 : groups.size();
    std::size_t widest = 0;
    for (std::size_t i = 0; i < shown; ++i) {
        widest = std::max(widest, columns(name_of_hosts(groups[i])));
    }
    page.line({{"hosts", Look::bold}});
    for (std::size_t i = 0; i < shown; ++i) {
        page.paragraph({{"  "}, {left(name_of_hosts(groups[i]), widest)}, {"  "}}, groups[i].end);
    }
    if (shown < groups.size()) {
        page.paragraph({{"  "}}, "and hosts " + std::to_string(groups[shown].first) + ".." +
                                     std::to_string(groups.back().last) +
                                     ", in turn alike and not alike; --format json has them all.");
    }
}

} // namespace bulkhead::report
