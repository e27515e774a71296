#include "workers/channels/tally.hpp"

namespace bulkhead::workers {

void MessageTally::add(const Passed& passed, const Message& message)
{
    switch (passed.how) {
    case model::Passage::done:
        counts_.torn = false;
        if (message.sender == sender_)
            count(message.number);
        else
            ++counts_.strayed;
        break;
    case model::Passage::torn: counts_.torn = true; break;
    case model::Passage::bad_frame: ++counts_.refused; break;
    case model::Passage::timed_out:
    case model::Passage::end_of_stream:
    case model::Passage::reset:
    case model::Passage::broken_pipe:
    case model::Passage::failed: break;
    }
}

void MessageTally::count(std::uint64_t number)
{
    ++counts_.received;
    if (counts_.distinct == 0 || number > highest_) {
        advance_to(number);
        ++counts_.distinct;
        return;
    }
    if (highest_ - number >= window) {
        ++counts_.stale;
        return;
    }
    if (came_[number % window]) {
        ++counts_.duplicated;
        return;
    }
    came_[number % window] = true;
    ++counts_.distinct;
    ++counts_.reordered;
}

/// The numbers in between have not come. A step may be as wide as a number can be.
void MessageTally::advance_to(std::uint64_t number)
{
    const std::uint64_t step = number - highest_;
    if (step >= window)
        came_.reset();
    else
        for (std::uint64_t between = highest_ + 1; between < number; ++between)
            came_[between % window] = false;
    highest_ = number;
    came_[number % window] = true;
}

std::uint64_t MessageTally::lost() const
{
    return counts_.distinct == 0 ? 0 : highest_ - (counts_.distinct - 1); // highest_ + 1 may not fit
}

std::uint64_t MessageTally::lost_of(std::uint64_t sent) const
{
    return sent > counts_.distinct ? sent - counts_.distinct : 0;
}

} // namespace bulkhead::workers
