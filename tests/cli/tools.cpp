#include "tests/cli/tools.hpp"

#include <unistd.h>

namespace bulkhead::tests {

Start after(const TempDir& folder, const std::string& line)
{
    return Start{folder.path(), {}, false, {"bash", "-c", line + "; exec \"$@\"", "bash"}};
}

std::optional<Start> as_nobody(const TempDir& folder, const std::string& line, const std::string& user)
{
    if (::geteuid() != 0) {
        return after(folder, line);
    }
    const auto host = folder.path() / "bulkhead-host";
    const auto binary = folder.path() / "bulkhead-copy";
    std::filesystem::copy_file(BULKHEAD_HOST_BINARY, host);
    std::filesystem::copy_file(BULKHEAD_BINARY, binary);
    // setpriv(1) starts `bash`, which drops the path of the binary that cannot be read, and starts the copy.
    return Start{folder.path(),
                 {"BULKHEAD_HOST=" + host.string(), "BULKHEAD_COPY=" + binary.string()},
                 false,
                 {"setpriv", "--reuid=" + user, "--regid=65534", "--clear-groups", "bash", "-c",
                  line + "; shift; exec \"$BULKHEAD_COPY\" \"$@\"", "bash"}};
}

Ended shell(const std::filesystem::path& folder, const std::string& line)
{
    return Program({}, {folder, {}, false, {"sh", "-c", line, "sh"}}).wait();
}

} // namespace bulkhead::tests
