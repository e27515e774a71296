#include "harness/cli/repeat.hpp"

#include "harness/cli/draft.hpp"
#include "harness/cli/output.hpp"

#include <algorithm>

namespace bulkhead::cli {
namespace {

/// A word for a shell in which nothing is left that a terminal could take for a command when it is pasted, and that is
/// no option.
std::string harmless(std::string word)
{
    std::erase_if(word, [](unsigned char c) { return c < 0x20 || c == 0x7f; });
    return quoted(word.starts_with('-') ? "./" + word : word);
}

} // namespace

Repeat repeat_of(const Recorded& recorded)
{
    const std::string origin = recorded.reader.origin();
    const bool is_of_file = origin != "command line" && !is_overridden(recorded.reader.experiment_text());
    Repeat repeat;
    repeat.save_as = is_of_file ? "" : recorded.experiment.name + ".toml";
    repeat.command = "bulkhead run " + harmless(is_of_file ? origin : repeat.save_as);
    const auto facts = recorded.reader.facts();
    const auto lanes = std::ranges::find(facts, "lanes", &store::Fact::name);
    if (lanes != facts.end() && lanes->value != "1") {
        repeat.command += " --jobs " + harmless(lanes->value);
    }
    if (recorded.shard) {
        repeat.command += " --shard " + model::to_string(*recorded.shard);
    }
    return repeat;
}

} // namespace bulkhead::cli
