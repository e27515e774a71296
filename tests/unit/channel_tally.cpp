#include "workers/channels/tally.hpp"

#include <algorithm>
#include <cstdint>
#include <doctest/doctest.h>
#include <initializer_list>
#include <limits>
#include <numeric>
#include <rapidcheck.h>
#include <set>
#include <vector>

using namespace bulkhead;
using namespace bulkhead::workers;

namespace {

constexpr std::uint32_t sender = 7;
constexpr std::uint64_t most = std::numeric_limits<std::uint64_t>::max();

template <typename Numbers>
MessageTally tally_of(const Numbers& numbers)
{
    MessageTally tally{sender};
    for (const std::uint64_t number : numbers)
        tally.add({}, make_message(sender, number));
    return tally;
}

MessageTally tally_of(std::initializer_list<std::uint64_t> numbers)
{
    return tally_of(std::vector(numbers));
}

} // namespace

TEST_CASE("messages in order are just received")
{
    std::vector<std::uint64_t> numbers(10'000);
    std::iota(numbers.begin(), numbers.end(), 0);
    const MessageTally tally = tally_of(numbers);
    CHECK(tally.counts() == MessageCounts{.received = 10'000, .distinct = 10'000});
    CHECK(tally.lost() == 0);
    CHECK(tally.lost_of(10'000) == 0);
}

TEST_CASE("a gap is lost, also before the first one that came")
{
    CHECK(tally_of({0, 1, 4}).lost() == 2);
    CHECK(tally_of({3}).lost() == 3);
}

TEST_CASE("what is missing at the end is lost only by the sender's own count")
{
    const MessageTally tally = tally_of({0, 1, 2});
    CHECK(tally.lost() == 0);
    CHECK(tally.lost_of(5) == 2);
    CHECK(MessageTally{sender}.lost_of(5) == 5);
}

TEST_CASE("a message that comes late is reordered, and no longer lost")
{
    const MessageTally tally = tally_of({0, 2, 1});
    CHECK(tally.counts() == MessageCounts{.received = 3, .distinct = 3, .reordered = 1});
    CHECK(tally.lost() == 0);
}

TEST_CASE("a message that comes again is duplicated, and hides no loss")
{
    const MessageTally tally = tally_of({0, 0, 2, 2, 0});
    CHECK(tally.counts() == MessageCounts{.received = 5, .distinct = 2, .duplicated = 3});
    CHECK(tally.lost() == 1);
}

TEST_CASE("a message from too far behind is called neither late nor a duplicate")
{
    const MessageTally tally = tally_of({0, MessageTally::window, 0});
    CHECK(tally.counts() == MessageCounts{.received = 3, .distinct = 2, .stale = 1});
}

TEST_CASE("the oldest number of the window is still told apart, whatever had its place before")
{
    const MessageTally tally = tally_of({0, 1, MessageTally::window + 5, 6, 6});
    CHECK(tally.counts() == MessageCounts{.received = 5, .distinct = 4, .reordered = 1, .duplicated = 1});
}

TEST_CASE("no number makes a count overflow")
{
    const MessageTally tally = tally_of({most, 0, most, most - 1, 1});
    CHECK(tally.counts() == MessageCounts{.received = 5, .distinct = 2, .reordered = 1, .duplicated = 1, .stale = 2});
    CHECK(tally.lost() == most - 1);
    CHECK(tally_of({most}).lost() == most);
}

TEST_CASE("another sender's message is not counted as this one's")
{
    MessageTally tally{sender};
    tally.add({}, make_message(sender + 1, 5));
    CHECK(tally.counts() == MessageCounts{.strayed = 1});
    CHECK(tally.lost() == 0);
}

TEST_CASE("only a last frame can be torn: one that is finished after all was not")
{
    MessageTally tally{sender};
    tally.add({model::Passage::torn, 0}, {});
    tally.add({model::Passage::torn, 0}, {});
    CHECK(tally.counts() == MessageCounts{.torn = true});
    tally.add({}, make_message(sender, 0));
    CHECK(tally.counts() == MessageCounts{.received = 1, .distinct = 1});
}

TEST_CASE("a frame that was refused is counted, and a receive that brought nothing is not")
{
    MessageTally tally{sender};
    tally.add({model::Passage::bad_frame, 0}, {});
    for (const auto how : {model::Passage::timed_out, model::Passage::end_of_stream, model::Passage::reset,
                           model::Passage::broken_pipe, model::Passage::failed})
        tally.add({how, 0}, {});
    CHECK(tally.counts() == MessageCounts{.refused = 1});
}

TEST_CASE("within the window every sequence is counted as by who remembers all of it")
{
    CHECK(rc::check([] {
        const auto numbers =
            *rc::gen::container<std::vector<std::uint64_t>>(rc::gen::inRange<std::uint64_t>(0, MessageTally::window));
        std::set<std::uint64_t> seen;
        MessageCounts expected;
        for (const std::uint64_t number : numbers) {
            const bool is_late = !seen.empty() && number < *seen.rbegin();
            const bool is_new = seen.insert(number).second;
            ++expected.received;
            ++(is_new ? expected.distinct : expected.duplicated);
            expected.reordered += is_new && is_late ? 1 : 0;
        }
        const MessageTally tally = tally_of(numbers);
        RC_ASSERT(tally.counts() == expected);
        RC_ASSERT(tally.lost() == (seen.empty() ? 0 : *seen.rbegin() + 1 - seen.size()));
    }));
}
