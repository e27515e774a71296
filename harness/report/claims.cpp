#include "harness/report/claims.hpp"

#include "harness/model/thesis.hpp"
#include "harness/report/page.hpp"
#include "harness/report/text.hpp"

#include <algorithm>

namespace bulkhead::report {
namespace {

constexpr std::size_t label_width = 14;

/// The verdict of several expectations, and the sentence of the one that decides.
struct Sum {
    model::Verdict verdict = model::Verdict::upheld;
    std::string reason;
    std::string questions; ///< of the experiments, one after the other
    std::size_t experiments = 0;
    std::size_t expectations = 0;
};

int severity(model::Verdict verdict)
{
    switch (verdict) {
    case model::Verdict::upheld: return 0;
    case model::Verdict::inconclusive: return 1;
    case model::Verdict::refuted: return 2;
    }
    return 0;
}

/// Of the experiments of a claim, those that measure it or those that look for its boundary.
Sum sum_of(const std::vector<ExperimentReport>& reports, std::string_view claim, bool boundary)
{
    Sum sum;
    for (const ExperimentReport& report : reports) {
        if (report.experiment.claim != claim || report.experiment.boundary != boundary) {
            continue;
        }
        ++sum.experiments;
        sum.questions.append(sum.questions.empty() ? "" : " ").append(report.experiment.question);
        for (const model::Judged& judged : report.judged) {
            const bool decides = sum.expectations == 0 || severity(judged.verdict) > severity(sum.verdict);
            ++sum.expectations;
            if (decides) {
                const auto& expectation = report.experiment.expectations.at(judged.expectation);
                sum.verdict = judged.verdict;
                sum.reason = describe(expectation) + ": " + judged.reason;
            }
        }
    }
    return sum;
}

Ink label_of(const Sum& sum)
{
    if (sum.expectations == 0) {
        return {"not measured", Look::faint};
    }
    switch (sum.verdict) {
    case model::Verdict::upheld: return {"UPHELD", Look::green};
    case model::Verdict::refuted: return {"REFUTED", Look::bold_red};
    case model::Verdict::inconclusive: return {"INCONCLUSIVE", Look::bold_yellow};
    }
    return {};
}

void print_sum(Page& page, std::string_view indent, const Sum& sum, std::string_view says)
{
    const Ink label = label_of(sum);
    page.paragraph({{std::string(indent)}, {left(label.text, label_width), label.look}}, says);
    if (sum.expectations > 0) {
        std::string more = sum.expectations == 1 ? "" : " (and " + count(sum.expectations - 1, "more expectation");
        more += more.empty() || sum.experiments == 1 ? "" : ", in " + count(sum.experiments, "experiment");
        more += more.empty() ? "" : ")";
        page.paragraph({{std::string(indent.size() + label_width, ' ')}}, sum.reason + more, Look::faint);
    }
}

} // namespace

std::string claims_text(const std::vector<ExperimentReport>& reports, Style style)
{
    Page page(style);
    page.paragraph({{"claims", Look::bold}, {"  "}},
                   "what it says, its verdict and the figure that decides; below it, where it stops being true",
                   Look::faint);
    for (const model::Thesis& thesis : model::theses()) {
        const auto is_of_it = [&](const ExperimentReport& report) { return report.experiment.claim == thesis.id; };
        if (std::ranges::none_of(reports, is_of_it)) {
            continue;
        }
        page.blank();
        print_sum(page, std::string(thesis.id) + "  ", sum_of(reports, thesis.id, false), thesis.says);
        const Sum boundary = sum_of(reports, thesis.id, true);
        print_sum(page, "     ", boundary,
                  "But: " + (boundary.questions.empty() ? std::string(thesis.boundary) : boundary.questions));
    }
    page.blank();
    page.paragraph({}, "'bulkhead explain C13' says more of one.", Look::faint);
    return page.take();
}

} // namespace bulkhead::report
