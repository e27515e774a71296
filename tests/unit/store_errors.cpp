#include "tests/unit/store_fixture.hpp"

#include <doctest/doctest.h>

#include <exception>
#include <sched.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <thread>
#include <tuple>
#include <unistd.h>

using namespace bulkhead;
using namespace bulkhead::store;
using namespace bulkhead::store::fixture;

namespace {

/// Runs `test` in a thread that alone sees a small tmpfs on `folder`. Does nothing where the rights for it are missing.
template <class Test>
void with_small_disk(const fs::path& folder, const char* size, const Test& test)
{
    bool mounted = false;
    std::exception_ptr thrown;
    std::thread([&] {
        if (unshare(CLONE_NEWNS) != 0 || mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 ||
            mount("none", folder.c_str(), "tmpfs", 0, size) != 0) {
            return;
        }
        mounted = true;
        try {
            test();
        } catch (...) {
            thrown = std::current_exception();
        }
    }).join();
    if (thrown) {
        std::rethrow_exception(thrown);
    }
    if (!mounted) {
        MESSAGE("skipped: this user may not mount a file system");
    }
}

void make_read_only(const fs::path& folder)
{
    REQUIRE(mount("none", folder.c_str(), nullptr, MS_REMOUNT | MS_RDONLY, nullptr) == 0);
}

/// Adds trials from 11 on until it fails; gives the number of trials added and what was said.
std::pair<std::uint32_t, std::string> add_until_it_fails(Writer& results)
{
    constexpr std::uint32_t limit = 100'000;
    for (std::uint32_t added = 0; added < limit; ++added) {
        const std::string said = complaint_of([&] { results.add(trial(11 + added)); });
        if (!said.empty()) {
            return {added, said};
        }
    }
    return {limit, ""};
}

/// True when the file holds trials 11 and up, `count` of them, and no other.
bool holds_the_first(const fs::path& path, std::uint32_t count)
{
    const auto records = all_of(Reader(path));
    bool all = records.size() == count;
    for (std::uint32_t n = 0; all && n < count; ++n) {
        all = records[n] == trial(11 + n);
    }
    return all;
}

/// While it lives, no file of this process grows beyond `bytes`.
class FileSizeLimit {
public:
    explicit FileSizeLimit(rlim_t bytes) : old_action_(std::signal(SIGXFSZ, SIG_IGN))
    {
        getrlimit(RLIMIT_FSIZE, &old_);
        const rlimit limit{bytes, old_.rlim_max};
        setrlimit(RLIMIT_FSIZE, &limit);
    }
    FileSizeLimit(const FileSizeLimit&) = delete;
    FileSizeLimit& operator=(const FileSizeLimit&) = delete;
    ~FileSizeLimit()
    {
        setrlimit(RLIMIT_FSIZE, &old_);
        std::signal(SIGXFSZ, old_action_);
    }

private:
    void (*old_action_)(int);
    rlimit old_{};
};

void write_text(const fs::path& path, const std::string& text)
{
    std::ofstream(path) << text;
}

} // namespace

TEST_CASE("the writer makes the folders that are missing")
{
    const Folder folder;
    const fs::path path = folder.path() / "a" / "b" / "r.db";
    writer(path).finish("complete");
    CHECK(Reader(path).trial_count() == 0);
}

TEST_CASE("a file that exists is refused and stays as it is, even an empty one")
{
    const Folder folder;
    for (const char* content : {"precious", ""}) {
        write_text(folder / "r.db", content);
        const std::string said = complaint_of([&] { writer(folder / "r.db"); });
        CHECK(contains(said, "cannot make the results file " + (folder / "r.db").string()));
        CHECK(contains(said, "exists already"));
        CHECK(contains(said, "--out"));
        CHECK(fs::file_size(folder / "r.db") == std::string(content).size());
    }
}

TEST_CASE("a name that SQLite could take for something else is a file like any other")
{
    const Folder folder;
    writer(folder / "file:?x=1%41 #&.db").finish("complete");
    CHECK(fs::exists(folder / "file:?x=1%41 #&.db"));
    CHECK(Reader(folder / "file:?x=1%41 #&.db").ended() == "complete");
    Database still(folder / "file:?x=1%41 #&.db", Access::read_still);
    CHECK(still.value_of("SELECT how FROM campaign") == "complete");
}

TEST_CASE("a folder that cannot be made is named, with the reason")
{
    const Folder folder;
    write_text(folder / "file", "");
    for (const fs::path& path : {folder.path() / "file" / "r.db", folder.path() / "file" / "a" / "r.db"}) {
        const std::string said = complaint_of([&] { writer(path); });
        CHECK(contains(said, path.string()));
        CHECK(contains(said, "a part of the path is a file where a folder is needed"));
    }
}

TEST_CASE("a read-only file system is named as the reason, and nothing is left there")
{
    const Folder folder;
    with_small_disk(folder.path(), "size=1m", [&] {
        make_read_only(folder.path());
        CHECK(contains(complaint_of([&] { writer(folder / "r.db"); }), "the file system is read-only"));
        CHECK(contains(complaint_of([&] { writer(folder.path() / "new" / "r.db"); }), "the file system is read-only"));
        CHECK(fs::is_empty(folder.path()));
    });
}

TEST_CASE("a folder without the right to write is named as the reason, and its files can be read")
{
    const Folder folder;
    Writer results = writer(folder / "killed.db");
    results.add(trial(11));
    writer(folder / "finished.db").finish("complete");
    if (geteuid() == 0) {
        MESSAGE("skipped: root may write everywhere");
        return;
    }
    fs::permissions(folder.path(), fs::perms::owner_read | fs::perms::owner_exec);
    CHECK(contains(complaint_of([&] { writer(folder / "r.db"); }), "permission denied"));
    CHECK(contains(complaint_of([&] { writer(folder.path() / "new" / "r.db"); }), "permission denied"));
    CHECK(Reader(folder / "finished.db").ended() == "complete");
    CHECK(holds_the_first(folder / "killed.db", 1));
    fs::permissions(folder / "finished.db", fs::perms::none);
    CHECK(contains(complaint_of([&] { Reader(folder / "finished.db"); }), "permission denied"));
    fs::permissions(folder.path(), fs::perms::owner_all);
}

TEST_CASE("a disk too small for an empty results file is called full, and no half of a file stays behind")
{
    const Folder folder;
    with_small_disk(folder.path(), "size=40k", [&] {
        const std::string said = complaint_of([&] { writer(folder / "r.db"); });
        CHECK(contains(said, "cannot make the results file"));
        CHECK(contains(said, "the disk is full"));
        CHECK(contains(said, "Free some space"));
        CHECK(fs::is_empty(folder.path()));
    });
}

TEST_CASE("when the disk fills up, add says so, and every trial added before is kept")
{
    const Folder folder;
    with_small_disk(folder.path(), "size=600k", [&] {
        Writer results = writer(folder / "r.db");
        const auto [added, said] = add_until_it_fails(results);
        CHECK(added > 2);
        CHECK(contains(said, "cannot add trial " + std::to_string(11 + added)));
        CHECK(contains(said, (folder / "r.db").string()));
        CHECK(contains(said, "the disk is full"));
        CHECK(contains(said, "The " + std::to_string(added) + " trials added before are safe"));
        CHECK(holds_the_first(folder / "r.db", added));
        REQUIRE(mount("none", folder.path().c_str(), nullptr, MS_REMOUNT, "size=4m") == 0);
        results.add(trial(11 + added));
        results.finish("complete");
        CHECK(holds_the_first(folder / "r.db", added + 1));
    });
}

TEST_CASE("when writing fails for another reason than a full disk, every trial added before is kept")
{
    const Folder folder;
    Writer results = writer(folder / "r.db");
    std::uint32_t added = 0;
    {
        const FileSizeLimit limit(400'000);
        std::string said;
        std::tie(added, said) = add_until_it_fails(results);
        CHECK(added > 2);
        CHECK(contains(said, "reading or writing failed"));
        CHECK(holds_the_first(folder / "r.db", added));
    }
    results.add(trial(11 + added));
    CHECK(holds_the_first(folder / "r.db", added + 1));
}

TEST_CASE("a trial is added once")
{
    const Folder folder;
    Writer results = writer(folder / "r.db");
    results.add(trial(11));
    CHECK(contains(complaint_of([&] { results.add(trial(11)); }), "it is in the file already"));
    results.add(trial(12));
    CHECK(holds_the_first(folder / "r.db", 2));
}

TEST_CASE("a trial that is not of its cell's shape or fault is a bug, and is not written")
{
    const Folder folder;
    Writer results = writer(folder / "r.db");
    model::TrialRecord record = trial(11);
    record.plan.shape = {4, 1};
    CHECK_THROWS_AS(results.add(record), std::logic_error);
    record = trial(11);
    record.plan.fault = fault("abort");
    CHECK_THROWS_AS(results.add(record), std::logic_error);
    record = trial(11);
    record.plan.cell = 3;
    CHECK_THROWS_AS(results.add(record), std::logic_error);
    CHECK(Reader(folder / "r.db").trial_count() == 0);
}

TEST_CASE("what is no results file is refused, and the reader says what it is")
{
    const Folder folder;
    const auto said = [&](const char* name) { return complaint_of([&] { Reader(folder / name); }); };
    write_text(folder / "text", std::string(5000, 'x'));
    CHECK(contains(said("text"), "it is not a results file"));
    write_text(folder / "empty", "");
    CHECK(contains(said("empty"), "it is empty"));
    Writer unfinished = writer(folder / "unfinished");
    fs::copy_file(folder / "unfinished", folder / "alone");
    CHECK(contains(said("alone"), "copied without the -wal file"));
    fs::create_directory(folder / "folder");
    CHECK(contains(said("folder"), "it is a folder"));
    CHECK(contains(said("missing"), "there is no such file"));
    CHECK(contains(said("missing"), (folder / "missing").string()));
    Database(folder / "other", Access::write).execute("CREATE TABLE t (x); PRAGMA user_version = 1");
    CHECK(contains(said("other"), "it is not a results file"));
}

TEST_CASE("a results file of another schema version is refused, with both versions")
{
    const Folder folder;
    writer(folder / "r.db").finish("complete");
    Database(folder / "r.db", Access::write).execute("PRAGMA user_version = 7");
    const std::string said = complaint_of([&] { Reader(folder / "r.db"); });
    CHECK(contains(said, "schema version 7"));
    CHECK(contains(said, "reads version 5"));
}

TEST_CASE("a file with a fault that this program does not know is refused, with the fault's name")
{
    const Folder folder;
    writer(folder / "r.db").finish("complete");
    Database(folder / "r.db", Access::write).execute("UPDATE cell SET fault = 'meteorite' WHERE number = 1");
    CHECK(contains(complaint_of([&] { Reader(folder / "r.db"); }), "knows no fault 'meteorite'"));
}

TEST_CASE("a damaged file gives an error that says so")
{
    const Folder folder;
    {
        Writer results = writer(folder / "r.db");
        for (std::uint32_t id = 11; id < 111; ++id) {
            results.add(trial(id));
        }
        results.finish("complete");
    }
    fs::resize_file(folder / "r.db", fs::file_size(folder / "r.db") / 2);
    CHECK(contains(complaint_of([&] { all_of(Reader(folder / "r.db")); }), "the file is damaged"));
}

TEST_CASE("in a read-only folder a finished file can be read, and one whose writer was killed in full")
{
    const Folder folder;
    const fs::path disk = folder / "disk";
    fs::create_directory(disk);
    with_small_disk(disk, "size=4m", [&] {
        Writer results = writer(folder / "killed.db");
        results.add(trial(11));
        fs::copy_file(folder / "killed.db", disk / "killed.db");
        fs::copy_file(folder / "killed.db-wal", disk / "killed.db-wal"); // and no -shm
        results.finish("complete");
        fs::copy_file(folder / "killed.db", disk / "finished.db");
        fs::copy_file(folder / "killed.db", disk / "wal-mode.db");
        Database(disk / "wal-mode.db", Access::write).execute("PRAGMA journal_mode = WAL");
        REQUIRE_FALSE(fs::exists(disk / "wal-mode.db-wal"));
        make_read_only(disk);
        CHECK(holds_the_first(disk / "killed.db", 1));
        CHECK(Reader(disk / "killed.db").ended().empty());
        CHECK(holds_the_first(disk / "finished.db", 1));
        CHECK(Reader(disk / "finished.db").ended() == "complete");
        CHECK(holds_the_first(disk / "wal-mode.db", 1));
    });
}
