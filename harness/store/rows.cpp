#include "harness/store/rows.hpp"

namespace bulkhead::store {

// Without OR ROLLBACK a row that is refused would undo its own statement only; for that, SQLite keeps a copy of each
// page that a statement of several rows changes.
Rows::Rows(const Database& database, std::string_view table, std::size_t columns)
    : database_(database), start_("INSERT OR ROLLBACK INTO " + std::string(table) + " VALUES "), row_("(?")
{
    for (std::size_t column = 1; column < columns; ++column) {
        row_ += ",?";
    }
    row_ += ')';
}

Statement& Rows::statement_for(std::size_t rows)
{
    std::optional<Statement>& statement = statements_.at(rows - 1);
    if (!statement) {
        std::string text = start_ + row_;
        for (std::size_t row = 1; row < rows; ++row) {
            text += ',' + row_;
        }
        statement.emplace(database_, text);
    }
    return *statement;
}

} // namespace bulkhead::store
