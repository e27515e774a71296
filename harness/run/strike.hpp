#pragma once

#include "harness/run/pool.hpp"

#include <chrono>
#include <optional>
#include <string>

namespace bulkhead::run {

/// Why a trial cannot be judged.
struct CannotJudge {
    std::string reason;
};

/// What was seen of the fault while it was committed once; see TrialRecord for each of them.
struct Struck {
    std::optional<model::Stamp> ordered{};
    std::optional<model::Stamp> fired{};
    std::optional<std::uint64_t> fired_at_op{};
    bool did_not_take = false;
    bool went_on = false;
    std::optional<model::Stamp> end_seen{};
    std::optional<model::Stamp> thread_end_seen{}; ///< of the victim's thread, whose host lives on
    std::optional<std::uint64_t> oom_kills{};
};

/// Commits the fault on whoever has the victim's place in the pool, and waits for the end.
class Striker {
public:
    Striker(Lane& lane, const model::TrialPlan& plan, Pool& pool);

    /// Gives the order and waits for the victim's end. False when there is nothing to observe after it. What was seen
    /// is in `struck` also when it throws, which is CannotJudge or std::system_error.
    bool strike(Struck& struck);

private:
    [[nodiscard]] Seat& seat() { return lane_.seat(plan_.victim.host); }
    [[nodiscard]] Pool::Host& host() { return pool_.host(plan_.victim.host); }

    void order();
    void complete_ops();
    void complete_pieces();
    void send_signals();
    void thaw(const sys::Pidfd& process);
    bool await_end();
    void note_its_words();
    bool has_ended();
    void ask_after_end();
    [[nodiscard]] bool watches_thread_end() const;
    [[nodiscard]] model::Stamp end_deadline() const;

    Lane& lane_;
    const model::TrialPlan& plan_;
    Pool& pool_;
    model::FaultNature nature_;
    model::Agent agent_;
    Struck* struck_ = nullptr; ///< of the strike under way
    std::int32_t tid_ = 0;     ///< of the victim's thread
    std::string program_;      ///< of the victim's host, before the fault
};

} // namespace bulkhead::run
