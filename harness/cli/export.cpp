#include "harness/report/export.hpp"
#include "harness/cli/commands.hpp"
#include "harness/cli/facts.hpp"
#include "harness/cli/output.hpp"
#include "harness/cli/recorded.hpp"
#include "harness/cli/tally.hpp"
#include "harness/report/github.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <spdlog/spdlog.h>

namespace bulkhead::cli {
namespace {

/// Prints rows as they come, the names of the columns before the first.
class Table {
public:
    Table(bool as_csv, std::string rows) : as_csv_(as_csv), rows_(std::move(rows)) {}
    /// Also one without rows says what its columns would be.
    void end() const
    {
        if (as_csv_ && is_empty_) {
            print(report::csv_heading(report::blank_row(rows_)));
        }
    }

    void add(const report::Row& row)
    {
        if (as_csv_ && is_empty_) {
            print(report::csv_heading(row));
        }
        is_empty_ = false;
        print(as_csv_ ? report::csv_line(row) : report::json_line(row));
    }
    void add(const std::vector<report::Row>& rows)
    {
        for (const report::Row& row : rows) {
            add(row);
        }
    }

private:
    bool as_csv_;
    std::string rows_; ///< what they are, as `--rows` has it
    bool is_empty_ = true;
};

void export_recorded(const Recorded& recorded, const ExportCommand& command)
{
    Table table(command.format == "csv", command.rows);
    Tally tally(recorded.experiment, recorded.shard);
    tally.note_stop(recorded.reader.stopped());
    recorded.reader.for_each([&](const model::TrialRecord& record) {
        const model::TrialJudgement judgement = tally.add(record);
        if (command.rows == "trials") {
            table.add(report::trial_row(record, judgement));
        } else if (command.rows == "figures") {
            table.add(report::figure_rows(record, judgement));
        }
    });
    report::ExperimentReport report = tally.report();
    report.results = command.results.string();
    report.ended = recorded.reader.ended();
    if (command.rows == "cells") {
        table.add(report::cell_rows(report));
    } else if (command.rows == "verdicts") {
        const report::Suite suite = report::suite_of(report, pairs_of(recorded.reader.facts()), "");
        if (command.format == "markdown") {
            print(report::markdown({suite}));
        } else {
            table.add(report::verdict_rows(suite));
        }
    }
    table.end();
}

/// The word itself where it is one of `valid`; nothing, with what is valid on stderr, where it is not.
bool is_one_of(const std::string& word, const std::string& option, const std::vector<std::string>& valid)
{
    if (std::ranges::find(valid, word) != valid.end()) {
        return true;
    }
    std::string all;
    for (const std::string& each : valid) {
        all += (all.empty() ? "" : ", ") + each;
    }
    spdlog::error("\"{}\" is nothing that {} takes; valid: {}{}", word, option, all, did_you_mean(word, valid));
    return false;
}

} // namespace

Exit execute(const ExportCommand& command)
{
    ExportCommand full = command;
    full.format = full.format == "md" ? "markdown" : full.format; // as `report` calls it
    if (full.rows.empty()) {
        full.rows = full.format == "markdown" ? "verdicts" : "trials";
    }
    if (!is_one_of(full.format, "--format", {"markdown", "csv", "jsonl"}) ||
        !is_one_of(full.rows, "--rows", {"verdicts", "cells", "trials", "figures"})) {
        return Exit::mistake;
    }
    if (full.format == "markdown" && full.rows != "verdicts") {
        spdlog::error("only the verdicts can be had as markdown; for {} take csv or jsonl", full.rows);
        return Exit::mistake;
    }
    const auto recorded = open_recorded(full.results);
    if (!recorded) {
        return Exit::mistake;
    }
    try {
        export_recorded(*recorded, full);
    } catch (const std::runtime_error& error) { // store::StoreError, or a trial that is none of the experiment's
        spdlog::error("{}", error.what());
        return Exit::mistake;
    }
    return Exit::upheld;
}

} // namespace bulkhead::cli
