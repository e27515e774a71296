#include "harness/run/handed.hpp"

#include "harness/sys/mapping.hpp"
#include "harness/sys/pipe.hpp"
#include "harness/sys/small_disk.hpp"
#include "workers/blackbox.hpp"
#include "workers/commons.hpp"

namespace bulkhead::run {
namespace {

constexpr std::size_t disk_bytes = 256 * 1024;

} // namespace

Handed::Handed(const model::TrialPlan& plan)
{
    const model::Containment& containment = plan.containment;
    if (!containment.commons)
        return;
    const auto is_shared = [&](model::Medium medium) { return (containment.shared & bit_of(medium)) != 0; };
    if (is_shared(model::Medium::segment)) {
        mask_ |= workers::shared_segment;
        shared_.push_back(sys::file_in_memory("bulkhead-segment", sizeof(workers::Segment)));
        workers::Cell record; // what an untouched shared record looks like
        sys::write_at(shared_.back(), 0, &record, sizeof record);
    }
    if (is_shared(model::Medium::lock)) {
        mask_ |= workers::shared_lock;
        shared_.push_back(sys::file_in_memory("bulkhead-lock", sizeof(workers::LockPage)));
    }
    if (is_shared(model::Medium::description)) {
        mask_ |= workers::shared_file;
        shared_.push_back(sys::file_in_memory("bulkhead-file", workers::file_bytes));
        sys::seek(shared_.back(), workers::file_offset);
    }
    if (is_shared(model::Medium::channel) && model::uses_pipe(plan)) {
        mask_ |= workers::shared_pipe;
        auto [read_end, write_end] = sys::pipe();
        pipe_ = shared_.size();
        shared_.push_back(std::move(read_end));
        shared_.push_back(std::move(write_end));
    }
    if (containment.disk) {
        mask_ |= workers::shared_disk;
        const std::uint32_t count = is_shared(model::Medium::disk) ? 1 : plan.shape.hosts;
        for (std::uint32_t i = 0; i < count; ++i)
            disks_.push_back(sys::small_disk(disk_bytes));
    }
}

void Handed::open_channels(const model::TrialPlan& plan)
{
    if (model::is_ring(plan.variant.workload))
        channels_.emplace(plan.variant.channel, plan.shape);
    if (model::has_owner(plan.variant.workload))
        star_.emplace(plan.variant.channel, plan.shape);
}

std::uint32_t Handed::first_end() const
{
    return channels_ || star_ ? end_of_shared() : 0;
}

std::uint32_t Handed::end_of_shared() const
{
    return static_cast<std::uint32_t>(workers::first_shared_descriptor + shared_.size() + (disks_.empty() ? 0 : 1));
}

void Handed::let_go(std::uint32_t host)
{
    if (channels_)
        channels_->let_go(host);
    if (star_)
        star_->let_go(host);
}

void Handed::stop_reading()
{
    if (pipe_)
        shared_[*pipe_].close();
}

bool Handed::is_unread(std::chrono::milliseconds limit) const
{
    return !pipe_ || sys::is_unread(shared_[*pipe_ + 1], limit);
}

void Handed::append_to(std::vector<int>& descriptors, std::uint32_t host) const
{
    for (const sys::Fd& shared : shared_)
        descriptors.push_back(shared.number());
    if (!disks_.empty())
        descriptors.push_back(disks_[disks_.size() == 1 ? 0 : host].number());
    if (channels_)
        channels_->append_to(descriptors, host);
    if (star_)
        star_->append_to(descriptors, host);
}

} // namespace bulkhead::run
