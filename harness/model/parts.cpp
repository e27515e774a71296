#include "harness/model/parts.hpp"

#include "harness/model/lines.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <optional>

namespace bulkhead::model {
namespace {

/// Other programs make other trials; what else differs between machines is theirs, and is told.
constexpr std::string_view programs[] = {"bulkhead", "bulkhead digest", "host digest"};

/// Of the file, and not of the machine or the program that made it.
constexpr std::string_view of_the_file[] = {"shard", "gone on"};

std::string value_of(const CampaignPart& part, std::string_view name)
{
    const auto found = std::ranges::find(part.facts, name, &std::pair<std::string, std::string>::first);
    return found == part.facts.end() ? "unknown" : found->second;
}

std::string describe(const Cell& cell)
{
    const std::string text = to_string(cell.shape) + " " + to_string(cell.fault) + ", " + to_string(cell.variant) +
                             ": " + std::to_string(cell.trials) + " trials from " + std::to_string(cell.first_id) +
                             ", " + to_string(cell.containment);
    return cell.skipped.empty() ? text : text + ", skipped: " + cell.skipped;
}

/// The first cell in which the plans differ; empty when none does.
std::string cell_difference(const CampaignPart& one, const CampaignPart& other)
{
    for (std::size_t i = 0; i < std::max(one.cells.size(), other.cells.size()); ++i) {
        const std::string first = i < one.cells.size() ? describe(one.cells[i]) : "nothing";
        const std::string second = i < other.cells.size() ? describe(other.cells[i]) : "nothing";
        if (first != second) {
            return fmt::format("cell {} is\n    {}\nthere, and here\n    {}", i, first, second);
        }
    }
    return "";
}

void compare(const CampaignPart& first, const CampaignPart& part, std::vector<std::string>& found)
{
    const auto differs = [&](const std::string& how) {
        found.push_back(fmt::format("{} and {}: {}", first.name, part.name, how));
    };
    if (first.shard.count != part.shard.count) {
        differs(fmt::format("one is of {} shards, the other of {}", first.shard.count, part.shard.count));
    }
    if (const std::string text = first_difference(first.text, part.text); !text.empty()) {
        differs("not the same experiment: " + text);
    } else if (const std::string cell = cell_difference(first, part); !cell.empty()) {
        differs("their machines cannot run the same trials: " + cell);
    }
    for (const std::string_view name : programs) {
        if (value_of(first, name) != value_of(part, name)) {
            differs(fmt::format("{}: {} there, and {} here", name, value_of(first, name), value_of(part, name)));
        }
    }
}

/// "trial 3", "trials 3, 11, 19 and 4 more".
std::string trials_text(const std::vector<std::uint32_t>& ids)
{
    constexpr std::size_t most = 5;
    const std::size_t told = std::min(ids.size(), most);
    std::string text = fmt::format("{} {}", ids.size() == 1 ? "trial" : "trials",
                                   fmt::join(ids.begin(), ids.begin() + static_cast<std::ptrdiff_t>(told), ", "));
    return told < ids.size() ? text + fmt::format(" and {} more", ids.size() - told) : text;
}

void find_doubles(const std::vector<CampaignPart>& parts, std::vector<std::string>& found)
{
    std::map<std::uint32_t, const CampaignPart*> by_shard;
    std::map<const CampaignPart*, std::map<const CampaignPart*, std::vector<std::uint32_t>>> in_common;
    std::vector<const CampaignPart*> owners; // by id
    for (const CampaignPart& part : parts) {
        const auto [there, is_new] = by_shard.try_emplace(part.shard.number, &part);
        if (!is_new) {
            in_common[there->second][&part]; // named, also when they have no trial in common
        }
        if (!part.ids.empty()) {
            owners.resize(std::max<std::size_t>(owners.size(), part.ids.back() + std::size_t{1}));
        }
        for (const std::uint32_t id : part.ids) {
            if (owners[id] != nullptr) {
                in_common[owners[id]][&part].push_back(id);
            } else {
                owners[id] = &part;
            }
        }
    }
    for (const CampaignPart& one : parts) {
        for (const auto& [other, ids] : in_common[&one]) {
            const std::string which = one.shard == other->shard ? "both are shard " + to_string(one.shard) : "";
            const std::string common = ids.empty() ? "" : "both have " + trials_text(ids);
            found.push_back(fmt::format("{} and {}: {}{}{}", one.name, other->name, which,
                                        which.empty() || common.empty() ? "" : ", and ", common));
        }
    }
}

void find_strangers(const CampaignPart& part, std::vector<std::string>& found)
{
    const std::uint32_t planned = trials_of({}, part.cells);
    std::vector<std::uint32_t> strangers;
    std::ranges::copy_if(part.ids, std::back_inserter(strangers),
                         [&](std::uint32_t id) { return !part.shard.has(id) || id > planned; });
    if (!strangers.empty()) {
        found.push_back(
            fmt::format("{}: {} cannot be of shard {}", part.name, trials_text(strangers), to_string(part.shard)));
    }
}

} // namespace

std::string ranges_text(const std::vector<std::uint32_t>& numbers)
{
    std::string text;
    for (std::size_t i = 0; i < numbers.size();) {
        std::size_t last = i;
        while (last + 1 < numbers.size() && numbers[last + 1] == numbers[last] + 1) {
            ++last;
        }
        text += (text.empty() ? "" : ", ") + std::to_string(numbers[i]);
        text += last > i ? "-" + std::to_string(numbers[last]) : "";
        i = last + 1;
    }
    return text;
}

std::vector<std::string> contradictions(const std::vector<CampaignPart>& parts)
{
    std::vector<std::string> found;
    for (std::size_t i = 1; i < parts.size(); ++i) {
        compare(parts.front(), parts[i], found);
    }
    if (found.empty()) { // otherwise ids mean nothing
        find_doubles(parts, found);
        for (const CampaignPart& part : parts) {
            find_strangers(part, found);
        }
    }
    return found;
}

std::vector<std::string> missing(const std::vector<CampaignPart>& parts)
{
    std::vector<std::string> lacks;
    std::vector<std::uint32_t> absent;
    const std::uint32_t count = parts.empty() ? 0 : parts.front().shard.count;
    std::vector<bool> there(count + std::size_t{1});
    for (const CampaignPart& part : parts) {
        there.at(part.shard.number) = true;
    }
    for (std::uint32_t number = 1; number <= count; ++number) {
        if (!there[number]) {
            absent.push_back(number);
        }
    }
    if (!absent.empty()) {
        lacks.push_back(fmt::format("{} {} of {} {} not there", absent.size() == 1 ? "shard" : "shards",
                                    ranges_text(absent), count, absent.size() == 1 ? "is" : "are"));
    }
    for (const CampaignPart& part : parts) {
        const std::uint32_t planned = trials_of(part.shard, part.cells);
        if (part.ids.size() < planned) {
            lacks.push_back(fmt::format(
                "{}: shard {} has {} of its {} trials ({})", part.name, to_string(part.shard), part.ids.size(), planned,
                part.ended.empty() ? "its end was never noted: killed, or still at work" : part.ended));
        }
    }
    return lacks;
}

CommonFacts common_facts(const std::vector<CampaignPart>& parts)
{
    CommonFacts common;
    std::vector<std::string> names;
    for (const CampaignPart& part : parts) {
        for (const auto& [name, value] : part.facts) {
            const bool is_of_machine = std::ranges::find(of_the_file, name) == std::end(of_the_file);
            if (is_of_machine && std::ranges::find(names, name) == names.end()) {
                names.push_back(name);
            }
        }
    }
    for (const std::string& name : names) {
        std::map<std::string, std::vector<std::uint32_t>> values; // and the shards
        for (const CampaignPart& part : parts) {
            values[value_of(part, name)].push_back(part.shard.number);
        }
        if (values.size() == 1) {
            common.facts.emplace_back(name, values.begin()->first);
            continue;
        }
        std::string text;
        for (auto& [value, shards] : values) {
            std::ranges::sort(shards);
            text += fmt::format("{}{} ({} {})", text.empty() ? "" : ", ", value,
                                shards.size() == 1 ? "shard" : "shards", ranges_text(shards));
        }
        common.facts.emplace_back(name, text);
        common.differing.emplace_back(name, text);
    }
    for (const CampaignPart& part : parts) {
        for (const auto& [name, value] : part.facts) {
            if (name == "gone on") {
                common.facts.emplace_back(name, fmt::format("{} (shard {})", value, part.shard.number));
            }
        }
    }
    return common;
}

} // namespace bulkhead::model
