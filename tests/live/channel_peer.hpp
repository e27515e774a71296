#pragma once

#include "harness/run/launcher.hpp"
#include "harness/sys/proc.hpp"
#include "workers/channels/make.hpp"
#include "workers/channels/receiver.hpp"
#include "workers/channels/sender.hpp"

#include <array>
#include <atomic>
#include <chrono>
#include <doctest/doctest.h>
#include <fcntl.h>
#include <map>
#include <optional>
#include <poll.h>
#include <sstream>
#include <string>
#include <thread>
#include <unistd.h>

namespace bulkhead::test {

/// tests/live/programs/channel_peer.cpp at work. It is dead when its scope ends.
class Peer {
public:
    Peer(model::ChannelKind kind, const std::string& part, std::uint64_t count, sys::Fd end)
    {
        std::array<int, 2> ends{};
        REQUIRE(::pipe2(ends.data(), O_CLOEXEC) == 0);
        report_ = sys::Fd{ends[0]};
        const sys::Fd reporting{ends[1]};
        const std::string task = std::string{to_string(kind)} + ' ' + part + ' ' + std::to_string(count);
        process_ = run::launch(BULKHEAD_CHANNEL_PEER, task.c_str(), sys::open_null(),
                               std::array{end.number(), reporting.number()});
    }
    ~Peer()
    {
        if (process_)
            process_.kill_and_reap();
    }
    Peer(const Peer&) = delete;
    Peer& operator=(const Peer&) = delete;

    /// Its next line.
    std::string line()
    {
        std::string text;
        for (char next = 0; text.size() < 4096; text += next) {
            REQUIRE(is_readable(report_));
            if (::read(report_.number(), &next, 1) != 1 || next == '\n')
                break;
        }
        return text;
    }
    /// What it reports at last.
    std::map<std::string, std::uint64_t> report()
    {
        std::string text = line();
        if (text == "ready")
            text = line();
        std::istringstream words{text};
        std::map<std::string, std::uint64_t> facts;
        std::string name;
        for (std::uint64_t number = 0; words >> name >> number;)
            facts[name] = number;
        return facts;
    }
    /// How it ended by itself.
    sys::Termination end()
    {
        REQUIRE(is_readable(process_.descriptor()));
        const auto termination = process_.reap();
        process_ = {};
        REQUIRE(termination.has_value());
        return *termination;
    }
    void kill()
    {
        process_.kill_and_reap();
        process_ = {};
    }

private:
    static bool is_readable(const sys::Fd& descriptor)
    {
        constexpr int most_ms = 20'000;
        pollfd one{descriptor.number(), POLLIN, 0};
        return ::poll(&one, 1, most_ms) == 1;
    }

    sys::Pidfd process_;
    sys::Fd report_;
};

/// Does something that blocks in a thread of its own.
class Blocked {
public:
    template <typename Action>
    explicit Blocked(Action action)
        : thread_([this, action]() mutable {
              tid_ = ::gettid();
              action();
              is_over_ = true;
          })
    {}
    ~Blocked() { thread_.join(); }
    Blocked(const Blocked&) = delete;
    Blocked& operator=(const Blocked&) = delete;

    /// True when it is asleep in what it does; it has five seconds to get there.
    [[nodiscard]] bool sleeps() const
    {
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds{5};
        while (std::chrono::steady_clock::now() < deadline && !is_over_) {
            const auto look = tid_ == 0 ? std::nullopt : sys::look_at_thread(::getpid(), tid_);
            if (look && look->state == 'S')
                return !is_over_;
            std::this_thread::sleep_for(std::chrono::milliseconds{1});
        }
        return false;
    }
    [[nodiscard]] bool is_over() const { return is_over_; }

private:
    std::atomic<pid_t> tid_ = 0;
    std::atomic<bool> is_over_ = false;
    std::thread thread_;
};

/// A channel, or a note that this machine has none of the kind.
inline std::optional<workers::MadeChannel> channel_or_skip(model::ChannelKind kind)
{
    workers::MadeChannel made = workers::make_channel(kind);
    if (made)
        return made;
    MESSAGE("left out: " << to_string(kind) << ": " << workers::why_refused(made));
    return std::nullopt;
}

} // namespace bulkhead::test
