#pragma once

#include "harness/report/island.hpp"

#include <filesystem>
#include <optional>
#include <vector>

namespace bulkhead::cli {

/// Results files as they are put into a page: judged again, from their facts.
class Paged {
public:
    /// False, with the reason on stderr, when it cannot be read. Trials are read one at a time.
    bool add(const std::filesystem::path& results);
    /// Puts them into the island, with as many of the trials that are to be shown in full as a page may have beside
    /// what the island has already, and the anatomy (JSON; empty: none) into the first of them. False, with the reason
    /// on stderr, when one cannot be read.
    bool finish(report::Island& island, const std::string& anatomy = "");

private:
    /// Takes trials of one file in their order, until so many bytes are used up; nullopt when it cannot be read.
    std::optional<std::size_t> take_full(std::size_t number, std::size_t bytes, texts::Language language);

    std::vector<std::filesystem::path> files_;
    std::vector<report::ExperimentPart> parts_;
    std::vector<std::vector<report::ChosenTrial>> choices_; ///< of each, in the order in which they are to be taken
    std::vector<report::ExperimentReport> about_claims_;    ///< without their cells, which may be large
    std::uint64_t trials_ = 0;
};

} // namespace bulkhead::cli
