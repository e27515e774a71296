#include "harness/store/merge.hpp"

#include "harness/store/complaint.hpp"
#include "harness/store/sqlite.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <unistd.h>

namespace bulkhead::store {
namespace {

namespace fs = std::filesystem;

constexpr const char* cannot_merge = "cannot make the merged results file";

/// A name beside `out` that nothing has: what is there under another is not this merge's, whatever it is called. The
/// Writer makes the file, and only when there still is none.
fs::path free_name_beside(const fs::path& out)
{
    const std::string name = fmt::format("{}.merging-{}", out.native(), ::getpid());
    fs::path free = name;
    std::error_code ignored;
    for (int number = 2; fs::exists(fs::symlink_status(free, ignored)); ++number) {
        free = fmt::format("{}-{}", name, number);
    }
    return free;
}

void must_be_no_part(const fs::path& out, const std::vector<fs::path>& parts)
{
    std::error_code ignored;
    for (const fs::path& part : parts) {
        if (fs::equivalent(out, part, ignored)) {
            throw StoreError(std::string(cannot_merge) + " " + out.string() +
                             ": it is one of the files to be merged, " + part.string() +
                             ". Name the file to be made first.");
        }
    }
}

void must_not_exist(const fs::path& path)
{
    std::error_code ignored;
    if (fs::exists(fs::symlink_status(path, ignored))) {
        throw StoreError(std::string(cannot_merge) + " " + path.string() +
                         ": it exists already, and results are never overwritten. Name another file, or move this one "
                         "away.");
    }
}

/// How many there were.
std::uint32_t copy_trials(Writer& writer, const std::vector<fs::path>& parts)
{
    std::uint32_t copied = 0;
    std::uint32_t lanes = 0; // of the parts before
    for (const fs::path& part : parts) {
        std::uint32_t most = lanes;
        const auto copy = [&](model::TrialRecord record) {
            record.lane += lanes;
            most = std::max(most, record.lane + 1);
            writer.add(record);
            ++copied;
        };
        Reader(part).for_each(copy, Order::as_finished);
        lanes = most;
    }
    return copied;
}

/// The parts were looked at before: one may have been another when it was copied.
void must_be_whole(const Whole& whole, std::uint32_t copied)
{
    if (whole.ended == "complete" && copied != whole.trials) {
        throw StoreError(fmt::format("cannot make a complete results file: its campaign has {} trials, and the files "
                                     "to be merged had {} when they were copied",
                                     whole.trials, copied));
    }
}

/// A hard link, and not rename(2), which would take the place of a file that has come to be there meanwhile. Where
/// there are no hard links (FAT, some network file systems) it is rename(2) nevertheless.
void give_name(const fs::path& made, const fs::path& name)
{
    std::error_code failed;
    fs::create_hard_link(made, name, failed);
    if (!failed) {
        fs::remove(made, failed);
        return;
    }
    must_not_exist(name);
    fs::rename(made, name, failed);
    if (failed) {
        throw complaint(cannot_merge, name, failed);
    }
}

} // namespace

void merge(const fs::path& out, const Whole& whole, const std::vector<fs::path>& parts)
{
    must_be_no_part(out, parts);
    must_not_exist(out);
    const fs::path made = free_name_beside(out);
    Writer writer(made, whole.experiment, whole.cells, whole.facts); // keeps the file until it has its name
    try {
        must_be_whole(whole, copy_trials(writer, parts));
        writer.finish(whole.ended);
        give_name(made, out);
    } catch (...) {
        remove_database(made);
        throw;
    }
}

} // namespace bulkhead::store
