#pragma once

// A ledger that one worker of the pool owns, the first; the others are its clients, and reach it by messages.
//
//   1. A request carries a whole transfer: from, to, amount. Its number counts the requests of its client.
//   2. The owner does it, unless it came before, and answers with that number. Nobody else can reach the accounts: no
//      lock is needed, and nobody sees a transfer half-done.
//   3. A client has one request under way, and its op is done when the answer has come. Once it is shown that the owner
//      is gone there is nobody to do its op: it notes what it was shown and completes no op any more.
//
// Each client has two channels, one for each direction. Descriptors of a host, from Header::first_end on: for each of
// its threads that is a client the end of the answers and the end of its requests; then, where the owner is, for each
// client of the pool the end of its requests and the end of the answers to it.

#include "workers/blackbox.hpp"
#include "workers/channels/receiver.hpp"
#include "workers/channels/sender.hpp"
#include "workers/channels/tally.hpp"
#include "workers/ledger.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <poll.h>
#include <vector>

namespace bulkhead::workers {

struct Transfer {
    std::uint32_t from;
    std::uint32_t to;
    std::int64_t amount;
};

/// A worker's place at it: the owner, or a client. Of one thread.
class OwnedLedger {
public:
    /// Ends the process with exit_no_commons when it finds no channels of that kind.
    OwnedLedger(const Header& header, Slot& slot, std::uint32_t thread);

    [[nodiscard]] bool is_owner() const { return static_cast<bool>(ledger_); }

    /// The owner does it; a client asks for it.
    void begin(const Transfer& transfer);
    /// A client waits for the answer: without one it does not come back.
    void finish();

    /// The owner answers what has come, and waits for nothing.
    void serve();
    /// The owner answers what comes, until the word is another than `seen` or the time is over.
    void serve_until_called(const std::atomic<std::uint32_t>& call, std::uint32_t seen, std::chrono::microseconds time);

    /// The owner writes what it knows into the slot.
    void account();
    /// True for everybody but an owner whose sum is another than at the start.
    [[nodiscard]] bool sum_holds() const { return !ledger_ || ledger_->sum() == 0; }

private:
    struct Client {
        Receiver requests;
        Sender answers;
        MessageTally tally;
    };

    void open_clients(const Header& header);
    void serve(std::chrono::microseconds wait);
    void take_requests(std::size_t number);
    void do_transfer(const Transfer& transfer);
    void note_done();
    void write(Count what, std::uint64_t value);
    [[noreturn]] void stay_without_owner(Count direction, model::Passage shown);

    Slot& slot_;
    std::uint32_t index_; ///< in the pool
    std::uint64_t done_ = 0;
    // Of a client.
    Receiver answers_;
    Sender requests_;
    std::uint64_t sent_ = 0;
    // Of the owner.
    std::unique_ptr<Ledger> ledger_; ///< on its heap; null: it is a client
    std::vector<Client> clients_;
    std::vector<pollfd> polled_; ///< of each client; -1: it is gone
};

} // namespace bulkhead::workers
