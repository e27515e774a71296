#include "harness/store/trial_writer.hpp"

#include "harness/store/schema.hpp"

#include <variant>

namespace bulkhead::store {
namespace {

using model::Answer;
using model::HostRecord;
using model::TrialRecord;
using model::WorkerRecord;

// These numbers are in the files: see the comments in the schema.
static_assert(static_cast<int>(model::InjectionPoint::between_ops) == 0);
static_assert(static_cast<int>(model::InjectionPoint::inside_op) == 1);
static_assert(static_cast<int>(model::Launch::exec) == 0);
static_assert(static_cast<int>(model::Launch::zygote) == 1);

constexpr const char* insert_into_trial =
    "INSERT INTO trial VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)";
constexpr std::size_t columns_of_host = 12;
constexpr std::size_t columns_of_worker = 22;
constexpr std::size_t columns_of_figure = 3;
constexpr const char* insert_into_strike = "INSERT INTO strike VALUES (?,?,?,?,?,?)";
constexpr const char* insert_into_restart = "INSERT INTO restart VALUES (?,?,?,?,?,?,?,?,?,?,?,?)";
constexpr const char* insert_into_job = "INSERT INTO job VALUES (?,?,?,?,?,?,?)";
constexpr const char* insert_into_stack = "INSERT INTO stack VALUES (?,?,?)";
constexpr const char* insert_into_change = "INSERT INTO change VALUES (?,?,?,?)";

std::optional<std::string_view> word_of(std::optional<model::Passage> passage)
{
    return passage ? std::optional(model::to_string(*passage)) : std::nullopt;
}

/// As exit_code, signal and core_dumped.
void give_end(Statement& row, const std::optional<sys::Termination>& termination)
{
    const auto* exited = termination ? std::get_if<sys::Exited>(&*termination) : nullptr;
    const auto* signaled = termination ? std::get_if<sys::Signaled>(&*termination) : nullptr;
    row << (exited != nullptr ? std::optional(exited->code) : std::nullopt)
        << (signaled != nullptr ? std::optional(signaled->signal) : std::nullopt)
        << (signaled != nullptr ? std::optional(signaled->core_dumped) : std::nullopt);
}

void give_host(Statement& row, const TrialRecord& record, std::size_t position, std::uint64_t place)
{
    const HostRecord& host = record.hosts[position];
    row << place << record.plan.id << host.number << host.pid;
    give_end(row, host.termination);
    row << since(record.started, host.end_seen) << host.ended_in_teardown << host.image_replaced << host.stopped
        << host.box_spoiled;
}

void give_worker(Statement& row, const TrialRecord& record, std::size_t position, std::uint64_t place)
{
    const WorkerRecord& worker = record.workers[position];
    row << place << record.plan.id << worker.id.host << worker.id.thread << worker.tid << worker.ops_final;
    for (const std::optional<Answer>& answer : {worker.before, worker.after}) {
        row << (answer ? std::optional(since(record.started, answer->at)) : std::nullopt)
            << (answer ? std::optional(answer->ops) : std::nullopt)
            << (answer ? std::optional(answer->check_holds) : std::nullopt);
    }
    row << worker.check_failures << since(record.started, worker.thread_end_seen) << worker.broken << worker.probed
        << worker.rate_before << worker.rate_after << since(record.started, worker.asleep_seen) << worker.starved
        << word_of(worker.receiving) << word_of(worker.sending);
}

} // namespace

TrialWriter::TrialWriter(const Database& database)
    : trials_(database, insert_into_trial), hosts_(database, "host", columns_of_host),
      workers_(database, "worker", columns_of_worker), figures_(database, "figure", columns_of_figure),
      changes_(database, insert_into_change), strikes_(database, insert_into_strike),
      restarts_(database, insert_into_restart), jobs_(database, insert_into_job), stacks_(database, insert_into_stack)
{}

void TrialWriter::insert(const TrialRecord& record, std::uint64_t sequence)
{
    const model::TrialPlan& plan = record.plan;
    const model::Stamp start = record.started;
    trials_ << plan.id << sequence << plan.cell << plan.number << record.lane << plan.seed << plan.victim.host
            << plan.victim.thread << static_cast<int>(plan.at) << plan.after_ops << plan.evidence_ops
            << static_cast<int>(plan.launch) << plan.pace.count() << plan.window.count() << plan.burst.count()
            << plan.degraded_below << number_of(plan.measures)
            << (record.inconclusive.empty() ? std::nullopt : std::optional<std::string_view>(record.inconclusive));
    trials_ << start << since(start, record.steady) << since(start, record.ordered) << since(start, record.fired)
            << record.fired_at_op << record.did_not_take << record.went_on << record.oom_kills
            << since(start, record.end_seen) << since(start, record.challenged) << since(start, record.settled)
            << record.window_ended << since(start, record.given_up) << since(start, record.finished);
    trials_.run();
    const std::uint64_t first_place = places_per_trial * sequence;
    hosts_.insert(record.hosts.size(), [&](Statement& row, std::size_t position) {
        give_host(row, record, position, first_place + position);
    });
    workers_.insert(record.workers.size(), [&](Statement& row, std::size_t position) {
        give_worker(row, record, position, first_place + position);
    });
    figures_.insert(record.figures.size(), [&](Statement& row, std::size_t position) {
        row << plan.id << record.figures[position].name << record.figures[position].value;
    });
    insert_stacks(record);
    insert_changes(record, first_place);
    insert_repairs(record);
    for (const model::JobRecord& job : record.jobs) {
        jobs_ << plan.id << job.number << job.worker.host << job.worker.thread << to_string(job.fate) << job.handed
              << job.effects;
        jobs_.run();
    }
}

void TrialWriter::insert_stacks(const TrialRecord& record)
{
    for (const HostRecord& host : record.hosts) {
        if (!host.stack.empty()) {
            stacks_ << record.plan.id << host.number << host.stack;
            stacks_.run();
        }
    }
}

void TrialWriter::insert_changes(const TrialRecord& record, std::uint64_t first_place)
{
    for (std::size_t position = 0; position < record.workers.size(); ++position) {
        for (const model::Change& change : record.workers[position].changes) {
            changes_ << first_place + position << change.what << change.before << change.after;
            changes_.run();
        }
    }
}

void TrialWriter::insert_repairs(const TrialRecord& record)
{
    const model::Stamp start = record.started;
    std::uint32_t number = 1;
    for (const model::Strike& strike : record.further_strikes) {
        strikes_ << record.plan.id << ++number << since(start, strike.ordered) << since(start, strike.fired)
                 << strike.fired_at_op << since(start, strike.end_seen);
        strikes_.run();
    }
    for (const model::Restart& restart : record.restarts) {
        restarts_ << record.plan.id << restart.strike << restart.host << restart.collateral << restart.pid
                  << since(start, restart.launched) << since(start, restart.ready);
        give_end(restarts_, restart.termination);
        restarts_ << since(start, restart.end_seen) << restart.ended_in_teardown;
        restarts_.run();
    }
}

} // namespace bulkhead::store
