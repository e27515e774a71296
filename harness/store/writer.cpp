#include "harness/store/complaint.hpp"
#include "harness/store/look_text.hpp"
#include "harness/store/rows.hpp"
#include "harness/store/schema.hpp"
#include "harness/store/sqlite.hpp"
#include "harness/store/store.hpp"
#include "harness/sys/file_lock.hpp"

#include <cstdio>
#include <stdexcept>
#include <variant>

namespace bulkhead::store {
namespace {

namespace fs = std::filesystem;
using model::Answer;
using model::HostRecord;
using model::TrialRecord;
using model::WorkerRecord;

// These numbers are in the files: see the comments in the schema.
static_assert(static_cast<int>(model::InjectionPoint::between_ops) == 0);
static_assert(static_cast<int>(model::InjectionPoint::inside_op) == 1);
static_assert(static_cast<int>(model::Launch::exec) == 0);
static_assert(static_cast<int>(model::Launch::zygote) == 1);

// A commit writes whole pages, and a sum over each, though a trial adds few bytes to each of three tables: so pages are
// small (only a new file takes that setting; SQLite's default is four times as much).
// WAL with synchronous=NORMAL writes a commit without waiting for the disk; only a checkpoint waits (three times).
// 32768 pages of log (32 MiB) are some 7000 trials of 8x1, so that the waiting comes to few microseconds a trial.
constexpr const char* settings = R"sql(
PRAGMA page_size = 1024;
PRAGMA busy_timeout = 2000;
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
PRAGMA wal_autocheckpoint = 32768;
PRAGMA secure_delete = OFF;
)sql";

constexpr const char* insert_into_trial =
    "INSERT INTO trial VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)";
constexpr std::size_t columns_of_host = 12;
constexpr std::size_t columns_of_worker = 22;
constexpr std::size_t columns_of_figure = 3;
constexpr const char* insert_into_strike = "INSERT INTO strike VALUES (?,?,?,?,?,?)";
constexpr const char* insert_into_restart = "INSERT INTO restart VALUES (?,?,?,?,?,?,?,?,?,?,?,?)";
constexpr const char* insert_into_job = "INSERT INTO job VALUES (?,?,?,?,?,?,?)";
constexpr const char* insert_into_stack = "INSERT INTO stack VALUES (?,?,?)";
constexpr const char* insert_into_change = "INSERT INTO change VALUES (?,?,?,?)";

/// Throws when there is something at `path` already, whoever made it and however lately, or when nothing can be made
/// there. False when the reason is another: SQLite will meet it again, and name it.
bool make_empty_file(const fs::path& path)
{
    std::error_code failed;
    if (path.has_parent_path()) {
        fs::create_directories(path.parent_path(), failed);
        if (failed) {
            throw complaint("cannot make the folder of the results file", path, failed);
        }
    }
    if (std::FILE* file = std::fopen(path.c_str(), "wbx")) { // x: fails when it exists
        std::fclose(file);
        return true;
    }
    if (fs::exists(fs::symlink_status(path, failed))) {
        throw StoreError("cannot make the results file " + path.string() +
                         ": it exists already. Results are never overwritten: name another file with --out, or move "
                         "this one away.");
    }
    // fopen does not say why, and SQLite would name the error of a second try, to read; a folder fails like a file.
    if (!fs::create_directory(path, failed)) {
        throw complaint("cannot make the results file", path, failed);
    }
    fs::remove(path, failed);
    return false;
}

void insert_experiment(Database& database, const model::Experiment& experiment)
{
    Statement insert(database, "INSERT INTO experiment VALUES (?,?,?,?,?,?,?)");
    insert << experiment.name << experiment.question << experiment.origin << experiment.text << experiment.trials
           << experiment.seed << experiment.golden_share;
    insert.run();
}

void insert_cells(Database& database, const std::vector<model::Cell>& cells)
{
    Statement insert(database, "INSERT INTO cell VALUES (?,?,?,?,?,?,?,?,?,?)");
    for (const model::Cell& cell : cells) {
        const std::string shape = model::to_string(cell.shape);
        const std::string fault = model::to_string(cell.fault);
        const std::string variant = model::to_string(cell.variant);
        const std::string containment = model::to_string(cell.containment);
        insert << cell.number << shape << cell.shape.hosts << cell.shape.threads << fault << variant << cell.trials
               << cell.first_id << containment
               << (cell.skipped.empty() ? std::nullopt : std::optional<std::string_view>(cell.skipped));
        insert.run();
    }
}

void insert_facts(Database& database, const std::vector<Fact>& facts)
{
    Statement insert(database, "INSERT INTO fact VALUES (NULL,?,?)");
    for (const Fact& fact : facts) {
        insert << fact.name << fact.value;
        insert.run();
    }
}

void insert_signals(Database& database)
{
    constexpr int last_signal = 64; // signal(7)
    Statement insert(database, "INSERT INTO signal VALUES (?,?)");
    for (int number = 1; number <= last_signal; ++number) {
        const std::string name = model::signal_name(number);
        insert << number << name;
        insert.run();
    }
}

std::optional<std::string_view> word_of(std::optional<model::Passage> passage)
{
    return passage ? std::optional(model::to_string(*passage)) : std::nullopt;
}

std::string safe_so_far(std::uint64_t trials)
{
    switch (trials) {
    case 0: return {};
    case 1: return "The trial added before is safe in it.";
    default: return "The " + std::to_string(trials) + " trials added before are safe in it.";
    }
}

/// Makes it one file that can be copied, and read in a read-only folder. Impossible while somebody reads it: then it
/// stays as it is, which is just as complete.
void leave_wal_mode(Database& database)
{
    try {
        database.execute("PRAGMA journal_mode = DELETE");
    } catch (const SqliteError& error) {
        if (error.failure() != Failure::locked) {
            throw;
        }
    }
}

/// As exit_code, signal and core_dumped.
void give_end(Statement& row, const std::optional<sys::Termination>& termination)
{
    const auto* exited = termination ? std::get_if<sys::Exited>(&*termination) : nullptr;
    const auto* signaled = termination ? std::get_if<sys::Signaled>(&*termination) : nullptr;
    row << (exited != nullptr ? std::optional(exited->code) : std::nullopt)
        << (signaled != nullptr ? std::optional(signaled->signal) : std::nullopt)
        << (signaled != nullptr ? std::optional(signaled->core_dumped) : std::nullopt);
}

} // namespace

struct Writer::Impl {
    Impl(const fs::path& file, const std::vector<model::Cell>& plan);

    void make(const model::Experiment& experiment, const std::vector<Fact>& facts);
    void take_up(std::uint32_t known);
    void prepare();

    void must_fit(const TrialRecord& record) const;
    void insert(const TrialRecord& record);
    void give_host(Statement& row, const TrialRecord& record, std::size_t position) const;
    void give_worker(Statement& row, const TrialRecord& record, std::size_t position) const;
    void insert_stacks(const TrialRecord& record);
    void insert_changes(const TrialRecord& record);
    void insert_repairs(const TrialRecord& record);
    [[nodiscard]] std::uint64_t place(std::size_t position) const { return places_per_trial * added + position; }

    fs::path path;
    std::vector<model::Cell> cells;
    std::uint64_t added = 0; ///< trials; the next one's sequence
    sys::FileLock lock;      ///< before the database: closing any descriptor of the file ends SQLite's own locks
    Database database;
    // Prepared once, used for each trial; the optional ones when their tables are there.
    Statement begin;
    Statement commit;
    std::optional<Statement> trials;
    std::optional<Rows> hosts;
    std::optional<Rows> workers;
    std::optional<Rows> figures;
    std::optional<Statement> changes;
    std::optional<Statement> strikes;
    std::optional<Statement> restarts;
    std::optional<Statement> jobs;
    std::optional<Statement> stacks;
};

Writer::Impl::Impl(const fs::path& file, const std::vector<model::Cell>& plan)
    : path(file), cells(plan), lock(file), database(file, Access::write), begin(database, "BEGIN IMMEDIATE"),
      commit(database, "COMMIT")
{
    database.execute(settings);
    // Rows go to the end of a table, or of a cell's part of it: few pages are needed again, and more would only fill up
    // in a long campaign.
    const std::size_t cache_kib = 256 + 4 * plan.size();
    database.execute(("PRAGMA cache_size = -" + std::to_string(cache_kib)).c_str());
}

void Writer::Impl::make(const model::Experiment& experiment, const std::vector<Fact>& facts)
{
    Transaction transaction(database, begin, commit);
    database.execute(schema);
    insert_experiment(database, experiment);
    insert_cells(database, cells);
    insert_facts(database, facts);
    insert_signals(database);
    database.execute("INSERT INTO campaign (started) VALUES (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))");
    transaction.commit();
    prepare();
}

void Writer::Impl::take_up(std::uint32_t known)
{
    const auto refuse = [this](const char* why) {
        throw StoreError("cannot go on with " + path.string() + ": another campaign " + why);
    };
    if (!lock) {
        refuse("is writing to it at this moment");
    }
    Transaction transaction(database, begin, commit);
    if (database.value_of("SELECT count(*) FROM trial") != std::to_string(known)) {
        refuse("has written to it a moment ago; try again");
    }
    added = std::stoull(database.value_of("SELECT coalesce(max(sequence) + 1, 0) FROM trial"));
    database.execute("UPDATE campaign SET ended = NULL, how = NULL");
    Statement insert(database, "INSERT INTO fact (name, value) VALUES (?, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))");
    insert << std::string_view(gone_on);
    insert.run();
    transaction.commit();
    prepare();
}

void Writer::Impl::prepare()
{
    trials.emplace(database, insert_into_trial);
    hosts.emplace(database, "host", columns_of_host);
    workers.emplace(database, "worker", columns_of_worker);
    figures.emplace(database, "figure", columns_of_figure);
    changes.emplace(database, insert_into_change);
    strikes.emplace(database, insert_into_strike);
    restarts.emplace(database, insert_into_restart);
    jobs.emplace(database, insert_into_job);
    stacks.emplace(database, insert_into_stack);
}

/// What the schema cannot hold is a bug of whoever made the record. The shape and the fault of a trial are kept with
/// its cell, once; so they must be the cell's.
void Writer::Impl::must_fit(const TrialRecord& record) const
{
    const model::TrialPlan& plan = record.plan;
    if (plan.cell >= cells.size() || cells[plan.cell].number != plan.cell || cells[plan.cell].shape != plan.shape ||
        cells[plan.cell].fault != plan.fault || cells[plan.cell].variant != plan.variant) {
        throw std::logic_error("trial " + std::to_string(plan.id) + " is of no cell of its experiment");
    }
    if (record.hosts.size() > places_per_trial || record.workers.size() > places_per_trial) {
        throw std::logic_error("trial " + std::to_string(plan.id) + " has more hosts or workers than a pool can have");
    }
}

void Writer::Impl::insert(const TrialRecord& record)
{
    const model::TrialPlan& plan = record.plan;
    const model::Stamp start = record.started;
    *trials << plan.id << added << plan.cell << plan.number << record.lane << plan.seed << plan.victim.host
            << plan.victim.thread << static_cast<int>(plan.at) << plan.after_ops << plan.evidence_ops
            << static_cast<int>(plan.launch) << plan.pace.count() << plan.window.count() << plan.burst.count()
            << plan.degraded_below << number_of(plan.measures)
            << (record.inconclusive.empty() ? std::nullopt : std::optional<std::string_view>(record.inconclusive));
    *trials << start << since(start, record.steady) << since(start, record.ordered) << since(start, record.fired)
            << record.fired_at_op << record.did_not_take << record.went_on << record.oom_kills
            << since(start, record.end_seen) << since(start, record.challenged) << since(start, record.settled)
            << record.window_ended << since(start, record.given_up) << since(start, record.finished);
    trials->run();
    hosts->insert(record.hosts.size(), [&](Statement& row, std::size_t position) { give_host(row, record, position); });
    workers->insert(record.workers.size(),
                    [&](Statement& row, std::size_t position) { give_worker(row, record, position); });
    figures->insert(record.figures.size(), [&](Statement& row, std::size_t position) {
        row << plan.id << record.figures[position].name << record.figures[position].value;
    });
    insert_stacks(record);
    insert_changes(record);
    insert_repairs(record);
    for (const model::JobRecord& job : record.jobs) {
        *jobs << plan.id << job.number << job.worker.host << job.worker.thread << to_string(job.fate) << job.handed
              << job.effects;
        jobs->run();
    }
}

void Writer::Impl::give_host(Statement& row, const TrialRecord& record, std::size_t position) const
{
    const HostRecord& host = record.hosts[position];
    row << place(position) << record.plan.id << host.number << host.pid;
    give_end(row, host.termination);
    row << since(record.started, host.end_seen) << host.ended_in_teardown << host.image_replaced << host.stopped
        << host.box_spoiled;
}

void Writer::Impl::give_worker(Statement& row, const TrialRecord& record, std::size_t position) const
{
    const WorkerRecord& worker = record.workers[position];
    row << place(position) << record.plan.id << worker.id.host << worker.id.thread << worker.tid << worker.ops_final;
    for (const std::optional<Answer>& answer : {worker.before, worker.after}) {
        row << (answer ? std::optional(since(record.started, answer->at)) : std::nullopt)
            << (answer ? std::optional(answer->ops) : std::nullopt)
            << (answer ? std::optional(answer->check_holds) : std::nullopt);
    }
    row << worker.check_failures << since(record.started, worker.thread_end_seen) << worker.broken << worker.probed
        << worker.rate_before << worker.rate_after << since(record.started, worker.asleep_seen) << worker.starved
        << word_of(worker.receiving) << word_of(worker.sending);
}

void Writer::Impl::insert_stacks(const TrialRecord& record)
{
    for (const HostRecord& host : record.hosts) {
        if (!host.stack.empty()) {
            *stacks << record.plan.id << host.number << host.stack;
            stacks->run();
        }
    }
}

void Writer::Impl::insert_changes(const TrialRecord& record)
{
    for (std::size_t position = 0; position < record.workers.size(); ++position) {
        for (const model::Change& change : record.workers[position].changes) {
            *changes << place(position) << change.what << change.before << change.after;
            changes->run();
        }
    }
}

void Writer::Impl::insert_repairs(const TrialRecord& record)
{
    const model::Stamp start = record.started;
    std::uint32_t number = 1;
    for (const model::Strike& strike : record.further_strikes) {
        *strikes << record.plan.id << ++number << since(start, strike.ordered) << since(start, strike.fired)
                 << strike.fired_at_op << since(start, strike.end_seen);
        strikes->run();
    }
    for (const model::Restart& restart : record.restarts) {
        *restarts << record.plan.id << restart.strike << restart.host << restart.collateral << restart.pid
                  << since(start, restart.launched) << since(start, restart.ready);
        give_end(*restarts, restart.termination);
        *restarts << since(start, restart.end_seen) << restart.ended_in_teardown;
        restarts->run();
    }
}

Writer::Writer(const fs::path& path, const model::Experiment& experiment, const std::vector<model::Cell>& cells,
               const std::vector<Fact>& facts)
{
    const bool made = make_empty_file(path);
    try {
        impl_ = std::make_unique<Impl>(path, cells);
        impl_->make(experiment, facts);
    } catch (const SqliteError& error) {
        if (made) {
            impl_.reset();
            remove_database(path); // half a file would only be in the way
        }
        throw complaint("cannot make the results file", path, error);
    }
}

bool discard_unbegun(const fs::path& path)
{
    const sys::FileLock lock(path); // before the database, as in Writer
    try {
        Database database(path, Access::read);
        if (!lock || database.value_of("SELECT count(*) FROM sqlite_schema") != "0") {
            return false;
        }
    } catch (const SqliteError&) {
        return false; // whoever reads it will say why it cannot be read
    }
    remove_database(path);
    return true;
}

Writer::Writer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Writer Writer::take_up(const fs::path& path, const std::vector<model::Cell>& cells, std::uint32_t known)
{
    try {
        auto impl = std::make_unique<Impl>(path, cells);
        impl->take_up(known);
        return Writer{std::move(impl)};
    } catch (const SqliteError& error) {
        throw complaint("cannot go on with the results file", path, error, "What is in it is safe.");
    }
}

Writer::Writer(Writer&&) noexcept = default;
Writer& Writer::operator=(Writer&&) noexcept = default;
Writer::~Writer() = default;

void Writer::add(const TrialRecord& record)
{
    impl_->must_fit(record);
    try {
        Transaction transaction(impl_->database, impl_->begin, impl_->commit);
        impl_->insert(record);
        transaction.commit();
    } catch (const SqliteError& error) {
        throw complaint("cannot add trial " + std::to_string(record.plan.id) + " to the results file", impl_->path,
                        error, safe_so_far(impl_->added));
    }
    ++impl_->added;
}

void Writer::note_took(std::chrono::nanoseconds took)
{
    try {
        Transaction transaction(impl_->database, impl_->begin, impl_->commit);
        Statement note(impl_->database, "UPDATE campaign SET took = ?");
        note << took.count();
        note.run();
        transaction.commit();
    } catch (const SqliteError& error) {
        throw complaint("cannot add to the results file", impl_->path, error, safe_so_far(impl_->added));
    }
}

void Writer::note_look(const model::Look& look)
{
    try {
        Transaction transaction(impl_->database, impl_->begin, impl_->commit);
        impl_->database.execute("DELETE FROM look");
        const std::string sums = text_of(look);
        Statement note(impl_->database, "INSERT INTO look VALUES (?,?)");
        note << look.rounds << sums;
        note.run();
        transaction.commit();
    } catch (const SqliteError& error) {
        throw complaint("cannot add to the results file", impl_->path, error, safe_so_far(impl_->added));
    }
}

void Writer::forget_look()
{
    try {
        if (impl_->database.value_of("SELECT count(*) FROM sqlite_schema WHERE name = 'look'") != "0") {
            impl_->database.execute("DELETE FROM look");
        }
    } catch (const SqliteError& error) {
        throw complaint("cannot add to the results file", impl_->path, error, safe_so_far(impl_->added));
    }
}

void Writer::finish(const std::string& how, std::optional<model::Stopped> stopped)
{
    try {
        Transaction transaction(impl_->database, impl_->begin, impl_->commit);
        impl_->database.execute("DELETE FROM stop");
        if (stopped) {
            Statement stop(impl_->database, "INSERT INTO stop VALUES (?,?)");
            stop << to_string(stopped->rule) << stopped->rounds;
            stop.run();
        }
        Statement end(impl_->database, "UPDATE campaign SET ended = strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), how = ?");
        end << how;
        end.run();
        transaction.commit();
        impl_->database.execute("PRAGMA wal_checkpoint(TRUNCATE)");
        leave_wal_mode(impl_->database);
    } catch (const SqliteError& error) {
        throw complaint("cannot finish the results file", impl_->path, error, safe_so_far(impl_->added));
    }
}

} // namespace bulkhead::store
