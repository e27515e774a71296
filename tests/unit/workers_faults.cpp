#include "harness/model/fault.hpp"
#include "workers/blackbox.hpp"
#include "workers/commons.hpp"
#include "workers/fault.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <string>
#include <vector>

using namespace bulkhead;

// The faults refer to the stamp and to what the workers have in common, which the host brings. No fault is committed
// here, so stand-ins will do; they are weak, so that a test of the host's own parts can bring the real ones.
[[gnu::weak]] void workers::Fired::operator()() const noexcept
{
    scene_.slot.fired_ops.store(ops_);
}
[[gnu::weak]] void workers::Fired::and_tell() const noexcept
{
    (*this)();
}
[[gnu::weak]] void workers::Commons::take_lock() {}
[[gnu::weak]] void workers::Commons::release_lock() {}
[[gnu::weak]] std::size_t workers::Commons::segment_bytes() const
{
    return sizeof(Segment);
}

namespace {

std::ptrdiff_t functions_named(std::string_view id)
{
    return std::ranges::count(workers::fault_functions(), id, &workers::FaultFunction::id);
}

} // namespace

TEST_CASE("every fault that the victim commits itself has exactly one function")
{
    for (const model::FaultRow& row : model::catalogue()) {
        if (row.agent == model::Agent::victim) {
            CAPTURE(std::string{row.id});
            CHECK(functions_named(row.id) == 1);
        }
    }
}

TEST_CASE("a fault that the victim does not commit itself has no function")
{
    for (const model::FaultRow& row : model::catalogue()) {
        if (row.agent != model::Agent::victim) {
            CAPTURE(std::string{row.id});
            CHECK(functions_named(row.id) == 0);
        }
    }
}

TEST_CASE("every function of a fault has a row in the catalogue")
{
    for (const workers::FaultFunction& function : workers::fault_functions()) {
        CAPTURE(std::string{function.id});
        CHECK((function.commit != nullptr));
        CHECK(std::ranges::count(model::catalogue(), function.id, &model::FaultRow::id) == 1);
    }
}

TEST_CASE("the functions stand in the catalogue's order")
{
    std::vector<std::string> listed;
    for (const model::FaultRow& row : model::catalogue()) {
        if (row.agent == model::Agent::victim) {
            listed.emplace_back(row.id);
        }
    }
    std::vector<std::string> functions;
    for (const workers::FaultFunction& function : workers::fault_functions()) {
        functions.emplace_back(function.id);
    }
    CHECK(functions == listed);
}

TEST_CASE("no two faults share a function")
{
    for (const workers::FaultFunction& function : workers::fault_functions()) {
        CAPTURE(std::string{function.id});
        CHECK(std::ranges::count(workers::fault_functions(), function.commit, &workers::FaultFunction::commit) == 1);
    }
}

TEST_CASE("a fault's name fits into the black box with its terminating zero")
{
    for (const workers::FaultFunction& function : workers::fault_functions()) {
        CAPTURE(std::string{function.id});
        CHECK(function.id.size() < workers::max_fault_name);
    }
}
