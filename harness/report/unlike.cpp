#include "harness/report/comparison.hpp"

#include <algorithm>
#include <optional>

namespace bulkhead::report {
namespace {

using model::Sample;

std::vector<std::string> lines_of(const std::string& text)
{
    std::vector<std::string> lines;
    std::size_t start = 0;
    while (start < text.size()) {
        const std::size_t end = std::min(text.find('\n', start), text.size());
        lines.push_back(text.substr(start, end - start));
        start = end + 1;
    }
    return lines;
}

/// nullopt: the texts are the same.
std::optional<Unlike> first_difference(const std::string& base, const std::string& fresh)
{
    const std::vector<std::string> before = lines_of(base);
    const std::vector<std::string> now = lines_of(fresh);
    const auto [one, other] = std::ranges::mismatch(before, now);
    if (one == before.end() && other == now.end()) {
        return std::nullopt;
    }
    return Unlike{.what = "experiment",
                  .base = one == before.end() ? "" : *one,
                  .fresh = other == now.end() ? "" : *other,
                  .line = static_cast<std::uint32_t>(one - before.begin() + 1)};
}

const std::string* fact_of(const Sample& sample, const std::string& name)
{
    const auto found = std::ranges::find_if(sample.facts, [&name](const auto& fact) { return fact.first == name; });
    return found == sample.facts.end() ? nullptr : &found->second;
}

/// A baseline does not tell where the host's program lay.
bool may_be_missing(const std::string& name)
{
    return name == "host";
}

void add_facts(std::vector<Unlike>& unlike, const Sample& base, const Sample& fresh)
{
    for (const auto& [name, value] : base.facts) {
        const std::string* const other = fact_of(fresh, name);
        if (other != nullptr ? *other != value : !may_be_missing(name)) {
            unlike.push_back({name, value, other == nullptr ? "" : *other});
        }
    }
    for (const auto& [name, value] : fresh.facts) {
        if (fact_of(base, name) == nullptr && !may_be_missing(name)) {
            unlike.push_back({name, "", value});
        }
    }
}

} // namespace

std::vector<Unlike> unlike_in(const Sample& base, const Sample& fresh)
{
    std::vector<Unlike> unlike;
    if (base.experiment != fresh.experiment) {
        unlike.push_back({"name", base.experiment, fresh.experiment});
    }
    if (const auto text = first_difference(base.text, fresh.text)) {
        unlike.push_back(*text);
    }
    if (base.ended != "complete" || fresh.ended != "complete") {
        unlike.push_back({"ended", base.ended, fresh.ended});
    }
    add_facts(unlike, base, fresh);
    return unlike;
}

std::uint64_t trials_of(const Sample& sample)
{
    std::uint64_t trials = 0;
    for (const model::CellSample& cell : sample.cells) {
        trials += cell.judged + cell.inconclusive;
    }
    return trials;
}

} // namespace bulkhead::report
