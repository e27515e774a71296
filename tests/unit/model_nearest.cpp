#include "harness/model/nearest.hpp"

#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <rapidcheck.h>

using bulkhead::model::all_near;
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
    CHECK(nearest("cvs", std::vector<std::string>{"csv"}) == "csv"); // one slip is all that three letters may have
    CHECK_FALSE(nearest("cxy", std::vector<std::string>{"csv"}));
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

TEST_CASE("all that begin with what was typed can be had, six of them at most, where none is near")
{
    const std::vector<std::string> names{"segv-holding-lock", "segv-null", "abort"};
    CHECK(all_near("segv", names) == std::vector<std::string>{"segv-holding-lock", "segv-null"});
    CHECK(all_near("segv-nul", names) == std::vector<std::string>{"segv-null"});
    CHECK(all_near("zzz", names).empty());
    std::vector<std::string> many;
    for (const char letter : {'a', 'b', 'c', 'd', 'e', 'f', 'g'})
        many.push_back(std::string("begins-with-") + letter);
    CHECK(all_near("begins", many).size() == 6);
}

TEST_CASE("a short word is not taken for another that has little in common with it")
{
    struct Pair {
        const char* typed;
        const char* other;
    };
    for (const Pair& pair : {Pair{"test", "list"}, Pair{"-x", "-h"}, Pair{"tcsh", "bash"}, Pair{"some", "none"},
                             Pair{"kill -9", "kill"}}) {
        CAPTURE(pair.typed);
        CHECK_FALSE(nearest(pair.typed, std::vector<std::string>{pair.other}));
    }
}

TEST_CASE("a numbered id is never taken for one with another number")
{
    const std::vector<std::string> ids{"C09", "C13"};
    CHECK_FALSE(nearest("C99", ids));
    CHECK(nearest("C9", ids) == "C09");
    CHECK(nearest("c13", ids) == "C13");
    CHECK(nearest("8x2", std::vector<std::string>{"8x1"}) == "8x1"); // no id
}

TEST_CASE("the longer a word, the more of it may be wrong")
{
    const std::vector<std::string> six{"abcdef"};
    CHECK(nearest("abcdxy", six) == "abcdef");
    CHECK_FALSE(nearest("abcxyz", six));
    const std::vector<std::string> nine{"abcdefghi"};
    CHECK(nearest("abcdefxyz", nine) == "abcdefghi"); // a third
    CHECK_FALSE(nearest("abcdewxyz", nine));
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
