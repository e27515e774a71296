#pragma once

#include "harness/model/experiment.hpp"
#include "harness/run/ring_of_channels.hpp"
#include "harness/run/star_of_channels.hpp"
#include "harness/sys/fd.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace bulkhead::run {

/// What the supervisor makes for the hosts of one trial and hands to them at launch: what the pool shares, and each
/// host's small disk, the ends of channels. Nothing of it has a name; it is gone with the last descriptor.
class Handed {
public:
    explicit Handed(const model::TrialPlan& plan);

    /// Makes the channels between the workers, where their workload has any.
    void open_channels(const model::TrialPlan& plan);

    /// workers::Shared, a bit each; the same for every host.
    [[nodiscard]] std::uint32_t mask() const { return mask_; }
    /// Where a host finds the first end of a channel; 0: there are none.
    [[nodiscard]] std::uint32_t first_end() const;
    /// Where a host finds the first descriptor behind what the pool shares, and its disk.
    [[nodiscard]] std::uint32_t end_of_shared() const;
    /// In the order in which a host expects them.
    void append_to(std::vector<int>& descriptors, std::uint32_t host) const;
    /// True when the hosts are handed as many descriptors each.
    [[nodiscard]] bool is_even() const { return !star_; }
    /// The host has what is its alone; nobody else is to keep it open.
    void let_go(std::uint32_t host);

    /// Closes the read end of the pipe that the pool shares, if there is one: from then on no host can be launched.
    void stop_reading();
    /// True when nobody has that read end open any more, which is waited for; also where no pipe is shared.
    [[nodiscard]] bool is_unread(std::chrono::milliseconds limit) const;

private:
    std::uint32_t mask_ = 0;
    std::vector<sys::Fd> shared_;     ///< one for each bit but the disk's, and two for the pipe
    std::vector<sys::Fd> disks_;      ///< one that all share, or one for each host
    std::optional<std::size_t> pipe_; ///< where its read end stands among them, and then its write end
    std::optional<RingOfChannels> channels_;
    std::optional<StarOfChannels> star_;
};

} // namespace bulkhead::run
