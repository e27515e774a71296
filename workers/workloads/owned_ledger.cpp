#include "workers/owned_ledger.hpp"

#include "harness/sys/clock.hpp"
#include "workers/commons.hpp"
#include "workers/workload.hpp"

#include <algorithm>
#include <csignal>
#include <unistd.h>

namespace bulkhead::workers {
namespace {

using model::Passage;
using std::chrono::microseconds;

constexpr std::int64_t most_money = 100;
constexpr auto relaxed = std::memory_order_relaxed;

/// So long the owner may overlook that it is called, for it sleeps on the channels of its clients.
constexpr microseconds longest_sleep{2000};

std::uint32_t index_of(const Header& header, std::uint32_t thread)
{
    return header.host * header.threads + thread;
}

/// How many ends come before those of this thread: two for each client among the threads before it.
std::uint32_t ends_before(const Header& header, std::uint32_t thread)
{
    const bool owner_is_here = header.host == 0;
    return 2 * (owner_is_here && thread > 0 ? thread - 1 : thread);
}

timespec to_timespec(microseconds time)
{
    constexpr std::int64_t us_per_s = 1'000'000;
    return {static_cast<time_t>(time.count() / us_per_s), static_cast<long>(time.count() % us_per_s) * 1000L};
}

/// Whatever the message says, it is a transfer between two accounts that there are.
Transfer transfer_of(const Message& message)
{
    const auto from = static_cast<std::uint32_t>(message.payload[0] % ledger_accounts);
    const auto to = static_cast<std::uint32_t>(message.payload[1] % ledger_accounts);
    return {from, to, static_cast<std::int64_t>(message.payload[2])};
}

} // namespace

OwnedLedger::OwnedLedger(const Header& header, Slot& slot, std::uint32_t thread)
    : slot_(slot), index_(index_of(header, thread))
{
    if (index_ == 0) {
        open_clients(header);
    } else {
        const auto first = static_cast<int>(header.first_end + ends_before(header, thread));
        answers_ = Receiver{header.channel, sys::Fd{first}};
        requests_ = Sender{header.channel, sys::Fd{first + 1}, SigPipe::spared};
        if (!answers_ || !requests_)
            ::_exit(exit_no_commons);
    }
    // For a pipe only the signal's being blocked does what MSG_NOSIGNAL does for sockets. Threads inherit it.
    sigset_t broken_pipe;
    ::sigemptyset(&broken_pipe);
    ::sigaddset(&broken_pipe, SIGPIPE);
    ::pthread_sigmask(SIG_BLOCK, &broken_pipe, nullptr);
}

void OwnedLedger::open_clients(const Header& header)
{
    ledger_ = std::make_unique<Ledger>();
    auto next = static_cast<int>(header.first_end + ends_before(header, header.threads));
    clients_.reserve(header.workers - 1);
    polled_.reserve(header.workers - 1);
    for (std::uint32_t client = 1; client < header.workers; ++client, next += 2) {
        clients_.push_back({Receiver{header.channel, sys::Fd{next}},
                            Sender{header.channel, sys::Fd{next + 1}, SigPipe::spared}, MessageTally{client}});
        polled_.push_back({next, POLLIN, 0});
        if (!clients_.back().requests || !clients_.back().answers)
            ::_exit(exit_no_commons);
    }
}

void OwnedLedger::write(Count what, std::uint64_t value)
{
    slot_.counts[static_cast<std::size_t>(what)].store(value, relaxed);
}

void OwnedLedger::note_done()
{
    write(Count::transfers, ++done_);
}

void OwnedLedger::do_transfer(const Transfer& transfer)
{
    ledger_->transfer(transfer.from, transfer.to, transfer.amount, [] {});
}

void OwnedLedger::begin(const Transfer& transfer)
{
    if (is_owner()) {
        serve();
        do_transfer(transfer);
        note_done();
        return;
    }
    const Message request =
        make_message(index_, sent_, {transfer.from, transfer.to, static_cast<std::uint64_t>(transfer.amount)});
    for (;;) {
        const Passed passed = requests_.send(request, no_limit);
        if (passed)
            break;
        if (passed.how != Passage::timed_out) // a signal
            stay_without_owner(Count::sending, passed.how);
    }
    write(Count::sent, ++sent_);
}

/// Who was thrown out of an op after it had asked gets the answer to that one first.
void OwnedLedger::finish()
{
    while (!is_owner()) {
        Message answer;
        const Passed passed = answers_.receive(answer, no_limit);
        if (passed.how == Passage::timed_out)
            continue;
        if (!passed)
            stay_without_owner(Count::receiving, passed.how);
        note_done();
        if (answer.payload[0] + 1 == sent_)
            return;
    }
}

void OwnedLedger::stay_without_owner(Count direction, Passage shown)
{
    write(direction, 1 + static_cast<std::uint64_t>(shown));
    for (;;)
        ::pause();
}

void OwnedLedger::serve()
{
    serve(microseconds::zero());
}

void OwnedLedger::serve(microseconds wait)
{
    const timespec most = to_timespec(wait);
    if (::ppoll(polled_.data(), polled_.size(), &most, nullptr) <= 0)
        return;
    for (std::size_t client = 0; client < polled_.size(); ++client)
        if (polled_[client].revents != 0)
            take_requests(client);
}

/// A client has one request under way; whoever sends more has to wait its turn.
void OwnedLedger::take_requests(std::size_t number)
{
    Client& client = clients_[number];
    Message request;
    const std::uint64_t before = client.tally.counts().distinct;
    const Passed passed = client.requests.receive(request, Limit::zero());
    client.tally.add(passed, request);
    if (passed.how == Passage::timed_out || passed.how == Passage::bad_frame)
        return;
    if (!passed) {
        polled_[number].fd = -1; // poll(2) leaves it out
        return;
    }
    if (client.tally.counts().distinct > before)
        do_transfer(transfer_of(request));
    // Whoever has one request under way has room for one answer, or is gone.
    client.answers.send(make_message(index_, client.tally.counts().received, {request.number}), Limit::zero());
}

void OwnedLedger::serve_until_called(const std::atomic<std::uint32_t>& call, std::uint32_t seen, microseconds time)
{
    const std::int64_t end = sys::monotonic_ns() + std::chrono::nanoseconds{time}.count();
    for (std::int64_t now = sys::monotonic_ns(); now < end && call.load(std::memory_order_acquire) == seen;
         now = sys::monotonic_ns()) {
        const auto left = std::chrono::ceil<microseconds>(std::chrono::nanoseconds{end - now});
        serve(std::min(left, longest_sleep));
    }
}

void OwnedLedger::account()
{
    if (!is_owner())
        return;
    serve();
    MessageCounts sum;
    std::uint64_t torn = 0;
    for (const Client& client : clients_) {
        const MessageCounts& counts = client.tally.counts();
        sum.distinct += counts.distinct;
        sum.duplicated += counts.duplicated + counts.stale;
        sum.refused += counts.refused + counts.strayed;
        torn += counts.torn ? 1 : 0;
    }
    write(Count::came, sum.distinct);
    write(Count::duplicated, sum.duplicated);
    write(Count::refused, sum.refused);
    write(Count::torn, torn);
    write(Count::sum, static_cast<std::uint64_t>(ledger_->sum()));
    write(Count::changes, ledger_->changes());
}

namespace workloads {

void ask_owner(Workplace& place)
{
    const std::uint32_t from = draw(place) % ledger_accounts;
    const std::uint32_t to = (from + 1 + draw(place) % (ledger_accounts - 1)) % ledger_accounts;
    place.ledger->begin({from, to, 1 + draw(place) % most_money});
}

void await_owner(Workplace& place)
{
    place.ledger->finish();
}

void transfer_by_owner(Workplace& place)
{
    ask_owner(place);
    await_owner(place);
}

std::uint32_t check_owned_sum(Workplace& place)
{
    return place.ledger->sum_holds() ? 0 : shared_record_is_broken;
}

void serve_clients_of_ledger(Workplace& place)
{
    if (place.ledger->is_owner())
        place.ledger->serve();
}

} // namespace workloads

} // namespace bulkhead::workers
