#include "harness/model/sequential_claim.hpp"
#include "harness/spec/draft.hpp"
#include "harness/spec/text.hpp"
#include "harness/spec/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace bulkhead::spec {
namespace {

using namespace std::chrono_literals;

constexpr double most_half_width = 0.5;
constexpr double most_error = 0.25; // what errs more often is no test
constexpr double most_indifference = 0.5;

/// A number above 0 and at most `most`.
std::optional<double> read_part(const Field& field, double most)
{
    double number = 0;
    if (const auto* integer = std::get_if<std::int64_t>(&field.value.content))
        number = static_cast<double>(*integer);
    else if (const auto* real = content_of<double>(field))
        number = *real;
    else
        return std::nullopt;
    if (number > 0 && number <= most)
        return number;
    field.wrong(fmt::format("{} is out of range", number), fmt::format("above 0, and at most {}", most));
    return std::nullopt;
}

void read_half_width(const Field& field, model::StopRules& rules)
{
    rules.half_width = read_part(field, most_half_width);
}

void read_alpha(const Field& field, model::Sequential& sequential)
{
    sequential.alpha = read_part(field, most_error).value_or(sequential.alpha);
}

void read_beta(const Field& field, model::Sequential& sequential)
{
    sequential.beta = read_part(field, most_error).value_or(sequential.beta);
}

void read_indifference(const Field& field, model::Sequential& sequential)
{
    sequential.indifference = read_part(field, most_indifference).value_or(sequential.indifference);
}

constexpr auto until_keys = std::to_array<Key<model::StopRules>>({
    {"half_width", true, {"a number", "0.01"}, read_half_width},
});
constexpr auto sequential_keys = std::to_array<Key<model::Sequential>>({
    {"alpha", false, {"a number", "0.05"}, read_alpha},
    {"beta", false, {"a number", "0.05"}, read_beta},
    {"indifference", false, {"a number", "0.05"}, read_indifference},
});

void note_rule(const Field& field, Draft& draft)
{
    draft.stop_at = draft.stop_at.value_or(field.value.at);
}

bool has_siblings_and_fault(const Draft& draft)
{
    const auto has_siblings = [](const auto& shape) { return shape.value.workers() > 1; };
    const auto has_fault = [](const auto& fault) { return !is_golden(fault.value); };
    return !draft.shapes.complete || !draft.faults.complete ||
           (std::ranges::any_of(draft.shapes.items, has_siblings) &&
            std::ranges::any_of(draft.faults.items, has_fault));
}

/// True when an expectation of which `fits` is true is there, or one that could not be read.
template <typename Fits>
bool any_expectation(const Draft& draft, const Fits& fits)
{
    return std::ranges::any_of(draft.expectations, [&](const ExpectationDraft& expectation) {
        if (expectation.figure_at) {
            model::FigureIs figure;
            figure.figure = expectation.figure;
            figure.statistic = expectation.statistic;
            figure.comparison = expectation.comparison.value_or(figure.comparison);
            return !expectation.comparison || fits(model::Claim{figure}, expectation.times_at.has_value());
        }
        return !expectation.claim || fits(*expectation.claim, false);
    });
}

} // namespace

void read_until(const Field& field, Draft& draft)
{
    note_rule(field, draft);
    draft.half_width_at = field.value.at;
    read_table<model::StopRules>(field, "in until of [trials]", until_keys, draft.experiment.stop);
}

void read_sequential(const Field& field, Draft& draft)
{
    note_rule(field, draft);
    draft.sequential_at = field.value.at;
    read_table<model::Sequential>(field, "in sequential of [trials]", sequential_keys,
                                  draft.experiment.stop.sequential.emplace());
}

void read_until_refuted(const Field& field, Draft& draft)
{
    const auto* wanted = content_of<bool>(field);
    if (wanted == nullptr || !*wanted)
        return;
    note_rule(field, draft);
    draft.until_refuted_at = field.value.at;
    draft.experiment.stop.until_refuted = true;
}

void read_for(const Field& field, Draft& draft)
{
    note_rule(field, draft);
    if (const auto time = read_duration(field, {1ms, "1ms"}, {10'000h, "10000h"}))
        draft.experiment.stop.time = std::chrono::ceil<std::chrono::milliseconds>(*time);
}

void check_stop_rules(const Draft& draft, Mistakes& mistakes)
{
    if (!draft.stop_at)
        return;
    if (!draft.has_count)
        mistakes.add(*draft.stop_at, "how many trials of each cell there may be at most is not said",
                     "add count = 1000, say, to [trials]: a rule that stops a campaign early may never hold");
    if (draft.experiment.order == model::Order::by_cell)
        mistakes.add(*draft.stop_at,
                     "one cell after the other, a campaign cannot stop early: some cells would have no trial",
                     R"(write order = "interleaved" or "as-written", or leave out the rule)");
    if (draft.half_width_at && !has_siblings_and_fault(draft))
        mistakes.add(*draft.half_width_at, "no cell of this experiment has a share of survivors",
                     "add a fault, and a shape with two workers or more, or leave out until");
    const auto is_tested = [](const model::Claim& claim, bool /*is_ratio*/) {
        return model::test_of(claim, {}).has_value();
    };
    if (draft.sequential_at && !any_expectation(draft, is_tested))
        mistakes.add(*draft.sequential_at, "no expectation is there that a sequential test could decide",
                     R"(add one about survivors, such as survivors = ">= 0.9", or leave out sequential)");
    const auto is_refutable = [](const model::Claim& claim, bool is_ratio) {
        return model::one_trial_decides(claim) && !is_ratio;
    };
    if (draft.until_refuted_at && !any_expectation(draft, is_refutable))
        mistakes.add(*draft.until_refuted_at, "no expectation is there that a single trial could refute",
                     R"(add one such as survivors = "all" or blast_radius = "predicted", or leave out until_refuted)");
}

} // namespace bulkhead::spec
