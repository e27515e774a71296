#pragma once

#include "harness/model/judge.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace bulkhead::report {

/// The trials of a results file in a few words each, as the columns of a JSON object: a tenth of the bytes of as many
/// objects.
class TrialColumns {
public:
    /// By id.
    void add(const model::TrialRecord& record, const model::TrialJudgement& judgement);
    /// Leaves them out, but for how many they are: there are too many for a page.
    void leave_out();

    [[nodiscard]] std::uint64_t count() const { return count_; }
    [[nodiscard]] bool is_left_out() const { return left_out_; }
    [[nodiscard]] std::string json() const; ///< "null" where they are left out

    /// More than these, in a report, are left out.
    static constexpr std::uint64_t most = 20'000;

private:
    static constexpr std::array<std::string_view, 9> names{
        "id", "cell", "victim", "survivors", "siblings", "worst", "detection_us", "inconclusive", "as_predicted"};
    std::array<std::string, names.size()> columns_;
    std::uint64_t count_ = 0;
    bool left_out_ = false;
};

} // namespace bulkhead::report
