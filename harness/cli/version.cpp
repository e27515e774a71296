#include "harness/cli/command_line.hpp"

#include <boost/version.hpp>
#include <fmt/format.h>
#include <sqlite3.h>

namespace bulkhead::cli {
namespace {

#if defined(__clang__)
constexpr auto compiler = "clang " __clang_version__;
#else
constexpr auto compiler = "g++ " __VERSION__;
#endif

} // namespace

std::string version_text()
{
    return fmt::format("bulkhead {}\n{}, Boost {}.{}.{}, SQLite {}", BULKHEAD_VERSION, compiler, BOOST_VERSION / 100000,
                       BOOST_VERSION / 100 % 1000, BOOST_VERSION % 100, SQLITE_VERSION);
}

} // namespace bulkhead::cli
