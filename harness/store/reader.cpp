#include "harness/store/complaint.hpp"
#include "harness/store/look_text.hpp"
#include "harness/store/schema.hpp"
#include "harness/store/sqlite.hpp"
#include "harness/store/store.hpp"

#include <algorithm>
#include <exception>
#include <map>
#include <utility>

namespace bulkhead::store {
namespace {

namespace fs = std::filesystem;
using model::Answer;
using model::HostRecord;
using model::TrialRecord;
using model::WorkerRecord;

constexpr const char* cannot_read = "cannot read the results file";

/// A file that cannot be taken for a results file of this version throws.
void must_be_ours(Database& database, const fs::path& path)
{
    if (database.value_of("SELECT count(*) FROM sqlite_schema") == "0") {
        throw StoreError(std::string(cannot_read) + " " + path.string() +
                         ": it is empty. Its writer was stopped before it had begun, or the file was copied without "
                         "the -wal file beside it, which then holds the trials.");
    }
    if (database.value_of("PRAGMA application_id") != std::to_string(application_id)) {
        throw StoreError(std::string(cannot_read) + " " + path.string() +
                         ": it is not a results file. Name a file that `bulkhead run` has written.");
    }
    const std::string version = database.value_of("PRAGMA user_version");
    if (version != std::to_string(schema_version)) {
        throw StoreError(path.string() + " is a results file of schema version " + version +
                         "; this program reads version " + std::to_string(schema_version) +
                         ". Use the version of Bulkhead that wrote it.");
    }
}

/// Opens in the first way that can read the file. With a writer at work, only the first one is right; the others are
/// for folders in which nothing can be written, and so in which nobody writes.
Database open(const fs::path& path)
{
    std::exception_ptr first;
    for (const Access access : {Access::read, Access::read_solo, Access::read_still}) {
        try {
            Database database(path, access);
            database.execute("PRAGMA busy_timeout = 2000");
            (void)database.value_of("SELECT count(*) FROM sqlite_schema");
            return database;
        } catch (const SqliteError& error) {
            if (error.failure() != Failure::cannot_open && error.failure() != Failure::read_only) {
                throw;
            }
            first = first ? first : std::current_exception();
        }
    }
    std::rethrow_exception(first);
}

Database open_results(const fs::path& path)
{
    std::error_code ignored;
    if (fs::is_directory(path, ignored)) {
        throw StoreError(std::string(cannot_read) + " " + path.string() + ": it is a folder. Name a file in it.");
    }
    try {
        Database database = open(path);
        must_be_ours(database, path);
        return database;
    } catch (const SqliteError& error) {
        throw complaint(cannot_read, path, error);
    }
}

std::optional<model::Stamp> take_stamp(Statement& row, model::Stamp start)
{
    const auto since_start = row.get_optional<model::Stamp>();
    return since_start ? std::optional(stamp_at(start, *since_start)) : std::nullopt;
}

std::optional<Answer> take_answer(Statement& row, model::Stamp start)
{
    const auto at = take_stamp(row, start);
    const auto ops = row.get<std::uint64_t>();
    const auto check_holds = row.get<bool>();
    return at ? std::optional(Answer{.ops = ops, .check_holds = check_holds, .at = *at}) : std::nullopt;
}

WorkerRecord take_worker(Statement& row, model::Stamp start)
{
    WorkerRecord worker;
    worker.id.host = row.get<std::uint32_t>();
    worker.id.thread = row.get<std::uint32_t>();
    worker.tid = row.get<std::int32_t>();
    worker.ops_final = row.get<std::uint64_t>();
    worker.before = take_answer(row, start);
    worker.after = take_answer(row, start);
    worker.check_failures = row.get<std::uint64_t>();
    worker.thread_end_seen = take_stamp(row, start);
    worker.broken = row.get<std::uint32_t>();
    worker.probed = row.get<bool>();
    worker.rate_before = row.get_optional<double>();
    worker.rate_after = row.get_optional<double>();
    worker.asleep_seen = take_stamp(row, start);
    worker.starved = row.get<bool>();
    worker.receiving = model::parse_passage(row.get_text());
    worker.sending = model::parse_passage(row.get_text());
    return worker;
}

std::optional<sys::Termination> take_termination(Statement& row)
{
    const auto exit_code = row.get_optional<int>();
    const auto signal = row.get_optional<int>();
    const auto core_dumped = row.get<bool>();
    if (exit_code) {
        return sys::Exited{*exit_code};
    }
    if (signal) {
        return sys::Signaled{*signal, core_dumped};
    }
    return std::nullopt;
}

HostRecord take_host(Statement& row, model::Stamp start)
{
    HostRecord host;
    host.number = row.get<std::uint32_t>();
    host.pid = row.get<std::int32_t>();
    host.termination = take_termination(row);
    host.end_seen = take_stamp(row, start);
    host.ended_in_teardown = row.get<bool>();
    host.image_replaced = row.get<bool>();
    host.stopped = row.get<bool>();
    host.box_spoiled = row.get<bool>();
    return host;
}

model::Strike take_strike(Statement& row, model::Stamp start)
{
    model::Strike strike;
    strike.ordered = stamp_at(start, row.get<model::Stamp>());
    strike.fired = take_stamp(row, start);
    strike.fired_at_op = row.get_optional<std::uint64_t>();
    strike.end_seen = take_stamp(row, start);
    return strike;
}

model::Restart take_restart(Statement& row, model::Stamp start)
{
    model::Restart restart;
    restart.strike = row.get<std::uint32_t>();
    restart.host = row.get<std::uint32_t>();
    restart.collateral = row.get<bool>();
    restart.pid = row.get<std::int32_t>();
    restart.launched = stamp_at(start, row.get<model::Stamp>());
    restart.ready = take_stamp(row, start);
    restart.termination = take_termination(row);
    restart.end_seen = take_stamp(row, start);
    restart.ended_in_teardown = row.get<bool>();
    return restart;
}

model::JobRecord take_job(Statement& row)
{
    model::JobRecord job;
    job.number = row.get<std::uint32_t>();
    job.worker.host = row.get<std::uint32_t>();
    job.worker.thread = row.get<std::uint32_t>();
    const std::string fate = row.get_text(); // one of these, by the table's CHECK
    for (const model::JobFate known : model::job_fates) {
        job.fate = to_string(known) == fate ? known : job.fate;
    }
    job.handed = row.get<std::uint32_t>();
    job.effects = row.get<std::uint32_t>();
    return job;
}

model::TrialPlan take_plan(Statement& row)
{
    model::TrialPlan plan;
    plan.id = row.get<std::uint32_t>();
    plan.cell = row.get<std::uint32_t>();
    plan.number = row.get<std::uint32_t>();
    plan.seed = row.get<std::uint64_t>();
    plan.victim.host = row.get<std::uint32_t>();
    plan.victim.thread = row.get<std::uint32_t>();
    plan.at = static_cast<model::InjectionPoint>(row.get<int>());
    plan.after_ops = row.get<std::uint64_t>();
    plan.evidence_ops = row.get<std::uint32_t>();
    plan.launch = static_cast<model::Launch>(row.get<int>());
    plan.pace = std::chrono::microseconds(row.get<std::int64_t>());
    plan.window = std::chrono::milliseconds(row.get<std::int64_t>());
    plan.burst = std::chrono::milliseconds(row.get<std::int64_t>());
    plan.degraded_below = row.get<double>();
    plan.measures = measures_of(row.get<std::uint32_t>());
    return plan;
}

/// Hosts and workers are in tables of their own.
TrialRecord take_trial(Statement& row)
{
    TrialRecord trial;
    trial.plan = take_plan(row);
    trial.lane = row.get<std::uint32_t>();
    trial.inconclusive = row.get_text();
    const auto start = row.get<model::Stamp>();
    trial.started = start;
    trial.steady = take_stamp(row, start);
    trial.ordered = take_stamp(row, start);
    trial.fired = take_stamp(row, start);
    trial.fired_at_op = row.get_optional<std::uint64_t>();
    trial.did_not_take = row.get<bool>();
    trial.went_on = row.get<bool>();
    trial.oom_kills = row.get_optional<std::uint64_t>();
    trial.end_seen = take_stamp(row, start);
    trial.challenged = take_stamp(row, start);
    trial.settled = take_stamp(row, start);
    trial.window_ended = row.get<bool>();
    trial.given_up = take_stamp(row, start);
    trial.finished = stamp_at(start, row.get<model::Stamp>());
    return trial;
}

constexpr std::string_view trial_columns =
    "SELECT id, cell, number, seed, victim_host, victim_thread, at, after_ops, evidence_ops, launch, pace_us, "
    "window_ms, burst_ms, degraded_below, measures, lane, inconclusive, started, steady, ordered, fired, fired_at_op, "
    "did_not_take, went_on, oom_kills, end_seen, challenged, "
    "settled, window_ended, given_up, finished, sequence FROM trial ";
constexpr std::string_view host_columns =
    "SELECT number, pid, exit_code, signal, core_dumped, end_seen, ended_in_teardown, image_replaced, stopped, "
    "box_spoiled FROM host WHERE place >= ? AND place < ? ORDER BY place";
constexpr std::string_view worker_columns =
    "SELECT host, thread, tid, ops_final, before_at, before_ops, before_check_holds, after_at, after_ops, "
    "after_check_holds, check_failures, thread_end_seen, broken, probed, rate_before, rate_after, asleep_seen, "
    "starved, receiving, sending, "
    "place FROM worker WHERE place >= ? AND place < ? ORDER BY place";
constexpr std::string_view strike_columns =
    "SELECT ordered, fired, fired_at_op, end_seen FROM strike WHERE trial = ? ORDER BY number";
constexpr std::string_view restart_columns =
    "SELECT strike, host, collateral, pid, launched, ready, exit_code, signal, core_dumped, end_seen, "
    "ended_in_teardown FROM restart WHERE trial = ? ORDER BY rowid";
constexpr std::string_view figure_columns = "SELECT name, value FROM figure WHERE trial = ? ORDER BY rowid";
constexpr std::string_view job_columns =
    "SELECT number, host, thread, fate, handed, effects FROM job WHERE trial = ? ORDER BY rowid";
constexpr std::string_view stack_columns = "SELECT host, text FROM stack WHERE trial = ? ORDER BY rowid";
constexpr std::string_view change_columns = "SELECT what, before, after FROM change WHERE worker = ? ORDER BY rowid";

} // namespace

struct Reader::Impl {
    explicit Impl(const fs::path& file) : path(file), database(open_results(file)) {}

    void load_cells();
    /// The whole trial of a row of `trial_columns`.
    [[nodiscard]] TrialRecord take(Statement& row);
    /// Of a supervised trial: the others have none.
    void take_repairs(TrialRecord& trial);
    void take_stacks(TrialRecord& trial);
    void take_changes(std::uint64_t place, WorkerRecord& worker);
    [[nodiscard]] std::string text_of(const char* query);

    /// Does `work` in one transaction, so that a writer at work changes nothing between two of its statements.
    template <class Work>
    auto reading(const Work& work)
    {
        try {
            std::optional<Transaction> transaction;
            if (!database.in_transaction()) { // a visitor of for_each may read too
                transaction.emplace(database, begin, commit);
            }
            return work();
        } catch (const SqliteError& error) {
            throw complaint(cannot_read, path, error);
        }
    }

    fs::path path;
    Database database;
    Statement begin{database, "BEGIN"};
    Statement commit{database, "COMMIT"};
    Statement hosts{database, host_columns};
    Statement workers{database, worker_columns};
    Statement changes{database, change_columns};
    Statement figures{database, figure_columns};
    Statement strikes{database, strike_columns};
    Statement restarts{database, restart_columns};
    Statement jobs{database, job_columns};
    Statement stacks{database, stack_columns};
    std::map<std::uint32_t, model::Cell> cells; // as far as the file tells of them
};

void Reader::Impl::load_cells()
{
    Statement rows(database, "SELECT number, shape, fault, variant, containment, coalesce(skipped, '') FROM cell");
    while (rows.next()) {
        const auto number = rows.get<std::uint32_t>();
        const std::string shape_name = rows.get_text();
        const std::string fault_name = rows.get_text();
        const std::string variant_text = rows.get_text();
        const std::string containment_text = rows.get_text();
        std::string skipped = rows.get_text();
        const auto containment = model::parse_containment(containment_text);
        if (!containment) {
            throw StoreError(std::string(cannot_read) + " " + path.string() + ": this program knows no containment '" +
                             containment_text + "'. Use the version of Bulkhead that wrote it.");
        }
        const auto shape = model::parse_shape(shape_name);
        const auto fault = model::parse_fault(fault_name);
        const auto variant = model::parse_variant(variant_text);
        if (!shape || !fault || !variant) {
            throw StoreError(std::string(cannot_read) + " " + path.string() + ": this program knows no " +
                             (!shape     ? "shape '" + shape_name
                              : !variant ? "variant '" + variant_text
                                         : "fault '" + fault_name) +
                             "'. Use the version of Bulkhead that wrote it.");
        }
        cells[number] = {.number = number,
                         .shape = *shape,
                         .fault = *fault,
                         .variant = *variant,
                         .containment = *containment,
                         .skipped = std::move(skipped)};
    }
}

TrialRecord Reader::Impl::take(Statement& row)
{
    TrialRecord trial = take_trial(row);
    const std::uint64_t place = places_per_trial * row.get<std::uint64_t>(); // after all that take_trial takes
    const auto cell = cells.find(trial.plan.cell);
    if (cell == cells.end()) {
        throw StoreError(std::string(cannot_read) + " " + path.string() + ": it is damaged: trial " +
                         std::to_string(trial.plan.id) + " is of cell " + std::to_string(trial.plan.cell) +
                         ", which is not in the table `cell`.");
    }
    trial.plan.shape = cell->second.shape;
    trial.plan.fault = cell->second.fault;
    trial.plan.variant = cell->second.variant;
    trial.plan.containment = cell->second.containment;
    hosts << place << place + places_per_trial;
    while (hosts.next()) {
        trial.hosts.push_back(take_host(hosts, trial.started));
    }
    workers << place << place + places_per_trial;
    while (workers.next()) {
        trial.workers.push_back(take_worker(workers, trial.started));
        take_changes(workers.get<std::uint64_t>(), trial.workers.back());
    }
    if (!trial.inconclusive.empty()) { // stacks are taken of those only that took too long
        take_stacks(trial);
    }
    if (trial.plan.containment.supervision.strategy != model::Strategy::never) {
        take_repairs(trial);
    }
    figures << trial.plan.id;
    while (figures.next()) {
        std::string name = figures.get_text();
        trial.figures.push_back({std::move(name), figures.get<double>()});
    }
    if (model::has_jobs(trial.plan.variant.workload)) {
        jobs << trial.plan.id;
        while (jobs.next()) {
            trial.jobs.push_back(take_job(jobs));
        }
    }
    return trial;
}

void Reader::Impl::take_repairs(TrialRecord& trial)
{
    strikes << trial.plan.id;
    while (strikes.next()) {
        trial.further_strikes.push_back(take_strike(strikes, trial.started));
    }
    restarts << trial.plan.id;
    while (restarts.next()) {
        trial.restarts.push_back(take_restart(restarts, trial.started));
    }
}

void Reader::Impl::take_stacks(TrialRecord& trial)
{
    stacks << trial.plan.id;
    while (stacks.next()) {
        const auto number = stacks.get<std::uint32_t>();
        const auto host = std::ranges::find(trial.hosts, number, &HostRecord::number);
        std::string text = stacks.get_text();
        if (host != trial.hosts.end()) {
            host->stack = std::move(text);
        }
    }
}

void Reader::Impl::take_changes(std::uint64_t place, WorkerRecord& worker)
{
    if (!worker.probed) {
        return;
    }
    changes << place;
    while (changes.next()) {
        std::string what = changes.get_text();
        std::string before = changes.get_text();
        std::string after = changes.get_text();
        worker.changes.push_back({std::move(what), std::move(before), std::move(after)});
    }
}

std::string Reader::Impl::text_of(const char* query)
{
    return reading([&] { return database.value_of(query); });
}

Reader::Reader(const fs::path& path)
{
    try {
        impl_ = std::make_unique<Impl>(path);
        impl_->load_cells();
    } catch (const SqliteError& error) {
        throw complaint(cannot_read, path, error);
    }
}

Reader::Reader(Reader&&) noexcept = default;
Reader& Reader::operator=(Reader&&) noexcept = default;
Reader::~Reader() = default;

std::string Reader::experiment_text() const
{
    return impl_->text_of("SELECT text FROM experiment");
}

std::string Reader::origin() const
{
    return impl_->text_of("SELECT origin FROM experiment");
}

std::string Reader::ended() const
{
    return impl_->text_of("SELECT how FROM campaign");
}

void Reader::restore(model::Experiment& experiment) const
{
    std::vector<model::Cell> cells;
    for (const auto& [number, cell] : impl_->cells) {
        cells.push_back(cell);
    }
    contain_as(experiment, cells);
}

std::vector<Fact> Reader::facts() const
{
    return impl_->reading([&] {
        std::vector<Fact> facts;
        Statement rows(impl_->database, "SELECT name, value FROM fact ORDER BY position");
        while (rows.next()) {
            std::string name = rows.get_text();
            std::string value = rows.get_text();
            facts.push_back({std::move(name), std::move(value)});
        }
        return facts;
    });
}

std::optional<model::Stopped> Reader::stopped() const
{
    return impl_->reading([&] {
        Statement row(impl_->database, "SELECT rule, rounds FROM stop");
        std::optional<model::Stopped> stopped;
        if (row.next()) {
            const std::string name = row.get_text();
            const auto rule =
                std::ranges::find(model::all_stop_rules, name, [](model::StopRule each) { return to_string(each); });
            if (rule == std::end(model::all_stop_rules)) {
                throw StoreError(std::string(cannot_read) + " " + impl_->path.string() +
                                 ": this program knows no stop rule '" + name +
                                 "'. Use the version of Bulkhead that wrote it.");
            }
            stopped = {.rule = *rule, .rounds = row.get<std::uint32_t>()};
        }
        return stopped;
    });
}

std::chrono::nanoseconds Reader::took() const
{
    return impl_->reading([&] {
        Statement row(impl_->database, "SELECT coalesce(took, 0) FROM campaign");
        return std::chrono::nanoseconds(row.next() ? row.get<std::int64_t>() : 0);
    });
}

std::optional<model::Look> Reader::look() const
{
    return impl_->reading([&]() -> std::optional<model::Look> {
        if (impl_->database.value_of("SELECT count(*) FROM sqlite_schema WHERE name = 'look'") == "0") {
            return std::nullopt; // made before there were looks
        }
        Statement row(impl_->database, "SELECT rounds, sums FROM look");
        if (!row.next()) {
            return std::nullopt;
        }
        const auto rounds = row.get<std::uint32_t>();
        return parse_look(rounds, row.get_text());
    });
}

std::uint32_t Reader::trial_count() const
{
    return impl_->reading([&] {
        Statement count(impl_->database, "SELECT count(*) FROM trial");
        return count.next() ? count.get<std::uint32_t>() : 0U;
    });
}

std::optional<TrialRecord> Reader::trial(std::uint32_t id) const
{
    return impl_->reading([&] {
        Statement row(impl_->database, std::string(trial_columns) + "WHERE id = ?");
        row << id;
        std::optional<TrialRecord> trial;
        if (row.next()) {
            trial = impl_->take(row);
        }
        return trial;
    });
}

std::vector<std::uint32_t> Reader::trial_ids() const
{
    return impl_->reading([&] {
        std::vector<std::uint32_t> ids;
        Statement rows(impl_->database, "SELECT id FROM trial ORDER BY id");
        while (rows.next()) {
            ids.push_back(rows.get<std::uint32_t>());
        }
        return ids;
    });
}

void Reader::for_each_outline(const std::function<void(const Outline&)>& visit) const
{
    impl_->reading([&] {
        Statement rows(impl_->database, "SELECT id, cell, number FROM trial ORDER BY id");
        while (rows.next()) {
            Outline outline;
            outline.id = rows.get<std::uint32_t>();
            outline.address.cell = rows.get<std::uint32_t>();
            outline.address.number = rows.get<std::uint32_t>();
            visit(outline);
        }
    });
}

void Reader::for_each(const std::function<void(const TrialRecord&)>& visit, Order order) const
{
    impl_->reading([&] {
        Statement rows(impl_->database,
                       std::string(trial_columns) + (order == Order::by_id ? "ORDER BY id" : "ORDER BY sequence, id"));
        while (rows.next()) {
            visit(impl_->take(rows));
        }
    });
}

void Reader::for_each_of(const std::vector<std::uint32_t>& ids,
                         const std::function<void(const TrialRecord&)>& visit) const
{
    impl_->reading([&] {
        Statement row(impl_->database, std::string(trial_columns) + "WHERE id = ?");
        for (const std::uint32_t id : ids) {
            row << id;
            while (row.next()) {
                visit(impl_->take(row));
            }
        }
    });
}

} // namespace bulkhead::store
