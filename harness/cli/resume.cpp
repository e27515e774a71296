#include "harness/cli/campaign.hpp"
#include "harness/cli/commands.hpp"
#include "harness/cli/facts.hpp"
#include "harness/cli/interruption.hpp"
#include "harness/cli/output.hpp"
#include "harness/cli/recorded.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

namespace bulkhead::cli {
namespace {

/// False, with the reasons on stderr, when the trials that are missing would not be of the same campaign.
bool is_as_it_was(const Recorded& recorded, const ResumeCommand& command, const run::Options& options)
{
    const auto changes = changes_since(recorded, options);
    if (changes.empty()) {
        return true;
    }
    spdlog::error("{} cannot be gone on with, for what its trials depend on has changed:", command.results.string());
    for (const std::string& change : changes) {
        fmt::print(stderr, "  {}\n", change);
    }
    fmt::print(stderr,
               "Nothing was run or written. To look at what is there: bulkhead show {}\n"
               "To begin anew: bulkhead run {}\n",
               quoted(command.results.string()), quoted(recorded.reader.origin()));
    return false;
}

} // namespace

Exit execute(const ResumeCommand& command)
{
    auto recorded = open_recorded(command.results);
    if (!recorded) {
        return Exit::mistake;
    }
    run::Options options{run::find_host(BULKHEAD_INSTALLED_HOST), command.lanes};
    options.deadline = deadline_in(command.time_limit);
    try {
        if (!is_as_it_was(*recorded, command, options)) {
            return Exit::mistake;
        }
        const Interruption interruption;
        const CampaignResult result =
            resume_experiment(std::move(*recorded), command.results, options, interruption.stop(), command.quiet);
        print(command.format == Format::json ? report::experiment_json(result.report)
                                             : report::experiment_text(result.report, style_of_stdout()));
        return interruption.stop().requested() ? worse(result.exit, Exit::interrupted) : result.exit;
    } catch (const std::runtime_error& error) { // store::StoreError, or a trial that is none of the experiment's
        spdlog::error("{}", error.what());
        return Exit::mistake;
    }
}

} // namespace bulkhead::cli
