#include "harness/cli/commands.hpp"
#include "harness/cli/output.hpp"
#include "harness/cli/selection.hpp"
#include "harness/model/cell_verdict.hpp"
#include "harness/model/figure.hpp"
#include "harness/model/thesis.hpp"
#include "harness/report/figures.hpp"
#include "harness/report/json_parts.hpp"
#include "harness/report/relations.hpp"
#include "harness/report/text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <spdlog/spdlog.h>

namespace bulkhead::cli {
namespace {

using Json = nlohmann::ordered_json;

std::string dump(const Json& json)
{
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string faults_as_text(report::Style style)
{
    using report::left;
    const auto said = [style](std::string_view english) { return texts::say(style.language, english); };
    std::string text;
    std::optional<model::Family> family;
    for (const model::FaultRow& row : model::catalogue()) {
        if (row.family == model::Family::harness) {
            continue;
        }
        if (family != row.family) {
            text += fmt::format("{}{}\n", text.empty() ? "" : "\n", said(report::heading_of(row.family)));
            family = row.family;
        }
        text += fmt::format("  {:<23} {} {} {}\n", report::id_as_typed(row), left(said(to_string(row.effect)), 12),
                            left(said(to_string(row.reach)), 8), wrapped(said(row.commits), style.width, 48));
    }
    return text + fmt::format("\n{}\n{}\n",
                              said("The columns: fault, its effect, how far it reaches, and what the victim does."),
                              fmt::format(fmt::runtime(said("{} says more of one.")), "'bulkhead explain FAULT'"));
}

Json faults_as_json()
{
    Json faults = Json::array();
    for (const model::FaultRow& row : model::catalogue()) {
        if (row.family != model::Family::harness) {
            faults.push_back(
                {{"id", row.id},
                 {"family", model::to_string(row.family)},
                 {"effect", model::to_string(row.effect)},
                 {"reach", model::to_string(row.reach)},
                 {"medium", row.reach == model::Reach::sharers ? Json(model::to_string(row.medium)) : Json()},
                 {"leaves", report::leaves_json(row.leaves)},
                 {"needs", row.needs == model::Need::nothing ? Json() : Json(model::to_string(row.needs))},
                 {"takes_signal", model::takes_signal(row)},
                 {"commits", row.commits}});
        }
    }
    return {{"faults", faults}};
}

std::string workloads_as_text(report::Style style)
{
    std::string text;
    for (const model::Workload workload : model::workloads) {
        text += fmt::format("{:<14} {}\n", model::to_string(workload),
                            wrapped(texts::say(style.language, model::sentence_of(workload)), style.width, 15));
    }
    return text;
}

std::string figures_as_text(report::Style style)
{
    std::string text;
    constexpr std::size_t name_width = 18;
    for (const model::FigureRow& row : model::figure_catalogue()) {
        const bool is_long = row.name.size() > name_width; // then it has a line of its own
        text += fmt::format("{}{:<{}} {:<6} {}\n", is_long ? std::string(row.name) + '\n' : "",
                            is_long ? std::string_view() : row.name, name_width, row.unit,
                            wrapped(texts::say_composed(style.language, row.meaning), style.width, 26));
    }
    return text +
           fmt::format(
               "\n{}\n",
               texts::say(style.language, "The columns: figure, its unit, and what it is. An expectation names one:")) +
           "  figure = \"throughput\"\n  is = \">= 1.5\"\n  times = { shape = \"1x1\", fault = \"none\" }\n";
}

Json figures_as_json()
{
    Json list = Json::array();
    for (const model::FigureRow& row : model::figure_catalogue()) {
        list.push_back({{"id", row.name}, {"unit", row.unit}, {"meaning", row.meaning}});
    }
    return {{"figures", list}};
}

Json workloads_as_json()
{
    Json list = Json::array();
    for (const model::Workload workload : model::workloads) {
        list.push_back({{"id", model::to_string(workload)}, {"sentence", model::sentence_of(workload)}});
    }
    return {{"workloads", list}};
}

std::string claims_as_text(report::Style style)
{
    std::string text;
    for (const model::Thesis& thesis : model::theses()) {
        text += fmt::format("{}  {}\n", thesis.id, wrapped(texts::say(style.language, thesis.says), style.width, 5));
    }
    const std::string_view hint = texts::say(style.language, "{} says more of one, {} measures them.");
    return text + "\n" +
           fmt::format(fmt::runtime(hint), "'bulkhead explain C13'", "'bulkhead run experiments/claims'") + "\n";
}

Json claims_as_json()
{
    Json list = Json::array();
    for (const model::Thesis& thesis : model::theses()) {
        list.push_back({{"id", thesis.id}, {"says", thesis.says}, {"boundary", thesis.boundary}});
    }
    return {{"claims", list}};
}

Exit list_experiments(Format format)
{
    const auto files = known_experiments();
    if (files.empty()) {
        spdlog::warn("no experiments in ./experiments, and none are installed");
    }
    Json list = Json::array();
    std::string text;
    for (const std::filesystem::path& file : files) {
        const Selection read = select_files({file}, {});
        const bool valid = !read.experiments.empty();
        const std::string name = valid ? read.experiments.front().name : "";
        const std::string question = valid ? read.experiments.front().question : "";
        list.push_back({{"file", file.string()}, {"valid", valid}, {"name", name}, {"question", question}});
        text += file.string() + "\n  " +
                (valid ? wrapped(name + ": " + question, style_of_stdout().width, 2)
                       : "(has mistakes: bulkhead validate " + quoted(file.string()) + ")") +
                "\n";
    }
    print(format == Format::json ? dump({{"experiments", list}}) : text);
    return Exit::upheld;
}

/// What a script needs to run each expectation of a file by itself.
Exit list_expectations(const std::filesystem::path& file, Format format)
{
    if (file.empty()) {
        spdlog::error("name the FILE whose expectations are to be listed");
        return Exit::mistake;
    }
    const Selection read = select_files({file}, {});
    if (!read.mistakes.empty()) {
        complain(read.mistakes);
        return Exit::mistake;
    }
    const model::Experiment& experiment = read.experiments.front();
    const std::vector<std::string> ids = model::expectation_ids(experiment);
    Json list = Json::array();
    std::string text;
    for (std::size_t i = 0; i < ids.size(); ++i) {
        const model::Expectation& expectation = experiment.expectations[i];
        list.push_back(
            {{"number", i + 1}, {"id", ids[i]}, {"line", expectation.line}, {"text", model::describe(expectation)}});
        text += fmt::format("{:>3}  {}\n     {}\n", i + 1, ids[i],
                            wrapped(model::describe(expectation), style_of_stdout().width, 5));
    }
    if (ids.empty()) {
        spdlog::warn("{} states no expectation", file.string());
    }
    print(format == Format::json ? dump({{"experiment", experiment.name}, {"expectations", list}}) : text);
    return Exit::upheld;
}

} // namespace

Exit execute(const ListCommand& command)
{
    if (!command.file.empty() && command.what != "expectations") {
        spdlog::error("\"{}\" is one word too many: of a file, only expectations can be listed", command.file.string());
        return Exit::mistake;
    }
    if (command.what == "faults" && command.format == Format::markdown) {
        print(report::faults_markdown());
        return Exit::upheld;
    }
    if (command.format == Format::markdown) {
        spdlog::error("only faults can be listed as markdown");
        return Exit::mistake;
    }
    const report::Style style = style_of_stdout(command.language);
    if (command.what == "faults") {
        print(command.format == Format::json ? dump(faults_as_json()) : faults_as_text(style));
        return Exit::upheld;
    }
    if (command.what == "workloads") {
        print(command.format == Format::json ? dump(workloads_as_json()) : workloads_as_text(style));
        return Exit::upheld;
    }
    if (command.what == "figures") {
        print(command.format == Format::json ? dump(figures_as_json()) : figures_as_text(style));
        return Exit::upheld;
    }
    if (command.what == "claims") {
        print(command.format == Format::json ? dump(claims_as_json()) : claims_as_text(style));
        return Exit::upheld;
    }
    if (command.what == "experiments") {
        return list_experiments(command.format);
    }
    if (command.what == "expectations") {
        return list_expectations(command.file, command.format);
    }
    spdlog::error(
        "\"{}\" cannot be listed; valid: faults, workloads, figures, claims, experiments, expectations{}", command.what,
        did_you_mean(command.what, {"faults", "workloads", "figures", "claims", "experiments", "expectations"}));
    return Exit::mistake;
}

} // namespace bulkhead::cli
