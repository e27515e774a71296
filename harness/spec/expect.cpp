#include "harness/model/figure.hpp"
#include "harness/model/yardstick.hpp"
#include "harness/spec/draft.hpp"
#include "harness/spec/text.hpp"
#include "harness/spec/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>

// Reads [[expect]]: `when` says of which cells, and exactly one of `survivors`, `outcome`, `blast_radius`, `victim` and
// `figure` says what.

namespace bulkhead::spec {
namespace {

void read_when_shape(const Field& field, SelectionDraft& draft)
{
    draft.shapes = read_one_or_more<model::Shape>(field, {"a string", "\"4x2\""}, read_shape);
}

void read_when_fault(const Field& field, SelectionDraft& draft)
{
    draft.faults = read_one_or_more<model::Fault>(field, {"a string", "\"segv-null\""}, read_fault);
}

void read_when_workload(const Field& field, SelectionDraft& draft)
{
    draft.workloads = read_one_or_more<model::Workload>(field, {"a string", "\"counter\""}, read_workload_word);
}

void read_when_lock(const Field& field, SelectionDraft& draft)
{
    draft.lockings = read_one_or_more<model::Locking>(field, {"a string", "\"plain\""}, read_locking);
}

void read_when_strategy(const Field& field, SelectionDraft& draft)
{
    draft.strategies = read_one_or_more<model::Strategy>(field, {"a string", "\"one-for-one\""}, read_strategy);
}

void read_when_channel(const Field& field, SelectionDraft& draft)
{
    draft.channels = read_one_or_more<model::ChannelKind>(field, {"a string", "\"pipe\""}, read_channel_kind);
}

void read_when_delivery(const Field& field, SelectionDraft& draft)
{
    draft.deliveries = read_one_or_more<model::Delivery>(field, {"a string", "\"at-least-once\""}, read_delivery_word);
}

void read_when_share(const Field& field, SelectionDraft& draft)
{
    draft.shared = read_shared(field);
}

void read_when_guard(const Field& field, SelectionDraft& draft)
{
    draft.guards = read_one_or_more<model::Guard>(field, {"a string", "\"catch\""}, read_guard);
}

void read_when_limits(const Field& field, SelectionDraft& draft)
{
    draft.limits = read_limit_tables(field);
}

void read_when_at(const Field& field, SelectionDraft& draft)
{
    draft.points = read_one_or_more<model::InjectionPoint>(field, {"a string", "\"inside-op\""}, read_point);
}

constexpr auto selection_keys = std::to_array<Key<SelectionDraft>>({
    {"shape", false, {"a string or an array of strings", R"("8x1")"}, read_when_shape},
    {"fault", false, {"a string or an array of strings", R"("segv-null")"}, read_when_fault},
    {"workload", false, {"a string or an array of strings", R"("ledger")"}, read_when_workload},
    {"lock", false, {"a string or an array of strings", R"("robust")"}, read_when_lock},
    {"strategy", false, {"a string or an array of strings", R"("one-for-one")"}, read_when_strategy},
    {"channel", false, {"a string or an array of strings", R"("tcp")"}, read_when_channel},
    {"delivery", false, {"a string or an array of strings", R"("at-least-once")"}, read_when_delivery},
    {"share", false, {"a string or an array of strings", R"("nothing" or ["lock"])"}, read_when_share},
    {"guard", false, {"a string or an array of strings", R"("catch")"}, read_when_guard},
    {"limits", false, {"a table or an array of tables", R"({ nofile = 64 })"}, read_when_limits},
    {"at", false, {"a string or an array of strings", R"("inside-op")"}, read_when_at},
});

void read_when(const Field& field, ExpectationDraft& draft)
{
    read_table<SelectionDraft>(field, "in when", selection_keys, draft.when);
}

void read_times(const Field& field, ExpectationDraft& draft)
{
    draft.times_at = field.value.at;
    read_table<SelectionDraft>(field, "in times", selection_keys, draft.times.emplace());
}

void read_survivors_key(const Field& field, ExpectationDraft& draft)
{
    draft.survivors_at = field.value.at;
    draft.claim = read_siblings(field, model::Outcome::intact);
}

template <model::Outcome outcome>
void read_outcome_key(const Field& field, ExpectationDraft& draft)
{
    if (draft.claim) {
        field.wrong("an expectation claims one thing, this one of two outcomes",
                    "write an [[expect]] of its own for each");
        return;
    }
    draft.claim = read_siblings(field, outcome);
}

template <model::Outcome outcome>
constexpr Key<ExpectationDraft> outcome_key{
    to_string(outcome), false, {"a string", R"("all" or ">= 0.99")"}, read_outcome_key<outcome>};

constexpr std::array<Key<ExpectationDraft>, model::outcome_count> outcome_keys{
    outcome_key<model::Outcome::intact>,    outcome_key<model::Outcome::contaminated>,
    outcome_key<model::Outcome::degraded>,  outcome_key<model::Outcome::stalled>,
    outcome_key<model::Outcome::corrupted>, outcome_key<model::Outcome::died>};

void read_outcome(const Field& field, ExpectationDraft& draft)
{
    draft.outcome_at = field.value.at;
    const auto* table = content_of<Table>(field);
    if (table == nullptr)
        return;
    if (table->empty())
        field.wrong("the table names no outcome", R"(write outcome.died = "all", say)");
    ExpectationDraft own; // so that a second claim beside it is not taken for a second outcome
    read_table<ExpectationDraft>(field, "in outcome", outcome_keys, own);
    draft.claim = own.claim;
}

void read_victim_key(const Field& field, ExpectationDraft& draft)
{
    draft.victim_at = field.value.at;
    const auto ways = read_one_or_more<std::string>(field, {"a string", R"("SIGSEGV")"}, read_victim_end);
    model::VictimEnds claim;
    for (const auto& way : ways.items)
        claim.ways.push_back(way.value);
    if (ways.complete)
        draft.claim = std::move(claim);
}

void read_confidence(const Field& field, ExpectationDraft& draft)
{
    constexpr double least = 0.5;
    constexpr double most = 0.999999;
    const auto value = read_number(field);
    if (!value)
        return;
    draft.confidence = *value;
    if (!(*value > least && *value <= most))
        field.wrong(fmt::format("{} is no confidence to decide by", *value),
                    fmt::format("above {}, and at most {}, such as {}", least, most, model::default_confidence));
}

void read_blast_radius(const Field& field, ExpectationDraft& draft)
{
    static const std::array<std::string, 1> words{"predicted"};
    draft.blast_radius_at = field.value.at;
    if (read_word(field, words))
        draft.claim = model::AsPredicted{};
}

void read_figure(const Field& field, ExpectationDraft& draft)
{
    draft.figure_at = field.value.at;
    std::vector<std::string> names;
    for (const model::FigureRow& row : model::figure_catalogue())
        names.emplace_back(row.name);
    if (const auto position = read_word(field, names, "bulkhead list figures shows all of them"))
        draft.figure = names[*position];
}

void read_statistic(const Field& field, ExpectationDraft& draft)
{
    static constexpr std::array all{model::Statistic::median, model::Statistic::p90,   model::Statistic::p95,
                                    model::Statistic::p99,    model::Statistic::least, model::Statistic::most};
    draft.statistic_at = field.value.at;
    draft.statistic = read_enum<model::Statistic>(field, all).value_or(draft.statistic);
}

void read_is(const Field& field, ExpectationDraft& draft)
{
    draft.is_at = field.value.at;
    const auto* text = content_of<std::string>(field);
    if (text == nullptr)
        return;
    const auto bound = parse_bound(*text);
    if (!bound) {
        field.wrong(in_quotes(*text) + " is not a comparison with a number",
                    "one of >=, >, <= and < with a number, such as \">= 1.5\"");
        return;
    }
    draft.comparison = bound->comparison;
    draft.bound = bound->value;
}

constexpr auto expectation_keys = std::to_array<Key<ExpectationDraft>>({
    {"when", false, {"a table", R"({ shape = "8x1", fault = "segv-null" })"}, read_when},
    {"survivors", false, {"a string", R"("all" or ">= 0.99")"}, read_survivors_key},
    {"outcome", false, {"a table", R"({ died = "all" })"}, read_outcome},
    {"blast_radius", false, {"a string", R"("predicted")"}, read_blast_radius},
    {"victim", false, {"a string or an array of strings", R"("SIGSEGV")"}, read_victim_key},
    {"confidence", false, {"a number", "0.95"}, read_confidence},
    {"figure", false, {"a string", R"("throughput")"}, read_figure},
    {"statistic", false, {"a string", R"("median")"}, read_statistic},
    {"is", false, {"a string", R"(">= 1.5")"}, read_is},
    {"times", false, {"a table", R"({ shape = "1x1" })"}, read_times},
});

/// What disturbs a trial makes a time longer and a rate lower: the undisturbed end of each can be held against another.
void check_ratio(const Field& field, const ExpectationDraft& draft)
{
    const auto yardstick = model::yardstick_of(draft.figure);
    const bool is_rate = yardstick && yardstick->is_timed && yardstick->scale == model::Scale::amount &&
                         yardstick->direction == model::Direction::less_is_worse;
    const auto undisturbed = is_rate ? model::Statistic::most : model::Statistic::least;
    if (draft.statistic == model::Statistic::median || draft.statistic == undisturbed)
        return;
    field.mistakes.add(
        *draft.statistic_at,
        fmt::format("a ratio of this figure is one of medians, or of the {} values", to_string(undisturbed)),
        fmt::format("write statistic = \"{}\", or leave out statistic or times", to_string(undisturbed)));
}

/// What belongs to `figure`, and its own parts.
void check_figure(const Field& field, const ExpectationDraft& draft)
{
    if (!draft.figure_at) {
        for (const auto& [at, key] : {std::pair{draft.statistic_at, "statistic"}, std::pair{draft.is_at, "is"},
                                      std::pair{draft.times_at, "times"}})
            if (at)
                field.mistakes.add(*at, fmt::format("{} says something of a figure, and none is named", key),
                                   R"(add figure = "throughput" or another: bulkhead list figures shows all of them)");
        return;
    }
    if (!draft.is_at)
        field.mistakes.add(*draft.figure_at, "the figure is compared with nothing", R"(add is = ">= 1.5", say)");
    if (draft.times && !draft.figure.empty())
        check_ratio(field, draft);
}

/// `meant`: by keys that are told of already, as there are none such.
void check_one_claim(const Field& field, const ExpectationDraft& draft, const std::vector<std::string>& meant)
{
    static constexpr std::array<std::string_view, 5> keys{"survivors", "outcome", "blast_radius", "victim", "figure"};
    const bool is_meant = std::ranges::find_first_of(meant, keys) != meant.end();
    std::vector<Position> claims;
    for (const auto& at :
         {draft.survivors_at, draft.outcome_at, draft.blast_radius_at, draft.victim_at, draft.figure_at})
        if (at)
            claims.push_back(*at);
    if (claims.size() > 1) {
        field.mistakes.add(*std::ranges::max_element(claims, is_before),
                           fmt::format("an expectation claims one thing, this one {}", claims.size() == 2 ? "two"
                                                                                       : claims.size() == 3
                                                                                           ? "three"
                                                                                           : "several"),
                           "keep one of survivors, outcome, blast_radius, victim and figure");
    } else if (claims.empty() && !is_meant && std::holds_alternative<Table>(field.value.content)) {
        field.wrong("this expectation claims nothing",
                    R"(add survivors = "all", "none" or a share such as ">= 0.99", or blast_radius = "predicted", )"
                    R"(or figure = "throughput" and is = ">= 1.5")");
    }
}

} // namespace

void read_expectation(const Field& field, Draft& draft)
{
    ExpectationDraft expectation;
    expectation.at = field.value.at;
    const auto meant = read_table<ExpectationDraft>(field, "in [[expect]]", expectation_keys, expectation);
    check_one_claim(field, expectation, meant);
    const auto is_of_figure = [](std::string_view key) {
        return key == "figure" || key == "is" || key == "statistic" || key == "times";
    };
    if (std::ranges::none_of(meant, is_of_figure)) // else a part of the claim is there, and misspelt
        check_figure(field, expectation);
    draft.expectations.push_back(std::move(expectation));
}

} // namespace bulkhead::spec
