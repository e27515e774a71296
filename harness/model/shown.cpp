#include "harness/model/shown.hpp"

#include "harness/model/judge.hpp"

namespace bulkhead::model {

std::optional<Shown> predicted_show(Fault fault, ChannelKind kind)
{
    switch (row_of(fault).in_channel) {
    case InChannel::nothing: return std::nullopt;
    case InChannel::half_message: return Shown{Neighbour::next, true, shown_by(kind, LostEnd::sender_midway)};
    case InChannel::writer_gone: return Shown{Neighbour::next, true, shown_by(kind, LostEnd::sender)};
    case InChannel::reader_gone: return Shown{Neighbour::before, false, shown_by(kind, LostEnd::receiver)};
    case InChannel::garbage: return Shown{Neighbour::next, true, Passage::bad_frame};
    case InChannel::flood: return Shown{Neighbour::victim, false, Passage::timed_out};
    }
    return std::nullopt;
}

std::uint32_t position_of(Neighbour neighbour, WorkerId victim, Shape shape)
{
    const std::uint32_t workers = shape.workers();
    const std::uint32_t position = index_of(victim, shape);
    switch (neighbour) {
    case Neighbour::before: return (position + workers - 1) % workers;
    case Neighbour::victim: return position;
    case Neighbour::next: return (position + 1) % workers;
    }
    return position;
}

std::optional<Passage> shown_in(const TrialRecord& record)
{
    const TrialPlan& plan = record.plan;
    const auto predicted = predicted_show(plan.fault, plan.variant.channel);
    const std::uint32_t position = predicted ? position_of(predicted->to, plan.victim, plan.shape) : 0;
    if (!predicted || !is_ring(plan.variant.workload) || !record.fired || position >= record.workers.size())
        return std::nullopt;
    const WorkerRecord& worker = record.workers[position];
    const Relation relation = relation_of(worker.id, plan.victim);
    if (predict(plan.fault, relation, plan.containment) == Outcome::died)
        return std::nullopt; // it dies with the victim
    return (predicted->receiving ? worker.receiving : worker.sending).value_or(Passage::done);
}

std::optional<bool> shown_as_predicted(const TrialRecord& record)
{
    const auto shown = shown_in(record);
    const auto predicted = predicted_show(record.plan.fault, record.plan.variant.channel);
    return shown && predicted ? std::optional(*shown == predicted->passage) : std::nullopt;
}

} // namespace bulkhead::model
