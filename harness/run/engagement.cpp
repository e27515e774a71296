#include "harness/run/engagement.hpp"

#include "harness/run/jobs.hpp"
#include "harness/run/serving.hpp"
#include "harness/sys/line.hpp"
#include "harness/sys/socket.hpp"

#include <tuple>

namespace bulkhead::run {

Engagement::Engagement()
{
    std::tie(closing_, open_) = sys::stream_pair();
}

void Engagement::close()
{
    if (open_)
        sys::hang_up(open_);
    open_.close();
}

std::unique_ptr<Engagement> make_engagement(Lane& lane, const model::TrialPlan& plan)
{
    switch (plan.variant.workload) {
    case model::Workload::counter:
    case model::Workload::ledger:
    case model::Workload::compute:
    case model::Workload::allocate:
    case model::Workload::false_sharing:
    case model::Workload::ring:
    case model::Workload::owned_ledger: return nullptr;
    case model::Workload::jobs: return std::make_unique<Jobs>(lane, plan);
    case model::Workload::serve: return serve_clients(lane, plan);
    }
    return nullptr;
}

} // namespace bulkhead::run
