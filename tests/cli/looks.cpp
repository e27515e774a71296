// Going on with a campaign that its trials may stop, without reading all of them: from the look that is in its file.
#include "tests/cli/run_binary.hpp"

#include "harness/model/order.hpp"
#include "harness/spec/spec.hpp"
#include "harness/store/store.hpp"

#include <csignal>
#include <doctest/doctest.h>
#include <nlohmann/json.hpp>
#include <sqlite3.h>

namespace bulkhead::tests {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

constexpr std::uint32_t rounds_there = 1500;
constexpr std::uint32_t refuting_round = 1890;

std::string experiment_with(const std::string& rule)
{
    return "schema = 1\nname = \"x\"\n[pool]\nshapes = [\"2x1\"]\nlaunch = \"zygote\"\n[fault]\nkinds = [\"abort\"]\n"
           "[observe]\nwindow = \"10s\"\n[trials]\ncount = 5000\n" +
           rule + "\n[[expect]]\nblast_radius = \"predicted\"\n";
}

/// A trial of each cell as it was run, in the place of another.
model::TrialRecord like(const model::TrialRecord& record, const model::Cell& cell, std::uint32_t number)
{
    model::TrialRecord other = record;
    other.plan.id = cell.first_id + number;
    other.plan.number = number;
    return other;
}

/// Its sibling ended before its time, as nobody predicts.
model::TrialRecord with_loss(model::TrialRecord record)
{
    model::HostRecord& sibling = record.hosts.at(1 - record.plan.victim.host);
    sibling.termination = sys::Signaled{SIGKILL, false};
    sibling.end_seen = record.finished;
    sibling.ended_in_teardown = false;
    return record;
}

/// Makes a campaign of so many recorded rounds out of a few trials that were run; and, of a round that is still to
/// come, the trial with the fault, which loses its sibling if `refutes`.
void make_recorded(const TempDir& folder, const std::string& rule, bool refutes)
{
    const fs::path results = folder.path() / "r.db";
    folder.write("x.toml", experiment_with(rule));
    Program program({"run", "x.toml", "--out", "r.db"}, {folder.path(), {}, false, {}});
    REQUIRE(within(std::chrono::seconds{120}, [&] {
        try {
            return fs::exists(results) && store::Reader(results).trial_count() >= 20;
        } catch (const store::StoreError&) { // it is being made
            return false;
        }
    }));
    program.send(SIGKILL);
    program.wait();

    auto parsed = spec::parse(store::Reader(results).experiment_text(), "x.toml");
    auto& experiment = std::get<model::Experiment>(parsed);
    store::Reader(results).restore(experiment);
    const auto cells = model::expand(experiment);
    std::vector<std::optional<model::TrialRecord>> samples(cells.size());
    std::vector<bool> there(cells.back().first_id + cells.back().trials);
    store::Reader(results).for_each([&](const model::TrialRecord& record) {
        there[record.plan.id] = true;
        samples[record.plan.cell] = model::judge(record).inconclusive.empty() ? record : samples[record.plan.cell];
    });
    auto writer = store::Writer::take_up(results, cells, store::Reader(results).trial_count());
    model::TrialOrder order(experiment, cells);
    while (const auto turn = order.next()) {
        const model::Cell& cell = cells[turn->trial.cell];
        const bool to_come = refutes && turn->round == refuting_round && !is_golden(cell.fault);
        if (there[cell.first_id + turn->trial.number] || (turn->round >= rounds_there && !to_come)) {
            continue;
        }
        REQUIRE(samples[cell.number].has_value());
        const model::TrialRecord record = like(*samples[cell.number], cell, turn->trial.number);
        writer.add(to_come ? with_loss(record) : record);
    }
}

Json resumed(const TempDir& folder, const char* file, std::vector<std::string> more = {})
{
    std::vector<std::string> words{"--verbose", "resume", file, "--format", "json"};
    words.insert(words.end(), more.begin(), more.end());
    const Ended ended = bulkhead(folder.path(), words);
    CAPTURE(ended.err);
    Json report = Json::parse(ended.out);
    report["from a look"] = has(ended.err, "the stop rules go on from round ");
    return report;
}

/// How long a campaign is gone on with before it is ended again: more each time that it got to no look, for an
/// instrumented program on a busy machine takes long to begin.
class Patience {
public:
    [[nodiscard]] std::string text() const { return std::to_string(limit_.count()) + "ms"; }
    void grow() { limit_ += limit_ / 2; }

private:
    std::chrono::milliseconds limit_{100};
};

/// One that is gone on with in one go, which reads every trial, against one that is ended again and again.
void stops_alike(const std::string& rule, const std::string& by, bool refutes = false)
{
    const TempDir folder;
    make_recorded(folder, rule, refutes);
    fs::copy_file(folder.path() / "r.db", folder.path() / "whole.db");
    const Json whole = resumed(folder, "whole.db");
    CHECK_FALSE(whole["from a look"].get<bool>());
    CHECK(whole["campaign"]["stopped"]["by"] == by);
    CHECK(whole["campaign"]["stopped"]["rounds"].get<std::uint32_t>() > rounds_there + 300);
    CHECK(whole["campaign"]["stopped"]["rounds"].get<std::uint32_t>() < rounds_there + 500);

    Json last;
    int from_looks = 0;
    Patience patience;
    for (int times = 0; times < 100 && (last.is_null() || last["campaign"]["stopped"].is_null()); ++times) {
        last = resumed(folder, "r.db", {"--time-limit", patience.text()});
        from_looks += last["from a look"].get<bool>() ? 1 : 0;
        if (!store::Reader(folder.path() / "r.db").look())
            patience.grow();
    }
    if (last["campaign"]["stopped"].is_null()) // a machine so slow that it got nowhere in that time
        last = resumed(folder, "r.db");
    CHECK(from_looks > 0);
    for (const char* key : {"stopped", "finished", "saved", "ended", "not_run"}) {
        CAPTURE(key);
        CHECK(last["campaign"][key] == whole["campaign"][key]);
    }
    CHECK(last["verdicts"] == whole["verdicts"]);
    const Json judged = Json::parse(bulkhead(folder.path(), {"judge", "r.db", "--format", "json"}).out);
    CHECK(judged["verdicts"] == whole["verdicts"]);
}

} // namespace

// 1 - 0.025^(1/n) <= 2 * 0.00097 from n = 1902 on.
TEST_CASE("half_width stops a campaign that goes on from a look where it stops one that reads every trial")
{
    stops_alike("until = { half_width = 0.00097 }", "half_width");
}

// ln(0.05 / 0.95) / ln(1 - 0.00155) = 1899
TEST_CASE("sequential stops a campaign that goes on from a look where it stops one that reads every trial")
{
    stops_alike("sequential = { indifference = 0.00155 }", "sequential");
}

TEST_CASE("until_refuted stops a campaign that goes on from a look where it stops one that reads every trial")
{
    stops_alike("until_refuted = true", "until_refuted", true);
}

TEST_CASE("where a trial is missing that a look has seen, every trial is read, and the look is forgotten")
{
    const TempDir folder;
    make_recorded(folder, "until = { half_width = 0.00097 }", false);
    fs::copy_file(folder.path() / "r.db", folder.path() / "whole.db");
    const Json whole = resumed(folder, "whole.db");
    Patience patience;
    for (int times = 0; times < 60; ++times, patience.grow()) {
        resumed(folder, "r.db", {"--time-limit", patience.text()});
        if (store::Reader(folder.path() / "r.db").look())
            break;
    }
    REQUIRE(store::Reader(folder.path() / "r.db").look().has_value());
    sqlite3* database = nullptr;
    REQUIRE(sqlite3_open((folder.path() / "r.db").c_str(), &database) == SQLITE_OK);
    CHECK(sqlite3_exec(database,
                       "DELETE FROM host WHERE trial = 700; DELETE FROM worker WHERE trial = 700;"
                       "DELETE FROM figure WHERE trial = 700; DELETE FROM trial WHERE id = 700; DELETE FROM stop;"
                       "UPDATE campaign SET ended = NULL, how = NULL",
                       nullptr, nullptr, nullptr) == SQLITE_OK);
    sqlite3_close(database);
    fs::copy_file(folder.path() / "r.db", folder.path() / "short.db");
    CHECK_FALSE(resumed(folder, "short.db", {"--time-limit", "1ms"})["from a look"].get<bool>());
    const store::Reader begun(folder.path() / "short.db"); // the look is gone, or another one, which has seen the trial
    CHECK((!begun.look().has_value() || begun.trial(700).has_value()));
    const Json again = resumed(folder, "r.db");
    CHECK_FALSE(again["from a look"].get<bool>());
    CHECK(again["campaign"]["stopped"] == whole["campaign"]["stopped"]);
}

} // namespace bulkhead::tests
