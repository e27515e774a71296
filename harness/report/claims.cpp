#include "harness/report/claims.hpp"

#include "harness/model/cell_verdict.hpp"
#include "harness/model/thesis.hpp"
#include "harness/report/page.hpp"
#include "harness/report/text.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace bulkhead::report {
namespace {

using texts::Language;
using texts::say;
using texts::say_composed;

constexpr std::size_t verdict_width = 14;

/// The verdict of several expectations, and the sentence of the one that decides.
struct Sum {
    model::Verdict verdict = model::Verdict::upheld;
    std::string reason;
    std::string questions; ///< of the experiments, one after the other
    std::size_t experiments = 0;
    std::size_t expectations = 0;
};

/// Of the experiments of a claim, those that measure it or those that look for its boundary.
Sum sum_of(const std::vector<ExperimentReport>& reports, std::string_view claim, bool boundary, Language language)
{
    Sum sum;
    for (const ExperimentReport& report : reports) {
        if (report.experiment.claim != claim || report.experiment.boundary != boundary) {
            continue;
        }
        ++sum.experiments;
        sum.questions.append(sum.questions.empty() ? "" : " ").append(say(language, report.experiment.question));
        for (const model::Judged& judged : report.judged) {
            const bool decides =
                sum.expectations == 0 || model::severity(judged.verdict) > model::severity(sum.verdict);
            ++sum.expectations;
            if (decides) {
                const auto& expectation = report.experiment.expectations.at(judged.expectation);
                sum.verdict = judged.verdict;
                sum.reason =
                    say_composed(language, describe(expectation)) + ": " + say_composed(language, judged.reason);
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

/// The sentence that decides, and of how many more it is the worst.
std::string with_rest(const Sum& sum, Language language)
{
    const std::size_t more = sum.expectations - 1;
    const std::string_view format = sum.experiments > 1
                                        ? (more == 1 ? "{} (and {} more expectation, in {} experiments)"
                                                     : "{} (and {} more expectations, in {} experiments)")
                                    : more == 1 ? "{} (and {} more expectation)"
                                    : more > 1  ? "{} (and {} more expectations)"
                                                : "{}";
    return fmt::format(fmt::runtime(say(language, format)), sum.reason, more, sum.experiments);
}

void print_sum(Page& page, std::string_view indent, const Sum& sum, std::string_view says, Language language)
{
    const Ink label = label_of(sum);
    page.paragraph({{std::string(indent)}, {left(label.text, verdict_width), label.look}}, says);
    if (sum.expectations > 0) {
        page.paragraph({{std::string(indent.size() + verdict_width, ' ')}}, with_rest(sum, language), Look::faint);
    }
}

} // namespace

std::string claims_text(const std::vector<ExperimentReport>& reports, Style style)
{
    Page page(style);
    page.paragraph({{std::string(say(style.language, "claims")), Look::bold}, {"  "}},
                   say(style.language,
                       "what it says, its verdict and the figure that decides; below it, where it stops being true"),
                   Look::faint);
    for (const model::Thesis& thesis : model::theses()) {
        const auto is_of_it = [&](const ExperimentReport& report) { return report.experiment.claim == thesis.id; };
        if (std::ranges::none_of(reports, is_of_it)) {
            continue;
        }
        page.blank();
        print_sum(page, std::string(thesis.id) + "  ", sum_of(reports, thesis.id, false, style.language),
                  say(style.language, thesis.says), style.language);
        const Sum boundary = sum_of(reports, thesis.id, true, style.language);
        const std::string_view where =
            boundary.questions.empty() ? say(style.language, thesis.boundary) : std::string_view(boundary.questions);
        print_sum(page, "     ", boundary, fmt::format(fmt::runtime(say(style.language, "But: {}")), where),
                  style.language);
    }
    page.blank();
    page.paragraph({}, fmt::format(fmt::runtime(say(style.language, "{} says more of one.")), "'bulkhead explain C13'"),
                   Look::faint);
    return page.take();
}

} // namespace bulkhead::report
