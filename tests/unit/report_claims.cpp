#include "harness/model/thesis.hpp"
#include "harness/report/claims.hpp"
#include "report_samples.hpp"

#include <doctest/doctest.h>

using namespace bulkhead;

namespace {

report::ExperimentReport about(std::string claim, bool boundary, model::Verdict verdict, std::string reason)
{
    model::Experiment experiment = samples::experiment({"8x1"}, {"segv-null"});
    experiment.claim = std::move(claim);
    experiment.boundary = boundary;
    experiment.expectations = {samples::expectation({"8x1"}, {}, model::AllSiblings{})};
    report::ExperimentReport report;
    report.experiment = experiment;
    report.judged = {{.expectation = 0, .verdict = verdict, .reason = std::move(reason)}};
    return report;
}

bool says(const std::string& text, std::string_view part)
{
    return text.find(part) != std::string::npos;
}

} // namespace

TEST_CASE("there are seventeen claims, numbered, each with its measure, its boundary and what was learned")
{
    REQUIRE(model::theses().size() == 17);
    std::size_t number = 0;
    for (const model::Thesis& thesis : model::theses()) {
        CAPTURE(thesis.id);
        ++number;
        CHECK(thesis.id == "C" + std::string(number < 10 ? "0" : "") + std::to_string(number));
        CHECK(thesis.says.size() < 120);
        CHECK_FALSE(thesis.measured.empty());
        CHECK_FALSE(thesis.boundary.empty());
        CHECK(says(std::string(thesis.learned), "Sources: "));
    }
    CHECK(model::find_thesis("c13") == model::find_thesis("C13"));
    CHECK(model::find_thesis("C18") == nullptr);
    CHECK(model::find_thesis("") == nullptr);
}

TEST_CASE("the table of claims has the verdict and the figure of each claim, and those of its boundary")
{
    const std::string text = report::claims_text({about("C13", false, model::Verdict::upheld, "0 of 7 lost"),
                                                  about("C13", true, model::Verdict::upheld, "7 of 7 lost"),
                                                  about("C16", false, model::Verdict::upheld, "7 of 7 died")},
                                                 {.colour = false, .width = 200});
    CHECK(says(text, "C13  UPHELD"));
    CHECK(says(text, "0 of 7 lost"));
    CHECK(says(text, "7 of 7 lost"));
    CHECK(says(text, "C16  UPHELD"));
    CHECK_MESSAGE(says(text, "not measured"), "the boundary of C16 was not run");
    CHECK_FALSE(says(text, "C01"));
}

TEST_CASE("of several experiments of a claim the worst verdict counts, and its figure is shown")
{
    const std::string text = report::claims_text({about("C13", false, model::Verdict::upheld, "first"),
                                                  about("C13", false, model::Verdict::refuted, "second"),
                                                  about("C13", false, model::Verdict::inconclusive, "third")},
                                                 {.colour = false, .width = 200});
    CHECK(says(text, "C13  REFUTED"));
    CHECK(says(text, "second (and 2 more expectations, in 3 experiments)"));
    CHECK_FALSE(says(text, "third"));
}
