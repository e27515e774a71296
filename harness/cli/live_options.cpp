#include "harness/cli/live_options.hpp"

#include "harness/spec/words.hpp"

#include <fmt/format.h>

namespace bulkhead::cli {

void declare_live(CLI::App& run, RunCommand& command)
{
    static constexpr std::chrono::hours most{1};
    const auto read = [&command](const std::string& word) {
        command.pace = spec::parse_duration(word);
        if (!command.pace || command.pace->count() == 0 || *command.pace > most) {
            throw CLI::ValidationError("--pace", fmt::format("\"{}\" is no duration up to 1h; a whole number and its "
                                                             "unit (ms, s, min), such as 3s",
                                                             word));
        }
    };
    run.add_flag("--live", command.live, "Show trials as they go, in slow motion, and the tally");
    run.add_option_function<std::string>("--pace", read, "With --live: how long each trial is shown, such as 3s")
        ->type_name("TIME");
}

} // namespace bulkhead::cli
