#pragma once

#include "harness/run/engagement.hpp"
#include "harness/sys/mapping.hpp"

#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

namespace bulkhead::run {

/// The supervisor as a dispatcher of numbered jobs. It hands one at a time to each worker, over a socket of that
/// worker, and checks the result. Whether a job of a worker that has ended is handed out again is the plan's delivery.
/// That it was done is counted by the workers in memory that outlives them, apart from the results: so a job that was
/// done and not told is told from one that was not done.
///
/// Enough jobs for its strikes are kept back for the victim, however slow it is.
class Jobs final : public Engagement {
public:
    Jobs(Lane& lane, const model::TrialPlan& plan);
    ~Jobs() override;

    void prepare(std::uint32_t host) override;
    void append_to(std::vector<int>& descriptors, std::uint32_t host) const override;
    void let_go(std::uint32_t host) override;
    void on_ready(std::uint32_t host) override;
    void on_event(std::uint32_t worker) override;
    void on_end(std::uint32_t host) override;
    void on_end_of_worker(std::uint32_t worker) override;
    void on_strikes_over() override;
    bool on_silence() override;
    [[nodiscard]] bool done() const override;
    [[nodiscard]] std::uint64_t progress() const override { return progress_; }
    [[nodiscard]] std::uint64_t pieces_of(std::uint32_t worker) const override { return places_[worker].done; }
    [[nodiscard]] std::string note_in(model::TrialRecord& record) override;
    void close() override;

private:
    struct Job {
        std::uint32_t handed = 0;  ///< times
        std::uint32_t had_by = 0;  ///< the worker that had it last and did not tell a result
        bool told = false;         ///< its result
        std::uint32_t effects = 0; ///< at the end
        bool waits = true;         ///< it is in the queue
    };
    struct Holding {
        std::uint32_t job = 0;
        std::uint32_t turn = 0;
    };
    /// Of a worker, as long as its host lives.
    struct Place {
        sys::Fd ours;   ///< none: there is nobody to hand a job to
        sys::Fd theirs; ///< until the host has it
        bool engaged = false;
        bool silent = false; ///< it has kept a job for too long, and gets no other until it tells
        std::optional<Holding> holds{};
        std::uint64_t given = 0;
        std::uint64_t done = 0;
    };

    [[nodiscard]] std::uint64_t input_of(std::uint32_t job) const;
    [[nodiscard]] std::uint64_t kept_from(std::uint32_t worker) const;
    [[nodiscard]] std::optional<std::uint32_t> next_for(std::uint32_t worker);
    void feed(std::uint32_t worker);
    void feed_all();
    void read_from(std::uint32_t worker, int most);
    [[nodiscard]] bool is_told(std::uint32_t worker, std::uint32_t job, std::uint32_t turn, std::uint64_t value);
    void put_back(std::uint32_t job);
    void part_from(std::uint32_t worker);
    bool read_effects();
    [[nodiscard]] std::optional<model::JobFate> fate_of(const Job& job) const;
    [[nodiscard]] model::JobRecord record_of(std::uint32_t number) const;

    Lane& lane_;
    const model::TrialPlan& plan_;
    std::uint32_t victim_;
    std::uint64_t before_a_strike_; ///< jobs that whoever is struck needs for it
    std::uint64_t strikes_left_;    ///< the one under way included
    bool struck_before_ = false;    ///< a host has been engaged in the victim's place
    std::vector<Job> jobs_;
    std::deque<std::uint32_t> queue_;
    std::vector<Place> places_;
    sys::Fd record_; ///< of effects
    sys::Mapping effects_;
    std::uint64_t progress_ = 0;
    std::uint64_t refused_ = 0;
    bool closed_ = false; ///< nobody who is handed a job now would do it
};

} // namespace bulkhead::run
