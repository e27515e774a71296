#include "harness/cli/text_file.hpp"

#include <array>
#include <cerrno>
#include <cstdio>
#include <fmt/format.h>
#include <fstream>
#include <memory>
#include <spdlog/spdlog.h>
#include <string_view>
#include <system_error>
#include <unistd.h>

namespace bulkhead::cli {
namespace {

namespace fs = std::filesystem;

using File = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;

bool refuse(const fs::path& path, std::string_view why)
{
    spdlog::error("cannot write {}: {}", path.string(), why);
    return false;
}

/// A pipe or a device, such as /dev/stdout, is written to as it is.
bool is_special(const fs::path& path)
{
    std::error_code ignored;
    return fs::exists(path, ignored) && !fs::is_regular_file(path, ignored);
}

/// SQLite's own mark, which every results file begins with: https://sqlite.org/fileformat.html
bool is_results_file(const fs::path& path)
{
    constexpr std::string_view mark = "SQLite format 3";
    std::array<char, mark.size()> begin{};
    std::ifstream(path, std::ios::binary).read(begin.data(), begin.size());
    return std::string_view(begin.data(), begin.size()) == mark;
}

/// Where a path leads.
struct Target {
    fs::path path;              ///< what is at the end of all links, be it there or not
    bool is_descriptor = false; ///< by a link in /dev or /proc, such as /dev/stdout
    std::FILE* ours = nullptr;  ///< not null: this descriptor of ours, with the place in it where the next text belongs
};

std::FILE* own_stream(const fs::path& folder, const fs::path& name)
{
    std::error_code ignored;
    if (folder != fs::canonical("/proc/self/fd", ignored)) {
        return nullptr;
    }
    return name == "1" ? stdout : name == "2" ? stderr : nullptr;
}

Target follow(const fs::path& path)
{
    constexpr int most_links = 40; // path_resolution(7)
    Target target{.path = path};
    std::error_code error;
    for (int links = 0; links < most_links && fs::is_symlink(target.path, error); ++links) {
        const fs::path folder = fs::canonical(fs::absolute(target.path).parent_path(), error);
        const bool of_kernel = folder.native().starts_with("/proc/") || (folder / "").native().starts_with("/dev/");
        target.is_descriptor = target.is_descriptor || of_kernel;
        target.ours = own_stream(folder, target.path.filename());
        if (target.ours != nullptr) {
            break;
        }
        target.path = folder / fs::read_symlink(target.path, error);
    }
    return target;
}

bool add_to(std::FILE* stream, const std::string& text)
{
    return std::fwrite(text.data(), 1, text.size(), stream) == text.size() && std::fflush(stream) == 0;
}

/// False when not all of it could be written.
bool put(File file, const std::string& text)
{
    const bool written = std::fwrite(text.data(), 1, text.size(), file.get()) == text.size();
    return std::fclose(file.release()) == 0 && written;
}

/// Where the text is until it is whole: a file beside the one that it is to be, which this has made, and which goes
/// unless it was given its name.
class Partial {
public:
    explicit Partial(const fs::path& path)
    {
        const std::string name = fmt::format("{}.writing-{}", path.native(), ::getpid());
        std::error_code ignored;
        made_ = name;
        for (int number = 2; !open() && fs::exists(fs::symlink_status(made_, ignored)); ++number) {
            made_ = fmt::format("{}-{}", name, number);
        }
    }
    ~Partial()
    {
        std::error_code ignored;
        if (ours_) {
            fs::remove(made_, ignored);
        }
    }
    Partial(const Partial&) = delete;
    Partial& operator=(const Partial&) = delete;

    [[nodiscard]] bool is_made() const { return ours_; }
    [[nodiscard]] std::string why_not() const { return std::generic_category().message(refused_); }
    bool write(const std::string& text) { return file_ && put(std::move(file_), text); }
    void name(const fs::path& path, std::error_code& error)
    {
        fs::rename(made_, path, error);
        ours_ = static_cast<bool>(error);
    }

private:
    bool open()
    {
        file_.reset(std::fopen(made_.c_str(), "wbxe")); // x: fails when it exists
        ours_ = file_ != nullptr;
        refused_ = ours_ ? 0 : errno;
        return ours_;
    }

    fs::path made_;
    File file_{nullptr, std::fclose};
    bool ours_ = false;
    int refused_ = 0; ///< errno of the last try
};

} // namespace

bool can_be_written(const fs::path& path)
{
    std::error_code error;
    if (fs::is_directory(path, error) || !path.has_filename()) {
        return refuse(path, "this is a folder; name a file");
    }
    const Target target = follow(path);
    if (is_special(path) || target.is_descriptor) {
        return fs::exists(path, error) || refuse(path, "it is not open");
    }
    if (is_results_file(target.path)) {
        return refuse(path, "a results file is there, which is never overwritten");
    }
    const fs::path folder = target.path.parent_path();
    if (!folder.empty() && !fs::create_directories(folder, error) && error) {
        return refuse(path, error.message());
    }
    const Partial attempt(target.path);
    return attempt.is_made() ||
           refuse(path, fmt::format("no file can be made in its folder ({}); name another place", attempt.why_not()));
}

bool write_text(const fs::path& path, const std::string& text)
{
    constexpr std::string_view not_whole = "the disk may be full, or the folder not one to write in";
    const Target target = follow(path);
    if (target.ours != nullptr) {
        return add_to(target.ours, text) || refuse(path, not_whole);
    }
    if (is_special(path) || target.is_descriptor) {
        File file(std::fopen(path.c_str(), "abe"), std::fclose);
        return (file && put(std::move(file), text)) || refuse(path, not_whole);
    }
    Partial partial(target.path);
    if (!partial.write(text)) {
        return refuse(path, not_whole);
    }
    std::error_code error;
    partial.name(target.path, error);
    return !error || refuse(path, error.message());
}

} // namespace bulkhead::cli
