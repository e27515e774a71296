#include "harness/model/natural.hpp"
#include "harness/spec/text.hpp"
#include "harness/spec/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

// The readers of the words that name a pool, a worker, a fault and a claim.

namespace bulkhead::spec {
namespace {

/// The shape that was meant by "4*2", "4 x 2" or "4X2": the first number and the last with an x between them.
std::optional<model::Shape> meant_shape(std::string_view text)
{
    constexpr std::string_view digits = "0123456789";
    const std::string first(text.substr(0, text.find_first_not_of(digits)));
    const std::string last(text.substr(text.find_last_not_of(digits) + 1));
    return model::parse_shape(first + 'x' + last);
}

void report_shape(const Field& field, std::string_view text)
{
    const auto meant = meant_shape(text);
    field.wrong(in_quotes(text) + " is not a shape",
                (meant ? fmt::format("did you mean \"{}\"? ", to_string(*meant)) : "") +
                    fmt::format("a shape is PxT, hosts times threads in each, such as \"4x2\": both at least 1, and at "
                                "most {} workers in all",
                                model::max_workers));
}

/// What may be meant of the catalogue: all but what is aimed at the harness itself, signals by an example.
std::vector<std::string> faults_meant_by(std::string_view word)
{
    std::vector<std::string> ids;
    for (const model::FaultRow& row : model::catalogue()) {
        if (row.family != model::Family::harness)
            ids.emplace_back(row.id);
    }
    std::vector<std::string> meant = meant_by(word, ids);
    for (std::string& id : meant) {
        const auto row = std::ranges::find(model::catalogue(), std::string_view(id), &model::FaultRow::id);
        if (model::takes_signal(*row))
            id += ":SIGTERM";
    }
    return meant;
}

/// The name of the signal that "SIGKILL", "KILL" or "9" stands for.
std::optional<std::string> signal_meant(std::string_view text)
{
    if (const auto signal = model::parse_signal(text))
        return model::signal_name(*signal);
    const auto number = model::parse_natural(text);
    if (!number)
        return std::nullopt;
    for (const std::string_view name : model::signal_names())
        if (static_cast<std::uint32_t>(model::parse_signal(name).value()) == *number)
            return std::string(name);
    return std::nullopt;
}

/// What is wrong with a word that begins like a fault from outside: "kill" or "kill:SIGTREM".
void report_signal(const Field& field, std::string_view word, std::string_view id, std::string_view signal)
{
    if (signal.empty()) {
        field.wrong(fmt::format("{} lacks its signal", in_quotes(word)),
                    fmt::format("write {}:SIGNAL, such as \"{}:SIGTERM\"", id, id));
        return;
    }
    if (const auto meant = signal_meant(signal)) {
        field.wrong(fmt::format("a signal is named, and {} is its number", in_quotes(signal)),
                    fmt::format("write \"{}:{}\"", id, *meant));
        return;
    }
    std::vector<std::string> candidates;
    for (const std::string_view name : model::signal_names())
        candidates.push_back(fmt::format("{}:{}", id, name));
    field.wrong(fmt::format("there is no signal {} for {}", in_quotes(signal), id),
                did_you_mean(word, candidates) +
                    fmt::format("the signals are those of signal(7), such as \"{}:SIGTERM\"", id));
}

void report_fault(const Field& field, std::string_view word)
{
    const std::size_t colon = word.find(':');
    const std::string_view id = word.substr(0, colon);
    const std::string_view signal = colon == std::string_view::npos ? "" : word.substr(colon + 1);
    const auto row = std::ranges::find(model::catalogue(), id, &model::FaultRow::id);
    if (row != model::catalogue().end() && model::takes_signal(*row)) {
        report_signal(field, word, id, signal);
        return;
    }
    constexpr std::string_view all = "bulkhead list faults shows all of them";
    if (row != model::catalogue().end()) {
        field.wrong(fmt::format("{} takes no signal", in_quotes(id)), fmt::format("write \"{}\"; {}", id, all));
        return;
    }
    const auto by_signal = fault_of_signal(word);
    const auto meant = by_signal ? std::vector{*by_signal} : faults_meant_by(word);
    field.wrong(fmt::format("there is no fault {}", in_quotes(word)), ask_for(meant) + std::string(all));
}

/// "nothing" is a valid word, but no medium: whoever calls this has looked for it.
std::optional<model::Medium> read_medium(const Field& field)
{
    std::vector<std::string> words;
    for (const model::Medium medium : model::shareable)
        words.emplace_back(to_string(medium));
    words.emplace_back("nothing");
    const auto position = read_word(field, words);
    return position ? std::optional(model::shareable[*position]) : std::nullopt;
}

/// "nothing", "lock", or ["segment", "lock"]. A segment's own record is updated under the lock, which it brings.
std::optional<model::SharedMedia> read_media(const Field& field)
{
    const auto is_nothing = [](const Value& value) {
        const auto* word = std::get_if<std::string>(&value.content);
        return word != nullptr && *word == "nothing";
    };
    if (is_nothing(field.value))
        return model::SharedMedia{};
    const auto* array = std::get_if<Array>(&field.value.content);
    if (array != nullptr && std::ranges::any_of(*array, is_nothing)) {
        field.wrong("\"nothing\" is a set of its own, and this list is one set",
                    array->size() == 1
                        ? R"(write share = "nothing", without the brackets)"
                        : R"(leave it out; several sets are lists in the list, such as share = ["nothing", ["lock"]])");
        return std::nullopt;
    }
    const auto media = read_one_or_more<model::Medium>(field, {"a string", "\"lock\""}, read_medium);
    model::SharedMedia shared;
    for (const auto& medium : media.items)
        shared.bits |= bit_of(medium.value);
    shared.bits |= (shared.bits & bit_of(model::Medium::segment)) != 0 ? bit_of(model::Medium::lock) : 0;
    return media.complete ? std::optional(shared) : std::nullopt;
}

} // namespace

std::optional<std::string> fault_of_signal(std::string_view word)
{
    constexpr std::string_view command = "kill "; // as a shell has it
    if (word.starts_with(command))
        word.remove_prefix(command.size());
    const bool has_dash = word.starts_with('-');
    if (!has_dash && model::parse_natural(word))
        return std::nullopt; // some number, or a process
    const auto signal = signal_meant(word.substr(has_dash ? 1 : 0));
    return signal ? std::optional("kill:" + *signal) : std::nullopt;
}

std::optional<model::Shape> read_shape(const Field& field)
{
    const auto* text = content_of<std::string>(field);
    if (text == nullptr)
        return std::nullopt;
    const auto shape = model::parse_shape(*text);
    if (!shape)
        report_shape(field, *text);
    return shape;
}

std::optional<model::Fault> read_fault(const Field& field)
{
    const auto* text = content_of<std::string>(field);
    if (text == nullptr)
        return std::nullopt;
    const auto fault = model::parse_fault(*text);
    if (!fault)
        report_fault(field, *text);
    return fault;
}

std::optional<model::WorkerId> read_worker(const Field& field)
{
    const auto* text = content_of<std::string>(field);
    if (text == nullptr)
        return std::nullopt;
    const auto worker = model::parse_worker(*text);
    if (!worker) {
        field.wrong(in_quotes(*text) + " is not a worker",
                    "\"any\", or a worker such as \"p0t1\": thread 1 of host 0, both counted from 0");
    }
    return worker;
}

std::optional<model::Workload> read_workload_word(const Field& field)
{
    return read_enum<model::Workload>(field, model::workloads);
}

std::optional<model::Locking> read_locking(const Field& field)
{
    return read_enum<model::Locking>(field, model::lockings);
}

std::optional<model::Strategy> read_strategy(const Field& field)
{
    return read_enum<model::Strategy>(field, model::strategies);
}

std::optional<model::ChannelKind> read_channel_kind(const Field& field)
{
    return read_enum<model::ChannelKind>(field, model::channel_kinds);
}

std::optional<model::Delivery> read_delivery_word(const Field& field)
{
    return read_enum<model::Delivery>(field, model::deliveries);
}

std::optional<model::Guard> read_guard(const Field& field)
{
    return read_enum<model::Guard>(field, model::guards);
}

std::optional<model::InjectionPoint> read_point(const Field& field)
{
    return read_enum<model::InjectionPoint>(field, model::injection_points);
}

PlacedList<model::SharedMedia> read_shared(const Field& field)
{
    const auto* array = std::get_if<Array>(&field.value.content);
    const auto is_array = [](const Value& value) { return std::holds_alternative<Array>(value.content); };
    if (array != nullptr && std::ranges::any_of(*array, is_array))
        return read_list<model::SharedMedia>(field, {"a string or an array of strings", "[\"lock\"]"}, read_media);
    PlacedList<model::SharedMedia> one;
    if (const auto media = read_media(field))
        one = {.items = {{*media, field.value.at}}, .complete = true};
    return one;
}

} // namespace bulkhead::spec
