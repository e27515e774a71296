#include "harness/cli/facts.hpp"

#include "harness/cli/command_line.hpp"
#include "harness/cli/draft.hpp"
#include "harness/model/lines.hpp"
#include "harness/sys/machine.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <iterator>

namespace bulkhead::cli {
namespace {

/// What the outcomes of trials may depend on. Where the files lie does not matter, nor does the number of lanes: only
/// times do depend on that one.
constexpr std::array<std::string_view, 8> decisive{"kernel", "architecture", "processor",       "cores",
                                                   "user",   "bulkhead",     "bulkhead digest", "host digest"};

/// In words; of a program by its digest, which by itself would tell nobody anything.
std::string change_of(std::string_view name, std::string_view before, std::string_view now)
{
    const std::string change = fmt::format("was {}, and is {}", before, now);
    if (name == "bulkhead digest") {
        return "the program bulkhead is another build: its digest " + change;
    }
    if (name == "host digest") {
        return "the program bulkhead-host, which carries the workers, is another build: its digest " + change;
    }
    return fmt::format("{}: {}", name, change);
}

std::string text_of(const std::filesystem::path& path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// Tells one build from another, and is not meant to withstand anybody: in the manner of FNV-1a (RFC 9923), but eight
/// bytes at a time, for a program may have a hundred megabytes.
std::string digest_of(const std::filesystem::path& path)
{
    std::uint64_t hash = 0xcbf29ce484222325U;
    std::ifstream file(path, std::ios::binary);
    std::vector<std::uint64_t> words(8192);
    do {
        words.assign(words.size(), 0);
        file.read(reinterpret_cast<char*>(words.data()),
                  static_cast<std::streamsize>(words.size() * sizeof(std::uint64_t)));
        const auto read = (static_cast<std::size_t>(file.gcount()) + 7) / sizeof(std::uint64_t);
        for (std::size_t i = 0; i < read; ++i) {
            hash = (hash ^ words[i]) * 0x100000001b3U;
            hash ^= hash >> 29U;
        }
    } while (file);
    return fmt::format("{:016x}", hash);
}

std::string value_of(const std::vector<store::Fact>& facts, std::string_view name)
{
    const auto found = std::ranges::find(facts, name, &store::Fact::name);
    return found == facts.end() ? "unknown" : found->value;
}

} // namespace

Facts pairs_of(const std::vector<store::Fact>& facts)
{
    Facts pairs;
    for (const store::Fact& fact : facts) {
        pairs.emplace_back(fact.name, fact.value);
    }
    return pairs;
}

std::vector<store::Fact> facts_of(const run::Options& options)
{
    std::vector<store::Fact> facts;
    for (const sys::MachineFact& fact : sys::machine_facts()) {
        facts.push_back({fact.name, fact.value});
    }
    std::string version = version_text();
    std::replace(version.begin(), version.end(), '\n', ' ');
    facts.push_back({"bulkhead", version});
    facts.push_back({"bulkhead digest", digest_of("/proc/self/exe")});
    facts.push_back({"host", options.host.string()});
    facts.push_back({"host digest", digest_of(options.host)});
    facts.push_back({"lanes", std::to_string(options.lanes)});
    return facts;
}

std::vector<std::string> changes_since(const Recorded& recorded, const run::Options& options)
{
    std::vector<std::string> changes;
    const std::string origin = recorded.reader.origin();
    std::error_code ignored;
    const std::string text = recorded.reader.experiment_text();
    if (!is_overridden(text) && std::filesystem::is_regular_file(origin, ignored)) {
        if (const std::string difference = model::first_difference(text, text_of(origin)); !difference.empty()) {
            changes.push_back(fmt::format("{}: {}", origin, difference));
        }
    }
    const auto before = recorded.reader.facts();
    const auto now = facts_of(options);
    for (const std::string_view name : decisive) {
        if (value_of(before, name) != value_of(now, name)) {
            changes.push_back(change_of(name, value_of(before, name), value_of(now, name)));
        }
    }
    return changes;
}

} // namespace bulkhead::cli
