// Having a cluster run a campaign: what is written and submitted, without a cluster. With a real one: tests/cli/slurm.
#include "tests/cli/run_binary.hpp"

#include "harness/store/store.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <fstream>
#include <sstream>

namespace bulkhead::tests {
namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;

/// A folder with an experiment, and with an sbatch that notes its arguments and says a number, or fails.
class Site {
public:
    explicit Site(const std::string& sbatch = "echo \"$*\" >>calls; echo \"1$(wc -l <calls);cluster\"")
    {
        folder_.write("x.toml", small_experiment("x", "survivors = \"none\""));
        const fs::path program = folder_.write("bin/sbatch", "#!/bin/sh\n" + sbatch + "\n");
        fs::permissions(program, fs::perms::owner_all);
    }

    [[nodiscard]] Ended submit(const Words& more) const
    {
        Words words{"submit", "slurm", "x.toml"};
        words.insert(words.end(), more.begin(), more.end());
        return Program(words, {folder_.path(), {"PATH=" + (folder_ / "bin").string() + ":/usr/bin:/bin"}, false, {}})
            .wait();
    }
    [[nodiscard]] std::string text_of(const fs::path& name) const
    {
        std::ifstream file(folder_.path() / name);
        std::stringstream text;
        text << file.rdbuf();
        return text.str();
    }
    [[nodiscard]] const TempDir& folder() const { return folder_; }

private:
    TempDir folder_;
};

} // namespace

TEST_CASE("a dry run prints both scripts and how they are submitted, and does nothing")
{
    const Site site;
    const auto before = site.folder().files();
    const Ended ended = site.submit({"--shards", "4", "--max-running", "2", "--jobs", "3", "--out", "a folder",
                                     "--dry-run", "--", "--partition=long", "--comment=it's", R"(--wckey=a\b)"});
    CAPTURE(ended.out);
    CHECK(code_of(ended) == 0);
    CHECK(has(ended.out, "#SBATCH --array=1-4%2\n"));
    CHECK(has(ended.out, "#SBATCH --requeue\n"));
    CHECK(has(ended.out, "/a folder/shard-%a.log'\n"));
    CHECK(has(ended.out, "--shard \"$SLURM_ARRAY_TASK_ID/4\" --resume --out '"));
    CHECK(has(ended.out, "--jobs 3"));
    CHECK(has(ended.out, "#SBATCH --partition=long\n#SBATCH '--comment=it'\\''s'\n"));
    CHECK_MESSAGE(has(ended.out, R"(#SBATCH '--wckey=a\\b')"), "sbatch takes a backslash off within quotes, too");
    CHECK(has(ended.out, "sbatch --parsable --dependency=afterany:JOB '"));
    CHECK(site.folder().files() == before);
}

TEST_CASE("what is submitted are an array and the merge after it, and they do what one machine would")
{
    const Site site;
    const Ended ended = site.submit({"--shards", "4", "--out", "a 5% folder"});
    CAPTURE(ended.err);
    REQUIRE(code_of(ended) == 0);
    CHECK(has(ended.out, "job 11: x, "));
    CHECK(has(ended.out, "job 12: merges them"));
    const std::string folder = (fs::canonical(site.folder().path()) / "a 5% folder").string();
    CHECK(site.text_of("calls") ==
          "--parsable " + folder + "/shard.sh\n--parsable --dependency=afterany:11 " + folder + "/merge.sh\n");
    CHECK(has(site.text_of("a 5% folder/shard.sh"), "/a 5%% folder/shard-%a.log'\n"));

    const auto script = [&](const std::string& name, int task) {
        const std::string variable = fmt::format("SLURM_ARRAY_TASK_ID={}", task);
        const std::string command = fmt::format("sh \"{}/{}\"", folder, name);
        // The built binary is the last word, and not used.
        return Program({}, {site.folder().path(), {variable}, false, {"/bin/sh", "-c", command}}).wait();
    };
    for (int task = 1; task <= 4; ++task) {
        const Ended shard = script("shard.sh", task);
        CAPTURE(shard.err);
        REQUIRE(code_of(shard) == 0);
    }
    CHECK_MESSAGE(code_of(script("shard.sh", 3)) == 0, "a task that is requeued has nothing left to do");
    const Ended alone = bulkhead(site.folder().path(), {"run", "x.toml", "--out", "alone.db"});
    const Ended merged = script("merge.sh", 0);
    CAPTURE(merged.err);
    CHECK(code_of(merged) == code_of(alone));
    CHECK(store::Reader(folder + "/x.db").trial_count() == store::Reader(site.folder() / "alone.db").trial_count());
}

TEST_CASE("when nothing can be submitted, nothing is left")
{
    const Site failing("echo 'sbatch: error: no partition' >&2; exit 1");
    const auto before = failing.folder().files();
    const Ended failed = failing.submit({"--shards", "4", "--out", "out"});
    CHECK(code_of(failed) == 3);
    CHECK(has(failed.err, "no partition"));
    CHECK(has(failed.err, "sbatch did not take the job"));
    CHECK_MESSAGE(!has(failed.err, "shard.sh"), "a script that is gone is not named");
    CHECK(failing.folder().files() == before);
    const Ended by_default = failing.submit({"--shards", "4"});
    CHECK(code_of(by_default) == 3);
    CHECK_FALSE(fs::exists(failing.folder() / "bulkhead-results"));

    const Site without("exit 0");
    fs::remove(without.folder().path() / "bin" / "sbatch");
    const Ended missing = Program({"submit", "slurm", "x.toml", "--shards", "4", "--out", "out"},
                                  {without.folder().path(), {"PATH=/nowhere"}, false, {}})
                              .wait();
    CHECK(code_of(missing) == 3);
    CHECK(has(missing.err, "sbatch: No such file or directory"));
    CHECK_FALSE(fs::exists(without.folder() / "out"));
}

TEST_CASE("what shards have recorded is kept, however sbatch ended and whatever else it said")
{
    // As with SBATCH_WAIT: the tasks have run when sbatch ends, and its exit code is theirs.
    const Site waiting("echo \"$*\" >>calls; echo results >out/x-1-of-4.db; echo \"1$(wc -l <calls)\"; exit 3");
    const Ended waited = waiting.submit({"--shards", "4", "--out", "out"});
    CAPTURE(waited.err);
    CHECK(code_of(waited) == 0);
    CHECK(has(waited.out, "job 11: x, "));
    CHECK(has(waited.out, "job 12: merges them"));
    CHECK(waiting.text_of("out/x-1-of-4.db") == "results\n");

    const Site greeting("echo \"$*\" >>calls; echo 'Welcome to 2 clusters'; echo '7;cluster'; echo '8 nodes are idle'");
    const Ended greeted = greeting.submit({"--shards", "4", "--out", "out"});
    CHECK(code_of(greeted) == 0);
    CHECK(has(greeted.out, "job 7: x, "));
    CHECK(has(greeting.text_of("calls"), "--dependency=afterany:7 "));

    const Site silent("exit 0");
    const Ended unknown = silent.submit({"--shards", "4", "--out", "out"});
    CHECK(code_of(unknown) == 3);
    CHECK(has(unknown.err, "may or may not have taken the job"));
    CHECK(fs::exists(silent.folder().path() / "out" / "x.toml"));

    const Site failing("echo results >out/x-1-of-4.db; exit 1");
    CHECK(code_of(failing.submit({"--shards", "4", "--out", "out"})) == 3);
    CHECK(failing.text_of("out/x-1-of-4.db") == "results\n");
    CHECK_FALSE(fs::exists(failing.folder().path() / "out" / "shard.sh"));
}

TEST_CASE("an array whose merge is not taken is named, and how to merge")
{
    const Site site("echo \"$*\" >>calls; [ $(wc -l <calls) -eq 1 ] && echo 7");
    const Ended ended = site.submit({"--shards", "4", "--out", "out"});
    CHECK(code_of(ended) == 3);
    CHECK(has(ended.err, "job 7 was submitted, and the merge after it was not. When it is done: sh "));
    CHECK(fs::exists(site.folder().path() / "out" / "merge.sh"));
}

TEST_CASE("mistakes are told before anything is submitted")
{
    const Site site;
    site.folder().write("wrong.toml", "schema = 1\nname = \"x\"\npool.shapes = [\"4y1\"]\n");
    site.folder().write("there/x", "");
    const auto refused = [&](const Words& words, const std::string& why) {
        const Ended ended = site.submit(words);
        CAPTURE(ended.err);
        CHECK(code_of(ended) == 2);
        CHECK(has(ended.err, why));
        CHECK_FALSE(fs::exists(site.folder() / "calls"));
    };
    refused({}, "--shards is missing");
    refused({"--shards", "0"}, "--shards");
    refused({"--shards", "2", "--max-runing", "2"}, "did you mean \"--max-running\"?");
    refused({"--shards", "9999"}, "cannot be split into 9999 shards");
    refused({"--shards", "2", "y.toml"}, "\"y.toml\" is no option for sbatch");
    refused({"--shards", "2", "--out", "there"}, "is there already");
    refused({"--shards", "2", "--out", "two\nlines"}, "the folder's path has a line's end");
    refused({"--shards", "2", "--out", "a\tb"}, "another control character");
    refused({"--shards", "2", "--out", R"(a\b)"}, "a path with a backslash");
    refused({"--shards", "2", "--", "--comment=a\nrm -r"}, "an option for sbatch has a line's end");
    refused({"--shards", "2", "--", "--comment=\x1b[1m"}, "another control character");
    for (const std::string option : {"--wait", "--wai", "-W", "-QW", "--array=1-2", "--arr=3", "-a1-2", "-a"}) {
        refused({"--shards", "2", "--", option}, option + " cannot be given to sbatch here");
    }
    const Ended wrong = bulkhead(site.folder().path(), {"submit", "slurm", "wrong.toml", "--shards", "2"});
    CHECK(code_of(wrong) == 2);
    CHECK(has(wrong.err, "wrong.toml:3:"));
    CHECK(code_of(bulkhead(site.folder().path(), {"submit", "slurm", "bin", "--shards", "2"})) == 2);
}

} // namespace bulkhead::tests
