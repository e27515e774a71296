// Sources: cgroups(7), proc(5): /proc/PID/mountinfo.

#include "harness/sys/cgroup_place.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <system_error>
#include <vector>

namespace bulkhead::sys {
namespace {

namespace fs = std::filesystem;

bool holds_word(std::string words, std::string_view word)
{
    std::ranges::replace(words, ',', ' ');
    std::istringstream stream{words};
    for (std::string each; stream >> each;)
        if (each == word)
            return true;
    return false;
}

/// One line of /proc/self/cgroup: which cgroup this process is in.
struct Membership {
    std::string controllers; ///< "cpu,cpuacct"; empty for version 2
    std::string path;        ///< from the root of the hierarchy
};

std::vector<Membership> memberships()
{
    std::vector<Membership> found;
    std::ifstream file{"/proc/self/cgroup"};
    for (std::string line; std::getline(file, line);) { // "4:memory:/a/b", "0::/a/b"
        const auto first = line.find(':');
        const auto second = line.find(':', first + 1);
        if (second != std::string::npos)
            found.push_back({line.substr(first + 1, second - first - 1), line.substr(second + 1)});
    }
    return found;
}

/// The membership that counts for a controller: of its own hierarchy, else of version 2. Null when there is neither.
const Membership* membership_for(std::string_view controller, const std::vector<Membership>& all)
{
    auto found =
        std::ranges::find_if(all, [&](const Membership& each) { return holds_word(each.controllers, controller); });
    if (found == all.end())
        found = std::ranges::find_if(all, [](const Membership& each) { return each.controllers.empty(); });
    return found == all.end() ? nullptr : &*found;
}

struct Mount {
    fs::path root; ///< the part of the hierarchy that is mounted
    fs::path point;
};

/// Where the hierarchy of a controller is mounted, or with v2 the one hierarchy of version 2; nowhere: an empty point.
Mount mount_of(std::string_view controller, bool v2)
{
    std::ifstream file{"/proc/self/mountinfo"};
    for (std::string line; std::getline(file, line);) {
        const auto separator = line.find(" - ");
        if (separator == std::string::npos)
            continue;
        std::string skipped;
        std::string type;
        std::string options;
        std::string root;
        std::string point;
        std::istringstream{line} >> skipped >> skipped >> skipped >> root >> point;
        std::istringstream{line.substr(separator + 3)} >> type >> skipped >> options;
        if (v2 ? type == "cgroup2" : type == "cgroup" && holds_word(options, controller))
            return {root, point};
    }
    return {};
}

bool passes_on(const fs::path& cgroup, std::string_view controller)
{
    std::ifstream file{cgroup / "cgroup.subtree_control"};
    std::string words;
    std::getline(file, words);
    return holds_word(words, controller);
}

} // namespace

std::string_view to_string(Controller controller)
{
    switch (controller) {
    case Controller::memory: return "memory";
    case Controller::pids: return "pids";
    }
    return "";
}

CgroupPlace cgroup_place_for(Controller controller)
{
    const std::string word{to_string(controller)};
    const auto all = memberships();
    const Membership* const member = membership_for(word, all);
    const bool v2 = member != nullptr && member->controllers.empty();
    const Mount mount = member == nullptr ? Mount{} : mount_of(word, v2);
    if (mount.point.empty())
        return {{}, v2, "no cgroup hierarchy with the controller " + word + " is mounted"};
    fs::path inside = fs::path{member->path}.lexically_relative(mount.root);
    if (inside.empty() || *inside.begin() == "..") // not below what is mounted: a cgroup namespace
        inside = fs::path{member->path}.relative_path();
    const bool at_top = inside.empty() || inside == ".";
    const fs::path own = at_top ? mount.point : mount.point / inside;
    if (!v2 || passes_on(own, word))
        return {own, v2};
    if (!at_top && passes_on(own.parent_path(), word))
        return {own.parent_path(), v2};
    return {{},
            v2,
            "cgroup v2: the controller " + word + " is not passed on to children of " + own.string() +
                (at_top ? "" : " or of its parent") + " (cgroup.subtree_control)"};
}

CgroupPlace existing_cgroup_place_for(Controller controller)
{
    CgroupPlace place = cgroup_place_for(controller);
    if (!place.why_not.empty())
        throw std::system_error(std::make_error_code(std::errc::not_supported), place.why_not);
    return place;
}

bool in_root_cpu_cgroup()
{
    // In a namespace of its own a process sees "/" for wherever it is; this is the number of the first one
    // (PROC_CGROUP_INIT_INO in the kernel's include/linux/proc_ns.h).
    constexpr std::string_view first_namespace = "cgroup:[4026531835]";
    std::error_code failed;
    const fs::path seen = fs::read_symlink("/proc/self/ns/cgroup", failed);
    const auto all = memberships();
    const Membership* const member = membership_for("cpu", all);
    return !failed && seen == first_namespace && member != nullptr && member->path == "/";
}

} // namespace bulkhead::sys
