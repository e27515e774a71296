#pragma once

#include "harness/model/experiment.hpp"
#include "harness/run/janitor.hpp"
#include "harness/sys/cgroup.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace bulkhead::run {

/// The cgroups of one controller in which a lane holds its hosts: one for each host, or one for the whole pool where it
/// shares its cgroup. Made when a trial first needs them, kept from trial to trial, and gone with the lane; after
/// kill -9 of the supervisor the janitor removes them.
class Cage {
public:
    explicit Cage(sys::Controller controller) : controller_(controller) {}

    /// True when the trial needs this controller.
    [[nodiscard]] bool holds(const model::TrialPlan& plan) const;
    /// Puts a host that was just launched into its cgroup, with the plan's limit. Throws std::system_error.
    void take_in(const model::TrialPlan& plan, std::uint32_t host, pid_t pid, Janitor& janitor);
    /// Has another janitor watch what the one before did.
    void tell(Janitor& janitor) const;
    /// True when the host's cgroup has the limit that the plan asks for, as the kernel tells it.
    [[nodiscard]] bool is_limited(const model::TrialPlan& plan, std::uint32_t host) const;
    /// The kernel's own count of OOM kills in the host's cgroup.
    [[nodiscard]] std::uint64_t oom_kills(const model::TrialPlan& plan, std::uint32_t host) const;

private:
    [[nodiscard]] std::uint64_t limit_for(const model::TrialPlan& plan) const;

    sys::Controller controller_;
    std::vector<std::unique_ptr<sys::Cgroup>> groups_;
};

} // namespace bulkhead::run
