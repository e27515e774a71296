#include "tests/unit/store_fixture.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <limits>

using namespace bulkhead;
using namespace bulkhead::store;
using namespace bulkhead::store::fixture;

namespace {

/// Any value of the whole range, its ends often: rapidcheck's own numbers seldom leave the small ones.
template <class T>
T any()
{
    using limits = std::numeric_limits<T>;
    return *rc::gen::oneOf(rc::gen::arbitrary<T>(), rc::gen::inRange<T>(limits::max() / 2, limits::max()),
                           rc::gen::element<T>(limits::min(), limits::max()));
}
bool any_bool()
{
    return *rc::gen::arbitrary<bool>();
}
template <class T>
std::optional<T> maybe()
{
    return any_bool() ? std::optional(any<T>()) : std::nullopt;
}
std::optional<model::Answer> maybe_answer()
{
    if (!any_bool()) {
        return std::nullopt;
    }
    return model::Answer{.ops = any<std::uint64_t>(), .check_holds = any_bool(), .at = any<model::Stamp>()};
}

std::optional<sys::Termination> maybe_termination()
{
    switch (*rc::gen::inRange(0, 3)) {
    case 0: return std::nullopt;
    case 1: return sys::Exited{*rc::gen::inRange(0, 256)};
    default: return sys::Signaled{*rc::gen::inRange(1, 65), any_bool()};
    }
}

model::HostRecord any_host(std::uint32_t number)
{
    return {.number = number,
            .pid = any<std::int32_t>(),
            .termination = maybe_termination(),
            .end_seen = maybe<model::Stamp>(),
            .ended_in_teardown = any_bool(),
            .image_replaced = any_bool(),
            .stopped = any_bool(),
            .box_spoiled = any_bool()};
}

std::vector<model::Change> any_changes()
{
    std::vector<model::Change> changes(*rc::gen::inRange<std::size_t>(0, 3));
    for (model::Change& change : changes) {
        change = {*rc::gen::arbitrary<std::string>(), *rc::gen::arbitrary<std::string>(), "after"};
    }
    return changes;
}

std::optional<double> maybe_rate()
{
    return any_bool() ? std::optional(*rc::gen::inRange(0, 1'000'000) / 8.0) : std::nullopt;
}

std::optional<model::Passage> maybe_passage()
{
    return any_bool() ? std::optional(*rc::gen::elementOf(model::passages)) : std::nullopt;
}

model::WorkerRecord any_worker(model::WorkerId id)
{
    const bool probed = any_bool();
    return {.id = id,
            .tid = any<std::int32_t>(),
            .ops_final = any<std::uint64_t>(),
            .before = maybe_answer(),
            .after = maybe_answer(),
            .check_failures = any<std::uint64_t>(),
            .broken = any<std::uint32_t>(),
            .changes = probed ? any_changes() : std::vector<model::Change>{},
            .probed = probed,
            .rate_before = maybe_rate(),
            .rate_after = maybe_rate(),
            .asleep_seen = maybe<model::Stamp>(),
            .starved = any_bool(),
            .receiving = maybe_passage(),
            .sending = maybe_passage(),
            .thread_end_seen = maybe<model::Stamp>()};
}

model::TrialPlan any_plan(std::uint32_t id)
{
    const model::Cell& cell = cells()[*rc::gen::inRange<std::size_t>(0, cells().size())];
    return {.id = id,
            .cell = cell.number,
            .number = any<std::uint32_t>(),
            .seed = any<std::uint64_t>(),
            .shape = cell.shape,
            .fault = cell.fault,
            .victim = {any<std::uint32_t>(), any<std::uint32_t>()},
            .at = any_bool() ? model::InjectionPoint::inside_op : model::InjectionPoint::between_ops,
            .after_ops = any<std::uint64_t>(),
            .evidence_ops = any<std::uint32_t>(),
            .launch = any_bool() ? model::Launch::zygote : model::Launch::exec,
            .pace = std::chrono::microseconds(any<std::int64_t>()),
            .window = std::chrono::milliseconds(any<std::int64_t>()),
            .containment = cell.containment,
            .burst = std::chrono::milliseconds(any<std::int64_t>()),
            .degraded_below = *rc::gen::inRange(0, 101) / 100.0,
            .variant = cell.variant,
            .measures = {any_bool(), any_bool(), any_bool(), any_bool()}};
}

std::vector<model::Strike> any_strikes()
{
    std::vector<model::Strike> strikes(*rc::gen::inRange<std::size_t>(0, 4));
    for (model::Strike& strike : strikes) {
        strike = {any<model::Stamp>(), maybe<model::Stamp>(), maybe<std::uint64_t>(), maybe<model::Stamp>()};
    }
    return strikes;
}

std::vector<model::JobRecord> any_jobs()
{
    std::vector<model::JobRecord> jobs(*rc::gen::inRange<std::size_t>(0, 4));
    for (model::JobRecord& job : jobs) {
        job = {.number = any<std::uint32_t>(),
               .worker = {any<std::uint32_t>(), any<std::uint32_t>()},
               .fate = *rc::gen::elementOf(
                   std::vector<model::JobFate>(std::begin(model::job_fates), std::end(model::job_fates))),
               .handed = any<std::uint32_t>(),
               .effects = any<std::uint32_t>()};
    }
    return jobs;
}

std::vector<model::Restart> any_restarts()
{
    std::vector<model::Restart> restarts(*rc::gen::inRange<std::size_t>(0, 4));
    for (model::Restart& restart : restarts) {
        restart = {.strike = any<std::uint32_t>(),
                   .host = any<std::uint32_t>(),
                   .collateral = any_bool(),
                   .pid = any<std::int32_t>(),
                   .launched = any<model::Stamp>(),
                   .ready = maybe<model::Stamp>(),
                   .termination = maybe_termination(),
                   .end_seen = maybe<model::Stamp>(),
                   .ended_in_teardown = any_bool()};
    }
    return restarts;
}

model::TrialRecord any_trial(std::uint32_t id)
{
    model::TrialRecord record;
    record.plan = any_plan(id);
    record.lane = any<std::uint32_t>();
    record.inconclusive = *rc::gen::arbitrary<std::string>();
    record.started = any<model::Stamp>();
    record.steady = maybe<model::Stamp>();
    record.ordered = maybe<model::Stamp>();
    record.fired = maybe<model::Stamp>();
    record.fired_at_op = maybe<std::uint64_t>();
    record.did_not_take = any_bool();
    record.went_on = any_bool();
    record.oom_kills = maybe<std::uint64_t>();
    record.end_seen = maybe<model::Stamp>();
    record.challenged = maybe<model::Stamp>();
    record.settled = maybe<model::Stamp>();
    record.window_ended = any_bool();
    record.finished = any<model::Stamp>();
    if (record.plan.containment.supervision.strategy != model::Strategy::never) {
        record.further_strikes = any_strikes();
        record.restarts = any_restarts();
        record.given_up = maybe<model::Stamp>();
    }
    if (model::has_jobs(record.plan.variant.workload)) {
        record.jobs = any_jobs();
    }
    const model::Shape shape = record.plan.shape;
    const bool launched = any_bool();
    for (std::uint32_t host = 0; launched && host < shape.hosts; ++host) {
        record.hosts.push_back(any_host(host));
    }
    for (std::uint32_t index = 0; launched && index < shape.workers(); ++index) {
        record.workers.push_back(any_worker(model::worker_at(index, shape)));
    }
    for (int left = *rc::gen::inRange(0, 3); left > 0; --left) {
        record.figures.push_back({*rc::gen::arbitrary<std::string>(), *rc::gen::inRange(-1'000'000, 1'000'000) / 8.0});
    }
    return record;
}

} // namespace

TEST_CASE("every trial record comes back exactly as it went in, while its writer is at work and afterwards")
{
    const Folder folder;
    Writer results = writer(folder / "r.db");
    const Reader beside(folder / "r.db");
    std::vector<model::TrialRecord> records;
    CHECK(rc::check([&] {
        const auto id = static_cast<std::uint32_t>(records.size()) + 1;
        const model::TrialRecord record = any_trial(id);
        results.add(record);
        records.push_back(record);
        RC_ASSERT(beside.trial(id) == record);
    }));
    CHECK(all_of(beside) == records);
    results.finish("complete");
    CHECK(all_of(Reader(folder / "r.db")) == records);
}

TEST_CASE("a reason keeps every byte, zeros and what is no UTF-8 included")
{
    const Folder folder;
    Writer results = writer(folder / "r.db");
    model::TrialRecord record = trial(11);
    record.inconclusive = std::string("a\0b\xff", 4);
    results.add(record);
    CHECK(Reader(folder / "r.db").trial(11) == record);
}

TEST_CASE("trials are read in the order of their ids, in whatever order they were added")
{
    const Folder folder;
    Writer results = writer(folder / "r.db");
    for (const std::uint32_t id : {40U, 12U, 99U, 11U, 41U}) {
        results.add(trial(id));
    }
    results.finish("complete");
    std::vector<std::uint32_t> ids;
    Reader(folder / "r.db").for_each([&](const model::TrialRecord& record) {
        CHECK(record == trial(record.plan.id));
        ids.push_back(record.plan.id);
    });
    CHECK(ids == std::vector<std::uint32_t>{11, 12, 40, 41, 99});
    CHECK(rows_of(folder / "r.db", "SELECT id FROM trial ORDER BY sequence", 1) ==
          std::vector<std::string>{"40", "12", "99", "11", "41"});
}

TEST_CASE("an exit with code 139 and a death by SIGSEGV are different rows")
{
    const Folder folder;
    Writer results = writer(folder / "r.db");
    model::TrialRecord record = trial(11);
    record.hosts[0].termination = sys::Signaled{SIGSEGV, true};
    record.hosts[1].termination = sys::Exited{139};
    results.add(record);
    record = trial(12);
    record.hosts[0].termination = std::nullopt;
    results.add(record);
    const auto rows = rows_of(folder / "r.db", "SELECT trial, number, exit_code, signal, core_dumped FROM host", 5);
    CHECK(rows == std::vector<std::string>{"11|0||11|1", "11|1|139||", "12|0|||", "12|1|0||"});
}

TEST_CASE("the experiment, the facts and the end of the campaign come back")
{
    const Folder folder;
    const std::vector<Fact> facts{{"kernel", "6.1"}, {"bulkhead", "0.1.0"}, {"kernel", ""}};
    Writer results = writer(folder / "r.db", facts);
    {
        const Reader reader(folder / "r.db");
        CHECK(reader.experiment_text() == "schema = 1\n# \xc3\xa4\n");
        CHECK(reader.origin() == "experiments/sample.toml");
        CHECK(reader.facts() == facts);
        CHECK(reader.ended().empty());
        CHECK(reader.trial_count() == 0);
        CHECK(reader.trial(1) == std::nullopt);
        results.add(trial(11));
        CHECK(reader.trial_count() == 1);
    }
    results.finish("interrupted");
    CHECK(Reader(folder / "r.db").ended() == "interrupted");
    CHECK(rows_of(folder / "r.db", "SELECT ended >= started, format('%u', seed) FROM campaign, experiment", 2) ==
          std::vector<std::string>{"1|18364758544493064720"});
}

TEST_CASE("the stacks of a trial that took too long come back with their hosts")
{
    const Folder folder;
    Writer results = writer(folder / "r.db");
    model::TrialRecord record = trial(11);
    record.inconclusive = "it took longer than a trial may (200 ms)";
    record.hosts[1].stack = "#0 poll\n#1 main\n";
    results.add(record);
    results.add(trial(12));
    CHECK(all_of(Reader(folder / "r.db")) == std::vector<model::TrialRecord>{record, trial(12)});
}

TEST_CASE("trials are told in outline as they are told in full")
{
    const Folder folder;
    Writer results = writer(folder / "r.db");
    for (const std::uint32_t id : {13U, 11U, 12U})
        results.add(trial(id));
    std::uint32_t next = 11;
    Reader(folder / "r.db").for_each_outline([&](const Outline& outline) {
        const model::TrialRecord whole = trial(next);
        CHECK(outline.id == next++);
        CHECK(outline.address == model::TrialAddress{whole.plan.cell, whole.plan.number});
    });
    CHECK(next == 14);
}

TEST_CASE("how long a campaign has been at work comes back as it was noted last")
{
    const Folder folder;
    Writer results = writer(folder / "r.db");
    CHECK(Reader(folder / "r.db").took().count() == 0);
    results.note_took(std::chrono::hours{10'000});
    results.note_took(std::chrono::nanoseconds{1'234'567'890'123});
    results.finish("complete");
    CHECK(Reader(folder / "r.db").took().count() == 1'234'567'890'123);
}

TEST_CASE("which rule stopped a campaign comes back, and one that was gone on with may have been stopped by none")
{
    const Folder folder;
    for (const model::StopRule rule : model::all_stop_rules) {
        const fs::path path = folder / (std::string(to_string(rule)) + ".db").c_str();
        Writer results = writer(path);
        CHECK(Reader(path).stopped() == std::nullopt);
        results.finish("complete", model::Stopped{.rule = rule, .rounds = 17});
        CHECK(Reader(path).stopped() == model::Stopped{.rule = rule, .rounds = 17});
        results.finish("complete");
        CHECK(Reader(path).stopped() == std::nullopt);
    }
}

TEST_CASE("a visitor may read other trials, and what it throws comes out and harms nothing")
{
    const Folder folder;
    Writer results = writer(folder / "r.db");
    results.add(trial(11));
    results.add(trial(12));
    const Reader reader(folder / "r.db");
    int visited = 0;
    reader.for_each([&](const model::TrialRecord&) {
        CHECK(reader.trial(12) == trial(12));
        CHECK(reader.trial_count() == 2);
        ++visited;
    });
    CHECK(visited == 2);
    CHECK_THROWS_AS(reader.for_each([](const model::TrialRecord&) { throw std::out_of_range("visitor"); }),
                    std::out_of_range);
    CHECK(all_of(reader).size() == 2);
}

TEST_CASE("a reader sees one state of the file, though its writer goes on")
{
    const Folder folder;
    Writer results = writer(folder / "r.db");
    results.add(trial(11));
    const Reader reader(folder / "r.db");
    std::uint32_t next = 12;
    reader.for_each([&](const model::TrialRecord&) { results.add(trial(next++)); });
    CHECK(next == 13);
    CHECK(all_of(reader).size() == 2);
}

TEST_CASE("after finish the results are one file, which can be copied")
{
    const Folder folder;
    Writer results = writer(folder / "r.db");
    results.add(trial(11));
    CHECK(fs::exists(folder / "r.db-wal"));
    results.finish("complete");
    CHECK_FALSE(fs::exists(folder / "r.db-wal"));
    CHECK_FALSE(fs::exists(folder / "r.db-shm"));
    fs::copy_file(folder / "r.db", folder / "copy.db");
    CHECK(all_of(Reader(folder / "copy.db")) == std::vector{trial(11)});
}

TEST_CASE("finish succeeds while the file is being read, and loses nothing")
{
    const Folder folder;
    Writer results = writer(folder / "r.db");
    results.add(trial(11));
    const Reader reader(folder / "r.db");
    reader.for_each([&](const model::TrialRecord&) { results.finish("complete"); });
    CHECK(reader.ended() == "complete");
    CHECK(all_of(Reader(folder / "r.db")) == std::vector{trial(11)});
}

TEST_CASE("a file whose writer was killed holds every trial that was added")
{
    const Folder folder;
    Writer results = writer(folder / "r.db");
    results.add(trial(11));
    results.add(trial(12));
    fs::create_directory(folder / "left"); // what is on disk while the writer lives is what a kill -9 leaves there
    for (const char* name : {"r.db", "r.db-wal", "r.db-shm"}) {
        fs::copy_file(folder / name, folder.path() / "left" / name);
    }
    const Reader reader(folder / "left" / "r.db");
    CHECK(all_of(reader) == std::vector{trial(11), trial(12)});
    CHECK(reader.ended().empty());
}
