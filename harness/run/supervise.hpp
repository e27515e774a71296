#pragma once

#include "harness/run/pool.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace bulkhead::run {

/// What the worker has left behind in its seat.
void note_final_state(model::WorkerRecord& worker, const Seat& seat);

/// Carries out the plan's strategy on the pool. The record keeps telling of the first host of each place; those that
/// come after it are its restarts.
class Supervise {
public:
    Supervise(Lane& lane, const model::TrialPlan& plan, Pool& pool, model::TrialRecord& record)
        : lane_(lane), plan_(plan), pool_(pool), record_(record), places_(plan.shape.hosts)
    {}

    /// Launches what the strategy asks for after the ends of hosts that were seen until now or are seen meanwhile,
    /// until nobody is missing, or a replacement does not get ready in time, or the pool is given up. True when the
    /// victim's place is with a new host that is ready.
    bool repair(std::uint32_t strike);

    /// True when another host has taken this place, or was to.
    [[nodiscard]] bool was_replaced(std::uint32_t host) const { return places_[host].first.has_value(); }
    /// The first host of the place.
    [[nodiscard]] const model::HostRecord& first_of(std::uint32_t host) const
    {
        return was_replaced(host) ? *places_[host].first : pool_.host(host).record;
    }
    /// Of the ledger, by workers whose place is with others now.
    [[nodiscard]] std::uint64_t transfers_of_replaced() const { return transfers_; }
    /// Notes the ends of those that were launched last; everything has been reaped.
    void conclude();

private:
    struct Place {
        std::optional<model::HostRecord> first{}; ///< once it was put away
        std::optional<std::size_t> restart{};     ///< of the latest, in the record's restarts
    };

    [[nodiscard]] std::optional<std::uint32_t> next_ended() const;
    void replace(std::uint32_t ended, std::uint32_t strike);
    void put_away(std::uint32_t host);
    void launch(std::uint32_t host, std::uint32_t strike, bool collateral);
    bool await_ready();
    void note_ready(std::uint32_t host);
    void give_up();

    Lane& lane_;
    const model::TrialPlan& plan_;
    Pool& pool_;
    model::TrialRecord& record_;
    std::vector<Place> places_;
    std::uint64_t transfers_ = 0;
    std::vector<model::Stamp> ends_; ///< those that called for a restart
};

} // namespace bulkhead::run
