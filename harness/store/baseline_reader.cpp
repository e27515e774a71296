#include "harness/model/natural.hpp"
#include "harness/model/nearest.hpp"
#include "harness/store/baseline.hpp"
#include "harness/store/located_json.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <fstream>
#include <initializer_list>
#include <iterator>
#include <numeric>
#include <optional>

namespace bulkhead::store {
namespace {

namespace fs = std::filesystem;
using Kind = LocatedJson::Kind;

constexpr std::uintmax_t largest_file = 64U << 20U;
constexpr int version = 1;

/// Strings of a file, cut so that a message stays one.
std::string shown(const std::string& text)
{
    constexpr std::size_t most = 60;
    return text.size() <= most ? text : text.substr(0, most) + "..";
}

const LocatedJson& must_be(const LocatedJson& value, Kind kind, std::string_view what)
{
    if (value.kind != kind) {
        throw JsonMistake(value.offset,
                          fmt::format("{} is {}; it must be {}", what, to_string(value.kind), to_string(kind)));
    }
    return value;
}

const LocatedJson& member(const LocatedJson& object, std::string_view key, Kind kind)
{
    const LocatedJson* const found = object.find(key);
    if (found == nullptr) {
        throw JsonMistake(object.offset, fmt::format("the key \"{}\" is missing here", key));
    }
    return must_be(*found, kind, fmt::format("\"{}\"", key));
}

/// Nothing is in it that nobody reads.
void must_only_have(const LocatedJson& object, std::initializer_list<std::string_view> keys)
{
    for (std::size_t i = 0; i < object.keys.size(); ++i) {
        if (std::ranges::find(keys, object.keys[i]) != keys.end()) {
            continue;
        }
        const std::vector<std::string> valid(keys.begin(), keys.end());
        const auto near = model::nearest(object.keys[i], valid);
        throw JsonMistake(object.items[i].offset,
                          fmt::format("\"{}\" is no key of this object; {}", shown(object.keys[i]),
                                      near ? fmt::format("did you mean \"{}\"?", *near)
                                           : fmt::format("valid: {}", fmt::join(valid, ", "))));
    }
}

/// A count of trials.
std::uint64_t count(const LocatedJson& value, std::string_view what)
{
    must_be(value, Kind::number, what);
    if (!(value.number >= 0 && value.number <= most_trials_of_cell) || std::trunc(value.number) < value.number) {
        throw JsonMistake(value.offset, fmt::format("{} is {}; it must be a whole number from 0 to {}", what,
                                                    value.number, most_trials_of_cell));
    }
    return static_cast<std::uint64_t>(value.number);
}

void read_worst(const LocatedJson& object, model::CellSample& cell)
{
    for (std::size_t i = 0; i < object.keys.size(); ++i) {
        const auto outcome = std::ranges::find(model::all_outcomes, std::string_view(object.keys[i]),
                                               [](model::Outcome each) { return to_string(each); });
        if (outcome == model::all_outcomes.end()) {
            throw JsonMistake(object.items[i].offset, fmt::format("\"{}\" is no outcome; valid: intact, contaminated, "
                                                                  "degraded, stalled, corrupted, died",
                                                                  shown(object.keys[i])));
        }
        cell.worst.at(static_cast<std::size_t>(*outcome)) = count(object.items[i], "a number of trials");
    }
    if (std::accumulate(cell.worst.begin(), cell.worst.end(), std::uint64_t{0}) != cell.judged) {
        throw JsonMistake(object.offset,
                          fmt::format("the trials of \"worst\" are not the {} judged ones", cell.judged));
    }
}

void read_survivors(const LocatedJson& object, std::uint32_t siblings, model::CellSample& cell)
{
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < object.keys.size(); ++i) {
        const auto number = model::parse_natural(object.keys[i]);
        if (!number || *number > siblings) {
            throw JsonMistake(object.items[i].offset,
                              fmt::format("\"{}\" is no number of survivors; a pool {} has {} to survive",
                                          shown(object.keys[i]), cell.shape, siblings));
        }
        cell.survivors[*number] = count(object.items[i], "a number of trials");
        sum += cell.survivors[*number];
    }
    if (sum != cell.judged) {
        throw JsonMistake(object.offset,
                          fmt::format("the trials of \"survivors\" are {}, not the {} judged ones", sum, cell.judged));
    }
}

void read_figures(const LocatedJson& object, model::CellSample& cell)
{
    for (std::size_t i = 0; i < object.keys.size(); ++i) {
        const std::string what = fmt::format("the figure \"{}\"", shown(object.keys[i]));
        const LocatedJson& list = must_be(object.items[i], Kind::list, what);
        if (list.items.empty() || list.items.size() > std::min<std::uint64_t>(model::most_values, cell.judged)) {
            throw JsonMistake(
                list.offset, fmt::format("{} has {} values of {} judged trials", what, list.items.size(), cell.judged));
        }
        std::vector<double>& values = cell.figures[object.keys[i]];
        for (const LocatedJson& value : list.items) {
            values.push_back(must_be(value, Kind::number, "a value of " + what).number);
        }
        if (!std::ranges::is_sorted(values)) {
            throw JsonMistake(list.offset, fmt::format("the values of {} are not sorted", what));
        }
    }
}

/// Where every trial has a figure, it is not in there.
void read_having(const LocatedJson& object, model::CellSample& cell)
{
    for (std::size_t i = 0; i < object.keys.size(); ++i) {
        const std::uint64_t trials = count(object.items[i], "a number of trials");
        const auto values = cell.figures.find(object.keys[i]);
        if (values == cell.figures.end() || trials < values->second.size() || trials >= cell.judged) {
            throw JsonMistake(object.items[i].offset, fmt::format("\"{}\" cannot be had by {} of {} judged trials",
                                                                  shown(object.keys[i]), trials, cell.judged));
        }
        cell.having[object.keys[i]] = trials;
    }
}

model::CellSample read_cell(const LocatedJson& value)
{
    must_be(value, Kind::object, "a cell");
    must_only_have(value,
                   {"shape", "fault", "variant", "judged", "inconclusive", "worst", "survivors", "having", "figures"});
    model::CellSample cell;
    cell.shape = member(value, "shape", Kind::text).text;
    const auto shape = model::parse_shape(cell.shape);
    if (!shape) {
        throw JsonMistake(member(value, "shape", Kind::text).offset,
                          fmt::format("\"{}\" is no shape; one looks like 8x1", shown(cell.shape)));
    }
    cell.fault = member(value, "fault", Kind::text).text;
    cell.variant = member(value, "variant", Kind::text).text;
    cell.judged = count(member(value, "judged", Kind::number), "\"judged\"");
    cell.inconclusive = count(member(value, "inconclusive", Kind::number), "\"inconclusive\"");
    read_worst(member(value, "worst", Kind::object), cell);
    read_survivors(member(value, "survivors", Kind::object), shape->workers() - 1, cell);
    read_figures(member(value, "figures", Kind::object), cell);
    if (std::ranges::find(value.keys, "having") != value.keys.end()) {
        read_having(member(value, "having", Kind::object), cell);
    } else { // also of a baseline that was made before there was that key
        for (const auto& [name, values] : cell.figures) {
            if (values.size() < std::min<std::uint64_t>(cell.judged, model::most_values)) {
                cell.having[name] = values.size();
            }
        }
    }
    return cell;
}

void read_cells(const LocatedJson& list, model::Sample& sample)
{
    for (const LocatedJson& each : list.items) {
        model::CellSample cell = read_cell(each);
        const bool is_there = std::ranges::any_of(sample.cells, [&cell](const model::CellSample& other) {
            return other.shape == cell.shape && other.fault == cell.fault && other.variant == cell.variant;
        });
        if (is_there) {
            throw JsonMistake(each.offset, fmt::format("the cell {} is there twice", shown(name_of(cell))));
        }
        sample.cells.push_back(std::move(cell));
    }
}

Baseline read(const LocatedJson& root)
{
    must_be(root, Kind::object, "the file");
    if (root.find("bulkhead_baseline") == nullptr) {
        throw JsonMistake(root.offset, "this is no baseline: it has no \"bulkhead_baseline\". "
                                       "Name a file that `bulkhead baseline save` has written");
    }
    const LocatedJson& written = member(root, "bulkhead_baseline", Kind::number);
    if (count(written, "\"bulkhead_baseline\"") != version) {
        throw JsonMistake(written.offset, fmt::format("this is a baseline of version {}; this program reads version {}",
                                                      written.number, version));
    }
    must_only_have(root, {"bulkhead_baseline", "name", "experiment", "ended", "facts", "text", "cells"});
    Baseline baseline;
    baseline.name = member(root, "name", Kind::text).text;
    baseline.sample.experiment = member(root, "experiment", Kind::text).text;
    baseline.sample.ended = member(root, "ended", Kind::text).text;
    const LocatedJson& facts = member(root, "facts", Kind::object);
    for (std::size_t i = 0; i < facts.keys.size(); ++i) {
        baseline.sample.facts.emplace_back(facts.keys[i], must_be(facts.items[i], Kind::text, "a fact").text);
    }
    for (const LocatedJson& line : member(root, "text", Kind::list).items) {
        baseline.sample.text += must_be(line, Kind::text, "a line of the experiment").text + '\n';
    }
    read_cells(member(root, "cells", Kind::list), baseline.sample);
    return baseline;
}

} // namespace

BaselineError::BaselineError(std::string file, std::uint32_t line, std::uint32_t column, std::string message,
                             std::string source)
    : StoreError(fmt::format("{}:{}:{}: {}", file, line, column, message)), file_(std::move(file)), line_(line),
      column_(column), message_(std::move(message)), source_(std::move(source))
{}

Baseline parse_baseline(std::string_view text, const std::string& file)
{
    try {
        return read(read_json(text));
    } catch (const JsonMistake& mistake) {
        TextPlace place = place_in(text, mistake.offset());
        throw BaselineError(file, place.line, place.column, mistake.what(), std::move(place.source));
    }
}

Baseline read_baseline(const fs::path& path)
{
    std::error_code error;
    const bool is_file = fs::is_regular_file(path, error);
    const std::uintmax_t size = is_file ? fs::file_size(path, error) : 0;
    if (error || !is_file || size > largest_file) {
        throw StoreError(fmt::format("cannot read the baseline {}: {}", path.string(),
                                     error      ? error.message()
                                     : !is_file ? "it is no file"
                                                : "it is larger than any baseline"));
    }
    std::ifstream file(path, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    if (!file) {
        throw StoreError(fmt::format("cannot read the baseline {}", path.string()));
    }
    return parse_baseline(text, path.string());
}

} // namespace bulkhead::store
