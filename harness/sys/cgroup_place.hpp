#pragma once

#include "harness/sys/cgroup.hpp"

#include <filesystem>
#include <string>
#include <string_view>

namespace bulkhead::sys {

/// Where a cgroup of ours would be made.
struct CgroupPlace {
    std::filesystem::path parent;
    bool v2 = false;
    std::string why_not{}; ///< why there is no such place, in words
};

CgroupPlace cgroup_place_for(Controller controller);
/// Throws std::system_error where there is none.
CgroupPlace existing_cgroup_place_for(Controller controller);

/// True when the caller is in the root cgroup of the cpu controller: only there the kernel gives each session its own
/// share of the processors (sched(7), "autogroup").
bool in_root_cpu_cgroup();

std::string_view to_string(Controller controller); // "memory", "pids": the kernel's words

} // namespace bulkhead::sys
