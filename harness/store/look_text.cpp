#include "harness/store/look_text.hpp"

#include <nlohmann/json.hpp>

namespace bulkhead::store {
namespace {

using nlohmann::json;

json json_of(const model::LookAtCell& cell)
{
    json unanimity = json::array();
    for (const model::Unanimity& each : cell.unanimity) {
        unanimity.push_back({each.trials_all, each.trials_none, each.share_sum});
    }
    return {{"judged", cell.judged},  {"as_predicted", cell.as_predicted},
            {"broken", cell.broken},  {"siblings", cell.siblings},
            {"unanimity", unanimity}, {"victim_ends", cell.victim_ends}};
}

model::LookAtCell cell_of(const json& from)
{
    model::LookAtCell cell;
    from.at("judged").get_to(cell.judged);
    from.at("as_predicted").get_to(cell.as_predicted);
    from.at("broken").get_to(cell.broken);
    from.at("siblings").get_to(cell.siblings);
    for (std::size_t outcome = 0; outcome < model::outcome_count; ++outcome) {
        const json& each = from.at("unanimity").at(outcome);
        each.at(0).get_to(cell.unanimity[outcome].trials_all);
        each.at(1).get_to(cell.unanimity[outcome].trials_none);
        each.at(2).get_to(cell.unanimity[outcome].share_sum);
    }
    from.at("victim_ends").get_to(cell.victim_ends);
    return cell;
}

std::optional<model::Decision> decision_of(int number)
{
    for (const model::Decision each : {model::Decision::go_on, model::Decision::low, model::Decision::high}) {
        if (static_cast<int>(each) == number) {
            return each;
        }
    }
    return std::nullopt;
}

} // namespace

std::string text_of(const model::Look& look)
{
    json text{{"cells", json::array()}, {"refuting", look.refuting}, {"tests", json::array()}};
    for (const model::LookAtCell& cell : look.cells) {
        text["cells"].push_back(json_of(cell));
    }
    for (const model::LookAtTest& test : look.tests) {
        text["tests"].push_back({static_cast<int>(test.decision), test.rounds, test.trials, test.hits});
    }
    return text.dump();
}

std::optional<model::Look> parse_look(std::uint32_t rounds, const std::string& text)
{
    try {
        const json from = json::parse(text);
        model::Look look{.rounds = rounds, .cells = {}, .refuting = {}, .tests = {}};
        for (const json& cell : from.at("cells")) {
            look.cells.push_back(cell_of(cell));
        }
        from.at("refuting").get_to(look.refuting);
        for (const json& each : from.at("tests")) {
            const auto decision = decision_of(each.at(0).get<int>());
            if (!decision) {
                return std::nullopt;
            }
            look.tests.push_back({.decision = *decision,
                                  .rounds = each.at(1).get<std::uint32_t>(),
                                  .trials = each.at(2).get<std::uint64_t>(),
                                  .hits = each.at(3).get<double>()});
        }
        return look;
    } catch (const json::exception&) {
        return std::nullopt;
    }
}

} // namespace bulkhead::store
