// Several results files become one, as a whole or not at all.
#include "harness/store/merge.hpp"
#include "tests/unit/store_fixture.hpp"

#include <doctest/doctest.h>
#include <map>
#include <set>
#include <unistd.h>

namespace bulkhead::store {
namespace {

namespace fs = std::filesystem;
using namespace fixture;

Whole whole(std::uint32_t trials)
{
    Whole whole;
    whole.experiment.name = "sample";
    whole.experiment.origin = "experiments/sample.toml";
    whole.experiment.text = "schema = 1\n";
    whole.cells = cells();
    whole.facts = {{"merged", "shards 1-2 of 2"}};
    whole.ended = "complete";
    whole.trials = trials;
    return whole;
}

/// A file with these trials, finished in this order, in lanes 0 and 1.
fs::path part(const Folder& folder, const char* name, const std::vector<std::uint32_t>& ids)
{
    Writer results = writer(folder / name);
    for (const std::uint32_t id : ids) {
        model::TrialRecord record = trial(id);
        record.lane = id % 2;
        results.add(record);
    }
    results.finish("complete");
    return folder / name;
}

std::set<std::string> names_in(const Folder& folder)
{
    std::set<std::string> names;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder.path())) {
        names.insert(entry.path().filename());
    }
    return names;
}

} // namespace

TEST_CASE("a merged file has every trial as it was, in the order of the parts and of their own time")
{
    const Folder folder;
    const std::vector<fs::path> parts{part(folder, "1.db", {15, 11, 13}), part(folder, "2.db", {12, 14})};
    const fs::path out = folder / "all.db";
    merge(out, whole(5), parts);

    const Reader reader(out);
    CHECK(reader.ended() == "complete");
    CHECK(reader.facts() == whole(5).facts);
    CHECK(reader.trial_ids() == std::vector<std::uint32_t>{11, 12, 13, 14, 15});
    const std::map<std::uint32_t, std::uint32_t> lanes{{11, 1}, {12, 2}, {13, 1}, {14, 2}, {15, 1}};
    for (const model::TrialRecord& record : all_of(reader)) {
        model::TrialRecord expected = trial(record.plan.id);
        expected.lane = lanes.at(record.plan.id);
        CHECK(record == expected);
    }
    std::vector<std::uint32_t> order;
    reader.for_each([&](const model::TrialRecord& record) { order.push_back(record.plan.id); }, Order::as_finished);
    CHECK(order == std::vector<std::uint32_t>{15, 11, 13, 12, 14});
    CHECK(names_in(folder) == std::set<std::string>{"1.db", "2.db", "all.db"});
}

TEST_CASE("a merge that fails leaves nothing, and takes no file's place")
{
    const Folder folder;
    const fs::path one = part(folder, "1.db", {11});
    const fs::path same = part(folder, "2.db", {11});
    const fs::path out = folder / "all.db";
    CHECK(contains(complaint_of([&] { merge(out, whole(2), {one, same}); }), "cannot add trial 11"));
    CHECK(contains(complaint_of([&] { merge(out, whole(1), {one, folder / "3.db"}); }), "3.db"));
    CHECK(contains(complaint_of([&] { merge(out, whole(2), {one}); }), "2 trials, and the files to be merged had 1"));
    CHECK(names_in(folder) == std::set<std::string>{"1.db", "2.db"});
    CHECK(contains(complaint_of([&] { merge(folder / "." / "2.db", whole(2), {one, same}); }), "one of the files"));

    merge(out, whole(1), {one});
    CHECK(contains(complaint_of([&] { merge(out, whole(1), {one}); }), "never overwritten"));
    CHECK(Reader(out).trial_count() == 1);
    CHECK(
        contains(complaint_of([&] { merge(folder / "none" / "x" / ".." / ".." / "1.db", whole(1), {one}); }), "1.db"));
}

TEST_CASE("whatever lies beside the file to be made is left alone, a part that is called like it included")
{
    const Folder folder;
    const fs::path one = part(folder, "all.db.new", {11});
    const std::string merging = "all.db.merging-" + std::to_string(::getpid());
    const fs::path two = part(folder, merging.c_str(), {12});
    merge(folder / "all.db", whole(2), {one, two});
    CHECK(Reader(folder / "all.db").trial_count() == 2);
    CHECK(Reader(one).trial_count() == 1);
    CHECK(Reader(two).trial_count() == 1);
    CHECK(names_in(folder) == std::set<std::string>{"all.db", "all.db.new", merging});
}

TEST_CASE("a file is discarded when its writer was ended before it had begun, and only then")
{
    const Folder folder;
    std::ofstream(folder / "empty.db").close();
    CHECK(discard_unbegun(folder / "empty.db"));
    CHECK_FALSE(fs::exists(folder / "empty.db"));
    {
        Database header_only(folder / "header.db", Access::write);
        header_only.execute("PRAGMA journal_mode = WAL");
    }
    CHECK(fs::file_size(folder / "header.db") > 0);
    CHECK(discard_unbegun(folder / "header.db"));
    CHECK_FALSE(fs::exists(folder / "header.db"));

    const fs::path begun = part(folder, "1.db", {});
    CHECK_FALSE(discard_unbegun(begun));
    CHECK(Reader(begun).trial_count() == 0);
    std::ofstream(folder / "notes.txt") << "no database, but somebody's notes, longer than the header of one is. "
                                           "They are not ours to throw away.";
    CHECK_FALSE(discard_unbegun(folder / "notes.txt"));
    CHECK(fs::exists(folder / "notes.txt"));
    CHECK_FALSE(discard_unbegun(folder / "not-there.db"));
}

} // namespace bulkhead::store
