#pragma once

#include "harness/run/engagement.hpp"
#include "harness/run/handed.hpp"
#include "harness/run/lane.hpp"
#include "harness/sys/clock.hpp"
#include "harness/sys/pidfd.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

namespace bulkhead::run {

/// The pool of one trial, while it lives. Its destructor leaves nothing alive and reaps everything, whatever happened.
class Pool {
public:
    /// `unshared`: what the last thread of each host does not share with its cell-mates (workers::Unshared).
    Pool(Lane& lane, const model::TrialPlan& plan, std::uint32_t unshared = 0);
    ~Pool();
    Pool(const Pool&) = delete;
    Pool& operator=(const Pool&) = delete;

    /// Launches every host. Each worker's first call is to prove itself, so that `quiet` is steady state.
    void launch();

    /// Whose answer wakes `wait`: each host's, or as few as possible where only all of them together count.
    enum class Wakes : std::uint8_t { at_each, when_all_have };
    /// Handles events until `done` or until the deadline (CLOCK_MONOTONIC, ns); true when `done`. Throws Interrupted
    /// when the campaign is to stop, and Overdue when the trial has taken too long; not once everything is being ended.
    bool wait(model::Stamp deadline, const std::function<bool()>& done, Wakes wakes = Wakes::at_each);

    /// Handles what has happened by now, and waits for nothing. Throws as `wait` does.
    void look();

    /// Calls workers of a host, and makes the pool not quiet until they have answered: to prove themselves by `amount`
    /// ops each, or to work without a pause until `amount` (CLOCK_MONOTONIC, ns).
    void challenge(std::uint32_t number, const std::vector<std::uint32_t>& threads, std::uint64_t amount,
                   workers::CallKind kind = workers::CallKind::prove);
    /// The workers of a host that were called last.
    [[nodiscard]] const std::vector<std::uint32_t>& called(std::uint32_t number) const { return called_[number]; }
    /// True when every host that was launched or challenged has answered or ended.
    [[nodiscard]] bool quiet() const { return unanswered_ == 0 && launched_ == hosts_.size(); }
    /// True when the zygote was asked for hosts and has not said what became of them.
    [[nodiscard]] bool zygote_owes() const { return replied_ < requested_.size(); }
    /// True when a host has ended.
    [[nodiscard]] bool any_ended() const { return living_ < launched_; }

    /// What its hosts have from the supervisor.
    [[nodiscard]] Handed& handed() { return *handed_; }

    /// The work that comes from outside; null: none does.
    [[nodiscard]] Engagement* engagement() const { return engagement_.get(); }

    /// Sends it to the process group that all hosts share. False when there is none.
    [[nodiscard]] bool signal_group(int signal) const;

    /// Watches for the end of one thread whose process may live on, where the kernel can (see sys::open_thread).
    void watch_thread(std::uint32_t host, std::int32_t tid);
    /// When that thread was seen to have ended.
    [[nodiscard]] std::optional<model::Stamp> thread_end_seen() const { return thread_end_seen_; }
    [[nodiscard]] bool watches_thread() const { return static_cast<bool>(thread_); }

    /// Ends these hosts before the teardown and reaps them: SIGTERM, then SIGKILL, each with a limit.
    void end_early(const std::vector<std::uint32_t>& numbers);
    /// Launches another host, in a fresh seat, in the place of one that has ended; what is known of that one is lost
    /// with it. Makes the pool not quiet until its workers have proven themselves.
    void launch_anew(std::uint32_t number);

    /// Ends and reaps everything: asks hosts that answered, then SIGTERM, then SIGKILL, each with a limit.
    void end();

    struct Host {
        sys::Pidfd process;
        bool answered = false;        ///< all of its workers that were called to prove themselves have
        bool cannot_be_asked = false; ///< nobody there would hear a call
        model::HostRecord record;
    };
    [[nodiscard]] Host& host(std::uint32_t number) { return hosts_[number]; }
    [[nodiscard]] const std::vector<Host>& hosts() const { return hosts_; }
    [[nodiscard]] bool alive(std::uint32_t number) const { return !hosts_[number].record.end_seen; }

private:
    static constexpr std::chrono::milliseconds reply_limit{2000};

    void prepare_seats();
    [[nodiscard]] std::vector<int> descriptors_for(std::uint32_t number) const;
    void let_go(std::uint32_t number);
    std::uint32_t launch_hosts(std::uint32_t first, std::uint32_t most);
    [[nodiscard]] pid_t group_of_next_host() const;
    /// Kills and reaps it when it cannot be watched.
    void take_in(std::uint32_t number, sys::Pidfd process);
    void take_in_forked(std::uint32_t number, std::int32_t reply);
    void request_from_zygote(std::uint32_t first, std::uint32_t count, std::span<const int> descriptors, pid_t group);
    void expect_proof_of(std::uint32_t number);
    void take_zygote_replies();
    void take_in_all(std::span<const std::int32_t> replies);
    void on_zygote();
    void lose_zygote();
    void end_untold(std::vector<pid_t> known) const;
    bool wait_unnoted(model::Stamp deadline, const std::function<bool()>& done, Wakes wakes);
    std::size_t handle_events(std::chrono::nanoseconds limit);
    void await_bells(Wakes wakes);
    void await_last_bell();
    bool note_answers_of(std::uint32_t number);
    void on_process_end(std::uint32_t number, model::Stamp now);
    void handle(Source source, model::Stamp now);
    void ask(std::uint32_t number);
    bool await_replies();
    /// True when that was in time.
    bool await_ends_of(const std::vector<std::uint32_t>& numbers, std::chrono::milliseconds limit);
    bool await_all_ended(std::chrono::milliseconds limit);

    Lane& lane_;
    const model::TrialPlan& plan_;
    std::optional<Handed> handed_; ///< from the launch on, as the next
    std::unique_ptr<Engagement> engagement_;
    std::uint32_t unshared_;
    std::vector<Host> hosts_;
    std::vector<std::vector<std::uint32_t>> called_; ///< threads of each host that the latest challenge was to
    std::uint32_t launched_ = 0;                     ///< hosts whose process is known
    std::vector<std::uint32_t> requested_;           ///< hosts asked of the zygote, in the order of its replies
    std::size_t replied_ = 0;                        ///< of these, the ones that it has replied to
    HostSetup setup_;
    pid_t group_ = 0;              ///< the process group that all hosts share; 0: none is there
    std::uint32_t living_ = 0;     ///< launched and not yet reaped
    std::uint32_t unanswered_ = 0; ///< hosts that have neither answered nor ended
    bool ending_ = false;
    bool ended_ = false;
    sys::Fd thread_;
    std::optional<model::Stamp> thread_end_seen_;
};

} // namespace bulkhead::run
