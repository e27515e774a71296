#pragma once

#include "harness/store/sqlite.hpp"
#include "harness/store/store.hpp"
#include "tests/temp_folder.hpp"

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace bulkhead::store::fixture {

namespace fs = std::filesystem;

using Folder = tests::TempFolder;

inline model::Fault fault(std::string_view name)
{
    for (std::uint16_t row = 0; row < model::catalogue().size(); ++row) {
        if (model::catalogue()[row].id == name) {
            return {.row = row, .signal = 0};
        }
    }
    throw std::runtime_error("no fault " + std::string(name));
}

inline const std::vector<model::Cell>& cells()
{
    static const std::vector<model::Cell> all{
        {.number = 0, .shape = {2, 2}, .fault = fault("none"), .trials = 10, .first_id = 1},
        {.number = 1,
         .shape = {2, 2},
         .fault = fault("segv-null"),
         .trials = 100,
         .first_id = 11,
         .containment = {.commons = true, .shared = bit_of(model::Medium::lock), .guard = model::Guard::catch_all}},
        {.number = 2,
         .shape = {8, 1},
         .fault = {.row = fault("kill").row, .signal = SIGTERM},
         .variant = {model::Workload::ledger, model::Locking::none},
         .trials = 100,
         .first_id = 111},
        {.number = 3,
         .shape = {2, 2},
         .fault = fault("oom-kill"),
         .variant = {model::Workload::ring, model::Locking::plain, model::ChannelKind::tcp},
         .trials = 0,
         .first_id = 211,
         .skipped = "no cgroup"},
        {.number = 4,
         .shape = {4, 1},
         .fault = fault("segv-null"),
         .variant = {.strategy = model::Strategy::rest_for_one},
         .trials = 100,
         .first_id = 211,
         .containment = {.supervision = {.strategy = model::Strategy::rest_for_one, .max_restarts = 7, .strikes = 5}}},
        {.number = 5,
         .shape = {4, 1},
         .fault = fault("abort"),
         .variant = {.workload = model::Workload::jobs, .delivery = model::Delivery::at_least_once},
         .trials = 100,
         .first_id = 311},
    };
    return all;
}

inline Writer writer(const fs::path& path, const std::vector<Fact>& facts = {})
{
    model::Experiment experiment;
    experiment.name = "sample";
    experiment.question = "Does it come back as it went in?";
    experiment.origin = "experiments/sample.toml";
    experiment.text = "schema = 1\n# \xc3\xa4\n";
    experiment.seed = 0xfedcba9876543210U;
    return Writer(path, experiment, cells(), facts);
}

inline model::WorkerRecord worker(model::WorkerId id, std::uint64_t ops, std::optional<model::Answer> before,
                                  std::optional<model::Answer> after)
{
    model::WorkerRecord record;
    record.id = id;
    record.tid = static_cast<std::int32_t>(100 + 2 * id.host + id.thread);
    record.ops_final = ops;
    record.before = before;
    record.after = after;
    return record;
}

/// A trial as it could have been: p0t1 of a 2x2 pool dies by a null write and takes p0t0 with it.
inline model::TrialRecord trial(std::uint32_t id)
{
    constexpr model::Stamp start = 5'000'000'000;
    model::TrialRecord record;
    record.plan = {.id = id,
                   .cell = 1,
                   .number = id - 11,
                   .seed = id * 0x9e3779b97f4a7c15U,
                   .shape = {2, 2},
                   .fault = fault("segv-null"),
                   .victim = {0, 1},
                   .at = model::InjectionPoint::inside_op,
                   .after_ops = 20,
                   .launch = model::Launch::zygote,
                   .containment = cells()[1].containment};
    record.started = start;
    record.steady = start + 300'000;
    record.ordered = start + 310'000;
    record.fired = start + 320'000;
    record.fired_at_op = 27;
    record.end_seen = start + 400'000;
    record.challenged = start + 410'000;
    record.settled = start + 500'000;
    record.finished = start + 900'000;
    record.hosts = {
        {.number = 0, .pid = 100, .termination = sys::Signaled{SIGSEGV, false}, .end_seen = start + 400'000},
        {.number = 1,
         .pid = 101,
         .termination = sys::Exited{0},
         .end_seen = start + 800'000,
         .ended_in_teardown = true}};
    const model::Answer before{.ops = 10, .check_holds = true, .at = start + 290'000};
    const model::Answer after{.ops = 50, .check_holds = true, .at = start + 490'000};
    record.workers = {worker({0, 0}, 28, before, std::nullopt), worker({0, 1}, 27, before, std::nullopt),
                      worker({1, 0}, 60, before, after), worker({1, 1}, 60, before, after)};
    return record;
}

inline std::vector<model::TrialRecord> all_of(const Reader& reader)
{
    std::vector<model::TrialRecord> records;
    reader.for_each([&](const model::TrialRecord& record) { records.push_back(record); });
    return records;
}

/// The rows of a query, columns joined by '|', as the sqlite3 program prints them.
inline std::vector<std::string> rows_of(const fs::path& path, std::string_view query, int columns)
{
    Database database(path, Access::read);
    Statement statement(database, query);
    std::vector<std::string> rows;
    while (statement.next()) {
        std::string row = statement.get_text();
        for (int column = 1; column < columns; ++column) {
            row += "|" + statement.get_text();
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

/// What the StoreError of `action` says; empty when it throws none.
template <class Action>
std::string complaint_of(const Action& action)
{
    try {
        action();
    } catch (const StoreError& error) {
        return error.what();
    }
    return {};
}

inline bool contains(const std::string& text, std::string_view part)
{
    return text.find(part) != std::string::npos;
}

} // namespace bulkhead::store::fixture
