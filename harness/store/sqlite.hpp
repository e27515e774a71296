#pragma once

#include <concepts>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>

struct sqlite3;
struct sqlite3_stmt;

namespace bulkhead::store {

/// What went wrong, as far as a person can do something about it.
enum class Failure : std::uint8_t {
    disk_full,
    read_only,
    moved, ///< the file was removed, or is somewhere else by now
    cannot_open,
    input_output,
    locked,
    not_a_database,
    damaged,
    exists, ///< a row with this key is in the table already
    other
};

/// A call of SQLite failed. Writer and Reader turn it into a StoreError, which names the file.
class SqliteError : public std::runtime_error {
public:
    /// Takes the facts from the connection, right after the call that gave `code`.
    SqliteError(int code, sqlite3* connection);

    [[nodiscard]] Failure failure() const { return failure_; }
    /// The operating system's own reason; empty (false) when it gave none.
    [[nodiscard]] std::error_code system_reason() const { return system_reason_; }

private:
    Failure failure_;
    std::error_code system_reason_;
};

/// How a database file is opened.
enum class Access : std::uint8_t {
    write,     ///< read and write; made when it is not there
    read,      ///< beside a writer, if there is one; needs a -shm file, or a folder where it can be made
    read_solo, ///< without locks and without -shm, but with what is in the -wal file: for a read-only folder
    read_still ///< takes the file as unchanging and ignores a -wal file (SQLite's immutable=1)
};

/// The file and the two that SQLite puts beside it; what is not there, or cannot be removed, stays so.
void remove_database(const std::filesystem::path& path);

/// A connection to one database file. Not thread-safe; may go from one thread to another.
class Database {
public:
    /// Throws SqliteError. A file that is no database is noticed at the first statement only.
    Database(const std::filesystem::path& path, Access access);

    /// Runs one or more statements that give no rows, or whose rows do not matter.
    void execute(const char* statements);
    /// Runs one statement and returns the first column of its first row, such as a pragma's value.
    [[nodiscard]] std::string value_of(const char* statement);
    /// True between BEGIN and COMMIT or ROLLBACK, those that SQLite does by itself included.
    [[nodiscard]] bool in_transaction() const;
    [[nodiscard]] sqlite3* handle() const { return connection_.get(); }

private:
    struct Close {
        void operator()(sqlite3* connection) const;
    };
    std::unique_ptr<sqlite3, Close> connection_;
};

/// A prepared statement, to be used again and again. Parameters are given with `<<` and columns taken with `get`, both
/// in their order. Must not outlive its database.
class Statement {
public:
    Statement(const Database& database, std::string_view text);

    template <std::integral T>
    Statement& operator<<(T value)
    {
        bind_integer(static_cast<std::int64_t>(value)); // 64 bits stay the same bits: SQLite has signed integers only
        return *this;
    }
    /// The text is not copied: it must live until the statement has run.
    Statement& operator<<(std::string_view text);
    Statement& operator<<(double value);
    template <class T>
    Statement& operator<<(const std::optional<T>& value)
    {
        if (value) {
            return *this << *value;
        }
        bind_null();
        return *this;
    }

    /// Goes to the next row; false when there is none, and the statement is ready to be used again.
    bool next();
    /// Runs a statement that gives no rows.
    void run();
    /// Makes it ready to be used again before its last row.
    void reset();

    template <class T>
    requires std::integral<T> || std::same_as<T, double>
    [[nodiscard]] T get() { return value<T>(column_++); }
    [[nodiscard]] std::string get_text() { return text(column_++); }
    /// nullopt for NULL.
    template <class T>
    requires std::integral<T> || std::same_as<T, double>
    [[nodiscard]] std::optional<T> get_optional()
    {
        const int column = column_++;
        return is_null(column) ? std::nullopt : std::optional<T>(value<T>(column));
    }

private:
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const;
    };

    void bind_integer(std::int64_t value);
    void bind_null();
    template <class T>
    [[nodiscard]] T value(int column) const
    {
        if constexpr (std::same_as<T, double>)
            return real(column);
        else
            return static_cast<T>(integer(column));
    }
    [[nodiscard]] std::int64_t integer(int column) const;
    [[nodiscard]] double real(int column) const;
    [[nodiscard]] std::string text(int column) const;
    [[nodiscard]] bool is_null(int column) const;
    [[noreturn]] void fail(int code);

    std::unique_ptr<sqlite3_stmt, Finalize> statement_;
    int parameter_ = 0; ///< the last one given
    int column_ = 0;    ///< the next one to be taken
};

/// BEGIN at its start, COMMIT by `commit`, ROLLBACK when it goes out of scope without one.
class Transaction {
public:
    /// `begin` and `commit` must outlive it.
    Transaction(Database& database, Statement& begin, Statement& commit);
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    ~Transaction();

    void commit();

private:
    Database& database_;
    Statement& commit_;
};

} // namespace bulkhead::store
