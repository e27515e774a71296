#pragma once

#include "harness/store/sqlite.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace bulkhead::store {

/// Puts rows into one table, several by one statement: to begin and end one costs a third of what a row does. To be
/// used inside a transaction, which an error rolls back.
class Rows {
public:
    /// `database` must outlive it.
    Rows(const Database& database, std::string_view table, std::size_t columns);

    /// `give(statement, position)` gives the values of one row, and is called for each position in turn, from 0.
    template <class Give>
    void insert(std::size_t count, const Give& give)
    {
        for (std::size_t position = 0; position < count;) {
            const std::size_t end = std::min(position + at_once, count);
            Statement& statement = statement_for(end - position);
            for (; position < end; ++position) {
                give(statement, position);
            }
            statement.run();
        }
    }

private:
    static constexpr std::size_t at_once = 16; ///< more rows hardly make a row cheaper

    Statement& statement_for(std::size_t rows);

    const Database& database_;
    std::string start_;                                        ///< "INSERT OR ROLLBACK INTO host VALUES "
    std::string row_;                                          ///< "(?,?,?)"
    std::array<std::optional<Statement>, at_once> statements_; ///< by the number of rows - 1; prepared when first used
};

} // namespace bulkhead::store
