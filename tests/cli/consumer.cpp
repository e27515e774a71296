// Another project's tests, by find_package(bulkhead) from where Bulkhead was installed.
#include "tests/cli/tools.hpp"

#include <doctest/doctest.h>
#include <unistd.h>

namespace bulkhead::tests {
namespace {

const std::string build = std::filesystem::path(BULKHEAD_BINARY).parent_path().string();

/// Installs the build and configures the project against it; what went wrong, or nothing.
std::string install_and_configure(const TempDir& folder)
{
    const Ended installed = shell(folder.path(), "cmake --install '" + build + "' --prefix \"$PWD/installed\"");
    if (code_of(installed) != 0) {
        return installed.out + installed.err;
    }
    const Ended configured =
        shell(folder.path(), "cmake -S project -B tests -DCMAKE_PREFIX_PATH=\"$PWD/installed\" && chmod -R a+rwX .");
    return code_of(configured) == 0 ? "" : configured.out + configured.err;
}

std::string prepare(const TempDir& folder)
{
    std::filesystem::copy(BULKHEAD_SOURCE_DIR "/tests/consumer", folder / "project");
    return install_and_configure(folder);
}

/// As an ordinary user, for whom some faults are skipped.
Ended ctest(const TempDir& folder, const std::string& options)
{
    const std::string as_nobody =
        ::geteuid() == 0 ? "setpriv --reuid=65534 --regid=65534 --clear-groups -- " : std::string();
    return shell(folder.path(), as_nobody + "ctest --test-dir tests " + options);
}

TEST_CASE("in another project each expectation is a test: upheld passes, refuted fails, and 77 is skipped")
{
    const TempDir folder;
    const std::string mistake = prepare(folder);
    REQUIRE_MESSAGE(mistake.empty(), mistake);
    const Ended ran = ctest(folder, "--output-on-failure");
    CAPTURE(ran.out);
    CAPTURE(ran.err);
    const auto line_of = [&ran](const std::string& name) {
        const auto start = ran.out.find(": " + name + " .");
        return start == std::string::npos ? name + " is missing"
                                          : ran.out.substr(start, ran.out.find('\n', start) - start);
    };
    CHECK(has(line_of("isolation.2x1-every-fault-survivors-all"), "Passed"));
    CHECK(has(line_of("isolation.1x2-every-fault-survivors-all"), "Failed"));
    CHECK(has(line_of("root/every-shape-every-fault-blast-radius-predicted"), "Skipped"));
    CHECK(has(line_of("mistaken.not-discovered"), "Failed"));
    CHECK(has(line_of("silent.no-expectation"), "Failed"));
    CHECK(has(ran.out, "did you mean \"segv-null\"?"));
    CHECK(has(ran.out, "out of 5"));
    CHECK(std::filesystem::exists(folder / "tests/junit/isolation.2x1-every-fault-survivors-all.xml"));
    CHECK(std::filesystem::exists(folder / "tests/bulkhead-results"));
}

TEST_CASE("in another project a file's name may have dots, no two files the same prefix, and each test has its own XML")
{
    const TempDir folder;
    folder.write("project/my.first.toml", small_experiment("first", "survivors = \"none\""));
    folder.write("project/my.second.toml", small_experiment("second", "survivors = \"none\""));
    folder.write("project/CMakeLists.txt", "cmake_minimum_required(VERSION 3.19)\n"
                                           "project(dots LANGUAGES NONE)\nenable_testing()\n"
                                           "find_package(bulkhead 0.1 REQUIRED)\n"
                                           "bulkhead_discover_tests(my.first.toml)\n"
                                           "bulkhead_discover_tests(my.second.toml JUNIT_DIR j)\n"
                                           "bulkhead_discover_tests(my.second.toml PREFIX a/b JUNIT_DIR j)\n"
                                           "bulkhead_discover_tests(my.second.toml PREFIX a_b JUNIT_DIR j)\n"
                                           "if(TWICE)\n  bulkhead_discover_tests(my.first.toml)\nendif()\n");
    const std::string mistake = install_and_configure(folder);
    REQUIRE_MESSAGE(mistake.empty(), mistake);
    const Ended listed = ctest(folder, "-N -V");
    CAPTURE(listed.out);
    CHECK(has(listed.out, ": my.first.every-shape-every-fault-survivors-none"));
    CHECK(has(listed.out, ": my.second.every-shape-every-fault-survivors-none"));
    CHECK(has(listed.out, "/a_bevery-shape-every-fault-survivors-none-"));
    CHECK(has(listed.out, "/a_bevery-shape-every-fault-survivors-none.xml"));

    const Ended twice = shell(folder.path(), "cmake -S project -B twice -DTWICE=ON "
                                             "-DCMAKE_PREFIX_PATH=\"$PWD/installed\"");
    CHECK(code_of(twice) != 0);
    CHECK(has(twice.err, "give it another PREFIX"));
}

TEST_CASE("in another project the tests have their labels, and follow the file without being configured anew")
{
    const TempDir folder;
    const std::string mistake = prepare(folder);
    REQUIRE_MESSAGE(mistake.empty(), mistake);
    CHECK(has(ctest(folder, "-N -L bulkhead").out, "Total Tests: 5"));
    CHECK(has(ctest(folder, "-N -L isolation").out, "Total Tests: 2"));
    folder.write("project/isolation.toml", small_experiment("isolation", "survivors = \"none\""));
    const Ended listed = ctest(folder, "-N -L isolation");
    CHECK(has(listed.out, "Total Tests: 1"));
    CHECK(has(listed.out, "isolation.every-shape-every-fault-survivors-none"));
    std::filesystem::remove(folder / "installed/bin/bulkhead");
    CHECK(has(ctest(folder, "-N -L isolation").out, "isolation.not-built"));
}

} // namespace
} // namespace bulkhead::tests
