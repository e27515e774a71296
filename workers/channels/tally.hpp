#pragma once

#include "workers/channels/message.hpp"
#include "workers/channels/passage.hpp"

#include <bitset>
#include <cstdint>

namespace bulkhead::workers {

/// What one receiver has had from one sender, by the numbers of the messages. Needs the same memory however many come.
struct MessageCounts {
    std::uint64_t received = 0;   ///< messages of that sender that hold
    std::uint64_t distinct = 0;   ///< of these, such as had not come before
    std::uint64_t reordered = 0;  ///< of the distinct: came after one with a higher number
    std::uint64_t duplicated = 0; ///< came again
    std::uint64_t stale = 0;      ///< so far behind that nobody knows whether it came before
    std::uint64_t strayed = 0;    ///< hold, but are another sender's
    std::uint64_t refused = 0;    ///< frames that do not hold
    bool torn = false;            ///< the latest frame was begun and never finished; only a last one can be
    bool operator==(const MessageCounts&) const = default;
};

/// Counts what a receiver gets.
class MessageTally {
public:
    explicit MessageTally(std::uint32_t sender) : sender_(sender) {}

    /// What came of a receive, whatever it was; the message counts where it is done.
    void add(const Passed& passed, const Message& message);

    [[nodiscard]] const MessageCounts& counts() const { return counts_; }
    /// Messages below the highest number that came, which did not come (yet).
    [[nodiscard]] std::uint64_t lost() const;
    /// The same, of so many that the sender says it has sent: what is missing at the end counts, too.
    [[nodiscard]] std::uint64_t lost_of(std::uint64_t sent) const;

    /// How far behind the highest number a message may be and still be told from one that comes again.
    static constexpr std::uint64_t window = 1024;

private:
    void count(std::uint64_t number);
    void advance_to(std::uint64_t number);

    std::uint32_t sender_;
    std::uint64_t highest_ = 0;  ///< of those that came, where any has
    std::bitset<window> came_{}; ///< by number % window: the latest `window` numbers up to the highest
    MessageCounts counts_{};
};

} // namespace bulkhead::workers
