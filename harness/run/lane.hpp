#pragma once

#include "harness/run/cage.hpp"
#include "harness/run/run.hpp"
#include "harness/run/seat.hpp"
#include "harness/run/zygote.hpp"
#include "harness/sys/clock.hpp"
#include "harness/sys/epoll.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace bulkhead::run {

/// Who an event is from: the tag of a descriptor in the lane's epoll.
struct Source {
    enum class Kind : std::uint8_t { bell, process, thread, zygote, stop, work };
    Kind kind = Kind::stop;
    std::uint32_t host = 0; ///< of `work`: the number that its Engagement has given

    [[nodiscard]] std::uint64_t tag() const { return std::uint64_t{static_cast<std::uint8_t>(kind)} << 32U | host; }
    static Source of(std::uint64_t tag)
    {
        return {static_cast<Kind>(static_cast<std::uint8_t>(tag >> 32U)), static_cast<std::uint32_t>(tag)};
    }
};

/// The trial is given up, because the campaign is to end.
struct Interrupted {};
/// The trial has taken longer than it may.
struct Overdue {};

/// What a series of trials needs and keeps: one thread's own. Its thread must outlive its hosts, because they die with
/// the thread that launched them (PR_SET_PDEATHSIG).
class Lane {
public:
    Lane(const Options& options, const Stop* stop, std::uint32_t number);

    /// A place for each host of the plan's pool, to be prepared.
    void provide_seats(const model::TrialPlan& plan);
    [[nodiscard]] Seat& seat(std::uint32_t host) { return *seats_[host]; }
    [[nodiscard]] const Seat& seat(std::uint32_t host) const { return *seats_[host]; }
    /// A new box and bell for a host that takes another's place: whoever still has the old ones reaches it no more.
    void renew_seat(const model::TrialPlan& plan, std::uint32_t host);
    /// The next trial gets a new box and bell there: these cannot be trusted any more.
    void give_up_seat(std::uint32_t host);

    /// Starts one when there is none.
    [[nodiscard]] Zygote& zygote();
    void give_up_zygote();
    [[nodiscard]] bool has_zygote() const { return zygote_ != nullptr; }

    /// How long the trial that begins now may take, until `lift_limits`; the campaign's deadline holds as well.
    void limit_trial(std::chrono::nanoseconds limit) { trial_ends_ = sys::monotonic_in(limit); }
    void lift_limits() { trial_ends_.reset(); }
    /// The time at which `must_go_on` throws at the earliest; nullopt: never.
    [[nodiscard]] std::optional<model::Stamp> limit() const;
    /// Throws Interrupted after the campaign's deadline, and Overdue once the trial has taken too long.
    void must_go_on(model::Stamp now) const;

    [[nodiscard]] bool stop_requested() const { return stop_ != nullptr && stop_->requested(); }
    /// Once a stop was seen, it must not wake the lane again while it tidies up.
    void ignore_stop();

    /// Puts a host that was just launched into the cgroups that the plan asks for.
    void limit_by_cgroups(const model::TrialPlan& plan, std::uint32_t host, pid_t pid);
    /// Of these, 0: there is none.
    [[nodiscard]] pid_t zygote_pid() const { return zygote_ ? zygote_->pid() : 0; }
    [[nodiscard]] pid_t janitor_pid() const { return janitor_ ? janitor_->pid() : 0; }
    [[nodiscard]] const Cage& memory_cage() const { return memory_cage_; }
    [[nodiscard]] const Cage& pids_cage() const { return pids_cage_; }

    /// How long nobody may be called stalled, however silent: several times the slowest answer to a challenge that this
    /// lane has had, golden runs included.
    [[nodiscard]] std::chrono::nanoseconds patience() const;
    void note_answers(std::chrono::nanoseconds slowest) { slowest_answer_ = std::max(slowest_answer_, slowest); }

    [[nodiscard]] sys::Epoll& epoll() { return epoll_; }
    [[nodiscard]] const sys::Fd& null() const { return null_; }
    [[nodiscard]] const Options& options() const { return options_; }
    [[nodiscard]] std::uint32_t number() const { return number_; }

private:
    /// Starts one when there is none, or when somebody has ended it.
    void provide_janitor();
    [[nodiscard]] std::unique_ptr<Seat> new_seat(const model::TrialPlan& plan, std::uint32_t host);

    Options options_;
    const Stop* stop_;
    std::uint32_t number_;
    sys::Epoll epoll_;
    sys::Fd null_;
    std::vector<std::unique_ptr<Seat>> seats_;
    std::unique_ptr<Zygote> zygote_;
    std::optional<model::Stamp> trial_ends_; ///< nullopt: no limit holds, the deadline included
    std::chrono::nanoseconds slowest_answer_{0};
    std::unique_ptr<Janitor> janitor_; ///< before the cages, so that they are gone when it looks
    Cage memory_cage_{sys::Controller::memory};
    Cage pids_cage_{sys::Controller::pids};
};

} // namespace bulkhead::run
