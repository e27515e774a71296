#include "harness/report/island.hpp"
#include "harness/report/json_parts.hpp"

#include <map>
#include <nlohmann/json.hpp>

namespace bulkhead::report {
namespace {

/// English to the language, of what differs there.
class Said {
public:
    explicit Said(texts::Language language) : language_(language) {}

    void add(const Json& object, std::initializer_list<std::string_view> names)
    {
        for (const std::string_view name : names) {
            const auto found = object.is_object() ? object.find(name) : object.end();
            if (found == object.end() || !found->is_string()) {
                continue;
            }
            const auto& english = found->get_ref<const std::string&>();
            if (std::string said = texts::say_composed(language_, english); said != english) {
                texts_.emplace(english, std::move(said));
            }
        }
    }
    [[nodiscard]] Json json() const { return texts_; }

private:
    texts::Language language_;
    std::map<std::string, std::string> texts_;
};

Json field_of(const Json& object, std::string_view name)
{
    return object.is_object() ? object.value(name, Json()) : Json();
}

void add_report(Said& said, const Json& report)
{
    said.add(field_of(report, "experiment"), {"question"});
    said.add(field_of(report, "campaign"), {"ended"});
    for (const Json& verdict : field_of(report, "verdicts")) {
        said.add(verdict, {"text", "reason"});
    }
    for (const Json& cell : field_of(report, "cells")) {
        said.add(cell, {"skipped", "first_inconclusive", "victim_end"});
        said.add(field_of(cell, "unsteady"), {"usual"});
    }
    for (const Json& skipped : field_of(report, "skipped")) {
        said.add(skipped, {"reason"});
    }
}

} // namespace

std::string said_json(const std::vector<ExperimentPart>& experiments, texts::Language language)
{
    Said said(language);
    if (language != texts::Language::english) {
        for (const ExperimentPart& part : experiments) {
            add_report(said, Json::parse(part.report.empty() ? "null" : part.report));
        }
    }
    return compact(print(said.json()));
}

} // namespace bulkhead::report
