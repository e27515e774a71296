#include "harness/model/detection.hpp"

#include "harness/model/evidence.hpp"
#include "harness/model/statistics.hpp"

#include <cmath>

namespace bulkhead::model {

using std::chrono::nanoseconds;

std::optional<nanoseconds> detection_of(const TrialRecord& record)
{
    const HostRecord* const host = find_host(record, record.plan.victim.host);
    if (!record.fired || *record.fired <= 0 || !record.end_seen || *record.end_seen < *record.fired ||
        host == nullptr || host->box_spoiled) {
        return std::nullopt;
    }
    return nanoseconds(*record.end_seen - *record.fired);
}

const Values* detections_of(const CellSummary& cell)
{
    return find_values(cell, "detection");
}

std::optional<nanoseconds> detection_quantile(const CellSummary& cell, double q)
{
    const Values* const detections = detections_of(cell);
    if (detections == nullptr) {
        return std::nullopt;
    }
    const double in_us = q <= 0   ? detections->least()
                         : q >= 1 ? detections->most()
                                  : nearest_rank(detections->kept(), q);
    return nanoseconds(std::llround(in_us * 1e3));
}

} // namespace bulkhead::model
