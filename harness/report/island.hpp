#pragma once

#include "harness/report/chosen.hpp"
#include "harness/report/report.hpp"
#include "harness/report/trial_columns.hpp"
#include "harness/texts/texts.hpp"

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace bulkhead::report {

// The island: the one JSON object that the page of the HTML report draws everything from.
//
//   format        "bulkhead-report"
//   version       of the program
//   language      "en", "ko"
//   title         null: the page finds one
//   texts         English to the report's language, as far as the page says it; empty for English
//   said          see said_json
//   experiments   of each results file
//     report            as `show RESULTS --format json` prints it
//     facts             name, value
//     toml              the experiment
//     command           that runs it again
//     save_as           not null: toml has to be saved under this name before
//     trials            of each finished trial, in columns, by id: id, cell, victim, survivors, siblings, worst
//     (outcome
//                       of a sibling), detection_us, inconclusive (1 or 0), as_predicted; null in a column where the
//                       trial was not judged. null: left out
//     trials_left_out   how many, where they are too many
//     chosen            id, cell, why: the trials that `full` has, in the order of the cells
//     full              by id, see trial_for_page
//     cost              see cost_json
//     anatomy           as `anatomy --format json` prints it; null: none was given
//   claims        see claims_json
//   comparison    as `compare --format json` prints it; null: none

/// What there is to say of one results file. All texts but the facts, the TOML and the command are JSON.
struct ExperimentPart {
    std::string report;
    std::vector<std::pair<std::string, std::string>> facts;
    std::string toml;
    std::string command;
    std::string save_as; ///< empty: the command takes a file that is there
    TrialColumns trials;
    std::vector<ChosenTrial> chosen;
    std::map<std::uint32_t, std::string> full; ///< by id, of the chosen
    std::string cost;
    std::string anatomy; ///< empty: none was given
};

struct Island {
    texts::Language language = texts::Language::english;
    std::string title{}; ///< empty: the page finds one
    std::vector<ExperimentPart> experiments{};
    std::string claims = "null"; ///< JSON
    std::string comparison{};    ///< JSON; empty: none
};

/// Nothing of it is safe to stand in HTML as it is: see for_island.
std::string island_json(const Island& island);

/// The same JSON in as few bytes as can be, and with texts of more than `longest_text` bytes cut short: no results file
/// makes a page that cannot be opened.
std::string compact(const std::string& json);
inline constexpr std::size_t longest_text = 65'536;

/// Of a trial as trial_json makes it what the page draws: without the jobs, and of workers and hosts without what is to
/// be had from `show RESULTS TRIAL --format json`. Of a wide pool that is about half.
std::string trial_for_page(const std::string& trial);

/// The claims of model::theses() that are measured by one of these: id, says, boundary, rows {experiment (its place,
/// from 0), boundary, verdict (null: nothing was expected), figure (what is expected), reason, expectations (how many
/// it has; told of is the one that decides)}; all but the names and the verdict in the language. null: none is.
std::string claims_json(const std::vector<ExperimentReport>& reports, texts::Language language);

/// English to the language, of what the reports say in sentences: questions, expectations, the reasons of verdicts, why
/// trials are inconclusive and faults skipped, how victims and the campaign ended. The reports themselves are English
/// in every language. Empty for English.
std::string said_json(const std::vector<ExperimentPart>& experiments, texts::Language language);

/// What the isolation costs, as far as it was measured: for each shape and variant cell (of its golden runs), shape,
/// variant, figures by name and unit ("startup_us", "throughput", "memory_per_worker_kib"): name, unit, count,
/// median, low, high (both null: too few values; otherwise each is a bound at 95%). What is measured before the fault
/// is taken from all trials of the shape and variant. null: nothing was.
std::string cost_json(const ExperimentReport& report);

} // namespace bulkhead::report
