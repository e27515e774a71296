#pragma once

#include "harness/model/trial.hpp"
#include "harness/run/lane.hpp"
#include "harness/sys/fd.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace bulkhead::run {

/// The supervisor's side of a workload whose work comes from outside, in one trial. It says what there is to do and who
/// does it; `Engaged` drives it around the fault. Workers are numbered in pool order.
///
///   1. `prepare`, `append_to`, `let_go` for each host, at the launch and again for whoever takes another's place.
///   2. `on_ready` for each host whose workers are engaged from now on; the first of them all together.
///   3. `on_event` and `on_end` as they come, until `done`; `on_strikes_over` once no fault will be committed any more.
///   4. `close`, then `note_in` when no worker is at work any more.
class Engagement {
public:
    Engagement();
    virtual ~Engagement() = default;
    Engagement(const Engagement&) = delete;
    Engagement& operator=(const Engagement&) = delete;

    /// Makes what the host is handed, for a host that is about to be launched in this place.
    virtual void prepare(std::uint32_t host) = 0;
    /// What the host is handed behind `closing`, in the order in which it expects them.
    virtual void append_to(std::vector<int>& descriptors, std::uint32_t host) const = 0;
    /// The host has what is its alone.
    virtual void let_go(std::uint32_t host) = 0;

    virtual void on_ready(std::uint32_t host) = 0;
    /// A descriptor with the tag `Source{Kind::work, number}` has something to tell. The lane's epoll is
    /// level-triggered.
    virtual void on_event(std::uint32_t number) = 0;
    /// The host has ended and was reaped. Called once for each; what its workers had told is still to be read.
    virtual void on_end(std::uint32_t host) = 0;
    /// This worker alone has ended, and its host lives on.
    virtual void on_end_of_worker(std::uint32_t worker) = 0;
    virtual void on_strikes_over() = 0;
    /// Nothing has got on for a whole window. False when there is nothing that could be done about it.
    virtual bool on_silence() = 0;

    /// True when the work is done, or nobody is left who could do what is left.
    [[nodiscard]] virtual bool done() const = 0;
    /// Grows with each piece of work that anybody has done.
    [[nodiscard]] virtual std::uint64_t progress() const = 0;
    /// Pieces that whoever has this worker's place now has done.
    [[nodiscard]] virtual std::uint64_t pieces_of(std::uint32_t worker) const = 0;

    /// Figures and records. Gives why the trial cannot be judged by them; empty: it can.
    [[nodiscard]] virtual std::string note_in(model::TrialRecord& record) = 0;

    /// Tells every host that no more work comes. May be called again.
    virtual void close();
    [[nodiscard]] const sys::Fd& closing() const { return closing_; }

private:
    sys::Fd closing_; ///< one end of a pair of sockets to which nobody ever writes, as that could be made to block
    sys::Fd open_;    ///< its other end, which no host has
};

/// Null for a workload that has no work from outside.
std::unique_ptr<Engagement> make_engagement(Lane& lane, const model::TrialPlan& plan);

} // namespace bulkhead::run
