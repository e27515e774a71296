// The package for Debian, as cpack makes it of the build.
#include "tests/cli/tools.hpp"

#include <doctest/doctest.h>

namespace bulkhead::tests {
namespace {

const std::string build = std::filesystem::path(BULKHEAD_BINARY).parent_path().string();

/// Why there can be no package here; empty when there can.
std::string hindrance(const TempDir& folder)
{
    if (!std::filesystem::exists(build + "/docs/made/man/man1/bulkhead.1.gz")) {
        return "this build has no man pages";
    }
    const bool tools = code_of(shell(folder.path(), "command -v dpkg-deb && command -v dpkg-shlibdeps")) == 0;
    return tools ? "" : "dpkg-deb or dpkg-shlibdeps is not installed (Debian: dpkg-dev)";
}

TEST_CASE("the package for Debian has what is needed, depends on what it links, and works from where it is unpacked")
{
    const TempDir folder;
    if (const std::string reason = hindrance(folder); !reason.empty()) {
        MESSAGE("skipped: " << reason);
        return;
    }
    // A copy of its configuration: cpack writes where it is told, and the build is left alone.
    const Ended packed = shell(folder.path(), "cpack -G DEB --config '" + build + "/CPackConfig.cmake' -B \"$PWD\"");
    CAPTURE(packed.out);
    CAPTURE(packed.err);
    REQUIRE(code_of(packed) == 0);

    const std::string about = shell(folder.path(), "dpkg-deb -I bulkhead_*_*.deb").out;
    for (const std::string part :
         {"Package: bulkhead", "Depends: ", "libc6 (>= ", "libstdc++6 (>= ", "libsqlite3-0 (>= ", "libfmt", "libspdlog",
          "libboost-filesystem1.81", "Maintainer: ", "Suggests: elfutils"}) {
        CHECK_MESSAGE(has(about, part), part);
    }
    const std::string contents = shell(folder.path(), "dpkg-deb -c bulkhead_*_*.deb").out;
    for (const std::string part :
         {"/usr/bin/bulkhead\n", "/usr/libexec/bulkhead/bulkhead-host\n", "/usr/share/man/man1/bulkhead-run.1.gz\n",
          "/usr/share/man/man5/bulkhead-experiment.5.gz\n", "/usr/share/doc/bulkhead/copyright\n",
          "/usr/share/doc/bulkhead/changelog.gz\n", "/usr/share/doc/bulkhead/CHANGELOG.md.gz\n",
          "/usr/share/bash-completion/completions/bulkhead\n", "/usr/share/zsh/vendor-completions/_bulkhead\n",
          "/usr/share/fish/vendor_completions.d/bulkhead.fish\n",
          "/usr/share/bulkhead/experiments/first-look.toml\n"}) {
        CHECK_MESSAGE(has(contents, part), part);
    }
    CHECK_FALSE(has(contents, ".scd"));

    const Ended ran =
        shell(folder.path(), "dpkg-deb -x bulkhead_*_*.deb root && cd root/usr && bin/bulkhead list experiments && "
                             "bin/bulkhead run share/bulkhead/experiments/first-look.toml --trials 1 --no-record");
    CAPTURE(ran.err);
    CHECK(code_of(ran) != 2);
    CHECK(has(ran.out, "share/bulkhead/experiments/first-look.toml"));
    CHECK(has(ran.out, "siblings that survived"));
}

TEST_CASE("lintian finds no error in the package for Debian")
{
    const TempDir folder;
    std::string reason = hindrance(folder);
    if (reason.empty() && code_of(shell(folder.path(), "command -v lintian")) != 0) {
        reason = "lintian is not installed";
    }
    if (!reason.empty()) {
        MESSAGE("skipped: " << reason);
        return;
    }
    const Ended packed = shell(folder.path(), "cpack -G DEB --config '" + build + "/CPackConfig.cmake' -B \"$PWD\"");
    REQUIRE(code_of(packed) == 0);
    const Ended linted =
        shell(folder.path(), "lintian --allow-root --no-cfg --fail-on error --tag-display-limit 0 bulkhead_*_*.deb");
    CAPTURE(linted.err);
    CHECK_MESSAGE(code_of(linted) == 0, linted.out);
}

} // namespace
} // namespace bulkhead::tests
