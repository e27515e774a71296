// The experiments that come with the program.
#include "tests/cli/run_binary.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

namespace bulkhead::tests {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

bool is_refuted(const Json& report)
{
    return std::ranges::any_of(report["verdicts"], [](const Json& verdict) { return verdict["verdict"] == "refuted"; });
}

bool lacks_a_figure(const Json& verdict)
{
    const std::string reason = verdict["reason"];
    return (has(reason, " trial without ") || has(reason, " trials without ")) && !has(reason, " without a ");
}

/// Two trials of each cell, once more where a claim about chances (`lost_updates`) had none.
Json reports_of(const fs::path& experiments)
{
    const TempDir folder;
    Json reports;
    for (int attempt = 0; attempt < 5; ++attempt) {
        const Ended ran = bulkhead(folder.path(), {"run", experiments.string(), "--trials", "2", "--quiet",
                                                   "--no-record", "--format", "json"});
        CAPTURE(ran.err);
        const int code = code_of(ran);
        CHECK((code == 0 || code == 1 || code == 3 || code == 77));
        reports = Json::parse(ran.out);
        reports = reports.is_array() ? reports : Json::array({reports});
        if (std::ranges::none_of(reports, is_refuted)) {
            break;
        }
    }
    return reports;
}

/// So few refute nothing that holds, and have each figure that is asked for; they may be too few to uphold something.
void check(const fs::path& experiments)
{
    CAPTURE(experiments.string());
    const Json reports = reports_of(experiments);
    CHECK(reports.size() > 0);
    for (const Json& report : reports) {
        CHECK(report["campaign"]["finished"] > 0);
        CHECK_FALSE(is_refuted(report));
        for (const Json& verdict : report["verdicts"]) {
            CAPTURE(verdict.dump());
            CHECK_FALSE(lacks_a_figure(verdict));
        }
    }
}

TEST_CASE("no experiment that comes with the program, the claims aside, refutes itself, or asks for what its trials do "
          "not have")
{
    const fs::path folder = fs::path(BULKHEAD_SOURCE_DIR) / "experiments";
    int files = 0;
    for (const auto& entry : fs::directory_iterator(folder)) {
        // The catalogue has the faults of all the others.
        if (entry.path().extension() == ".toml" && entry.path().filename() != "catalogue.toml") {
            check(entry.path());
            ++files;
        }
    }
    CHECK(files > 10);
    for (const char* const several : {"boundaries", "guards", "lessons"}) {
        check(folder / several);
    }
}

} // namespace
} // namespace bulkhead::tests
