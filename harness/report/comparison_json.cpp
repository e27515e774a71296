#include "harness/report/comparison.hpp"
#include "harness/report/json_parts.hpp"

#include <nlohmann/json.hpp>

namespace bulkhead::report {
namespace {

using model::Compared;

Json side_json(const ComparedSide& side, const std::vector<std::string>& failures)
{
    return {{"path", side.path},
            {"experiment", side.sample.experiment},
            {"ended", side.sample.ended},
            {"trials", trials_of(side.sample)},
            {"control_arm_failures", failures}};
}

std::string_view kind_of(const Compared& compared)
{
    if (compared.is_ratio) {
        return compared.yardstick.scale == model::Scale::rest ? "ratio of what is missing to 1" : "ratio";
    }
    return "difference";
}

Json value_json(const Compared& compared, bool fresh)
{
    if (compared.is_share_of_trials) {
        const model::Counted& share = fresh ? compared.fresh_share : compared.base_share;
        return {{"trials", static_cast<std::uint64_t>(share.hits)}, {"of", static_cast<std::uint64_t>(share.of)}};
    }
    return {{"median", fresh ? compared.fresh_median : compared.base_median},
            {"values", fresh ? compared.fresh_count : compared.base_count}};
}

Json figure_json(const Compared& compared)
{
    Json json = {{"shape", compared.shape},
                 {"fault", compared.fault},
                 {"variant", compared.variant},
                 {"figure", compared.figure},
                 {"unit", or_null(std::string(model::unit_of(compared.figure)))},
                 {"timed", compared.yardstick.is_timed},
                 {"worse_if", to_string(compared.yardstick.direction)},
                 {"difference", to_string(compared.difference)},
                 {"base", value_json(compared, false)},
                 {"new", value_json(compared, true)},
                 {"change", {{"as", kind_of(compared)}, {"estimate", compared.change}}},
                 {"test", compared.is_share_of_trials ? "Fisher" : (compared.exact ? "ranks, exact" : "ranks, normal")},
                 {"p", compared.chance},
                 {"p_corrected", compared.could_tell ? Json(compared.corrected) : Json()}};
    json["change"]["low"] = compared.interval ? Json(compared.interval->low) : Json();
    json["change"]["high"] = compared.interval ? Json(compared.interval->high) : Json();
    return json;
}

} // namespace

std::string comparison_json(const ComparisonReport& report)
{
    const model::SideBySide& both = report.both;
    Json json = {{"format", "bulkhead-comparison"},
                 {"version", 1},
                 {"base", side_json(report.base, both.base_failures)},
                 {"new", side_json(report.fresh, both.fresh_failures)},
                 {"tolerance", both.demands.tolerance},
                 {"points", both.demands.points},
                 {"confidence", both.demands.confidence},
                 {"times", both.demands.times},
                 {"cells", both.cells},
                 {"tests", both.tests}};
    for (const model::Difference difference : model::differences) {
        json["counts"][std::string(to_string(difference))] = count_of(both, difference);
    }
    json["unlike"] = Json::array();
    for (const Unlike& each : unlike_in(report.base.sample, report.fresh.sample)) {
        json["unlike"].push_back({{"what", each.what},
                                  {"line", each.line == 0 ? Json() : Json(each.line)},
                                  {"base", or_null(each.base)},
                                  {"new", or_null(each.fresh)}});
    }
    json["only_base"] = both.only_base;
    json["only_new"] = both.only_fresh;
    json["figures"] = Json::array();
    for (const Compared& each : both.figures) {
        json["figures"].push_back(figure_json(each));
    }
    return print(json);
}

} // namespace bulkhead::report
