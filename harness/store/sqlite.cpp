#include "harness/store/sqlite.hpp"

#include <sqlite3.h>

namespace bulkhead::store {
namespace {

Failure failure_of(int code)
{
    if (code == SQLITE_READONLY_DBMOVED) {
        return Failure::moved;
    }
    switch (code & 0xff) { // the low byte is the kind, the rest says more of it
    case SQLITE_FULL: return Failure::disk_full;
    case SQLITE_READONLY: return Failure::read_only;
    case SQLITE_CANTOPEN: return Failure::cannot_open;
    case SQLITE_IOERR: return Failure::input_output;
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return Failure::locked;
    case SQLITE_NOTADB: return Failure::not_a_database;
    case SQLITE_CORRUPT: return Failure::damaged;
    case SQLITE_CONSTRAINT: return Failure::exists;
    default: return Failure::other;
    }
}

/// SQLite keeps the errno of failed opens and of failed input and output only.
std::error_code system_reason_of(int code, sqlite3* connection)
{
    const Failure failure = failure_of(code);
    if (connection == nullptr || (failure != Failure::cannot_open && failure != Failure::input_output)) {
        return {};
    }
    return {sqlite3_system_errno(connection), std::generic_category()};
}

/// As a URI, so that options can follow; every byte that could mean something in one is escaped.
std::string uri_of(const std::filesystem::path& path, std::string_view options)
{
    static constexpr std::string_view plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/-._~";
    static constexpr std::string_view digits = "0123456789abcdef";
    std::string uri = "file:";
    for (const char c : path.native()) {
        if (plain.find(c) != std::string_view::npos) {
            uri += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        uri += '%';
        uri += digits[byte >> 4U];
        uri += digits[byte & 15U];
    }
    uri += options;
    return uri;
}

struct OpenArguments {
    std::string name;
    int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    const char* file_system = nullptr; ///< SQLite's default
};

OpenArguments open_arguments(const std::filesystem::path& path, Access access)
{
    // Absolute, because SQLite reads names such as ":memory:" in a way of its own.
    std::error_code failed;
    std::filesystem::path absolute = std::filesystem::absolute(path, failed);
    OpenArguments arguments{failed ? path.native() : absolute.native()};
    switch (access) {
    case Access::write: arguments.flags |= SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE; break;
    case Access::read: arguments.flags |= SQLITE_OPEN_READONLY; break;
    case Access::read_solo:
        arguments.flags |= SQLITE_OPEN_READONLY;
        arguments.file_system = "unix-none"; // without locks
        break;
    case Access::read_still:
        arguments.flags |= SQLITE_OPEN_READONLY | SQLITE_OPEN_URI;
        arguments.name = uri_of(arguments.name, "?immutable=1");
        break;
    }
    return arguments;
}

} // namespace

void remove_database(const std::filesystem::path& path)
{
    std::error_code ignored;
    for (const char* suffix : {"", "-journal", "-wal", "-shm"}) {
        std::filesystem::remove(path.native() + suffix, ignored);
    }
}

SqliteError::SqliteError(int code, sqlite3* connection)
    : std::runtime_error(connection != nullptr ? sqlite3_errmsg(connection) : sqlite3_errstr(code)),
      failure_(failure_of(code)), system_reason_(system_reason_of(code, connection))
{
    if (system_reason_ == std::errc::no_space_on_device) {
        failure_ = Failure::disk_full;
    }
}

void Database::Close::operator()(sqlite3* connection) const
{
    sqlite3_close_v2(connection); // the one that waits for statements which are still there
}

Database::Database(const std::filesystem::path& path, Access access)
{
    const OpenArguments arguments = open_arguments(path, access);
    sqlite3* opened = nullptr;
    const int code = sqlite3_open_v2(arguments.name.c_str(), &opened, arguments.flags, arguments.file_system);
    connection_.reset(opened);
    if (code != SQLITE_OK) {
        throw SqliteError(code, opened);
    }
    if (access != Access::write) {
        sqlite3_db_config(opened, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr); // a reader changes nothing
    }
    if (access == Access::read_solo) {
        execute("PRAGMA locking_mode = EXCLUSIVE"); // keeps what -shm would hold in memory of its own
    }
}

void Database::execute(const char* statements)
{
    const int code = sqlite3_exec(connection_.get(), statements, nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) {
        throw SqliteError(code, connection_.get());
    }
}

std::string Database::value_of(const char* statement)
{
    Statement query(*this, statement);
    return query.next() ? query.get_text() : std::string();
}

bool Database::in_transaction() const
{
    return sqlite3_get_autocommit(connection_.get()) == 0;
}

void Statement::Finalize::operator()(sqlite3_stmt* statement) const
{
    sqlite3_finalize(statement);
}

Statement::Statement(const Database& database, std::string_view text)
{
    sqlite3_stmt* prepared = nullptr;
    const int code = sqlite3_prepare_v3(database.handle(), text.data(), static_cast<int>(text.size()),
                                        SQLITE_PREPARE_PERSISTENT, &prepared, nullptr);
    if (code != SQLITE_OK) {
        throw SqliteError(code, database.handle());
    }
    statement_.reset(prepared);
}

Statement& Statement::operator<<(std::string_view text)
{
    const char* start = text.data() != nullptr ? text.data() : ""; // a null pointer would make it NULL
    const int code =
        sqlite3_bind_text64(statement_.get(), ++parameter_, start, text.size(), SQLITE_STATIC, SQLITE_UTF8);
    if (code != SQLITE_OK) {
        fail(code);
    }
    return *this;
}

Statement& Statement::operator<<(double value)
{
    const int code = sqlite3_bind_double(statement_.get(), ++parameter_, value);
    if (code != SQLITE_OK) {
        fail(code);
    }
    return *this;
}

void Statement::bind_integer(std::int64_t value)
{
    const int code = sqlite3_bind_int64(statement_.get(), ++parameter_, value);
    if (code != SQLITE_OK) {
        fail(code);
    }
}

void Statement::bind_null()
{
    const int code = sqlite3_bind_null(statement_.get(), ++parameter_);
    if (code != SQLITE_OK) {
        fail(code);
    }
}

bool Statement::next()
{
    const int code = sqlite3_step(statement_.get());
    if (code == SQLITE_ROW) {
        column_ = 0;
        return true;
    }
    if (code != SQLITE_DONE) {
        fail(code);
    }
    reset();
    return false;
}

void Statement::run()
{
    while (next()) {
    }
}

void Statement::reset()
{
    sqlite3_reset(statement_.get()); // gives the last step's error once more
    parameter_ = 0;
    column_ = 0;
}

void Statement::fail(int code)
{
    try {
        throw SqliteError(code, sqlite3_db_handle(statement_.get()));
    } catch (const SqliteError&) {
        reset(); // only now: it would wipe out what the error is told from
        throw;
    }
}

std::int64_t Statement::integer(int column) const
{
    return sqlite3_column_int64(statement_.get(), column);
}

double Statement::real(int column) const
{
    return sqlite3_column_double(statement_.get(), column);
}

std::string Statement::text(int column) const
{
    const unsigned char* start = sqlite3_column_text(statement_.get(), column);
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column));
    return start != nullptr ? std::string(reinterpret_cast<const char*>(start), size) : std::string();
}

bool Statement::is_null(int column) const
{
    return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
}

Transaction::Transaction(Database& database, Statement& begin, Statement& commit) : database_(database), commit_(commit)
{
    begin.run();
}

Transaction::~Transaction()
{
    if (database_.in_transaction()) { // SQLite itself rolls back on some errors, such as a full disk
        sqlite3_exec(database_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
    }
}

void Transaction::commit()
{
    commit_.run();
}

} // namespace bulkhead::store
