#include "harness/report/stop.hpp"

#include "harness/report/text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace bulkhead::report {

std::string stop_rules_text(const model::StopRules& rules)
{
    std::string text;
    if (rules.half_width) {
        text += fmt::format(", until half_width {:g}", *rules.half_width);
    }
    if (rules.sequential) {
        text += fmt::format(", sequential (alpha {:g}, beta {:g}, indifference {:g})", rules.sequential->alpha,
                            rules.sequential->beta, rules.sequential->indifference);
    }
    text += rules.until_refuted ? ", until_refuted" : "";
    return rules.time ? text + ", for " + describe(*rules.time) : text;
}

std::string stop_text(const ExperimentReport& report)
{
    return fmt::format("{}, and {} of the {} planned saved: {} held after {} of {}", count(report.finished, "trial"),
                       report.saved, report.planned, to_string(report.stopped->rule), report.stopped->rounds,
                       count(report.rounds, "round"));
}

Json stop_json(const ExperimentReport& report)
{
    if (!report.stopped) {
        return nullptr;
    }
    return {{"by", to_string(report.stopped->rule)}, {"rounds", report.stopped->rounds}, {"of_rounds", report.rounds}};
}

} // namespace bulkhead::report
