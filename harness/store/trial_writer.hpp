#pragma once

#include "harness/model/trial.hpp"
#include "harness/store/rows.hpp"
#include "harness/store/sqlite.hpp"

#include <cstdint>

namespace bulkhead::store {

/// Puts one trial into the tables: its statements are prepared once and used for each. To be used inside a transaction.
class TrialWriter {
public:
    /// The tables must be there. `database` must outlive it.
    explicit TrialWriter(const Database& database);

    /// `sequence`: its turn among the trials of the file. Throws SqliteError.
    void insert(const model::TrialRecord& record, std::uint64_t sequence);

private:
    void insert_stacks(const model::TrialRecord& record);
    void insert_changes(const model::TrialRecord& record, std::uint64_t first_place);
    void insert_repairs(const model::TrialRecord& record);

    Statement trials_;
    Rows hosts_;
    Rows workers_;
    Rows figures_;
    Statement changes_;
    Statement strikes_;
    Statement restarts_;
    Statement jobs_;
    Statement stacks_;
};

} // namespace bulkhead::store
