#include "harness/model/figure.hpp"

#include "harness/model/trial.hpp"

#include <algorithm>
#include <array>

namespace bulkhead::model {
namespace {

constexpr auto rows = std::to_array<FigureRow>({
    {"startup", "us", "time from the launch until every worker had completed its first ops"},
    {"throughput", "ops/s", "ops of the whole pool in a second, all workers at full speed"},
    {"throughput_after", "ops/s", "the same after the fault, of those that still work"},
    {"detection", "us", "time from the fault until the supervisor knew of the victim's end"},
    {"memory_per_worker", "KiB", "proportional set size (PSS) of the hosts, for each worker"},
    {"unique_per_worker", "KiB", "memory that would be free again if the hosts were gone, for each worker"},
    {"transfers", "", "transfers that the workers of the ledger completed"},
    {"lost_updates", "", "changes of an account that another worker's change overwrote"},
    {"sum_error", "", "how far the sum of the ledger's accounts is from what it was"},
    {"repairs", "", "half-done transfers that the next owner of the lock finished"},
});

double microseconds(Stamp from, Stamp to)
{
    return static_cast<double>(to - from) / 1e3;
}

/// The ops per second of all workers that have the rate.
std::optional<double> rate_of_all(const TrialRecord& record, std::optional<double> WorkerRecord::*rate)
{
    std::optional<double> sum;
    for (const WorkerRecord& worker : record.workers) {
        if (worker.*rate) {
            sum = sum.value_or(0) + *(worker.*rate);
        }
    }
    return sum;
}

} // namespace

std::span<const FigureRow> figure_catalogue()
{
    return rows;
}

const FigureRow* find_figure(std::string_view name)
{
    const auto* const row = std::ranges::find(rows, name, &FigureRow::name);
    return row == rows.end() ? nullptr : &*row;
}

std::vector<Figure> figures_of(const TrialRecord& record)
{
    std::vector<Figure> figures;
    if (record.steady) {
        figures.push_back({"startup", microseconds(record.started, *record.steady)});
    }
    if (const auto rate = rate_of_all(record, &WorkerRecord::rate_before)) {
        figures.push_back({"throughput", *rate});
    }
    if (const auto rate = rate_of_all(record, &WorkerRecord::rate_after); rate && record.fired) {
        figures.push_back({"throughput_after", *rate});
    }
    if (record.fired && record.end_seen && *record.end_seen >= *record.fired) {
        figures.push_back({"detection", microseconds(*record.fired, *record.end_seen)});
    }
    figures.insert(figures.end(), record.figures.begin(), record.figures.end());
    return figures;
}

} // namespace bulkhead::model
