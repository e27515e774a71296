#include "harness/spec/spec.hpp"

#include "harness/model/judge.hpp"
#include "harness/spec/document.hpp"
#include "harness/spec/draft.hpp"
#include "harness/spec/mistakes.hpp"
#include "harness/spec/text.hpp"
#include "harness/spec/words.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fstream>
#include <iterator>
#include <optional>
#include <system_error>
#include <utility>

// The way of a file: text -> tree (document) -> draft (sections, expect) -> checks that need all of it -> Experiment.

namespace bulkhead::spec {
namespace {

namespace fs = std::filesystem;

/// https://sqlite.org/fileformat.html: the header string, with the NUL at its end.
constexpr std::string_view results_begin_with{"SQLite format 3\0", 16};

Diagnostic unreadable(const fs::path& path, std::string message, std::string hint)
{
    return {path.string(), 0, 0, std::move(message), std::move(hint), {}};
}

/// What somebody may have meant who names a fault or a shape as if it were a file; otherwise the nearest file of the
/// same folder.
std::string meant_instead_of(const fs::path& path)
{
    const std::string word = path.string();
    const auto by_signal = fault_of_signal(word);
    if (model::parse_fault(word) || by_signal)
        return fmt::format("did you mean bulkhead run --fault {}? ", by_signal.value_or(word));
    if (model::parse_shape(word))
        return fmt::format("did you mean bulkhead run --shape {} --fault FAULT? ", word);
    const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
    std::vector<std::string> names;
    std::error_code error;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error))
        names.push_back(entry->path().filename().string());
    std::vector<std::string> meant = meant_by(path.filename().string(), names); // the folder is right already
    for (std::string& name : meant)
        name = (path.parent_path() / name).string();
    return ask_for(meant);
}

std::variant<std::string, Diagnostic> read_text(const fs::path& path)
{
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (status.type() == fs::file_type::not_found)
        return unreadable(path, "there is no such file",
                          meant_instead_of(path) + "bulkhead list experiments shows some");
    if (fs::is_directory(status))
        return unreadable(path, "this is a folder", "name the experiment files in it");
    std::ifstream stream(path, std::ios::binary);
    std::string text(max_document_size + 1, '\0');
    if (stream)
        stream.read(text.data(), static_cast<std::streamsize>(text.size()));
    if (!stream && !stream.eof())
        return unreadable(path, "the file cannot be read", "see that you have the right to read it: ls -l shows it");
    text.resize(static_cast<std::size_t>(stream.gcount()));
    if (text.starts_with(results_begin_with))
        return unreadable(path, "this is a results file, and no experiment",
                          fmt::format("bulkhead show {} tells of its trials", printable(path.string())));
    return text;
}

template <typename T>
std::vector<T> values_of(const PlacedList<T>& list)
{
    std::vector<T> values;
    std::ranges::transform(list.items, std::back_inserter(values), &Placed<T>::value);
    return values;
}

template <typename T>
std::vector<T> values_of(const std::optional<PlacedList<T>>& list)
{
    return list ? values_of(*list) : std::vector<T>{};
}

model::Selection selection_of(const SelectionDraft& draft)
{
    return {.shapes = values_of(draft.shapes),
            .faults = values_of(draft.faults),
            .workloads = values_of(draft.workloads),
            .lockings = values_of(draft.lockings),
            .strategies = values_of(draft.strategies),
            .channels = values_of(draft.channels),
            .deliveries = values_of(draft.deliveries),
            .shared = values_of(draft.shared),
            .guards = values_of(draft.guards),
            .limits = values_of(draft.limits),
            .points = values_of(draft.points)};
}

model::Claim claim_of(const ExpectationDraft& draft)
{
    if (!draft.figure_at)
        return draft.claim.value();
    return model::FigureIs{.figure = draft.figure,
                           .statistic = draft.statistic,
                           .comparison = draft.comparison.value(),
                           .bound = draft.bound,
                           .times = draft.times ? std::optional(selection_of(*draft.times)) : std::nullopt};
}

std::vector<model::Expectation> expectations_of(const Draft& draft)
{
    std::vector<model::Expectation> expectations;
    for (const ExpectationDraft& read : draft.expectations) {
        model::Expectation expectation;
        expectation.when = selection_of(read.when);
        expectation.claim = claim_of(read);
        expectation.line = read.at.line;
        expectation.confidence = read.confidence;
        expectations.push_back(std::move(expectation));
    }
    return expectations;
}

/// The experiment of a draft without mistakes.
model::Experiment finished(const Draft& draft)
{
    model::Experiment experiment = draft.experiment;
    experiment.shapes = values_of(draft.shapes);
    experiment.faults = values_of(draft.faults);
    experiment.variants = model::variants_of({.workloads = values_of(draft.workloads),
                                              .lockings = values_of(draft.lockings),
                                              .channels = values_of(draft.channels),
                                              .deliveries = values_of(draft.deliveries),
                                              .strategies = values_of(draft.strategies),
                                              .shared = values_of(draft.shared),
                                              .guards = values_of(draft.guards),
                                              .limits = values_of(draft.limits),
                                              .points = values_of(draft.points)});
    if (draft.points.items.size() == 1)
        experiment.at = draft.points.items.front().value;
    experiment.said = {.shared = {experiment.containment.shared},
                       .guard = experiment.containment.guard,
                       .limits = experiment.containment.limits,
                       .at = experiment.at};
    if (draft.victim)
        experiment.victim = draft.victim->value;
    experiment.expectations = expectations_of(draft);
    return experiment;
}

/// That each expectation speaks of some cell: each of its words may be there, and all of them nowhere together.
void check_spoken_of(const Draft& draft, const model::Experiment& experiment, Mistakes& mistakes)
{
    const auto cells = model::expand(experiment);
    std::vector<std::string> variants;
    std::ranges::transform(experiment.variants, std::back_inserter(variants),
                           [](const model::Variant& variant) { return model::to_string(variant); });
    const auto check_selection = [&](const model::Selection& selection, Position at) {
        if (std::ranges::none_of(cells, [&](const model::Cell& cell) { return matches(selection, cell); }))
            mistakes.add(at, fmt::format("no cell of this experiment has all of this: {}", describe(selection)),
                         fmt::format("it has the variants {}", listed(variants)));
    };
    for (std::size_t i = 0; i < draft.expectations.size(); ++i) {
        check_selection(experiment.expectations[i].when, draft.expectations[i].at);
        const auto* figure = std::get_if<model::FigureIs>(&experiment.expectations[i].claim);
        if (figure != nullptr && figure->times)
            check_selection(*figure->times, *draft.expectations[i].times_at);
    }
}

enum class Source : std::uint8_t { author, results };

std::variant<model::Experiment, Diagnostics> parse_from(Source source, std::string_view toml, std::string_view origin)
{
    Mistakes mistakes(toml, origin);
    const auto document = read_document(toml);
    if (const auto* syntax = std::get_if<SyntaxMistake>(&document)) {
        mistakes.add(syntax->at, printable(syntax->message), syntax->hint);
        return mistakes.sorted();
    }
    Draft draft;
    read_experiment({std::get<Value>(document), {"a table", "name = \"first-look\""}, mistakes}, draft);
    check(draft, mistakes);
    if (source == Source::author)
        check_foretold(draft, mistakes);
    if (!mistakes.none())
        return mistakes.sorted();
    model::Experiment experiment = finished(draft);
    if (source == Source::author) {
        check_spoken_of(draft, experiment, mistakes);
        check_supplied(draft, experiment, mistakes);
    }
    if (!mistakes.none())
        return mistakes.sorted();
    experiment.origin = origin;
    experiment.text = toml;
    return experiment;
}

} // namespace

std::variant<model::Experiment, Diagnostics> parse(std::string_view toml, std::string_view origin)
{
    return parse_from(Source::author, toml, origin);
}

std::variant<model::Experiment, Diagnostics> parse_recorded(std::string_view toml, std::string_view origin)
{
    return parse_from(Source::results, toml, origin);
}

std::variant<model::Experiment, Diagnostics> load(const std::filesystem::path& path)
{
    const auto text = read_text(path);
    if (const auto* diagnostic = std::get_if<Diagnostic>(&text))
        return Diagnostics{*diagnostic};
    return parse(std::get<std::string>(text), path.string());
}

} // namespace bulkhead::spec
