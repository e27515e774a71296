#include "harness/report/island.hpp"

#include "harness/report/json_parts.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace bulkhead::report {
namespace {

/// Without spaces. Text that is no UTF-8 is replaced, not refused.
std::string dump(const Json& json)
{
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

/// Not within a character of UTF-8.
void cut_short(std::string& text)
{
    if (text.size() <= longest_text) {
        return;
    }
    std::size_t end = longest_text;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0U) == 0x80U) {
        --end;
    }
    const std::size_t left_out = text.size() - end;
    text.resize(end);
    text += fmt::format(" ... ({} more bytes are left out)", left_out);
}

void cut_texts(Json& json)
{
    if (json.is_string()) {
        cut_short(json.get_ref<std::string&>());
    } else if (json.is_structured()) {
        for (Json& each : json) {
            cut_texts(each);
        }
    }
}

std::string text_json(std::string text)
{
    cut_short(text);
    return dump(Json(std::move(text)));
}

/// A list of members of an object, as they come.
class Members {
public:
    Members& add(std::string_view name, std::string_view json)
    {
        text_ += fmt::format("{}\"{}\":{}", text_.empty() ? "" : ",", name, json.empty() ? "null" : json);
        return *this;
    }
    [[nodiscard]] std::string object() const { return "{" + text_ + "}"; }

private:
    std::string text_;
};

std::string texts_json(texts::Language language)
{
    Json json = Json::object();
    if (language == texts::Language::english) {
        return dump(json);
    }
    for (const auto list : {texts::words(), texts::page()}) {
        for (const texts::Translation& each : list) {
            if (!each.english.empty()) {
                json[std::string(each.english)] = texts::say(language, each.english);
            }
        }
    }
    return dump(json);
}

std::string facts_json(const ExperimentPart& part)
{
    Json json = Json::array();
    for (const auto& [name, value] : part.facts) {
        json.push_back({{"name", name}, {"value", value}});
    }
    cut_texts(json);
    return dump(json);
}

std::string chosen_json(const ExperimentPart& part)
{
    Json json = Json::array();
    for (const ChosenTrial& each : part.chosen) {
        json.push_back({{"id", each.id}, {"cell", each.cell}, {"why", to_string(each.why)}});
    }
    return dump(json);
}

std::string part_json(const ExperimentPart& part)
{
    Members full;
    for (const auto& [id, json] : part.full) {
        full.add(std::to_string(id), json);
    }
    return Members()
        .add("report", part.report)
        .add("facts", facts_json(part))
        .add("toml", text_json(part.toml))
        .add("command", text_json(part.command))
        .add("save_as", part.save_as.empty() ? "" : text_json(part.save_as))
        .add("trials", part.trials.json())
        .add("trials_left_out", std::to_string(part.trials.is_left_out() ? part.trials.count() : 0))
        .add("chosen", chosen_json(part))
        .add("full", full.object())
        .add("cost", part.cost)
        .add("anatomy", part.anatomy)
        .object();
}

} // namespace

std::string compact(const std::string& json)
{
    Json parsed = Json::parse(json);
    cut_texts(parsed);
    return dump(parsed);
}

std::string island_json(const Island& island)
{
    std::string experiments;
    for (const ExperimentPart& part : island.experiments) {
        experiments += (experiments.empty() ? "" : ",\n") + part_json(part);
    }
    return Members()
        .add("format", "\"bulkhead-report\"")
        .add("version", "\"" BULKHEAD_VERSION "\"")
        .add("language", fmt::format("\"{}\"", to_string(island.language)))
        .add("title", island.title.empty() ? "" : text_json(island.title))
        .add("texts", texts_json(island.language))
        .add("said", said_json(island.experiments, island.language))
        .add("experiments", "[" + experiments + "]")
        .add("claims", island.claims)
        .add("comparison", island.comparison)
        .object();
}

} // namespace bulkhead::report
