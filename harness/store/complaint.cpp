#include "harness/store/complaint.hpp"

namespace bulkhead::store {
namespace {

struct Explanation {
    std::string reason;
    std::string remedy;
};

constexpr const char* elsewhere = "name another place with --out";

Explanation explain(std::error_code reason)
{
    using std::errc;
    const std::string or_elsewhere = std::string(", or ") + elsewhere + ".";
    if (reason == errc::no_space_on_device) {
        return {"the disk is full", "Free some space" + or_elsewhere};
    }
    if (reason == errc::read_only_file_system) {
        return {"the file system is read-only", std::string("Please ") + elsewhere + "."};
    }
    if (reason == errc::permission_denied || reason == errc::operation_not_permitted) {
        return {"permission denied", "Change the rights of the folder or file" + or_elsewhere};
    }
    if (reason == errc::not_a_directory || reason == errc::file_exists) {
        return {"a part of the path is a file where a folder is needed", "Move that file away" + or_elsewhere};
    }
    if (reason == errc::no_such_file_or_directory) {
        return {"there is no such file", "Check the path."};
    }
    if (reason == errc::too_many_files_open) {
        return {"too many open files", "Raise the limit (ulimit -n)."};
    }
    return {reason.message(), "Check the path and the disk" + or_elsewhere};
}

Explanation explain(const SqliteError& error)
{
    const std::string or_elsewhere = std::string(", or ") + elsewhere + ".";
    switch (error.failure()) {
    case Failure::disk_full: return explain(std::make_error_code(std::errc::no_space_on_device));
    case Failure::read_only: return {"the file or its folder is read-only", "Change its rights" + or_elsewhere};
    case Failure::moved: return {file_is_gone, "Results are kept for as long as nobody moves their file."};
    case Failure::cannot_open:
        if (error.system_reason()) {
            return explain(error.system_reason());
        }
        return {error.what(), "Check that the path can be reached and its folder be written" + or_elsewhere};
    case Failure::input_output:
        return {"reading or writing failed" +
                    (error.system_reason() ? " (" + error.system_reason().message() + ")" : std::string()),
                "Check the disk (dmesg, free space, quota, ulimit -f)" + or_elsewhere};
    case Failure::locked: return {"another program holds it locked", "End that program, or try again later."};
    case Failure::not_a_database: return {"it is not a results file", "Name a file that `bulkhead run` has written."};
    case Failure::damaged:
        return {"the file is damaged", "What can be read of it: sqlite3 FILE .recover | sqlite3 RESCUED."};
    case Failure::exists: return {"it is in the file already", "Add each trial once."};
    case Failure::other: break;
    }
    return {error.what(), "Check the file and the disk" + or_elsewhere};
}

StoreError compose(std::string_view tried, const std::filesystem::path& path, const Explanation& explanation,
                   const std::string& kept)
{
    return StoreError(std::string(tried) + " " + path.string() + ": " + explanation.reason + ". " +
                      (kept.empty() ? "" : kept + " ") + explanation.remedy);
}

} // namespace

StoreError complaint(std::string_view tried, const std::filesystem::path& path, const SqliteError& error,
                     const std::string& kept)
{
    return compose(tried, path, explain(error), kept);
}

StoreError complaint(std::string_view tried, const std::filesystem::path& path, std::error_code reason)
{
    return compose(tried, path, explain(reason), {});
}

} // namespace bulkhead::store
