#include "harness/model/cell_verdict.hpp"
#include "harness/model/thesis.hpp"
#include "harness/report/island.hpp"
#include "harness/report/json_parts.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace bulkhead::report {
namespace {

/// What the expectation that decides says: the first of those with the worst verdict.
Json row_json(std::size_t place, const ExperimentReport& report, texts::Language language)
{
    Json row{{"experiment", place}, {"boundary", report.experiment.boundary}, {"verdict", nullptr}, {"figure", nullptr},
             {"reason", nullptr},   {"expectations", report.judged.size()}};
    const auto decides = std::ranges::max_element(
        report.judged, {}, [](const model::Judged& judged) { return model::severity(judged.verdict); });
    if (decides != report.judged.end()) {
        row["verdict"] = to_string(decides->verdict);
        row["figure"] =
            texts::say_composed(language, model::describe(report.experiment.expectations.at(decides->expectation)));
        row["reason"] = texts::say_composed(language, decides->reason);
    }
    return row;
}

} // namespace

std::string claims_json(const std::vector<ExperimentReport>& reports, texts::Language language)
{
    Json claims = Json::array();
    for (const model::Thesis& thesis : model::theses()) {
        Json rows = Json::array();
        for (std::size_t place = 0; place < reports.size(); ++place) {
            if (reports[place].experiment.claim == thesis.id) {
                rows.push_back(row_json(place, reports[place], language));
            }
        }
        if (!rows.empty()) {
            claims.push_back({{"id", thesis.id},
                              {"says", texts::say(language, thesis.says)},
                              {"boundary", texts::say(language, thesis.boundary)},
                              {"rows", rows}});
        }
    }
    return claims.empty() ? "null" : compact(print(claims));
}

} // namespace bulkhead::report
