#pragma once

#include "harness/model/shard.hpp"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace bulkhead::model {

/// What is known of one part of a campaign, as far as it decides whether it can be put together with others.
struct CampaignPart {
    std::string name; ///< for people: the path of its file
    Shard shard;
    std::string text; ///< of the experiment
    std::vector<Cell> cells;
    std::vector<std::pair<std::string, std::string>> facts; ///< name and value; a name may be there more than once
    std::vector<std::uint32_t> ids;                         ///< of its trials, ascending
    std::string ended; ///< "complete", "interrupted", ...; empty: never, or not yet
};

/// Why these are not parts of one campaign, or not each of another one, a sentence each: other experiments, other cells
/// (machines that cannot have the same faults), other programs, another number of shards, a shard that is there twice,
/// trials that two have in common or that are of another shard. Empty when all is well.
std::vector<std::string> contradictions(const std::vector<CampaignPart>& parts);

/// What lacks for the whole campaign, a sentence each: shards that are not there, and parts without all of their
/// trials.
std::vector<std::string> missing(const std::vector<CampaignPart>& parts);

/// The facts of all parts. What is the same in all is told once, and what differs with the numbers of the shards:
/// "6.1 (shards 1-4), 6.2 (shard 5)".
struct CommonFacts {
    std::vector<std::pair<std::string, std::string>> facts;
    std::vector<std::pair<std::string, std::string>> differing; ///< those of them that differ
};
CommonFacts common_facts(const std::vector<CampaignPart>& parts);

/// "1-4, 6, 8-9"; `numbers` ascending.
std::string ranges_text(const std::vector<std::uint32_t>& numbers);

} // namespace bulkhead::model
