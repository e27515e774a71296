#include "harness/report/anatomy.hpp"
#include "harness/cli/commands.hpp"
#include "harness/cli/output.hpp"
#include "harness/cli/selection.hpp"
#include "harness/report/svg_views.hpp"
#include "harness/run/anatomy.hpp"
#include "harness/run/offer.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <optional>

namespace bulkhead::cli {
namespace {

/// Each is looked at from each.

/// What the words name; the first that names nothing is explained on stderr.
std::optional<std::vector<sys::Resource>> read_unshared(const std::vector<std::string>& words)
{
    std::vector<sys::Resource> resources;
    for (const std::string& word : words) {
        const auto found = std::ranges::find_if(
            model::unshareable, [&](sys::Resource resource) { return model::to_string(resource) == word; });
        if (found == model::unshareable.end()) {
            std::vector<std::string> valid;
            for (const sys::Resource resource : model::unshareable) {
                valid.emplace_back(model::to_string(resource));
            }
            to_stderr(fmt::format("bulkhead anatomy: \"{}\" is nothing that a thread can unshare; valid: {}{}\n", word,
                                  fmt::join(valid, ", "), did_you_mean(word, valid)));
            return std::nullopt;
        }
        resources.push_back(*found);
    }
    return resources;
}

} // namespace

Exit execute(const AnatomyCommand& command)
{
    AdHoc ad_hoc;
    ad_hoc.shapes = {command.shape};
    ad_hoc.faults = {"none"};
    ad_hoc.share = command.share;
    Overrides overrides;
    overrides.launch = command.launch;
    const auto unshared = read_unshared(command.unshare);
    if (!unshared) {
        return Exit::mistake;
    }
    Selection selection = select_ad_hoc(ad_hoc, overrides);
    if (!selection.mistakes.empty()) {
        complain(selection.mistakes);
        return Exit::mistake;
    }
    model::Experiment& experiment = selection.experiments.front();
    if (experiment.shapes.front().workers() > model::most_workers_of_anatomy) {
        to_stderr(fmt::format("bulkhead anatomy: a pool of at most {} workers can be looked at, not {}\n",
                              model::most_workers_of_anatomy, command.shape));
        return Exit::mistake;
    }
    model::contain(experiment, run::offer_of_machine());
    const model::TrialPlan plan = run::plan_anatomy(experiment);
    const model::Anatomy anatomy = run::run_anatomy(plan, {.host = run::find_host(BULKHEAD_INSTALLED_HOST)}, *unshared);
    if (command.format == Format::svg) {
        print(report::memory_svg(anatomy, command.language));
    } else {
        print(command.format == Format::json ? report::anatomy_json(anatomy)
                                             : report::anatomy_text(anatomy, style_of_stdout()));
    }
    return Exit::upheld;
}

} // namespace bulkhead::cli
