#pragma once

#include "harness/model/trial.hpp"
#include "harness/sys/fd.hpp"
#include "harness/sys/mapping.hpp"
#include "workers/blackbox.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace bulkhead::run {

/// What a host is told beside the plan.
struct HostSetup {
    std::uint32_t handed = 0;    ///< what it gets from the supervisor: workers::Shared
    std::uint32_t nproc = 0;     ///< RLIMIT_NPROC; 0: none
    std::uint32_t unshared = 0;  ///< what its last thread does not share with the others: workers::Unshared
    std::uint32_t first_end = 0; ///< where it finds the first end of a channel; 0: nowhere
    std::uint32_t closing = 0;   ///< where it finds what tells of the closing; 0: no work comes from outside
};

/// The supervisor's side of one host's black box and bell. Kept from trial to trial, because making them costs more
/// than clearing them. The host may write anything into the box: what is read here is checked, and what cannot be is
/// nullopt.
class Seat {
public:
    Seat(std::uint32_t threads, bool commons);

    /// Clears the box for a new host and writes its header, and into each slot the first call: to prove itself.
    void prepare(const model::TrialPlan& plan, std::uint32_t host, const HostSetup& setup = {});

    /// So many workers are to answer what they are called for next. The bell is not rung then unless it is awaited.
    void expect_answers(std::uint32_t answers);
    /// From now on the bell is rung when all have answered. Look at `all_answered` thereafter: they may have already.
    void await_bell();
    [[nodiscard]] bool bell_awaited() const { return bell_awaited_; }
    /// True when the latest calls of these have been answered, and nobody is about to take from the number of answers.
    [[nodiscard]] bool all_answered(const std::vector<std::uint32_t>& threads) const;
    /// Tells a worker what to do next.
    void call(std::uint32_t thread, workers::CallKind kind, std::uint64_t ops);

    /// It need not listen or press any longer.
    void let_off(std::uint32_t thread);
    [[nodiscard]] bool waits(std::uint32_t thread) const;

    /// The answer to the latest call of that worker, which was given between `since` and now.
    [[nodiscard]] std::optional<model::Answer> answer(std::uint32_t thread, model::Stamp since) const;
    [[nodiscard]] bool answered(std::uint32_t thread) const;

    struct Firing {
        model::Stamp at = 0;
        std::uint64_t ops = 0;
    };
    /// The victim's stamp, when it lies between `since` and now.
    [[nodiscard]] std::optional<Firing> fired(std::uint32_t thread, model::Stamp since) const;
    [[nodiscard]] workers::State state(std::uint32_t thread) const;
    [[nodiscard]] std::int32_t tid(std::uint32_t thread) const;
    [[nodiscard]] std::uint64_t ops(std::uint32_t thread) const;
    [[nodiscard]] std::uint64_t check_failures(std::uint32_t thread) const;
    [[nodiscard]] std::uint32_t broken(std::uint32_t thread) const;
    [[nodiscard]] std::uint64_t count(std::uint32_t thread, workers::Count what) const;
    /// What its channel has shown: `receiving` or `sending`; nullopt: nothing unusual.
    [[nodiscard]] std::optional<model::Passage> passage(std::uint32_t thread, workers::Count direction) const;
    /// Where this part of it lies in its address space, by its own word; 0: it has no such part.
    [[nodiscard]] std::uint64_t address(std::uint32_t thread, workers::Part part) const;
    /// The value that its parts hold after so many ops.
    [[nodiscard]] std::uint64_t value_after(std::uint32_t thread, std::uint64_t ops) const;
    /// The worker's latest probe: lines "what=how it is", of printable characters only; empty: none.
    [[nodiscard]] std::string probe(std::uint32_t thread) const;
    /// True when the box holds what no host of ours writes: another header, an unknown state, a call from the future.
    [[nodiscard]] bool spoiled() const;

    [[nodiscard]] std::uint32_t threads() const { return threads_; }
    [[nodiscard]] bool has_commons() const { return commons_; }
    [[nodiscard]] const sys::Fd& box() const { return box_; }
    [[nodiscard]] const sys::Fd& bell() const { return bell_; }

private:
    [[nodiscard]] workers::Header& header() const;
    [[nodiscard]] workers::Slot& slot(std::uint32_t thread) const;
    [[nodiscard]] workers::Probe& probe_area(std::uint32_t thread) const;
    void write_containment(const model::TrialPlan& plan, const HostSetup& setup);

    [[nodiscard]] std::size_t bytes() const { return workers::box_size(threads_, commons_); }

    std::uint32_t threads_;
    bool commons_;
    sys::Fd box_;
    sys::Mapping mapping_;
    sys::Fd bell_;
    std::vector<std::uint32_t> calls_; ///< number of the latest call of each worker: our own, not the box's word
    std::uint32_t host_ = 0;
    std::uint64_t seed_ = 0;
    bool bell_awaited_ = false; ///< our own, not the box's word
};

} // namespace bulkhead::run
