#include "harness/store/rows.hpp"
#include "tests/unit/store_fixture.hpp"

#include <doctest/doctest.h>

using namespace bulkhead;
using namespace bulkhead::store;
using namespace bulkhead::store::fixture;

namespace {

void insert(Rows& rows, std::size_t count, const std::vector<int>& numbers)
{
    rows.insert(count, [&](Statement& row, std::size_t position) { row << numbers[position] << "text"; });
}

} // namespace

TEST_CASE("a trial comes back whole, however many hosts, workers and figures it has")
{
    const Folder folder;
    Writer results = writer(folder / "r.db");
    std::vector<model::TrialRecord> records;
    for (const std::uint32_t count : {1U, 2U, 15U, 16U, 17U, 33U, 0U, 1024U, 3U}) {
        model::TrialRecord record = trial(static_cast<std::uint32_t>(11 + records.size()));
        record.hosts.clear();
        record.workers.clear();
        for (std::uint32_t number = 0; number < count; ++number) {
            model::HostRecord host;
            host.number = number;
            if (number % 3 == 1) { // what a row has, the next one is without, and the other way round
                host.termination = sys::Exited{static_cast<int>(number % 2)};
            }
            record.hosts.push_back(host);
            record.workers.push_back(worker({number, 0}, number / 2,
                                            number % 2 == 0 ? std::optional(model::Answer{5, true, 9}) : std::nullopt,
                                            std::nullopt));
            record.figures.push_back({std::to_string(number), number / 4.0});
        }
        results.add(record);
        records.push_back(record);
    }
    CHECK(all_of(Reader(folder / "r.db")) == records);
}

TEST_CASE("a parameter that was given one value takes any other, and the first again")
{
    const Folder folder;
    Database database(folder / "r.db", Access::write);
    Statement echo(database, "SELECT typeof(?1), ?1");
    const auto comes_back_as = [&](const std::string& type, const std::string& value) {
        REQUIRE(echo.next());
        CHECK(echo.get_text() == type);
        CHECK(echo.get_text() == value);
        echo.reset();
    };
    const std::optional<int> none;
    for (int time = 0; time < 2; ++time) {
        echo << 5;
        comes_back_as("integer", "5");
        echo << 5;
        comes_back_as("integer", "5");
        echo << 5.0;
        comes_back_as("real", "5.0");
        echo << 5;
        comes_back_as("integer", "5");
        echo << none;
        comes_back_as("null", "");
        echo << none;
        comes_back_as("null", "");
        echo << 0;
        comes_back_as("integer", "0");
        echo << "5";
        comes_back_as("text", "5");
        echo << none;
        comes_back_as("null", "");
    }
    CHECK_THROWS_AS(echo << 1 << 1, SqliteError); // it has one parameter only
    echo << 1;
    comes_back_as("integer", "1");
}

TEST_CASE("a row that is refused takes the whole transaction with it, and the next one is as good as the first")
{
    const Folder folder;
    Database database(folder / "r.db", Access::write);
    database.execute("CREATE TABLE t (number INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT");
    Statement begin(database, "BEGIN IMMEDIATE");
    Statement commit(database, "COMMIT");
    Rows rows(database, "t", 2);
    {
        Transaction transaction(database, begin, commit);
        insert(rows, 3, {1, 2, 3});
        CHECK_THROWS_AS(insert(rows, 3, {4, 5, 2}), SqliteError);
        CHECK_FALSE(database.in_transaction());
    }
    CHECK(database.value_of("SELECT count(*) FROM t") == "0");
    {
        Transaction transaction(database, begin, commit);
        insert(rows, 3, {4, 5, 2});
        transaction.commit();
    }
    CHECK(database.value_of("SELECT group_concat(number) FROM t") == "2,4,5");
}
