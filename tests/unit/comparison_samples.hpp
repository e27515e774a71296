#pragma once

#include "harness/model/sample.hpp"
#include "tests/unit/draws.hpp"

#include <cmath>
#include <initializer_list>
#include <string>

/// Campaigns that nobody ran, from fixed seeds.
namespace bulkhead::tests {

/// What the trials of a made-up cell are drawn from.
struct Nature {
    double loses = 0;     ///< the chance that a trial loses one sibling
    double detection = 1; ///< the scale of a skewed time
    double memory = 100;  ///< of a figure that no load changes
    std::uint64_t trials = 20;
    model::Outcome loss = model::Outcome::died;
};

inline model::CellSample made_cell(model::Random& random, const std::string& shape, const std::string& fault,
                                   const Nature& nature)
{
    model::CellSample cell;
    cell.shape = shape;
    cell.fault = fault;
    cell.variant = "counter";
    const std::uint32_t siblings = model::parse_shape(shape).value().workers() - 1;
    for (std::uint64_t trial = 0; trial < nature.trials; ++trial) {
        const bool loses = uniform(random) < nature.loses;
        ++cell.judged;
        ++cell.worst.at(static_cast<std::size_t>(loses ? nature.loss : model::Outcome::intact));
        ++cell.survivors[siblings - (loses ? 1 : 0)];
        cell.figures["detection"].push_back(nature.detection * (50 - 100 * std::log1p(-uniform(random))));
        cell.figures["memory_per_worker"].push_back(nature.memory * (1 + uniform(random) / 10));
    }
    return cell;
}

/// A campaign with these cells: three shapes with four faults.
inline model::Sample made_campaign(std::uint64_t seed, const Nature& nature = {})
{
    model::Random random(seed);
    model::Sample sample;
    sample.experiment = "made-up";
    sample.text = "schema = 1\n";
    sample.facts = {{"kernel", "Linux 6.1"}, {"cores", "2"}};
    sample.ended = "complete";
    for (const char* shape : {"8x1", "4x2", "1x8"}) {
        for (const char* fault : {"none", "segv-null", "abort", "hold-lock"}) {
            sample.cells.push_back(made_cell(random, shape, fault, nature));
        }
    }
    model::settle(sample);
    return sample;
}

} // namespace bulkhead::tests
