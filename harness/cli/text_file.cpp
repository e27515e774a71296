#include "harness/cli/text_file.hpp"

#include <cstdio>
#include <fmt/format.h>
#include <memory>
#include <spdlog/spdlog.h>
#include <string_view>
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
        return ours_;
    }

    fs::path made_;
    File file_{nullptr, std::fclose};
    bool ours_ = false;
};

} // namespace

bool can_be_written(const fs::path& path)
{
    std::error_code error;
    if (fs::is_directory(path, error) || !path.has_filename()) {
        return refuse(path, "this is a folder; name a file");
    }
    if (is_special(path)) {
        return true;
    }
    if (path.has_parent_path() && !fs::create_directories(path.parent_path(), error) && error) {
        return refuse(path, error.message());
    }
    return Partial(path).is_made() || refuse(path, "no file can be made in its folder");
}

bool write_text(const fs::path& path, const std::string& text)
{
    constexpr std::string_view not_whole = "the disk may be full, or the folder not one to write in";
    if (is_special(path)) {
        File file(std::fopen(path.c_str(), "abe"), std::fclose);
        return (file && put(std::move(file), text)) || refuse(path, not_whole);
    }
    Partial partial(path);
    if (!partial.write(text)) {
        return refuse(path, not_whole);
    }
    std::error_code error;
    partial.name(path, error);
    return !error || refuse(path, error.message());
}

} // namespace bulkhead::cli
