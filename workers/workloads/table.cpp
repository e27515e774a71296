#include "workers/workload.hpp"

namespace bulkhead::workers {
namespace {

void nothing_to_do(Workplace& /*place*/) {}

std::uint32_t nothing_to_check(Workplace& /*place*/)
{
    return 0;
}

/// What it does is done when it is engaged.
void nothing_by_itself(Workplace& /*place*/) {}

constexpr OutsideWork jobs{workloads::await_job, workloads::begin_job, workloads::finish_job};

constexpr TwoParts asking{workloads::ask_owner, workloads::await_owner};

constexpr auto functions = std::to_array<WorkloadFunction>({
    {"ledger", workloads::move_money, workloads::check_sum},
    {"owned-ledger", workloads::transfer_by_owner, workloads::check_owned_sum, workloads::serve_clients_of_ledger,
     nullptr, &asking},
    {"compute", workloads::compute, nothing_to_check},
    {"allocate", workloads::allocate, nothing_to_check},
    {"false-sharing", workloads::share_line, nothing_to_check},
    {"serve", nothing_to_do, nothing_to_check, nullptr, &workloads::serving},
    {"ring", workloads::pass_message, nothing_to_check, workloads::receive_messages},
    {"jobs", nothing_by_itself, nothing_to_check, nullptr, &jobs},
});

} // namespace

std::span<const WorkloadFunction> workload_functions()
{
    return functions;
}

} // namespace bulkhead::workers
