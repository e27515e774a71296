#include "harness/cli/campaign.hpp"
#include "harness/cli/commands.hpp"
#include "harness/cli/facts.hpp"
#include "harness/cli/going_on.hpp"
#include "harness/cli/interruption.hpp"
#include "harness/cli/output.hpp"
#include "harness/cli/outputs.hpp"
#include "harness/cli/recorded.hpp"

#include <spdlog/spdlog.h>

namespace bulkhead::cli {

Exit execute(const ResumeCommand& command)
{
    auto recorded = open_recorded(command.results);
    if (!recorded) {
        return Exit::mistake;
    }
    run::Options options{run::find_host(BULKHEAD_INSTALLED_HOST), command.lanes};
    options.deadline = deadline_in(command.time_limit);
    try {
        if (!may_go_on(*recorded, command.results, options) || !can_be_written(command.outputs, {command.results})) {
            return Exit::mistake;
        }
        const Facts facts = pairs_of(recorded->reader.facts());
        const Interruption interruption;
        const CampaignResult result =
            resume_experiment(std::move(*recorded), command.results, options, interruption.stop(), {command.quiet});
        print(command.format == Format::json
                  ? report::experiment_json(result.report)
                  : report::experiment_text(result.report, style_of_stdout(command.language)));
        const Exit written = any_wanted(command.outputs)
                                 ? write_outputs(command.outputs, {report::suite_of(result.report, facts, "")})
                                 : Exit::upheld;
        const Exit exit = worse(result.exit, written);
        return interruption.stop().requested() ? worse(exit, Exit::interrupted) : exit;
    } catch (const std::runtime_error& error) { // store::StoreError, or a trial that is none of the experiment's
        spdlog::error("{}", error.what());
        return Exit::mistake;
    }
}

} // namespace bulkhead::cli
