#include "harness/cli/commands.hpp"
#include "harness/cli/html_file.hpp"
#include "harness/cli/output.hpp"
#include "harness/cli/paged.hpp"
#include "harness/cli/sides.hpp"
#include "harness/report/comparison.hpp"
#include "harness/report/html.hpp"

#include <filesystem>
#include <spdlog/spdlog.h>
#include <system_error>

namespace bulkhead::cli {
namespace {

/// The comparison itself goes to standard output.
bool may_be_made(const std::filesystem::path& html)
{
    if (html == "-") {
        spdlog::error("--html takes the name of a file");
        return false;
    }
    return html.empty() || may_replace(html);
}

/// A page of the comparison, and of those of the two that are results files.
bool make_page(const CompareCommand& command, const report::ComparisonReport& report)
{
    Paged paged;
    for (const report::ComparedSide* const side : {&report.base, &report.fresh}) {
        if (!is_baseline(side->path) && !paged.add(side->path)) {
            return false;
        }
    }
    report::Island island;
    island.comparison = report::compact(report::comparison_json(report));
    return paged.finish(island) &&
           write_page(command.html, report::fill_page({to_string(island.language), "Comparison, Bulkhead",
                                                       report::island_json(island)}));
}

/// Somebody who mistypes a name, or ran twice into one file, would take "nothing got worse" for an answer.
void warn_of_itself(const std::filesystem::path& base, const std::filesystem::path& fresh)
{
    std::error_code unknown;
    if (std::filesystem::equivalent(base, fresh, unknown)) {
        spdlog::warn("BASE and NEW are the same file, {}: it is compared with itself", fresh.string());
    }
}

} // namespace

Exit execute(const CompareCommand& command)
{
    auto base = read_side(command.base, command.folder);
    auto fresh = read_side(command.fresh, command.folder);
    if (!base || !fresh || !may_be_made(command.html)) {
        return Exit::mistake;
    }
    warn_of_itself(base->path, fresh->path);
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
    if (!command.html.empty() && !make_page(command, report)) {
        return Exit::mistake;
    }
    if (report.both.figures.empty() || !report.both.base_failures.empty() || !report.both.fresh_failures.empty()) {
        return Exit::inconclusive;
    }
    if (count_of(report.both, model::Difference::worse) > 0) {
        return Exit::refuted;
    }
    const bool are_whole = report.base.sample.ended == model::whole && report.fresh.sample.ended == model::whole;
    return are_whole ? Exit::upheld : Exit::inconclusive; // the rest might have got worse
}

} // namespace bulkhead::cli
