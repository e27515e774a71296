#include "harness/model/nearest.hpp"

#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <rapidcheck.h>

using bulkhead::model::nearest;

namespace {

const std::vector<std::string> words{"segv-null", "segv-noexec", "abort", "exit", "thread-exit", "none"};

} // namespace

TEST_CASE("a slip of the pen finds the word that was meant")
{
    struct Slip {
        const char* typed;
        const char* meant;
    };
    for (const Slip& slip :
         {Slip{"segv-nul", "segv-null"},   // left out
          Slip{"segv-nulll", "segv-null"}, // once too often
          Slip{"segv_null", "segv-null"},  // another letter
          Slip{"abrot", "abort"},          // two swapped
          Slip{"tread-exit", "thread-exit"}, Slip{"exti", "exit"}, Slip{"exit", "exit"}, Slip{"nnoe", "none"}}) {
        CAPTURE(slip.typed);
        CHECK(nearest(slip.typed, words) == slip.meant);
    }
}

TEST_CASE("a swap of neighbours is one slip, not two")
{
    CHECK(nearest("ba", std::vector<std::string>{"ab"}) == "ab"); // a third of two letters, rounded up, is one
    CHECK_FALSE(nearest("xy", std::vector<std::string>{"ab"}));
}

TEST_CASE("a swapped pair is not edited again: ca and abc are three slips apart")
{
    CHECK_FALSE(nearest("ca", std::vector<std::string>{"abc"}));
}

TEST_CASE("a word that is far from all of them finds none")
{
    for (const char* typed : {"", "completely-different", "zzzzz", "ki", "se"}) {
        CAPTURE(typed);
        CHECK_FALSE(nearest(typed, words));
    }
    CHECK_FALSE(nearest("abort", {}));
}

TEST_CASE("of words that begin with what was typed the shortest is meant")
{
    const std::vector<std::string> names{"segv-holding-lock", "segv-null", "abort"};
    CHECK(nearest("segv", names) == "segv-null");
    CHECK(nearest("segv-h", names) == "segv-holding-lock");
    CHECK_FALSE(nearest("se", names)); // too little to tell
    CHECK(nearest("segv-nul", std::vector<std::string>{"segv-nulls-and-more", "segv-null"}) == "segv-null");
}

TEST_CASE("up to a third of the longer word's length may be wrong, and no more")
{
    const std::vector<std::string> six{"abcdef"};
    CHECK(nearest("abcdxy", six) == "abcdef");
    CHECK_FALSE(nearest("abcxyz", six));
    const std::vector<std::string> seven{"abcdefg"};
    CHECK(nearest("abcdxyz", seven) == "abcdefg"); // a third of seven, rounded up, is three
    CHECK_FALSE(nearest("abcwxyz", seven));
}

TEST_CASE("the nearest word wins, and of two that are as near the first")
{
    CHECK(nearest("segv-nuxl", words) == "segv-null");
    CHECK(nearest("cat", std::vector<std::string>{"bat", "hat"}) == "bat");
}

TEST_CASE("every word is nearest to itself, and any one change of a long word is undone")
{
    CHECK(rc::check([] {
        const auto word = *rc::gen::container<std::string>(12, rc::gen::inRange('a', static_cast<char>('z' + 1)));
        const std::vector<std::string> candidates{word};
        RC_ASSERT(nearest(word, candidates) == word);
        std::string typed = word;
        typed[*rc::gen::inRange<std::size_t>(0, typed.size())] = '#';
        RC_ASSERT(nearest(typed, candidates) == word);
    }));
}
