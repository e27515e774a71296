#include "harness/model/anatomy.hpp"

#include <algorithm>
#include <functional>

namespace bulkhead::model {
namespace {

using Figures = std::vector<std::pair<std::string, double>>;

struct Named {
    Relation relation;
    std::string_view whom;
};
constexpr std::array<Named, 2> named_relations{Named{Relation::cell_mate, "cell_mates"},
                                               Named{Relation::other_host, "other_hosts"}};

/// Nothing where a pair has no answer: a share of the others would say something of it all the same.
void add_share(Figures& figures, std::string name, std::uint32_t yes, std::uint32_t no, std::uint32_t pairs)
{
    if (pairs > 0 && yes + no == pairs) {
        figures.emplace_back(std::move(name), static_cast<double>(yes) / static_cast<double>(pairs));
    }
}

void add_shares(Figures& figures, const Anatomy& anatomy, const Named& named)
{
    const auto sights = [&](Part part, Sight sight) { return count(anatomy, named.relation, part, sight); };
    const auto unlike = [&](Part part) {
        return sights(part, Sight::other_memory) + sights(part, Sight::nothing_there);
    };
    const std::uint32_t pairs = count_pairs(anatomy, named.relation);
    const std::string seen = "seen_by_" + std::string(named.whom) + ".";
    const std::string shared = "shared_with_" + std::string(named.whom) + ".";
    for (const Part part : all_parts) {
        if (part != Part::code) {
            add_share(figures, seen + std::string(to_string(part)), sights(part, Sight::seen), unlike(part), pairs);
        }
    }
    add_share(figures, shared + "code", sights(Part::code, Sight::same_file), unlike(Part::code), pairs);
    for (const sys::Resource resource : all_resources) {
        add_share(figures, shared + std::string(to_string(resource)),
                  count(anatomy, named.relation, resource, Common::yes),
                  count(anatomy, named.relation, resource, Common::no), pairs);
    }
}

/// The sum over all hosts, by so many; nothing when a host does not have it.
void add_mean(Figures& figures, std::string name, const Anatomy& anatomy, std::size_t by,
              const std::function<std::optional<double>(const HostAnatomy&)>& of)
{
    double sum = 0;
    for (const HostAnatomy& host : anatomy.hosts) {
        const auto value = of(host);
        if (!value) {
            return;
        }
        sum += *value;
    }
    if (by > 0) {
        figures.emplace_back(std::move(name), sum / static_cast<double>(by));
    }
}

std::optional<double> as_figure(const std::optional<std::uint64_t>& number)
{
    return number ? std::optional{static_cast<double>(*number)} : std::nullopt;
}

void add_means(Figures& figures, const Anatomy& anatomy)
{
    using Value = std::optional<double>;
    const std::size_t workers = anatomy.workers.size();
    const std::size_t hosts = anatomy.hosts.size();
    add_mean(figures, "pss_kib_per_worker", anatomy, workers,
             [](const HostAnatomy& host) { return as_figure(host.proportional_kib); });
    add_mean(figures, "rss_kib_per_worker", anatomy, workers,
             [](const HostAnatomy& host) { return host.status ? as_figure(host.status->resident_kib) : Value{}; });
    add_mean(figures, "threads_per_host", anatomy, hosts,
             [](const HostAnatomy& host) { return host.status ? Value{host.status->threads} : Value{}; });
    add_mean(figures, "descriptors_per_host", anatomy, hosts, [](const HostAnatomy& host) {
        return host.why_no_descriptors.empty() ? Value{static_cast<double>(host.descriptors.size())} : Value{};
    });
}

/// The share of workers one of whose parts lies where it is looked for.
void add_places(Figures& figures, const Anatomy& anatomy)
{
    const auto share = [&](std::string name, Part part, const auto& is_there) {
        std::uint32_t there = 0;
        std::uint32_t known = 0;
        for (const WorkerAnatomy& worker : anatomy.workers) {
            const Address* const address = address_of(worker, part);
            if (address != nullptr && address->mapping) {
                ++known;
                there += is_there(*address->mapping) ? 1 : 0;
            }
        }
        add_share(figures, std::move(name), there, known - there, static_cast<std::uint32_t>(anatomy.workers.size()));
    };
    const auto is_file = [](const sys::MapsLine& line) { return line.inode != 0 && line.path.starts_with('/'); };
    share("placed.code_executable", Part::code,
          [&](const sys::MapsLine& line) { return is_file(line) && line.permissions.starts_with("r-x"); });
    share("placed.global_in_program", Part::global,
          [&](const sys::MapsLine& line) { return is_file(line) && line.permissions.starts_with("rw-"); });
    share("placed.heap_in_heap", Part::heap, [](const sys::MapsLine& line) { return line.path == "[heap]"; });
    share("placed.stack_in_stack", Part::stack, [](const sys::MapsLine& line) { return line.path == "[stack]"; });
    share("placed.segment_in_file", Part::segment,
          [&](const sys::MapsLine& line) { return is_file(line) && line.permissions == "rw-s"; });
}

/// The share of workers whose part lies far from every cell-mate's. Not whether it has a mapping for itself: where
/// glibc guards stacks without a mapping for each guard, the kernel makes one of all of them.
void add_own(Figures& figures, std::string name, const Anatomy& anatomy, Part part)
{
    constexpr std::uint64_t far = std::uint64_t{64} * 1024; // a worker's stack is 256 KiB, of which it uses little
    std::uint32_t own = 0;
    std::uint32_t known = 0;
    for (const WorkerAnatomy& worker : anatomy.workers) {
        const Address* const address = address_of(worker, part);
        if (address == nullptr) {
            continue;
        }
        ++known;
        const bool is_near = std::ranges::any_of(anatomy.workers, [&](const WorkerAnatomy& other) {
            const Address* const theirs = address_of(other, part);
            return other.id.host == worker.id.host && other.id != worker.id && theirs != nullptr &&
                   std::max(theirs->value, address->value) - std::min(theirs->value, address->value) < far;
        });
        own += is_near ? 0 : 1;
    }
    add_share(figures, std::move(name), own, known - own, static_cast<std::uint32_t>(anatomy.workers.size()));
}

/// By what the kernel knows a process.
void add_identity(Figures& figures, const Anatomy& anatomy)
{
    const auto hosts = static_cast<std::uint32_t>(anatomy.hosts.size());
    const auto workers = static_cast<std::uint32_t>(anatomy.workers.size());
    const auto share = [&figures](std::string name, std::ptrdiff_t known, std::uint32_t of) {
        add_share(figures, std::move(name), static_cast<std::uint32_t>(known), of - static_cast<std::uint32_t>(known),
                  of);
    };
    const auto has_id = [&](const HostAnatomy& host) {
        return host.pid > 0 && host.status && std::ranges::count(anatomy.hosts, host.pid, &HostAnatomy::pid) == 1;
    };
    const auto has_state = [](const HostAnatomy& host) {
        constexpr std::string_view of_the_living = "RSDTtI";
        return host.status && of_the_living.find(host.status->state) != std::string_view::npos;
    };
    const auto has_priority = [](const WorkerAnatomy& worker) {
        return worker.schedule && worker.schedule->policy.starts_with("SCHED_");
    };
    share("known.id", std::ranges::count_if(anatomy.hosts, has_id), hosts);
    share("known.state", std::ranges::count_if(anatomy.hosts, has_state), hosts);
    share("known.priority", std::ranges::count_if(anatomy.workers, has_priority), workers);
}

} // namespace

Figures anatomy_figures(const Anatomy& anatomy)
{
    Figures figures;
    add_places(figures, anatomy);
    add_own(figures, "placed.own_stack", anatomy, Part::stack);
    add_own(figures, "placed.own_thread_local", anatomy, Part::thread_local_storage);
    for (const Named& named : named_relations) {
        add_shares(figures, anatomy, named);
    }
    add_means(figures, anatomy);
    add_identity(figures, anatomy);
    if (anatomy.remains && anatomy.remains->status) {
        const sys::ProcessStatus& status = *anatomy.remains->status;
        figures.emplace_back("zombie.id", anatomy.remains->pid > 0 ? 1 : 0);
        figures.emplace_back("zombie.state", status.state == 'Z' ? 1 : 0);
        figures.emplace_back("zombie.memory", static_cast<double>(status.size_kib.value_or(0)));
        figures.emplace_back("zombie.threads", status.threads);
        figures.emplace_back("zombie.descriptors", status.descriptor_slots);
    }
    return figures;
}

} // namespace bulkhead::model
