#include "harness/store/merge.hpp"

#include "harness/store/complaint.hpp"
#include "harness/sys/file_lock.hpp"

#include <algorithm>

namespace bulkhead::store {
namespace {

namespace fs = std::filesystem;

constexpr const char* cannot_merge = "cannot make the merged results file";

void remove_all_of(const fs::path& path)
{
    std::error_code ignored;
    for (const char* suffix : {"", "-wal", "-shm"}) {
        fs::remove(path.native() + suffix, ignored);
    }
}

/// Takes away what a merge that was killed has left. What another one is still writing to is left to it.
void clear(const fs::path& path)
{
    std::error_code ignored;
    if (!fs::exists(path, ignored)) {
        return;
    }
    if (const sys::FileLock lock(path); !lock) {
        throw StoreError(std::string(cannot_merge) + ": another merge is writing to " + path.string() +
                         " at this moment");
    }
    remove_all_of(path);
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

void copy_trials(Writer& writer, const std::vector<fs::path>& parts)
{
    std::uint32_t lanes = 0; // of the parts before
    for (const fs::path& part : parts) {
        std::uint32_t most = lanes;
        const auto copy = [&](model::TrialRecord record) {
            record.lane += lanes;
            most = std::max(most, record.lane + 1);
            writer.add(record);
        };
        Reader(part).for_each(copy, Order::as_finished);
        lanes = most;
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
    must_not_exist(out);
    const fs::path made = out.native() + ".new";
    clear(made);
    Writer writer(made, whole.experiment, whole.cells, whole.facts); // keeps the file until it has its name
    try {
        copy_trials(writer, parts);
        writer.finish(whole.ended);
        give_name(made, out);
    } catch (...) {
        remove_all_of(made);
        throw;
    }
}

} // namespace bulkhead::store
