#include "harness/model/thesis.hpp"
#include "harness/spec/draft.hpp"
#include "harness/spec/text.hpp"
#include "harness/spec/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <limits>
#include <string>

// The tables of an experiment file, but for [[expect]]: each is a list of its keys.

namespace bulkhead::spec {
namespace {

using namespace std::chrono_literals;

constexpr std::uint64_t max_ops = 1'000'000;
constexpr std::uint64_t max_trials = 10'000'000;
constexpr std::size_t max_name = 64;
constexpr std::size_t max_question = 500; ///< bytes

/// What can be measured in golden runs, by the word of the file.
struct Measure {
    std::string_view word;
    bool model::Measures::*is; ///< nullptr: every trial tells it, asked for or not
    bool operator==(const Measure& other) const { return word == other.word; }
};
constexpr auto measures = std::to_array<Measure>({
    {"startup", nullptr},
    {"throughput", &model::Measures::throughput},
    {"memory", &model::Measures::memory},
    {"anatomy", &model::Measures::anatomy},
    {"round-trip", &model::Measures::round_trip},
    {"switch", &model::Measures::context_switch},
});
std::string_view to_string(const Measure& measure)
{
    return measure.word;
}

std::optional<Measure> read_measure_word(const Field& field)
{
    return read_enum<Measure>(field, measures);
}

void read_schema(const Field& field, Draft& /*draft*/)
{
    const auto* version = content_of<std::int64_t>(field);
    if (version != nullptr && *version != 1)
        field.wrong(fmt::format("schema {} is not known", *version), "this version of bulkhead reads schema = 1");
}

bool fits_a_name(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
}

/// The nearest valid name: capitals made small, anything else that does not fit made a hyphen.
std::string as_name(std::string_view text)
{
    std::string name(text.substr(0, max_name));
    for (char& c : name) {
        c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        if (!fits_a_name(c))
            c = '-';
    }
    return name;
}

void read_name(const Field& field, Draft& draft)
{
    const auto* name = content_of<std::string>(field);
    if (name == nullptr)
        return;
    if (!name->empty() && name->size() <= max_name && std::ranges::all_of(*name, fits_a_name)) {
        draft.experiment.name = *name;
        return;
    }
    field.wrong(in_quotes(*name) + " is not a name for an experiment",
                (name->empty() ? "" : "did you mean " + in_quotes(as_name(*name)) + "? ") +
                    "1 to 64 characters from a-z, 0-9 and -, as files are named after it");
}

void read_question(const Field& field, Draft& draft)
{
    const auto* question = content_of<std::string>(field);
    if (question == nullptr)
        return;
    if (question->size() > max_question || question->find('\n') != std::string::npos ||
        printable(*question) != *question)
        field.wrong("the question is not one line of text", "at most 500 bytes, without line breaks");
    else
        draft.experiment.question = *question;
}

void read_claim(const Field& field, Draft& draft)
{
    std::vector<std::string> ids;
    for (const model::Thesis& thesis : model::theses())
        ids.emplace_back(thesis.id);
    if (const auto position = read_word(field, ids))
        draft.experiment.claim = ids[*position];
}

void read_boundary(const Field& field, Draft& draft)
{
    if (const auto* boundary = content_of<bool>(field))
        draft.experiment.boundary = *boundary;
}

void read_shapes(const Field& field, Draft& draft)
{
    draft.shapes = read_list<model::Shape>(field, {"a string", "\"4x2\""}, read_shape);
}

void read_launch(const Field& field, Draft& draft)
{
    static constexpr std::array all{model::Launch::exec, model::Launch::zygote};
    draft.experiment.launch = read_enum<model::Launch>(field, all).value_or(draft.experiment.launch);
}

void read_pace(const Field& field, Draft& draft)
{
    const auto* text = std::get_if<std::string>(&field.value.content);
    if (text == nullptr || *text != "auto")
        draft.experiment.pace = read_duration(field, {1us, "1us"}, {1s, "1s"});
}

void read_degraded_below(const Field& field, Draft& draft)
{
    draft.experiment.degraded_below = read_share(field).value_or(draft.experiment.degraded_below);
}

void read_kinds(const Field& field, Draft& draft)
{
    draft.faults = read_list<model::Fault>(field, {"a string", "\"segv-null\""}, read_fault);
}

void read_at(const Field& field, Draft& draft)
{
    draft.points = read_one_or_more<model::InjectionPoint>(field, {"a string", "\"inside-op\""}, read_point);
}

void read_after_ops(const Field& field, Draft& draft)
{
    const auto* range = std::get_if<Array>(&field.value.content);
    if (range == nullptr) {
        if (const auto ops = read_integer(field, 0, max_ops))
            draft.experiment.after_ops = {*ops, *ops};
        return;
    }
    if (range->size() != 2) {
        field.wrong(fmt::format("a range has two ends, this one has {}", range->size()),
                    "a number such as 10, or a range such as [10, 100]");
        return;
    }
    const Expected end{"an integer", "10"};
    const auto low = read_integer({range->front(), end, field.mistakes}, 0, max_ops);
    const auto high = read_integer({range->back(), end, field.mistakes}, 0, max_ops);
    if (low && high && *low > *high)
        field.wrong("the range ends before it begins", fmt::format("write after_ops = [{}, {}]", *high, *low));
    else if (low && high)
        draft.experiment.after_ops = {*low, *high};
}

void read_victim(const Field& field, Draft& draft)
{
    const auto* text = std::get_if<std::string>(&field.value.content);
    if (text != nullptr && *text == "any")
        return;
    draft.victim_at = field.value.at;
    for (const auto part : {model::VictimPart::owner, model::VictimPart::client})
        if (text != nullptr && *text == to_string(part)) {
            draft.experiment.victim_part = part;
            return;
        }
    if (const auto worker = read_worker(field))
        draft.victim = {*worker, field.value.at};
}

void read_window(const Field& field, Draft& draft)
{
    const auto window = read_duration(field, {1ms, "1ms"}, {1h, "1h"});
    if (!window)
        return;
    draft.experiment.window = std::chrono::floor<std::chrono::milliseconds>(*window);
    if (draft.experiment.window != *window)
        field.wrong("a window is a whole number of milliseconds",
                    fmt::format("write \"{}ms\"", draft.experiment.window.count()));
}

void read_evidence_ops(const Field& field, Draft& draft)
{
    if (const auto ops = read_integer(field, 1, max_ops))
        draft.experiment.evidence_ops = static_cast<std::uint32_t>(*ops);
}

void read_count(const Field& field, Draft& draft)
{
    draft.trials_at = field.value.at;
    draft.has_count = true;
    if (const auto count = read_integer(field, 1, max_trials))
        draft.experiment.trials = static_cast<std::uint32_t>(*count);
}

void read_seed(const Field& field, Draft& draft)
{
    draft.experiment.seed = read_integer(field, 0, std::numeric_limits<std::int64_t>::max()).value_or(0);
}

/// Golden runs may be more than the trials beside them: one expectation by itself may need as many as the trials of all
/// faults together had.
void read_golden(const Field& field, Draft& draft)
{
    constexpr double most = 1000;
    const auto share = read_number(field);
    if (!share)
        return;
    if (*share >= 0 && *share <= most)
        draft.experiment.golden_share = *share;
    else
        field.wrong(fmt::format("{} is not a share", *share),
                    fmt::format("golden runs are 0 to {} for each trial, such as 0.1 for one in ten", most));
}

void read_measure(const Field& field, Draft& draft)
{
    draft.measure_at = field.value.at;
    const auto named = read_list<Measure>(field, {"a string", "\"throughput\""}, read_measure_word);
    for (const auto& [measure, at] : named.items) {
        if (measure.is == nullptr)
            continue;
        draft.experiment.measures.*(measure.is) = true;
        if (measure.is == &model::Measures::round_trip || measure.is == &model::Measures::context_switch)
            draft.round_trip_at = at;
    }
}

void read_order(const Field& field, Draft& draft)
{
    draft.experiment.order = read_enum<model::Order>(field, model::orders).value_or(draft.experiment.order);
}

void read_trial_limit(const Field& field, Draft& draft)
{
    if (const auto limit = read_duration(field, {1ms, "1ms"}, {24h, "24h"}))
        draft.experiment.trial_limit = std::chrono::ceil<std::chrono::milliseconds>(*limit);
}

void read_time_limit(const Field& field, Draft& draft)
{
    if (const auto limit = read_duration(field, {1ms, "1ms"}, {10'000h, "10000h"}))
        draft.experiment.time_limit = std::chrono::ceil<std::chrono::milliseconds>(*limit);
}

constexpr auto pool_keys = std::to_array<Key<Draft>>({
    {"shapes", true, {"an array of strings", R"(["8x1", "4x2", "1x8"])"}, read_shapes},
    {"workload", false, {"a string or an array of strings", R"("counter" or ["counter", "ledger"])"}, read_workload},
    {"launch", false, {"a string", R"("exec")"}, read_launch},
    {"pace", false, {"a string", R"("100us" or "auto")"}, read_pace},
    {"share", false, {"a string or an array of strings", R"("nothing" or ["segment", "lock"])"}, read_share_words},
    {"lock", false, {"a string or an array of strings", R"("plain" or ["plain", "robust"])"}, read_lock},
    {"channel", false, {"a string or an array of strings", R"("pipe" or ["pipe", "tcp"])"}, read_channel},
    {"delivery", false, {"a string or an array of strings", R"("at-least-once")"}, read_delivery},
    {"guard", false, {"a string or an array of strings", R"("none", "catch" or "siglongjmp")"}, read_guards},
    {"limits", false, {"a table or an array of tables", R"({ memory = "64MiB", nofile = 64 })"}, read_limits},
});
constexpr auto fault_keys = std::to_array<Key<Draft>>({
    {"kinds", true, {"an array of strings", R"(["segv-null", "kill:SIGTERM"])"}, read_kinds},
    {"at", false, {"a string", R"("inside-op")"}, read_at},
    {"after_ops", false, {"an integer or a range", "10 or [10, 100]"}, read_after_ops},
    {"victim", false, {"a string", R"("any" or "p0t1")"}, read_victim},
});
constexpr auto observe_keys = std::to_array<Key<Draft>>({
    {"window", false, {"a string", R"("500ms")"}, read_window},
    {"evidence_ops", false, {"an integer", "10"}, read_evidence_ops},
    {"degraded_below", false, {"a number", "0.5"}, read_degraded_below},
    {"measure", false, {"an array of strings", R"(["throughput", "memory"])"}, read_measure},
});
constexpr auto trials_keys = std::to_array<Key<Draft>>({
    {"count", false, {"an integer", "20"}, read_count},
    {"seed", false, {"an integer", "1"}, read_seed},
    {"golden", false, {"a number", "0.1"}, read_golden},
    {"order", false, {"a string", R"("interleaved")"}, read_order},
    {"until", false, {"a table", "{ half_width = 0.01 }"}, read_until},
    {"sequential", false, {"a table", "{ alpha = 0.05, beta = 0.05, indifference = 0.05 }"}, read_sequential},
    {"until_refuted", false, {"true or false", "true"}, read_until_refuted},
    {"for", false, {"a string", R"("10min")"}, read_for},
    {"trial_limit", false, {"a string", R"("30s")"}, read_trial_limit},
    {"time_limit", false, {"a string", R"("1h")"}, read_time_limit},
});

void read_pool(const Field& field, Draft& draft)
{
    read_table<Draft>(field, "in [pool]", pool_keys, draft);
}

void read_fault_table(const Field& field, Draft& draft)
{
    read_table<Draft>(field, "in [fault]", fault_keys, draft);
}

void read_observe(const Field& field, Draft& draft)
{
    read_table<Draft>(field, "in [observe]", observe_keys, draft);
}

void read_trials(const Field& field, Draft& draft)
{
    read_table<Draft>(field, "in [trials]", trials_keys, draft);
}

void read_expectations(const Field& field, Draft& draft)
{
    const auto* array = content_of<Array>(field);
    if (array == nullptr)
        return;
    for (const Value& value : *array)
        read_expectation({value, {"a table", R"([[expect]], with survivors = "all" below it)"}, field.mistakes}, draft);
}

constexpr auto root_keys = std::to_array<Key<Draft>>({
    {"schema", true, {"an integer", "1"}, read_schema},
    {"name", true, {"a string", R"("first-look")"}, read_name},
    {"question", false, {"a string", R"("Who else dies?")"}, read_question},
    {"claim", false, {"a string", R"("C13")"}, read_claim},
    {"boundary", false, {"true or false", "true"}, read_boundary},
    {"pool", true, {"a table", R"([pool], with shapes = ["8x1", "1x8"] below it)"}, read_pool},
    {"fault", true, {"a table", R"([fault], with kinds = ["segv-null"] below it)"}, read_fault_table},
    {"supervise", false, {"a table", R"([supervise], with strategy = "one-for-one" below it)"}, read_supervise},
    {"observe", false, {"a table", R"([observe], with window = "500ms" below it)"}, read_observe},
    {"trials", false, {"a table", "[trials], with count = 20 below it"}, read_trials},
    {"expect", false, {"an array of tables", R"([[expect]], with survivors = "all" below it)"}, read_expectations},
});

} // namespace

void read_experiment(const Field& root, Draft& draft)
{
    read_table<Draft>(root, "at the top level", root_keys, draft);
}

std::string_view home_of(std::string_view key)
{
    const auto has = [key](std::span<const Key<Draft>> keys) {
        return std::ranges::find(keys, key, &Key<Draft>::name) != keys.end();
    };
    // A name of a table is no key that belongs there.
    const auto root = std::ranges::find(root_keys, key, &Key<Draft>::name);
    const bool is_at_the_top = root != root_keys.end() && !is_table(root->expected);
    return has(pool_keys)         ? "in [pool]"
           : has(fault_keys)      ? "in [fault]"
           : has(observe_keys)    ? "in [observe]"
           : is_of_supervise(key) ? "in [supervise]"
           : has(trials_keys)     ? "in [trials]"
           : is_at_the_top        ? "at the top level"
                                  : "";
}

} // namespace bulkhead::spec
