#include "harness/model/figure.hpp"
#include "spec_reading.hpp"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>
#include <set>

// The JSON Schema that editors use, and the reference for people, are kept beside the reader by hand; these tests tell
// when they part.

using namespace bulkhead;
using namespace bulkhead::spec;
using namespace bulkhead::spec::test;
using nlohmann::json;

namespace {

const std::filesystem::path reference = std::filesystem::path(BULKHEAD_SOURCE_DIR) / "docs" / "reference";

json schema()
{
    std::ifstream stream(reference / "experiment.schema.json");
    return json::parse(stream);
}

std::set<std::string> keys_of(const json& table)
{
    std::set<std::string> keys;
    for (const auto& [key, value] : table.at("properties").items())
        keys.insert(key);
    return keys;
}

/// The keys that the reader names for a table after it has met one that does not exist.
std::set<std::string> keys_read(const std::string& file)
{
    std::set<std::string> keys;
    for (const Diagnostic& diagnostic : mistakes_in(file)) {
        constexpr std::string_view before = "valid here: ";
        const auto start = diagnostic.hint.find(before);
        if (start == std::string::npos)
            continue;
        std::string rest = diagnostic.hint.substr(start + before.size());
        for (std::size_t comma = 0; comma != std::string::npos;) {
            comma = rest.find(", ");
            keys.insert(rest.substr(0, comma));
            rest.erase(0, comma == std::string::npos ? comma : comma + 2);
        }
    }
    return keys;
}

} // namespace

TEST_CASE("the schema for editors has the keys that the reader has")
{
    const json root = schema();
    CHECK(keys_of(root) == keys_read("zzzzzzzz = 1"));
    for (const char* table : {"pool", "fault", "supervise", "observe", "trials"}) {
        CAPTURE(table);
        CHECK(keys_of(root.at("properties").at(table)) == keys_read("[" + std::string(table) + "]\nzzzzzzzz = 1"));
    }
    const json& expectation = root.at("definitions").at("expectation");
    CHECK(keys_of(expectation) == keys_read("[[expect]]\nzzzzzzzz = 1"));
    CHECK(keys_of(expectation.at("properties").at("when")) == keys_read("[[expect]]\nwhen.zzzzzzzz = 1"));
    CHECK(keys_of(root.at("definitions").at("selection")) == keys_read("[[expect]]\ntimes.zzzzzzzz = 1"));
}

TEST_CASE("the schema for editors has the faults of the catalogue")
{
    std::vector<std::string> ids;
    for (const model::FaultRow& row : model::catalogue()) {
        if (row.family != model::Family::harness && !takes_signal(row))
            ids.emplace_back(row.id);
    }
    const json root = schema();
    CHECK(root.at("definitions").at("fault").at("anyOf").at(0).at("enum").get<std::vector<std::string>>() == ids);
}

TEST_CASE("the schema for editors has the workloads, locks, channels, deliveries and figures that there are")
{
    const json root = schema();
    const auto words = [](const auto& list, auto&& name_of) {
        std::vector<std::string> names;
        for (const auto& item : list)
            names.emplace_back(name_of(item));
        return names;
    };
    const auto to_word = [](auto value) { return to_string(value); };
    const json& definitions = root.at("definitions");
    CHECK(definitions.at("workload").at("enum") == json(words(model::workloads, to_word)));
    CHECK(definitions.at("lock").at("enum") == json(words(model::lockings, to_word)));
    CHECK(definitions.at("strategy").at("enum") == json(words(model::strategies, to_word)));
    CHECK(definitions.at("channel").at("enum") == json(words(model::channel_kinds, to_word)));
    CHECK(definitions.at("delivery").at("enum") == json(words(model::deliveries, to_word)));
    CHECK(definitions.at("expectation").at("properties").at("figure").at("enum") ==
          json(words(model::figure_catalogue(), [](const model::FigureRow& row) { return row.name; })));
}

TEST_CASE("the defaults in the schema are those of an Experiment")
{
    const json root = schema();
    const auto of = [&root](const char* table, const char* key) {
        return root.at("properties").at(table).at("properties").at(key).at("default");
    };
    const model::Experiment fresh;
    CHECK(of("pool", "workload") == "counter");
    CHECK(of("pool", "launch") == std::string(to_string(fresh.launch)));
    CHECK(of("fault", "at") == std::string(to_string(fresh.at)));
    CHECK(of("fault", "after_ops") == fresh.after_ops.low);
    CHECK(of("supervise", "max_restarts") == fresh.containment.supervision.max_restarts);
    CHECK(of("supervise", "within") ==
          std::to_string(std::chrono::floor<std::chrono::seconds>(fresh.containment.supervision.within).count()) + "s");
    CHECK(of("supervise", "strikes") == fresh.containment.supervision.strikes);
    CHECK(of("observe", "window") == std::to_string(fresh.window.count()) + "ms");
    CHECK(of("observe", "evidence_ops") == fresh.evidence_ops);
    CHECK(of("trials", "count") == fresh.trials);
    CHECK(of("trials", "seed") == fresh.seed);
    CHECK(of("trials", "golden") == fresh.golden_share);
}

TEST_CASE("every whole example of the reference is a valid experiment")
{
    std::ifstream stream(reference / "experiment-file.md");
    std::string example;
    bool inside = false;
    std::size_t count = 0;
    for (std::string line; std::getline(stream, line);) {
        if (line == "```toml") {
            inside = true;
            example.clear();
        } else if (line == "```" && inside) {
            inside = false;
            if (example.find("[pool]") == std::string::npos)
                continue;
            ++count;
            for (const Diagnostic& diagnostic : mistakes_in(example))
                FAIL_CHECK(render(diagnostic));
        } else if (inside) {
            example += line + "\n";
        }
    }
    CHECK(count == 2);
}
