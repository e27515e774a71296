// Experiments about claims, and what is said of a claim.
#include "tests/cli/run_binary.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

namespace bulkhead::tests {
namespace {

using Json = nlohmann::json;

std::string about(const std::string& claim, bool boundary, const std::string& fault, const std::string& survivors)
{
    return "schema = 1\nname = \"" + fault + "\"\nclaim = \"" + claim +
           "\"\nboundary = " + (boundary ? "true" : "false") +
           "\n[pool]\nshapes = [\"1x2\"]\nlaunch = \"zygote\"\n[fault]\nkinds = [\"" + fault +
           "\"]\n[trials]\ncount = 2\n[[expect]]\nsurvivors = \"" + survivors + "\"\n";
}

TEST_CASE("a run of experiments about claims prints one table, and whatever was not upheld in full")
{
    const TempDir folder;
    folder.write("claims/a.toml", about("C16", false, "segv-null", "none"));
    folder.write("claims/b.toml", about("C16", true, "thread-exit", "all"));
    const Ended upheld = bulkhead(folder.path(), {"run", "claims"});
    CHECK(code_of(upheld) == 0);
    CHECK(has(upheld.out, "C16  UPHELD"));
    CHECK(has(upheld.out, "But: "));
    CHECK_FALSE(has(upheld.out, "siblings that survived"));

    folder.write("claims/c.toml", about("C17", false, "abort", "all"));
    const Ended refuted = bulkhead(folder.path(), {"run", "claims"});
    CHECK(code_of(refuted) == 1);
    CHECK(has(refuted.out, "C17  REFUTED"));
    CHECK(has(refuted.out, "siblings that survived"));
}

TEST_CASE("a claim is explained in a page that names its experiments")
{
    const TempDir folder;
    folder.write("experiments/claims/C16-x.toml", about("C16", false, "segv-null", "none"));
    folder.write("experiments/claims/C17-x.toml", about("C17", false, "abort", "none"));
    const Ended text = bulkhead(folder.path(), {"explain", "c16"});
    CHECK(code_of(text) == 0);
    CHECK(has(text.out, "Learned"));
    CHECK(has(text.out, "bulkhead run experiments/claims/C16-x.toml"));
    CHECK_FALSE(has(text.out, "C17-x"));
    const Json json = Json::parse(bulkhead(folder.path(), {"explain", "C16", "--format", "json"}).out);
    CHECK(json["claim"] == "C16");
    CHECK(json["experiments"].size() == 1);
    CHECK(code_of(bulkhead(folder.path(), {"explain", "C18"})) == 2);
}

TEST_CASE("claims are listed")
{
    const TempDir folder;
    CHECK(has(bulkhead(folder.path(), {"list", "claims"}).out, "C17  "));
    CHECK(Json::parse(bulkhead(folder.path(), {"list", "claims", "--format", "json"}).out)["claims"].size() == 17);
}

TEST_CASE("an experiment that only measures prints its figures, and values from the command line reach it")
{
    const TempDir folder;
    folder.write("m.toml",
                 "schema = 1\nname = \"m\"\n[pool]\nshapes = [\"1x2\"]\nworkload = \"ledger\"\nlock = [\"none\", "
                 "\"robust\"]\nlaunch = \"zygote\"\n[fault]\nkinds = [\"none\"]\n[observe]\nmeasure = "
                 "[\"throughput\"]\n[trials]\ncount = 9\n[[expect]]\nwhen = { fault = \"none\", lock = "
                 "\"robust\" }\nfigure = \"lost_updates\"\nstatistic = \"most\"\nis = \"<= 0\"\n");
    const Ended text = bulkhead(folder.path(), {"run", "m.toml", "--trials", "2", "--no-record"});
    CAPTURE(text.err);
    CHECK(code_of(text) == 0);
    CHECK(has(text.out, "throughput, ops/s"));
    CHECK(has(text.out, "4 trials in"));
    const Json json =
        Json::parse(bulkhead(folder.path(), {"run", "m.toml", "--trials", "1", "--no-record", "--format", "json"}).out);
    CHECK(json["cells"].size() == 2);
    CHECK(json["cells"][0]["variant"] == "ledger lock=none");
    CHECK(json["cells"][1]["figures"].size() >= 5);
    CHECK(json["verdicts"][0]["verdict"] == "upheld");
}

} // namespace
} // namespace bulkhead::tests
