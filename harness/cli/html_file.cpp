#include "harness/cli/html_file.hpp"

#include "harness/cli/output.hpp"
#include "harness/cli/text_file.hpp"
#include "harness/report/html.hpp"

#include <fstream>
#include <spdlog/spdlog.h>

namespace bulkhead::cli {
namespace {

namespace fs = std::filesystem;

bool is_ours(const fs::path& path)
{
    std::string beginning(report::enough_of_report, '\0');
    std::ifstream file(path, std::ios::binary);
    file.read(beginning.data(), static_cast<std::streamsize>(beginning.size()));
    beginning.resize(static_cast<std::size_t>(file.gcount()));
    return report::is_report(beginning);
}

} // namespace

bool may_replace(const fs::path& path)
{
    std::error_code ignored;
    if (path == "-" || !fs::is_regular_file(path, ignored) || fs::file_size(path, ignored) == 0 || is_ours(path)) {
        return true;
    }
    spdlog::error("{} exists, and is no page that bulkhead has made: it is not overwritten; give another name",
                  path.string());
    return false;
}

bool write_page(const fs::path& path, const std::string& html)
{
    if (path == "-") {
        print(html);
        return true;
    }
    return can_be_written(path) && write_text(path, html);
}

} // namespace bulkhead::cli
