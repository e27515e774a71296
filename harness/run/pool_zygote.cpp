// How a pool has its hosts forked by the lane's zygote, and what it does when that is lost.

#include "harness/run/pool.hpp"

#include "harness/sys/error.hpp"
#include "harness/sys/proc.hpp"

#include <algorithm>
#include <exception>

namespace bulkhead::run {
namespace {

/// Whoever it has forked has executed nothing since, and so has its arguments: PROGRAM "zygote". So does one that has
/// ended and not been reaped, of which the system does not tell them any more.
bool is_of_zygote(pid_t child)
{
    const auto arguments = sys::arguments_of(child);
    return arguments.empty() || (arguments.size() == 2 && arguments.back() == "zygote");
}

} // namespace

void Pool::request_from_zygote(std::uint32_t first, std::uint32_t count, std::span<const int> descriptors, pid_t group)
{
    try {
        lane_.zygote().request(count, descriptors, group);
    } catch (const std::system_error&) {
        lose_zygote();
        throw;
    }
    for (std::uint32_t number = first; number < first + count; ++number)
        requested_.push_back(number);
}

/// It is gone, and the replies that are due with it. The next trial starts another.
void Pool::lose_zygote()
{
    const std::vector<pid_t> others =
        lane_.has_zygote() && zygote_owes() ? lane_.zygote().children_before() : std::vector<pid_t>{};
    lane_.give_up_zygote();
    replied_ = requested_.size();
    if (!others.empty())
        end_untold(others);
}

/// Hosts that the zygote had forked before it could tell of them: children of this thread that came after it and that
/// nobody knows. They would live on until the thread ends.
void Pool::end_untold(std::vector<pid_t> known) const
{
    const auto is_known = [&](pid_t child) {
        return std::ranges::find(known, child) != known.end() || child == lane_.janitor_pid() ||
               std::ranges::any_of(hosts_, [&](const Host& host) { return host.process && host.record.pid == child; });
    };
    // The kernel may leave children out of the list when one ends while it is read: once more, until nobody new is in
    // it.
    constexpr int most_looks = 10;
    bool found = true;
    for (int look = 0; found && look < most_looks; ++look) {
        found = false;
        for (const pid_t child : sys::children_of_thread()) {
            if (is_known(child) || !is_of_zygote(child))
                continue;
            found = true;
            known.push_back(child); // also where it cannot be reaped
            try {
                sys::Pidfd::open_or_kill(child).kill_and_reap();
            } catch (const std::system_error&) { // NOLINT: it is killed and reaped all the same
            }
        }
    }
}

void Pool::take_zygote_replies()
{
    while (zygote_owes()) {
        std::optional<std::span<const std::int32_t>> reply;
        try {
            reply = lane_.zygote().reply();
        } catch (const std::system_error&) {
            lose_zygote();
            if (ending_)
                return;
            throw;
        }
        if (!reply)
            return;
        take_in_all(*reply);
    }
}

/// One that cannot be taken in does not keep the others from it, or they would be left alone.
void Pool::take_in_all(std::span<const std::int32_t> replies)
{
    std::exception_ptr refused;
    for (const std::int32_t reply : replies) {
        if (replied_ == requested_.size())
            break;
        try {
            take_in_forked(requested_[replied_++], reply);
        } catch (const std::system_error&) {
            refused = std::current_exception();
        }
    }
    if (refused)
        std::rethrow_exception(refused);
}

/// `reply` is the zygote's: a pid, or the number of an error below 0.
void Pool::take_in_forked(std::uint32_t number, std::int32_t reply)
{
    try {
        if (reply <= 0)
            sys::refuse("fork in the zygote", -reply);
        take_in(number, sys::Pidfd::open_or_kill(reply));
    } catch (const std::system_error&) { // whoever was not taken in is dead and reaped
        if (!ending_)
            throw;
    }
}

/// A reply, or the end of the zygote, which would go on to be told of.
void Pool::on_zygote()
{
    if (zygote_owes()) {
        take_zygote_replies();
        return;
    }
    try {
        if (lane_.has_zygote() && lane_.zygote().reply())
            lose_zygote(); // a reply that nobody asked for
    } catch (const std::system_error&) {
        lose_zygote();
    }
}

} // namespace bulkhead::run
