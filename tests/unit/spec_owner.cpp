// The ledger that one worker owns, in experiment files.

#include "spec_reading.hpp"

#include <doctest/doctest.h>

namespace {

using namespace bulkhead;
using namespace bulkhead::spec::test;

std::string file_of(const std::string& pool, const std::string& fault)
{
    return "schema = 1\nname = \"x\"\n[pool]\n" + pool + "\n[fault]\n" + fault + "\n";
}

const std::string owned = "shapes = [\"8x1\", \"1x8\"]\nworkload = \"owned-ledger\"\n";

} // namespace

TEST_CASE("the victim is the owner, a client or a named worker, and the file says which")
{
    for (const char* part : {"owner", "client"})
        CHECK(model::victim_text(experiment_in(
                  file_of(owned, "kinds = [\"abort\"]\nvictim = \"" + std::string{part} + "\""))) == part);
    CHECK(model::victim_text(experiment_in(file_of(owned, "kinds = [\"abort\"]\nvictim = \"p0t0\""))) == "p0t0");
    CHECK_MESSAGE(mistakes_in(file_of(owned, "kinds = [\"none\"]")).empty(), "nobody fails");
    const auto mistakes = mistakes_in(file_of(owned, "kinds = [\"abort\"]"));
    REQUIRE(mistakes.size() == 1);
    CHECK(mistakes.front().message.find("depends on whether it owns the ledger") != std::string::npos);
}

TEST_CASE("a ledger with an owner takes no lock, no ring, no strategy, and not too many clients")
{
    struct Row {
        std::string pool;
        std::string rest;
        const char* message;
    };
    const std::string fault = "kinds = [\"abort\"]\nvictim = \"owner\"";
    for (const Row& row : std::initializer_list<Row>{
             {owned + "lock = \"plain\"", fault, "can have the lock \"plain\""},
             {owned + "lock = \"robust\"", fault, "can have the lock \"robust\""},
             {owned + "channel = [\"pipe\", \"ring\"]", fault, "which rings cannot do"},
             {owned, fault + "\n[supervise]\nstrategy = \"one-for-one\"", "channels between workers end with"},
             {"shapes = [\"1x62\"]\nworkload = \"owned-ledger\"", fault, "cannot serve 1x62"},
             {"shapes = [\"122x1\"]\nworkload = \"owned-ledger\"", fault, "cannot serve 122x1"},
             {owned, "kinds = [\"flood\"]\nvictim = \"owner\"", "which only the ring has"},
             {owned, "kinds = [\"main-returns\"]\nvictim = \"client\"", "can only strike the thread 0"},
             {"shapes = [\"1x1\"]\nworkload = \"owned-ledger\"", "kinds = [\"abort\"]\nvictim = \"client\"",
              "has no client"},
             {"shapes = [\"8x1\"]", "kinds = [\"abort\"]\nvictim = \"client\"", "has a \"client\""},
             {"shapes = [\"8x1\"]", fault, "has an \"owner\""},
         }) {
        CAPTURE(row.pool);
        CAPTURE(row.rest);
        const auto mistakes = mistakes_in(file_of(row.pool, row.rest));
        REQUIRE(mistakes.size() == 1);
        CHECK_MESSAGE(mistakes.front().message.find(row.message) != std::string::npos, mistakes.front().message);
        CHECK(mistakes.front().line > 3);
    }
    for (const char* pool : {"1x61", "121x1"})
        CHECK(mistakes_in(file_of("shapes = [\"" + std::string{pool} + "\"]\nworkload = \"owned-ledger\"", fault))
                  .empty());
}
