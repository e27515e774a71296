#include "harness/run/write_test.hpp"

#include "harness/sys/foreign_memory.hpp"
#include "workers/checked.hpp"

#include <span>

namespace bulkhead::run {
namespace {

using std::chrono::milliseconds;
using std::chrono::nanoseconds;

constexpr milliseconds answer_limit{2000};
constexpr milliseconds look_interval{1}; ///< nothing announces that a worker has come to rest

/// A cell as it lies in memory.
struct Copy {
    std::uint64_t value = 0;
    std::uint64_t inverted = 0;
};
static_assert(sizeof(Copy) == sizeof(workers::Cell));

model::Stamp from_now(milliseconds limit)
{
    return sys::monotonic_in(limit);
}

model::Glance look_at(pid_t task, std::uint64_t address)
{
    Copy copy;
    const auto error = sys::read_memory(task, address, std::as_writable_bytes(std::span{&copy, 1}));
    if (!error)
        return {.value = copy.value, .inverted = copy.inverted, .is_mapped = true};
    if (error == std::errc::bad_address)
        return {};
    return {.refused = "process_vm_readv: " + error.message()};
}

std::string why_unknown(const model::Glance& before, const model::Glance& after)
{
    if (!before.refused.empty())
        return before.refused;
    return after.refused.empty() ? "it changed to something that the worker did not write" : after.refused;
}

} // namespace

void WriteTest::run()
{
    for (model::WorkerAnatomy& writer : anatomy_.workers)
        test(writer);
}

void WriteTest::test(model::WorkerAnatomy& writer)
{
    const bool rested_before = ops_at_rest(pool_, lane_, writer.id).has_value();
    const auto before = look_from_everywhere(writer);
    const bool wrote = rested_before && let_write(writer.id);
    const auto ops = wrote ? ops_at_rest(pool_, lane_, writer.id) : std::nullopt;
    if (!ops) {
        note_unknown(writer, "the worker did not come to rest");
        return;
    }
    const auto after = look_from_everywhere(writer);
    const std::uint64_t value = lane_.seat(writer.id.host).value_after(writer.id.thread, *ops);
    for (std::size_t i = 0; i < writer.addresses.size(); ++i) {
        const model::Part part = writer.addresses[i].part;
        if (part != model::Part::code)
            note_part(writer, i, part == model::Part::segment ? *ops : value, before, after);
    }
}

std::optional<std::uint64_t> ops_at_rest(Pool& pool, Lane& lane, model::WorkerId id)
{
    const Seat& seat = lane.seat(id.host);
    const auto answer = seat.answer(id.thread, 0);
    if (!answer)
        return std::nullopt;
    const auto rests = [&] { return seat.ops(id.thread) == answer->ops + 1; };
    const auto deadline = from_now(answer_limit);
    while (!rests() && sys::monotonic_ns() < deadline)
        pool.wait(from_now(look_interval), rests);
    return rests() ? std::optional{answer->ops + 1} : std::nullopt;
}

bool WriteTest::let_write(model::WorkerId id)
{
    pool_.challenge(id.host, {id.thread}, 1);
    return pool_.wait(from_now(answer_limit), [this] { return pool_.quiet(); }) && pool_.alive(id.host);
}

std::vector<WriteTest::Glances> WriteTest::look_from_everywhere(const model::WorkerAnatomy& writer) const
{
    std::vector<Glances> views;
    for (const model::WorkerAnatomy& reader : anatomy_.workers) {
        Glances& view = views.emplace_back();
        for (const model::Address& address : writer.addresses)
            view.push_back(look_at(reader.tid, address.value));
    }
    return views;
}

void WriteTest::note_part(model::WorkerAnatomy& writer, std::size_t address, std::uint64_t written,
                          const std::vector<Glances>& before, const std::vector<Glances>& after)
{
    const auto part = static_cast<std::size_t>(writer.addresses[address].part);
    const std::size_t own = index_of(writer.id, anatomy_.shape);
    auto& control_holds = writer.addresses[address].control_holds;
    if (before[own][address].refused.empty())
        control_holds = before[own][address].value != written &&
                        sight_of(before[own][address], after[own][address], written) == model::Sight::seen;
    for (std::size_t i = 0; i < anatomy_.workers.size(); ++i) {
        if (i == own)
            continue;
        model::Pair& pair = pair_of(writer.id, anatomy_.workers[i].id);
        if (control_holds == false) {
            model::note_unknown(pair, "the control of the write failed");
            continue;
        }
        pair.parts.at(part) = sight_of(before[i][address], after[i][address], written);
        if (pair.parts.at(part) == model::Sight::unknown)
            model::note_unknown(pair, why_unknown(before[i][address], after[i][address]));
    }
}

void WriteTest::note_unknown(const model::WorkerAnatomy& writer, std::string_view why)
{
    for (const model::WorkerAnatomy& reader : anatomy_.workers)
        if (reader.id != writer.id)
            model::note_unknown(pair_of(writer.id, reader.id), std::string{why});
}

model::Pair& WriteTest::pair_of(model::WorkerId writer, model::WorkerId reader)
{
    const std::size_t row = index_of(writer, anatomy_.shape);
    const std::size_t column = index_of(reader, anatomy_.shape);
    return anatomy_.pairs[row * (anatomy_.workers.size() - 1) + (column < row ? column : column - 1)];
}

} // namespace bulkhead::run
