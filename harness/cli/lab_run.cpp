#include "harness/cli/lab_run.hpp"

#include "harness/cli/selection.hpp"
#include "harness/run/offer.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <spdlog/spdlog.h>

namespace bulkhead::cli {
namespace {

bool is_in(const model::CellName& name, const std::vector<model::Cell>& cells)
{
    return std::ranges::any_of(cells, [&](const model::Cell& cell) { return model::is_named(name, cell); });
}

/// Everything that the question speaks of.
std::vector<model::CellName> names_in(const model::Question& question)
{
    std::vector<model::CellName> names{question.played};
    for (const model::Told& told : question.readings) {
        names.push_back(told.reading.cell);
        names.push_back(told.reading.beside);
    }
    std::erase_if(names, [](const model::CellName& name) { return name.shape.empty(); });
    return names;
}

} // namespace

std::optional<LessonRun> LessonRun::open(const model::Lesson& lesson)
{
    LessonRun opened;
    std::vector<model::Cell> cells;
    for (const std::string_view name : lesson.files) {
        if (name.empty()) {
            continue;
        }
        const auto below = std::filesystem::path("lessons") / name;
        const auto file = known_experiment(below);
        if (!file) {
            spdlog::error("{} is neither in ./experiments nor installed", below.string());
            return std::nullopt;
        }
        Selection selection = select_files({*file}, {});
        if (!selection.mistakes.empty()) {
            complain(selection.mistakes);
            return std::nullopt;
        }
        opened.folder_ = file->parent_path().parent_path();
        Part part{std::move(selection.experiments.front()), {}, {}};
        model::contain(part.experiment, run::offer_of_machine());
        part.cells = model::expand(part.experiment);
        part.finished.resize(count_trials(part.cells) + 1);
        cells.insert(cells.end(), part.cells.begin(), part.cells.end());
        opened.parts_.push_back(std::move(part));
    }
    for (const model::Question& question : lesson.questions) {
        for (const model::CellName& name : names_in(question)) {
            if (!is_in(name, cells)) {
                spdlog::error("the lesson needs {} with {}, and its experiment has no such cell", name.fault,
                              name.shape);
                return std::nullopt;
            }
        }
    }
    return opened;
}

std::string LessonRun::why_skipped(const model::Question& question) const
{
    for (const Part& part : parts_) {
        for (const model::Cell& cell : part.cells) {
            if (!cell.skipped.empty() && model::is_needed(question, cell)) {
                return cell.skipped;
            }
        }
    }
    return "";
}

std::vector<bool> LessonRun::not_to_run(const Part& part, const model::Question& question) const
{
    std::vector<bool> skipped = part.finished;
    for (const model::Cell& cell : part.cells) {
        for (std::uint32_t number = 0; number < cell.trials && !model::is_needed(question, cell); ++number) {
            skipped[cell.first_id + number] = true;
        }
    }
    return skipped;
}

std::uint32_t LessonRun::missing_for(const model::Question& question) const
{
    std::uint32_t missing = 0;
    for (const Part& part : parts_) {
        const std::vector<bool> skipped = not_to_run(part, question);
        missing += static_cast<std::uint32_t>(std::count(skipped.begin() + 1, skipped.end(), false));
    }
    return missing;
}

bool LessonRun::run_for(const model::Question& question, const run::Stop& stop)
{
    const run::Options options{.host = run::find_host(BULKHEAD_INSTALLED_HOST)};
    for (Part& part : parts_) {
        const std::vector<bool> skipped = not_to_run(part, question);
        const auto end = run::run_campaign(
            part.experiment, options,
            [&](const model::TrialRecord& record) {
                part.finished[record.plan.id] = true;
                trials_.push_back({part.cells.at(record.plan.cell), record, model::judge(record)});
            },
            stop, skipped);
        if (end.interrupted) {
            return false;
        }
    }
    return true;
}

const model::LessonTrial* LessonRun::played(const model::Question& question) const
{
    if (question.played.shape.empty()) {
        return nullptr;
    }
    const auto found = std::ranges::find_if(trials_, [&](const model::LessonTrial& trial) {
        return trial.judgement.inconclusive.empty() && model::is_named(question.played, trial.cell);
    });
    return found == trials_.end() ? nullptr : &*found;
}

} // namespace bulkhead::cli
