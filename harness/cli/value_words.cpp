#include "harness/cli/value_words.hpp"

#include "harness/cli/selection.hpp"
#include "harness/cli/sides.hpp"
#include "harness/model/anatomy.hpp"
#include "harness/model/cell_verdict.hpp"
#include "harness/model/lesson.hpp"
#include "harness/model/thesis.hpp"
#include "harness/texts/texts.hpp"

#include <algorithm>

namespace bulkhead::cli {
namespace {

namespace fs = std::filesystem;
using Line = std::vector<std::string>;

Values words(std::initializer_list<std::string_view> all)
{
    Values values;
    for (const std::string_view word : all) {
        values.words.push_back({std::string(word), ""});
    }
    return values;
}

template <typename Enums>
Values words_of(const Enums& enums)
{
    Values values;
    using model::to_string; // of sys::Resource, too
    for (const auto each : enums) {
        values.words.push_back({std::string(to_string(each)), ""});
    }
    return values;
}

Values list_of(Values values)
{
    values.list = true;
    return values;
}

Values with(std::string_view word, Values values)
{
    values.words.insert(values.words.begin(), {std::string(word), ""});
    return values;
}

Values files(std::vector<std::string> endings)
{
    return {.files = true, .endings = std::move(endings)};
}

Values fault_words()
{
    Values values;
    for (const model::FaultRow& row : model::catalogue()) {
        if (row.family == model::Family::harness) {
            continue;
        }
        const std::string id(row.id);
        if (!takes_signal(row)) {
            values.words.push_back({id, std::string(row.commits)});
            continue;
        }
        for (const char* signal : {"SIGTERM", "SIGKILL", "SIGSEGV", "SIGSTOP", "SIGHUP", "SIGINT"}) {
            values.words.push_back({id + ":" + signal, std::string(row.commits)});
        }
    }
    return values;
}

Values faults(const Line&)
{
    return list_of(fault_words());
}

Values faults_and_claims(const Line&)
{
    Values values = fault_words();
    for (const model::Thesis& thesis : model::theses()) {
        values.words.push_back({std::string(thesis.id), std::string(thesis.says)});
    }
    return values;
}

Values lessons(const Line&)
{
    Values values;
    for (const model::Lesson& lesson : model::lessons()) {
        values.words.push_back({std::to_string(values.words.size() + 1), std::string(lesson.title)});
    }
    return values;
}

/// Of the file that is named on the line.
Values expectations(const Line& line)
{
    Values values;
    const auto file = std::ranges::find_if(line, [](const std::string& word) { return word.ends_with(".toml"); });
    if (file == line.end()) {
        return values;
    }
    const Selection read = select_files({fs::path(*file)}, {});
    for (const model::Experiment& experiment : read.experiments) {
        const std::vector<std::string> ids = model::expectation_ids(experiment);
        for (std::size_t i = 0; i < ids.size(); ++i) {
            values.words.push_back({ids[i], model::describe(experiment.expectations[i])});
        }
    }
    return values;
}

/// Results files, and the names of baselines in the usual folder.
Values sides(const Line&)
{
    Values values = files({"db", "json"});
    std::error_code none;
    for (const auto& entry : fs::directory_iterator(default_baselines, none)) {
        if (entry.path().extension() == ".json") {
            values.words.push_back({entry.path().stem().string(), "a baseline"});
        }
    }
    std::ranges::sort(values.words, {}, &Candidate::word);
    return values;
}

struct Rule {
    std::string_view command; ///< "run", "submit slurm"; empty: every one
    std::string_view option;  ///< "--at", or the argument "FILE"
    Values (*values)(const Line& line);
};

/// The first that fits counts. Whatever has no rule here takes a file where its value is called PATH or FILE, and
/// anything else otherwise; a test tells of options that want one.
constexpr Rule rules[] = {
    {"list", "WHAT",
     [](const Line&) {
         return words({"faults", "workloads", "figures", "claims", "experiments", "expectations"});
     }},
    {"explain", "FAULT", faults_and_claims},
    {"lab", "LESSON", lessons},
    {"compare", "BASE", sides},
    {"compare", "NEW", sides},
    {"", "FILE", [](const Line&) { return files({"toml"}); }},
    {"", "EXPERIMENT", [](const Line&) { return files({"toml"}); }},
    {"", "RESULTS", [](const Line&) { return files({"db"}); }},
    {"", "SHARDS", [](const Line&) { return files({"db"}); }},
    {"", "OUT", [](const Line&) { return files({}); }},
    {"", "--anatomy", [](const Line&) { return files({"json"}); }},
    {"", "--html", [](const Line&) { return files({"html"}); }},
    {"report", "--out",
     [](const Line&) {
         return files({"html", "md", "svg"});
     }},
    {"", "--lang",
     [](const Line&) {
         return words_of(std::initializer_list<texts::Language>{texts::Language::english, texts::Language::korean});
     }},
    {"", "--expect", [](const Line&) { return files({"toml"}); }},
    {"", "--expectation", expectations},
    {"report", "--format",
     [](const Line&) {
         return words({"html", "md", "svg"});
     }},
    {"report", "--view",
     [](const Line&) {
         return words({"table", "dial", "lifelines", "price"});
     }},
    {"anatomy", "--format",
     [](const Line&) {
         return words({"text", "json", "svg"});
     }},
    {"list", "--format",
     [](const Line&) {
         return words({"text", "json", "markdown"});
     }},
    {"export", "--format",
     [](const Line&) {
         return words({"csv", "jsonl", "markdown"});
     }},
    {"", "--format",
     [](const Line&) {
         return words({"text", "json"});
     }},
    {"", "--rows",
     [](const Line&) {
         return words({"trials", "figures", "cells", "verdicts"});
     }},
    {"", "--launch",
     [](const Line&) {
         return words_of(std::initializer_list<model::Launch>{model::Launch::exec, model::Launch::zygote});
     }},
    {"", "--order", [](const Line&) { return words_of(model::orders); }},
    {"", "--at",
     [](const Line&) {
         return words_of(std::initializer_list<model::InjectionPoint>{model::InjectionPoint::between_ops,
                                                                      model::InjectionPoint::inside_op});
     }},
    {"", "--workload", [](const Line&) { return list_of(words_of(model::workloads)); }},
    {"", "--supervise", [](const Line&) { return list_of(words_of(model::strategies)); }},
    {"", "--lock", [](const Line&) { return words_of(model::lockings); }},
    {"", "--guard",
     [](const Line&) {
         return words_of(std::initializer_list<model::Guard>{model::Guard::none, model::Guard::catch_all,
                                                             model::Guard::siglongjmp});
     }},
    {"", "--share", [](const Line&) { return list_of(with("nothing", words_of(model::shareable))); }},
    {"", "--unshare", [](const Line&) { return list_of(words_of(model::unshareable)); }},
    {"", "--fault", faults},
    {"run", "--shape",
     [](const Line&) {
         return list_of(words({"8x1", "4x2", "2x4", "1x8"}));
     }},
    {"", "--shape",
     [](const Line&) {
         return words({"2x2", "8x1", "4x2", "2x4", "1x8"});
     }},
    {"", "--victim",
     [](const Line&) {
         return words({"any", "p0t0", "p0t1", "p1t0"});
     }},
    {"", "--window",
     [](const Line&) {
         return words({"100ms", "500ms", "2s"});
     }},
    {"", "--time-limit",
     [](const Line&) {
         return words({"1min", "10min", "1h"});
     }},
    {"", "--shard", [](const Line&) { return words({"auto"}); }},
};

} // namespace

Values values_of(const CommandModel& command, const OptionModel& option, const std::vector<std::string>& line)
{
    const std::string name = command.words.empty() ? "" : full_name(command).substr(sizeof "bulkhead");
    for (const Rule& rule : rules) {
        const bool named =
            rule.option == option.argument || std::ranges::find(option.names, rule.option) != option.names.end();
        if (named && (rule.command.empty() || rule.command == name)) {
            return rule.values(line);
        }
    }
    return option.value == "PATH" || option.value == "FILE" ? files({}) : Values{};
}

} // namespace bulkhead::cli
