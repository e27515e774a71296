#include "harness/sys/machine_probe.hpp"

#include <cerrno>
#include <fstream>
#include <sstream>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

namespace bulkhead::sys {
namespace {

/// A hierarchy that is mounted: "memory" for a v1 controller, "" for v2.
struct Hierarchy {
    std::string controllers;   ///< comma-separated, as in /proc/PID/cgroup
    std::filesystem::path own; ///< the folder of the cgroup that this process is in
};

struct Mount {
    std::string root; ///< the part of the hierarchy that is mounted
    std::filesystem::path point;
    std::string type;    ///< "cgroup" or "cgroup2"
    std::string options; ///< of the file system, such as "rw,memory"
};

std::vector<Mount> cgroup_mounts()
{
    std::vector<Mount> mounts;
    std::ifstream file("/proc/self/mountinfo");
    for (std::string line; std::getline(file, line);) {
        const auto separator = line.find(" - ");
        if (separator == std::string::npos) {
            continue;
        }
        Mount mount;
        std::string skipped;
        std::istringstream(line) >> skipped >> skipped >> skipped >> mount.root >> mount.point;
        std::istringstream(line.substr(separator + 3)) >> mount.type >> skipped >> mount.options;
        if (mount.type == "cgroup" || mount.type == "cgroup2") {
            mounts.push_back(mount);
        }
    }
    return mounts;
}

bool mounts_controllers(const Mount& mount, const std::string& controllers)
{
    if (controllers.empty()) {
        return mount.type == "cgroup2";
    }
    return mount.type == "cgroup" && ("," + mount.options + ",").find("," + controllers + ",") != std::string::npos;
}

/// Where this process is in each hierarchy that it can see.
std::vector<Hierarchy> own_cgroups()
{
    std::vector<Hierarchy> found;
    const std::vector<Mount> mounts = cgroup_mounts();
    std::ifstream file("/proc/self/cgroup");
    for (std::string line; std::getline(file, line);) { // "4:memory:/a/b", "0::/a/b"
        const auto first = line.find(':');
        const auto second = line.find(':', first + 1);
        if (second == std::string::npos) {
            continue;
        }
        const std::string controllers = line.substr(first + 1, second - first - 1);
        std::string path = line.substr(second + 1);
        for (const Mount& mount : mounts) {
            if (mounts_controllers(mount, controllers)) {
                if (mount.root != "/" && path.starts_with(mount.root)) {
                    path.erase(0, mount.root.size());
                }
                found.push_back({controllers, mount.point / std::filesystem::path(path).relative_path()});
                break;
            }
        }
    }
    return found;
}

/// Makes a child cgroup and removes it again; gives the error of what failed, or 0.
int try_child_of(const std::filesystem::path& parent)
{
    const std::filesystem::path child = parent / ("bulkhead-probe-" + std::to_string(::getpid()));
    if (::mkdir(child.c_str(), 0700) != 0) {
        return errno;
    }
    return error_unless(::rmdir(child.c_str()) == 0);
}

bool holds_word(const std::string& words, const std::string& word)
{
    std::istringstream stream(words);
    for (std::string each; stream >> each;) {
        if (each == word) {
            return true;
        }
    }
    return false;
}

constexpr auto wanted = {"memory", "pids", "cpu"};

/// Tells which of the wanted controllers can be used.
Finding describe_controllers(const std::string& usable, const std::string& refused)
{
    if (usable.empty()) {
        return {Capability::State::missing, refused.empty() ? "no controller for memory, pids or cpu" : refused};
    }
    std::string found = "writable:" + usable;
    if (!refused.empty()) {
        found += "; " + refused;
    }
    return {refused.empty() ? Capability::State::available : Capability::State::limited, found};
}

void append(std::string& list, const std::string& item)
{
    list += (list.empty() ? "" : "; ") + item;
}

} // namespace

Finding probe_cgroup_v1()
{
    const std::vector<Hierarchy> own = own_cgroups();
    std::string usable;
    std::string refused;
    for (const std::string controller : wanted) {
        for (const Hierarchy& hierarchy : own) {
            if (("," + hierarchy.controllers + ",").find("," + controller + ",") == std::string::npos) {
                continue;
            }
            const int error = try_child_of(hierarchy.own);
            if (error == 0) {
                usable += " " + controller;
            } else {
                append(refused, controller + " " + from_error(error).found);
            }
        }
    }
    return describe_controllers(usable, refused);
}

Finding probe_cgroup_v2()
{
    for (const Hierarchy& hierarchy : own_cgroups()) {
        if (!hierarchy.controllers.empty()) {
            continue;
        }
        const std::string offered = first_line(hierarchy.own / "cgroup.controllers");
        std::string usable;
        for (const std::string controller : wanted) {
            usable += holds_word(offered, controller) ? " " + controller : "";
        }
        if (usable.empty()) {
            return {Capability::State::missing, "mounted without controllers"};
        }
        const int error = try_child_of(hierarchy.own);
        return error == 0 ? describe_controllers(usable, "") : from_error(error);
    }
    return {Capability::State::missing, "not mounted"};
}

} // namespace bulkhead::sys
