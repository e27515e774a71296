#include "harness/model/shown.hpp"
#include "tests/unit/model_records.hpp"

#include <algorithm>
#include <doctest/doctest.h>

using namespace bulkhead;
using model::ChannelKind;
using model::Neighbour;
using model::Passage;

namespace {

/// As the model says; what the neighbours were shown is for each test to say.
model::TrialRecord record_of(std::string_view fault, std::string_view shape, model::WorkerId victim)
{
    model::TrialRecord record;
    record.plan.shape = tests::shape(shape);
    record.plan.fault = tests::fault(fault);
    record.plan.victim = victim;
    record.plan.variant = {.workload = model::Workload::ring, .channel = ChannelKind::stream};
    record.fired = 1;
    for (std::uint32_t i = 0; i < record.plan.shape.workers(); ++i)
        record.workers.push_back({.id = model::worker_at(i, record.plan.shape)});
    return record;
}

} // namespace

TEST_CASE("every fault in a channel is predicted to show something, whatever the channel, and no other fault is")
{
    for (std::size_t row = 0; row < model::catalogue().size(); ++row) {
        const model::Fault fault{.row = static_cast<std::uint16_t>(row), .signal = 0};
        CAPTURE(std::string{model::row_of(fault).id});
        for (const ChannelKind kind : model::channel_kinds)
            CHECK(model::predicted_show(fault, kind).has_value() ==
                  (model::row_of(fault).family == model::Family::channel));
    }
}

TEST_CASE("the neighbours of a worker are found round the ends of the pool")
{
    const model::Shape shape = tests::shape("2x2");
    CHECK(model::position_of(Neighbour::before, {0, 0}, shape) == 3);
    CHECK(model::position_of(Neighbour::next, {1, 1}, shape) == 0);
    CHECK(model::position_of(Neighbour::next, {0, 1}, shape) == 2);
    CHECK(model::position_of(Neighbour::victim, {1, 0}, shape) == 2);
}

TEST_CASE("what a neighbour was shown is compared with what its channel is predicted to show")
{
    auto record = record_of("writer-gone", "4x1", {1, 0});
    CHECK(model::shown_as_predicted(record) == false); // it was shown nothing
    record.workers[2].receiving = Passage::end_of_stream;
    CHECK(model::shown_as_predicted(record) == true);
    record.workers[2].receiving = Passage::torn;
    CHECK(model::shown_as_predicted(record) == false);
    auto sender = record_of("reader-gone", "4x1", {0, 0});
    sender.workers[3].receiving = Passage::reset; // the wrong way round
    CHECK(model::shown_as_predicted(sender) == false);
    sender.workers[3].sending = Passage::reset;
    CHECK(model::shown_as_predicted(sender) == true);
    auto flooder = record_of("flood", "1x4", {0, 2});
    flooder.workers[2].sending = Passage::timed_out;
    CHECK(model::shown_as_predicted(flooder) == true);
}

TEST_CASE("nothing is said where the neighbour dies with the victim, or where nothing was to be shown")
{
    CHECK_FALSE(model::shown_as_predicted(record_of("die-mid-message", "1x4", {0, 1})).has_value());
    CHECK_FALSE(model::shown_as_predicted(record_of("die-mid-message", "2x2", {0, 0})).has_value());
    CHECK(model::shown_as_predicted(record_of("die-mid-message", "2x2", {0, 1})).has_value());
    CHECK_FALSE(model::shown_as_predicted(record_of("abort", "4x1", {1, 0})).has_value());
    CHECK_FALSE(model::shown_as_predicted(record_of("none", "4x1", {1, 0})).has_value());
    auto unfired = record_of("writer-gone", "4x1", {1, 0});
    unfired.fired.reset();
    CHECK_FALSE(model::shown_as_predicted(unfired).has_value());
}
