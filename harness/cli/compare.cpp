#include "harness/cli/commands.hpp"
#include "harness/cli/output.hpp"
#include "harness/cli/sides.hpp"
#include "harness/report/comparison.hpp"

namespace bulkhead::cli {

Exit execute(const CompareCommand& command)
{
    auto base = read_side(command.base, command.folder);
    auto fresh = read_side(command.fresh, command.folder);
    if (!base || !fresh) {
        return Exit::mistake;
    }
    report::ComparisonReport report;
    report.base = {base->path.string(), std::move(base->sample)};
    report.fresh = {fresh->path.string(), std::move(fresh->sample)};
    report.both = model::compare(report.base.sample, report.fresh.sample,
                                 {.tolerance = command.tolerance / 100,
                                  .points = command.points / 100,
                                  .confidence = command.confidence,
                                  .times = command.times});
    print(command.format == Format::json ? report::comparison_json(report)
                                         : report::comparison_text(report, style_of_stdout()));
    if (report.both.figures.empty()) {
        return Exit::inconclusive;
    }
    return count_of(report.both, model::Difference::worse) > 0 ? Exit::refuted : Exit::upheld;
}

} // namespace bulkhead::cli
