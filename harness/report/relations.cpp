#include "harness/report/relations.hpp"

#include <algorithm>

namespace bulkhead::report {
namespace {

using model::Containment;
using model::Guard;
using model::Medium;

constexpr Guard guards[] = {Guard::catch_all, Guard::siglongjmp};

/// Hosts that have nothing in common, not even what an ordinary machine does not keep apart.
Containment apart()
{
    Containment containment;
    containment.thread_limit = model::ThreadLimit::pids;
    containment.processors_by_host = true;
    return containment;
}

std::string_view noun_of(Medium medium)
{
    switch (medium) {
    case Medium::process: return "the process";
    case Medium::segment: return "the segment";
    case Medium::lock: return "the lock";
    case Medium::description: return "the open file description";
    case Medium::disk: return "the disk";
    case Medium::channel: return "the channel";
    case Medium::group: return "the process group";
    case Medium::cgroup: return "the cgroup";
    case Medium::threads: return "the limit on threads";
    case Medium::processors: return "the processors";
    }
    return "";
}

std::string words_for_apart(Medium medium)
{
    switch (medium) {
    case Medium::threads: return "a pids cgroup for each host";
    case Medium::processors: return "a share for each session";
    case Medium::process:
    case Medium::segment:
    case Medium::lock:
    case Medium::description:
    case Medium::disk:
    case Medium::channel:
    case Medium::group:
    case Medium::cgroup: break;
    }
    return "hosts share nothing";
}

Setting with_shared(Medium medium)
{
    Setting setting{"hosts share the " + std::string(to_string(medium)), apart(),
                    "--share " + std::string(to_string(medium))};
    switch (medium) {
    case Medium::threads: return {"RLIMIT_NPROC", {.thread_limit = model::ThreadLimit::nproc}, ""};
    case Medium::processors: return {"a share for each thread", {}, ""};
    case Medium::process:
    case Medium::segment:
    case Medium::lock:
    case Medium::description:
    case Medium::disk:
    case Medium::channel:
    case Medium::group:
    case Medium::cgroup: break;
    }
    setting.containment.shared = model::bit_of(medium);
    return setting;
}

Setting with_guard(Guard guard)
{
    Setting setting{"guard " + std::string(to_string(guard)), apart(), "--guard " + std::string(to_string(guard))};
    setting.containment.guard = guard;
    return setting;
}

/// The medium through which the fault, or what it leaves behind, reaches others; `process` when there is none.
Medium medium_of(const model::FaultNature& nature)
{
    if (nature.reach == model::Reach::sharers) {
        return nature.medium;
    }
    return nature.leaves.reach == model::Reach::sharers ? nature.leaves.medium : Medium::process;
}

bool helps(Guard guard, model::Fault fault)
{
    return model::nature_of(fault, with_guard(guard).containment).end != model::nature_of(fault).end;
}

} // namespace

std::vector<Setting> settings_of(model::Fault fault)
{
    const model::FaultNature nature = model::nature_of(fault);
    const Medium medium = medium_of(nature);
    std::vector<Setting> settings{{words_for_apart(medium), apart(), ""}};
    if (medium != Medium::process) {
        settings.push_back(with_shared(medium));
    }
    if (nature.leaves.mended_by_robust_lock) {
        Setting robust = with_shared(Medium::lock);
        robust.words = "hosts share a robust lock";
        robust.containment.robust_lock = true;
        robust.options += " --lock robust";
        settings.push_back(std::move(robust));
    }
    for (const Guard guard : guards) {
        if (helps(guard, fault)) {
            settings.push_back(with_guard(guard));
        }
    }
    return settings;
}

std::string describe_reach(model::Reach reach, Medium medium)
{
    switch (reach) {
    case model::Reach::worker: return "the victim alone";
    case model::Reach::process: return "its cell-mates: every worker of the victim's process";
    case model::Reach::sharers: break;
    }
    if (medium == Medium::processors) {
        return "its cell-mates, and whoever else wants the processors";
    }
    return "its cell-mates, and whoever else shares " + std::string(noun_of(medium));
}

std::string describe_leaves(const model::Consequence& leaves)
{
    if (leaves.effect == model::Effect::nothing) {
        return "";
    }
    return std::string(to_string(leaves.effect)) + " " + describe_reach(leaves.reach, leaves.medium) +
           (leaves.mended_by_robust_lock ? "; unless the lock is robust" : "");
}

std::string describe_guards(model::Fault fault)
{
    const model::FaultNature nature = model::nature_of(fault);
    if (model::row_of(fault).agent != model::Agent::victim || !std::holds_alternative<model::ProcessEnds>(nature.end)) {
        return "";
    }
    std::string text;
    for (const Guard guard : guards) {
        if (helps(guard, fault)) {
            text += (text.empty() ? "with " : "; with ") + std::string(to_string(guard)) + " the victim " +
                    model::describe(model::nature_of(fault, with_guard(guard).containment).end);
        }
    }
    if (text.empty()) {
        return model::row_of(fault).outlasts_guard ? "none helps: it strikes again, or strikes cell-mates too"
                                                   : "none helps";
    }
    return nature.leaves.effect == model::Effect::nothing ? text : text + ", and what the fault left behind stays";
}

std::string id_as_typed(const model::FaultRow& row)
{
    return std::string(row.id) + (model::takes_signal(row) ? ":SIGNAL" : "");
}

} // namespace bulkhead::report
