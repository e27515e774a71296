#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

namespace bulkhead::workers {

/// Few, so that workers meet at them often.
inline constexpr std::size_t ledger_accounts = 16;

/// Each kept by a load and a store, never by one instruction that does both: what happens between the two is the point.
struct alignas(16) Account {
    std::atomic<std::int64_t> balance;  ///< what it has more than at the start
    std::atomic<std::uint64_t> version; ///< changes of it
};

/// What a transfer is about to do; written before the first account is changed.
struct Journal {
    std::atomic<std::uint32_t> open; ///< 1: it was begun and not ended
    std::uint32_t from;
    std::uint32_t to;
    std::int64_t from_after; ///< balances when it is done
    std::int64_t to_after;
};

/// What a program does between reading and writing: most of the time of a transfer, so that whoever is interrupted in
/// one is interrupted here.
inline void think()
{
    constexpr int steps = 300;
    volatile std::uint64_t thought = 1;
    for (int i = 0; i < steps; ++i)
        thought = thought * 3;
}

/// Accounts between which money moves; their sum is 0 as long as nothing goes wrong. Memory of zeros is an empty one.
struct Ledger {
    std::array<Account, ledger_accounts> accounts;
    Journal journal;
    std::atomic<std::uint64_t> repairs; ///< transfers that another than their own worker ended

    /// Moves `amount`. `midway` is called when the one account is changed and the other is not.
    template <typename Midway>
    void transfer(std::uint32_t from, std::uint32_t to, std::int64_t amount, Midway&& midway)
    {
        constexpr auto relaxed = std::memory_order_relaxed;
        Account& giver = accounts[from];
        Account& taker = accounts[to];
        const std::int64_t from_after = giver.balance.load(relaxed) - amount;
        const std::int64_t to_after = taker.balance.load(relaxed) + amount;
        const std::uint64_t from_version = giver.version.load(relaxed) + 1;
        const std::uint64_t to_version = taker.version.load(relaxed) + 1;
        think();
        journal.from = from;
        journal.to = to;
        journal.from_after = from_after;
        journal.to_after = to_after;
        journal.open.store(1, std::memory_order_release);
        giver.balance.store(from_after, relaxed);
        giver.version.store(from_version, relaxed);
        midway();
        taker.balance.store(to_after, relaxed);
        taker.version.store(to_version, relaxed);
        journal.open.store(0, std::memory_order_release);
    }

    /// Ends the transfer that a dead owner of the lock had begun, where there is one.
    void repair()
    {
        if (journal.open.load(std::memory_order_acquire) == 0)
            return;
        accounts[journal.from % ledger_accounts].balance.store(journal.from_after, std::memory_order_relaxed);
        accounts[journal.to % ledger_accounts].balance.store(journal.to_after, std::memory_order_relaxed);
        journal.open.store(0, std::memory_order_release);
        repairs.store(repairs.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
    }

    [[nodiscard]] std::int64_t sum() const
    {
        std::int64_t sum = 0;
        for (const Account& account : accounts)
            sum += account.balance.load(std::memory_order_relaxed);
        return sum;
    }

    [[nodiscard]] std::uint64_t changes() const
    {
        std::uint64_t changes = 0;
        for (const Account& account : accounts)
            changes += account.version.load(std::memory_order_relaxed);
        return changes;
    }
};

} // namespace bulkhead::workers
