#include "harness/run/run.hpp"
#include "harness/sys/proc.hpp"

#include <cstdlib>
#include <stdexcept>
#include <vector>

namespace bulkhead::run {

std::filesystem::path find_host(const std::filesystem::path& installed)
{
    namespace fs = std::filesystem;
    std::vector<fs::path> places;
    if (const char* const named = std::getenv("BULKHEAD_HOST"); named != nullptr && *named != '\0') {
        places.emplace_back(named); // named by the user: no silent way out
    } else {
        std::error_code ignored;
        const fs::path self = fs::read_symlink("/proc/self/exe", ignored);
        if (!self.empty())
            places.push_back(self.parent_path() / "bulkhead-host");
        places.push_back((self.parent_path() / installed).lexically_normal()); // an absolute path stays as it is
    }
    std::string found;
    for (const fs::path& place : places) {
        std::error_code ignored;
        const bool is_file = fs::is_regular_file(place, ignored);
        if (is_file && sys::may_execute(place.c_str()))
            return fs::absolute(place);
        found += (found.empty() ? "" : ", ") + place.string() +
                 (is_file                      ? " may not be executed"
                  : fs::exists(place, ignored) ? " is no file"
                                               : " is not there");
    }
    throw std::runtime_error("no bulkhead-host that can be executed: " + found +
                             ". Build it, or name it by BULKHEAD_HOST=PATH");
}

} // namespace bulkhead::run
