#pragma once

#include "harness/model/experiment.hpp"
#include "harness/sys/fd.hpp"

#include <cstdint>
#include <vector>

namespace bulkhead::run {

/// What the supervisor makes for the hosts of one trial and hands to them at launch: what the pool shares, and each
/// host's small disk. Nothing of it has a name; it is gone with the last descriptor.
class Handed {
public:
    explicit Handed(const model::TrialPlan& plan);

    /// workers::Shared, a bit each; the same for every host.
    [[nodiscard]] std::uint32_t mask() const { return mask_; }
    /// In the order in which a host expects them.
    void append_to(std::vector<int>& descriptors, std::uint32_t host) const;

private:
    std::uint32_t mask_ = 0;
    std::vector<sys::Fd> shared_; ///< one for each bit but the disk's, and two for the pipe
    std::vector<sys::Fd> disks_;  ///< one that all share, or one for each host
};

} // namespace bulkhead::run
