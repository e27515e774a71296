#pragma once

#include "harness/model/experiment.hpp"
#include "harness/model/trial.hpp"
#include "harness/store/sqlite.hpp"

#include <cstdint>
#include <filesystem>
#include <map>
#include <string_view>

namespace bulkhead::store {

/// Puts together what the tables tell of one trial.
class TrialReader {
public:
    /// All must outlive it. `cells` by their numbers; they may be filled later.
    TrialReader(const std::filesystem::path& path, const Database& database,
                const std::map<std::uint32_t, model::Cell>& cells);

    /// A query for rows that take() understands; a WHERE or ORDER BY may follow.
    static const std::string_view columns;

    /// The whole trial. Throws StoreError when it is of no cell, and SqliteError.
    [[nodiscard]] model::TrialRecord take(Statement& row);

private:
    /// Of a supervised trial: the others have none.
    void take_repairs(model::TrialRecord& trial);
    void take_stacks(model::TrialRecord& trial);
    void take_changes(std::uint64_t place, model::WorkerRecord& worker);

    const std::filesystem::path& path_;
    const std::map<std::uint32_t, model::Cell>& cells_;
    Statement hosts_;
    Statement workers_;
    Statement changes_;
    Statement figures_;
    Statement strikes_;
    Statement restarts_;
    Statement jobs_;
    Statement stacks_;
};

} // namespace bulkhead::store
