// Campaigns that do not get to their end.
#include "tests/cli/orphans.hpp"
#include "tests/cli/tools.hpp"

#include "harness/store/store.hpp"

#include <algorithm>
#include <csignal>
#include <cstdint>
#include <dirent.h>
#include <doctest/doctest.h>
#include <fstream>
#include <optional>
#include <sqlite3.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

namespace bulkhead::tests {
namespace {

using namespace std::chrono_literals;

/// Many more trials than any test waits for.
const std::vector<std::string> long_campaign{"run",    "--shape",  "2x1",    "--fault", "segv-null", "--trials",
                                             "100000", "--launch", "zygote", "--out",   "out/r.db"};

/// Waits until the results hold a trial; false when that does not come to pass within the limit.
bool has_begun(const std::filesystem::path& results)
{
    const auto deadline = std::chrono::steady_clock::now() + 60s;
    while (std::chrono::steady_clock::now() < deadline) {
        try {
            if (std::filesystem::exists(results) && store::Reader(results).trial_count() > 0) {
                return true;
            }
        } catch (const store::StoreError&) {
            // It is just being made.
        }
        std::this_thread::sleep_for(5ms);
    }
    return false;
}

/// The processes that a program has started, by whichever of its threads.
std::vector<int> children_of(int pid)
{
    std::vector<int> children;
    for (const auto& task : std::filesystem::directory_iterator("/proc/" + std::to_string(pid) + "/task")) {
        std::ifstream file(task.path() / "children");
        for (int child = 0; file >> child;) {
            children.push_back(child);
        }
    }
    return children;
}

bool is_alive_as_host(int pid)
{
    std::string name;
    std::ifstream("/proc/" + std::to_string(pid) + "/comm") >> name;
    return name.starts_with("bulkhead");
}

/// Some of a campaign's processes; empty when none are seen within the limit.
std::vector<int> hosts_of(int pid)
{
    const auto deadline = std::chrono::steady_clock::now() + 30s;
    std::vector<int> hosts;
    while (hosts.empty() && std::chrono::steady_clock::now() < deadline) {
        hosts = children_of(pid);
    }
    return hosts;
}

TEST_CASE("SIGINT and SIGTERM end a campaign tidily: exit 130, results kept, and said how to look at them")
{
    for (const int signal : {SIGINT, SIGTERM}) {
        const TempDir folder;
        const Orphanage orphanage;
        Program program(long_campaign, {folder.path(), {}, false, {}});
        REQUIRE(has_begun(folder.path() / "out/r.db"));
        const std::vector<int> hosts = hosts_of(program.pid());
        CHECK_FALSE(hosts.empty());
        program.send(signal);
        const Ended ended = program.wait();
        CAPTURE(ended.err);
        CHECK_FALSE(ended.out_of_time);
        CHECK(code_of(ended) == 130);
        CHECK(std::none_of(hosts.begin(), hosts.end(), is_alive_as_host));
        CHECK(orphanage.reap_all(1s) == 0); // it has reaped everything itself
        CHECK(has(ended.err, "bulkhead show out/r.db"));
        CHECK(store::Reader(folder.path() / "out/r.db").ended() == "interrupted");
        const Ended shown = bulkhead(folder.path(), {"show", "out/r.db"});
        CHECK(code_of(shown) == 0);
        CHECK(has(shown.out, "interrupted"));
    }
}

/// True when the signal would run a handler of the process.
bool handles(int pid, int signal)
{
    std::ifstream status("/proc/" + std::to_string(pid) + "/status");
    for (std::string field; status >> field;) {
        std::uint64_t mask = 0;
        if (field == "SigCgt:" && status >> std::hex >> mask) {
            return ((mask >> (signal - 1)) & 1) != 0;
        }
    }
    return false;
}

TEST_CASE("a second SIGINT ends the program at once, and the results hold what was finished")
{
    const TempDir folder;
    // Once there is a file of this name, hosts ignore SIGTERM: an orderly end then takes longer than the second signal.
    const auto stubborn = folder.path() / "stubborn";
    const auto seen = folder.path() / "seen";
    const auto host = folder.write("host", "#!/bin/sh\n[ -e '" + stubborn.string() +
                                               "' ] || exec " BULKHEAD_HOST_BINARY " \"$@\"\ntrap '' TERM\n: > '" +
                                               seen.string() + "'\nexec sleep 1000\n");
    std::filesystem::permissions(host, std::filesystem::perms::owner_all);
    const Orphanage orphanage;
    Program program({"run", "--shape", "2x1", "--fault", "segv-null", "--trials", "100000", "--launch", "exec", "--out",
                     "out/r.db"},
                    {folder.path(), {"BULKHEAD_HOST=" + host.string()}, false, {}});
    REQUIRE(has_begun(folder.path() / "out/r.db"));
    folder.write("stubborn", "");
    REQUIRE(within(120s, [&] { return std::filesystem::exists(seen); }));
    REQUIRE(handles(program.pid(), SIGINT));
    program.send(SIGINT);
    REQUIRE(within(120s, [&] { return !handles(program.pid(), SIGINT); })); // it has taken the first
    program.send(SIGINT);
    const Ended ended = program.wait();
    CHECK(ended.how == sys::Termination(sys::Signaled{SIGINT, false}));
    CHECK(orphanage.reap_all(1s).has_value());
    CHECK(store::Reader(folder.path() / "out/r.db").trial_count() > 0);
}

TEST_CASE("an interrupted campaign leaves the experiments after it alone")
{
    const TempDir folder;
    std::string first = small_experiment("first", "survivors = \"all\"");
    first.replace(first.find("count = 3"), 9, "count = 100000");
    folder.write("x/a.toml", first);
    folder.write("x/b.toml", small_experiment("second", "survivors = \"all\""));
    Program program({"run", "x", "--out", "out"}, {folder.path(), {}, false, {}});
    std::filesystem::path results;
    for (int i = 0; i < 12000 && results.empty(); ++i) {
        for (const std::string& file : folder.files()) {
            results = file.ends_with(".db") ? folder.path() / file : results;
        }
        std::this_thread::sleep_for(5ms);
    }
    REQUIRE(has_begun(results));
    program.send(SIGINT);
    const Ended ended = program.wait();
    CHECK(code_of(ended) == 130);
    CHECK(has(ended.err, "1 experiment was not run"));
}

TEST_CASE("a results folder that cannot be written is a mistake that is said before anything runs")
{
    const TempDir folder;
    std::filesystem::create_directory(folder.path() / "out");
    std::filesystem::permissions(folder.path() / "out", std::filesystem::perms(0555));
    const auto start = as_nobody(folder);
    REQUIRE(start);
    const Ended ended = Program({"run", "--fault", "abort", "--out", "out/r.db"}, *start).wait();
    CAPTURE(ended.err);
    CHECK(code_of(ended) == 2);
    CHECK(has(ended.err, "out/r.db"));
    CHECK(ended.out.empty());
    CHECK(std::filesystem::is_empty(folder.path() / "out"));
}

TEST_CASE("an ordinary user can run a campaign, show it, replay a trial of it and ask the doctor")
{
    const TempDir folder;
    std::filesystem::create_directory(folder.path() / "out");
    std::filesystem::permissions(folder.path() / "out", std::filesystem::perms(0777));
    const auto start = as_nobody(folder);
    REQUIRE(start);
    const Ended ran = Program({"run", "--shape", "2x1,1x2", "--fault", "segv-null,thread-exit,kill:SIGTERM", "--trials",
                               "2", "--out", "out/r.db"},
                              *start)
                          .wait();
    CAPTURE(ran.err);
    CHECK(code_of(ran) == 0);
    CHECK(code_of(Program({"show", "out/r.db"}, *start).wait()) == 0);
    CHECK(code_of(Program({"replay", "out/r.db", "1"}, *start).wait()) == 0);
    CHECK(code_of(Program({"doctor"}, *start).wait()) == 0);
}

TEST_CASE("an ordinary user can run the faults that use something up, and those that go through what hosts share")
{
    const TempDir folder;
    // A user of its own: RLIMIT_NPROC counts the threads of tests beside it too, and refuses hosts for them.
    const auto start = as_nobody(folder, ":", "65532");
    REQUIRE(start);
    const Ended ran =
        Program({"run", "--shape", "3x1,1x3", "--fault", "memory-leak,fd-leak,hold-lock,disk-full,thread-bomb",
                 "--share", "lock", "--trials", "2", "--no-record"},
                *start)
            .wait();
    CAPTURE(ran.out);
    CAPTURE(ran.err);
    CHECK(code_of(ran) == 0);
}

TEST_CASE("threads of the user that come and go beside a campaign leave trials undecided, and never decide one wrongly")
{
    const TempDir folder;
    const auto start = as_nobody(folder, ":", "65531");
    REQUIRE(start);
    const std::vector<std::string> bombs{"run",  "--shape",  "3x1,1x3", "--fault",  "thread-bomb", "--share",
                                         "lock", "--trials", "10",      "--launch", "exec",        "--no-record"};
    Program one{bombs, *start};
    Program other{bombs, *start};
    for (Program* const program : {&one, &other}) {
        const Ended ended = program->wait();
        CAPTURE(ended.out);
        CHECK_MESSAGE((code_of(ended) == 0 || code_of(ended) == 3), "each uses up what the other one needs");
    }
    // The same number of threads at each moment, and never the same ones for long.
    std::filesystem::copy_file(BULKHEAD_PASSING_THREADS, folder.path() / "passing-threads");
    auto busy = *start;
    for (std::string& word : busy.through)
        if (word.starts_with(":;"))
            word.insert(0, "./passing-threads 6 >/dev/null 2>&1 & ");
    const Ended ended = Program(bombs, busy).wait();
    CAPTURE(ended.out);
    CHECK_MESSAGE((code_of(ended) == 0 || code_of(ended) == 3), "a place that came free is nobody's survival");
}

TEST_CASE("where the rights allow none of the faults everything is skipped with the reason, and the exit code is 77")
{
    const TempDir folder;
    std::filesystem::create_directory(folder.path() / "out");
    std::filesystem::permissions(folder.path() / "out", std::filesystem::perms(0777));
    const auto start = as_nobody(folder);
    REQUIRE(start);
    const Ended ran =
        Program({"run", "--shape", "2x1", "--fault", "drop-privileges", "--trials", "2", "--no-record"}, *start).wait();
    CAPTURE(ran.out);
    CHECK(code_of(ran) == 77);
    CHECK(has(ran.out, "only root may change credentials"));
    CHECK(has(ran.out, "SKIPPED  this machine can run nothing of it: 2 cells skipped"));
    CHECK_FALSE(has(ran.out, "NOT COMPLETE"));
    const Ended shard = Program({"run", "--shape", "2x1", "--fault", "drop-privileges", "--shard", "2/2", "--name", "x",
                                 "--out", "out"},
                                *start)
                            .wait();
    CAPTURE(shard.err);
    CHECK_MESSAGE(code_of(shard) == 77, "and not that nothing can be split");
}

/// A trial with a fault and a golden run: both are recorded, and nobody is left behind, whatever comes of them.
Ended run_with_descriptors(int limit, const std::vector<std::string>& options)
{
    const TempDir folder;
    const Orphanage orphanage;
    std::vector<std::string> words{"run", "--shape", "4x1", "--fault", "segv-null", "--trials", "1", "--out", "r.db"};
    words.insert(words.end(), options.begin(), options.end());
    Ended ended = Program(words, after(folder, "ulimit -n " + std::to_string(limit))).wait();
    CHECK(orphanage.reap_all(1s) == 0);
    CHECK(store::Reader(folder.path() / "r.db").trial_count() == 2);
    return ended;
}

TEST_CASE("with no descriptors left a trial is inconclusive, and says how to get more")
{
    for (const std::string launch : {"exec", "zygote"}) {
        int code = 3;
        int limit = 12;
        for (; code == 3 && limit < 100; ++limit) { // with each more, one more step of a trial is done
            CAPTURE(limit);
            const Ended ended = run_with_descriptors(limit, {"--launch", launch});
            CAPTURE(ended.out);
            CAPTURE(ended.err);
            code = code_of(ended);
            if (code == 3) {
                CHECK(has(ended.out, "Too many open files"));
                CHECK(has(ended.out, "ulimit"));
                CHECK_FALSE(has(ended.out, "UPHELD"));
            }
        }
        CHECK(limit > 20);
        CHECK(code == 0);
    }
}

TEST_CASE("with no descriptors left for what the pool has beside its hosts the campaign goes on, too")
{
    for (const std::string workload : {"jobs", "serve", "ledger"}) {
        int code = 3;
        int limit = 16;
        for (; code == 3 && limit < 100; limit += 2) {
            CAPTURE(workload);
            CAPTURE(limit);
            const Ended ended = run_with_descriptors(limit, {"--launch", "zygote", "--workload", workload});
            CAPTURE(ended.out);
            CAPTURE(ended.err);
            code = code_of(ended);
            CHECK_FALSE(has(ended.err, "broke off"));
        }
        CHECK(limit > 20);
        CHECK(code == 0);
    }
}

TEST_CASE("with no processes or threads left a trial is inconclusive, and says how to get more")
{
    for (const std::string launch : {"exec", "zygote"}) {
        const TempDir folder;
        std::filesystem::permissions(folder.path(), std::filesystem::perms(0777));
        // A user of its own: the limit counts all processes of the user, and is not enforced for root (getrlimit(2)).
        const auto start = as_nobody(folder, "ulimit -u 3", "65533");
        REQUIRE(start);
        const Ended ended = Program({"run", "--shape", "8x1,1x8", "--fault", "segv-null", "--trials", "1", "--launch",
                                     launch, "--format", "json", "--no-record"},
                                    *start)
                                .wait();
        CAPTURE(ended.err);
        CHECK(code_of(ended) == 3);
        CHECK((has(ended.out + ended.err, "no more processes or threads are allowed") ||
               has(ended.out + ended.err, "Resource temporarily unavailable")));
        CHECK_FALSE(has(ended.out, "\"upheld\""));
    }
}

TEST_CASE("a disk that fills up in mid-campaign ends it with 3, and what was recorded is kept")
{
    const TempDir folder;
    // A small file system in a mount namespace of the program's own; its results are copied out before it goes.
    const std::string script = "mkdir small && mount -t tmpfs -o size=400k tmpfs small || exit 99; "
                               "\"$@\"; code=$?; cp small/r.db* . ; exit $code";
    const Ended ended = Program({"run", "--shape", "2x1", "--fault", "segv-null", "--trials", "20000", "--launch",
                                 "zygote", "--out", "small/r.db"},
                                {folder.path(), {}, false, {"unshare", "-rm", "sh", "-c", script, "sh"}})
                            .wait();
    CAPTURE(ended.err);
    if (code_of(ended) == 99 || has(ended.err, "unshare:")) {
        MESSAGE("skipped: no mount namespaces for this user here");
        return;
    }
    CHECK(code_of(ended) == 3);
    CHECK(has(ended.err, "which are safe in the results file"));
    CHECK(has(ended.err, "bulkhead show small/r.db"));
    const auto count = store::Reader(folder.path() / "r.db").trial_count();
    CHECK(count > 0);
    CHECK(has(ended.err, "ended after " + std::to_string(count) + " of "));
}

TEST_CASE("a standard error that nobody can write to ends nothing")
{
    const TempDir folder;
    for (const std::string closed : {"exec \"$@\" 2>/dev/full", "exec \"$@\" 2>&-"}) {
        const Ended ended = Program({"run", "--shape", "2x1", "--fault", "segv-null", "--trials", "3"},
                                    {folder.path(), {}, false, {"sh", "-c", closed, "sh"}})
                                .wait();
        CAPTURE(ended.out);
        CHECK(code_of(ended) == 0);
        CHECK(has(ended.out, "segv-null"));
    }
}

TEST_CASE("a limit on the size of files ends a campaign with 3 and a word, and what was recorded is kept")
{
    const TempDir folder;
    const Ended ended = Program({"run", "--shape", "2x1", "--fault", "segv-null", "--trials", "20000", "--launch",
                                 "zygote", "--out", "r.db"},
                                {folder.path(), {}, false, {"sh", "-c", "ulimit -f 200; exec \"$@\"", "sh"}})
                            .wait();
    CAPTURE(ended.err);
    CHECK(code_of(ended) == 3);
    CHECK(has(ended.err, "cannot add trial"));
    const auto count = store::Reader(folder.path() / "r.db").trial_count();
    CHECK(count > 0);
    CHECK(has(ended.err, "The " + std::to_string(count) + " trials added before are safe in it."));
}

TEST_CASE("a results file that is taken away ends the campaign, and nobody is told that its trials are safe")
{
    const TempDir folder;
    Program program(long_campaign, {folder.path(), {}, false, {}});
    REQUIRE(has_begun(folder.path() / "out/r.db"));
    std::filesystem::rename(folder.path() / "out", folder.path() / "elsewhere");
    const Ended ended = program.wait();
    CAPTURE(ended.err);
    CHECK(code_of(ended) == 3);
    CHECK(has(ended.err, "it was removed, moved or replaced while it was written"));
    CHECK_FALSE(has(ended.err, "safe"));
    CHECK_FALSE(has(ended.out + ended.err, "bulkhead show"));
    CHECK(store::Reader(folder.path() / "elsewhere/r.db").trial_count() > 0);
}

TEST_CASE("a named pipe in the place of results is refused, and nobody waits for its writer")
{
    const TempDir folder;
    REQUIRE(::mkfifo((folder.path() / "pipe").c_str(), 0600) == 0);
    for (const std::vector<std::string>& arguments :
         {std::vector<std::string>{"show", "pipe"},
          {"resume", "pipe"},
          {"judge", "pipe"},
          {"run", "--fault", "abort", "--shape", "2x1", "--trials", "1", "--resume", "--out", "pipe"}}) {
        const Ended ended = Program(arguments, {folder.path(), {}, false, {}}).wait(60s);
        CAPTURE(arguments.front());
        CAPTURE(ended.err);
        CHECK_FALSE(ended.out_of_time);
        CHECK(code_of(ended) == 2);
    }
}

TEST_CASE("a trial whose row names a victim that its pool does not have is not run again")
{
    const TempDir folder;
    REQUIRE(code_of(bulkhead(folder.path(),
                             {"run", "--shape", "2x1", "--fault", "abort", "--trials", "2", "--out", "r.db"})) == 0);
    for (const std::string damage : {"victim_host = 99", "victim_host = -1", "victim_host = 0, victim_thread = 7"}) {
        sqlite3* database = nullptr;
        REQUIRE(sqlite3_open((folder.path() / "r.db").c_str(), &database) == SQLITE_OK);
        CHECK(sqlite3_exec(database, ("UPDATE trial SET " + damage).c_str(), nullptr, nullptr, nullptr) == SQLITE_OK);
        sqlite3_close(database);
        const Ended ended = bulkhead(folder.path(), {"replay", "r.db", "1"});
        CAPTURE(damage);
        CHECK(code_of(ended) == 2);
        CHECK(has(ended.err, "the row of trial 1 in r.db is damaged: a pool 2x1 has no worker p"));
    }
}

} // namespace
} // namespace bulkhead::tests
