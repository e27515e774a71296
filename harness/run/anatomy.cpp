#include "harness/run/anatomy.hpp"

#include "harness/run/pool.hpp"
#include "harness/run/refusal.hpp"
#include "harness/run/write_test.hpp"
#include "harness/sys/proc.hpp"

#include <algorithm>
#include <csignal>
#include <stdexcept>

namespace bulkhead::run {
namespace {

using std::chrono::nanoseconds;

/// How long the kernel may take to end a process after SIGKILL.
constexpr std::chrono::milliseconds inspection_end_limit{5000};

model::HostAnatomy look_at_host(std::uint32_t number, pid_t pid)
{
    model::HostAnatomy host{.number = number, .pid = pid};
    host.status = sys::status_of(pid);
    if (const auto memory = sys::memory_of(pid))
        host.proportional_kib = memory->proportional_kib;
    auto descriptors = sys::descriptors_of(pid);
    if (const auto* refused = std::get_if<std::error_code>(&descriptors))
        host.why_no_descriptors = "/proc/PID/fd: " + refused->message();
    else
        host.descriptors = std::move(std::get<std::vector<sys::Descriptor>>(descriptors));
    return host;
}

/// What the box says of a tid is believed only of a thread of that host.
std::int32_t tid_of(const Seat& seat, std::uint32_t thread, pid_t pid)
{
    const auto threads = sys::threads_of(pid);
    const std::int32_t tid = seat.tid(thread);
    return std::ranges::find(threads, tid) == threads.end() ? 0 : tid;
}

model::WorkerAnatomy look_at_worker(const Seat& seat, model::WorkerId id, pid_t pid)
{
    model::WorkerAnatomy worker{.id = id, .tid = tid_of(seat, id.thread, pid)};
    worker.schedule = sys::schedule_of(pid, worker.tid);
    const auto lines = sys::maps_of(pid);
    for (const model::Part part : model::all_parts) {
        const std::uint64_t value = seat.address(id.thread, static_cast<workers::Part>(part));
        if (value == 0)
            continue;
        model::Address address{.part = part, .value = value};
        if (const auto* line = sys::line_with(lines, value))
            address.mapping = *line;
        worker.addresses.push_back(std::move(address));
    }
    return worker;
}

void pair_up(model::Anatomy& anatomy)
{
    for (const model::WorkerAnatomy& writer : anatomy.workers)
        for (const model::WorkerAnatomy& reader : anatomy.workers)
            if (writer.id != reader.id)
                anatomy.pairs.push_back({.writer = writer.id, .reader = reader.id});
}

/// kcmp(2) compares pointers, and to have none is to have the same. Threads of one process all have an undo list, as
/// clone(2) with CLONE_SYSVSEM makes it; whether others have one cannot be seen.
bool may_both_have_none(const model::Pair& pair, sys::Resource resource, bool have_io_context)
{
    return (resource == sys::Resource::io && !have_io_context) ||
           (resource == sys::Resource::sysvsem && pair.writer.host != pair.reader.host);
}

std::string describe_none(sys::Resource resource)
{
    return std::string{"kcmp takes two without "} +
           (resource == sys::Resource::io ? "an I/O context" : "an undo list") + " for the same";
}

void compare_resources(model::Pair& pair, pid_t writer, pid_t reader, bool have_io_context)
{
    for (const sys::Resource resource : model::all_resources) {
        model::Common& common = pair.resources.at(static_cast<std::size_t>(resource));
        const auto same = sys::same(writer, reader, resource);
        if (const auto* refused = std::get_if<std::error_code>(&same))
            model::note_unknown(pair, "kcmp: " + refused->message());
        else if (!std::get<bool>(same))
            common = model::Common::no;
        else if (may_both_have_none(pair, resource, have_io_context))
            model::note_unknown(pair, describe_none(resource));
        else
            common = model::Common::yes;
    }
}

void compare_resources(model::Anatomy& anatomy)
{
    bool have_io_context = true;
    for (const model::WorkerAnatomy& worker : anatomy.workers)
        have_io_context = worker.tid != 0 && sys::give_io_context(worker.tid) && have_io_context;
    for (model::Pair& pair : anatomy.pairs)
        compare_resources(pair, anatomy.workers[index_of(pair.writer, anatomy.shape)].tid,
                          anatomy.workers[index_of(pair.reader, anatomy.shape)].tid, have_io_context);
}

/// Nobody writes code: here the maps tell.
void compare_code(model::Anatomy& anatomy)
{
    for (model::Pair& pair : anatomy.pairs) {
        const auto* const writer = address_of(anatomy.workers[index_of(pair.writer, anatomy.shape)], model::Part::code);
        const auto* const reader = address_of(anatomy.workers[index_of(pair.reader, anatomy.shape)], model::Part::code);
        model::Sight& sight = pair.parts.at(static_cast<std::size_t>(model::Part::code));
        if (writer != nullptr && reader != nullptr)
            sight = model::sight_of_code(writer->mapping, reader->mapping);
        if (sight == model::Sight::unknown)
            model::note_unknown(pair, "/proc/PID/maps does not tell where the code lies");
    }
}

std::uint32_t mask_of(const std::vector<sys::Resource>& unshared)
{
    const auto bit = [&](sys::Resource resource, std::uint32_t value) {
        return std::ranges::find(unshared, resource) == unshared.end() ? 0 : value;
    };
    return bit(sys::Resource::files, workers::unshared_files) | bit(sys::Resource::fs, workers::unshared_fs) |
           bit(sys::Resource::sysvsem, workers::unshared_sysvsem);
}

void await_ready(Pool& pool, const Lane& lane)
{
    const auto limit = lane.options().steady_limit;
    const auto deadline = sys::monotonic_in(limit);
    const bool settled = pool.wait(deadline, [&] { return pool.quiet() || pool.any_ended(); });
    for (const Pool::Host& host : pool.hosts())
        if (host.record.termination)
            throw std::runtime_error("the pool is not ready: host p" + std::to_string(host.record.number) +
                                     " ended at its start: " + describe_host_end(*host.record.termination));
    if (!settled)
        throw std::runtime_error("the pool was not ready within " + std::to_string(limit.count()) + " ms");
}

} // namespace

model::TrialPlan plan_anatomy(const model::Experiment& experiment)
{
    model::TrialPlan plan;
    plan.shape = experiment.shapes.front();
    plan.fault = model::parse_fault("none").value();
    plan.launch = experiment.launch;
    plan.seed = experiment.seed;
    plan.pace = model::pace_at_rest;
    plan.containment = experiment.containment;
    plan.containment.commons = true; // so that there is a segment
    return plan;
}

model::Anatomy take_anatomy(Pool& pool, Lane& lane, const model::TrialPlan& plan)
{
    model::Anatomy anatomy{.shape = plan.shape, .launch = plan.launch, .containment = plan.containment};
    for (std::uint32_t index = 0; index < plan.shape.workers(); ++index)
        ops_at_rest(pool, lane, model::worker_at(index, plan.shape)); // who does not is found out by the write test
    for (const Pool::Host& host : pool.hosts())
        anatomy.hosts.push_back(look_at_host(host.record.number, host.record.pid));
    for (std::uint32_t index = 0; index < plan.shape.workers(); ++index) {
        const model::WorkerId id = model::worker_at(index, plan.shape);
        anatomy.workers.push_back(look_at_worker(lane.seat(id.host), id, anatomy.hosts[id.host].pid));
    }
    pair_up(anatomy);
    compare_resources(anatomy);
    compare_code(anatomy);
    WriteTest{pool, lane, anatomy}.run();
    return anatomy;
}

std::optional<model::HostAnatomy> take_remains(Pool& pool, std::uint32_t host)
{
    const sys::Pidfd& process = pool.host(host).process;
    if (!process) // it has ended and was reaped
        return std::nullopt;
    process.signal(SIGKILL);
    if (!process.ends_within(inspection_end_limit))
        return std::nullopt;
    return look_at_host(host, process.pid()); // the pool reaps it when it next waits
}

model::Anatomy run_anatomy(const model::TrialPlan& plan, const Options& options,
                           const std::vector<sys::Resource>& unshared)
{
    sys::raise_open_file_limit();
    sys::take_children_by_default();
    Lane lane{options, nullptr, 0};
    Pool pool{lane, plan, mask_of(unshared)};
    pool.launch();
    await_ready(pool, lane);
    model::Anatomy anatomy = take_anatomy(pool, lane, plan);
    anatomy.unshared = unshared;
    anatomy.remains = take_remains(pool, plan.shape.hosts - 1);
    return anatomy;
}

} // namespace bulkhead::run
