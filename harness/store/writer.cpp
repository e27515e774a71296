#include "harness/store/complaint.hpp"
#include "harness/store/look_text.hpp"
#include "harness/store/schema.hpp"
#include "harness/store/sqlite.hpp"
#include "harness/store/store.hpp"
#include "harness/store/trial_writer.hpp"
#include "harness/sys/clock.hpp"
#include "harness/sys/file_lock.hpp"

#include <cstdio>
#include <stdexcept>

namespace bulkhead::store {
namespace {

namespace fs = std::filesystem;
using model::TrialRecord;

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

/// Of a file that is gone or damaged nobody knows what is left.
std::string safe_so_far(std::uint64_t trials, const SqliteError& error)
{
    const bool is_kept = error.failure() == Failure::disk_full || error.failure() == Failure::input_output ||
                         error.failure() == Failure::locked || error.failure() == Failure::read_only;
    if (!is_kept || trials == 0) {
        return {};
    }
    return trials == 1 ? "The trial added before is safe in it."
                       : "The " + std::to_string(trials) + " trials added before are safe in it.";
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

} // namespace

struct Writer::Impl {
    Impl(const fs::path& file, const std::vector<model::Cell>& plan);

    void make(const model::Experiment& experiment, const std::vector<Fact>& facts);
    void take_up(std::uint32_t known);
    void must_fit(const TrialRecord& record) const;
    [[nodiscard]] bool is_there() const { return lock.is_at(path); }
    void must_be_there();

    fs::path path;
    std::vector<model::Cell> cells;
    std::uint64_t added = 0; ///< trials; the next one's sequence
    sys::FileLock lock;      ///< before the database: closing any descriptor of the file ends SQLite's own locks
    Database database;
    Statement begin;
    Statement commit;
    std::optional<TrialWriter> trials; ///< when the tables are there
    model::Stamp looked = 0;           ///< whether the file is there
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
    trials.emplace(database);
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
    trials.emplace(database);
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

/// SQLite goes on in a file that nobody can reach any more. It is looked once a second: hours must not be lost so.
void Writer::Impl::must_be_there()
{
    constexpr model::Stamp second = 1'000'000'000;
    const model::Stamp now = sys::monotonic_ns();
    if (now - looked < second) {
        return;
    }
    looked = now;
    if (!is_there()) {
        throw StoreError("cannot add to the results file " + path.string() + ": " + file_is_gone + ".");
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
    std::error_code ignored;
    if (!fs::is_regular_file(path, ignored)) {
        return false;
    }
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
    impl_->must_be_there();
    try {
        Transaction transaction(impl_->database, impl_->begin, impl_->commit);
        impl_->trials->insert(record, impl_->added);
        transaction.commit();
    } catch (const SqliteError& error) {
        throw complaint("cannot add trial " + std::to_string(record.plan.id) + " to the results file", impl_->path,
                        error, safe_so_far(impl_->added, error));
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
        throw complaint("cannot add to the results file", impl_->path, error, safe_so_far(impl_->added, error));
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
        throw complaint("cannot add to the results file", impl_->path, error, safe_so_far(impl_->added, error));
    }
}

void Writer::forget_look()
{
    try {
        if (impl_->database.value_of("SELECT count(*) FROM sqlite_schema WHERE name = 'look'") != "0") {
            impl_->database.execute("DELETE FROM look");
        }
    } catch (const SqliteError& error) {
        throw complaint("cannot add to the results file", impl_->path, error, safe_so_far(impl_->added, error));
    }
}

bool Writer::is_there() const
{
    return impl_->is_there();
}

void Writer::finish(const std::string& how, std::optional<model::Stopped> stopped)
{
    impl_->looked = 0;
    impl_->must_be_there();
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
        throw complaint("cannot finish the results file", impl_->path, error, safe_so_far(impl_->added, error));
    }
}

} // namespace bulkhead::store
