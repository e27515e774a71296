#include "anatomy_samples.hpp"

#include "harness/model/figure.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <map>
#include <rapidcheck.h>

using namespace bulkhead;
using model::Common;
using model::Glance;
using model::Part;
using model::Relation;
using model::Sight;

namespace {

Glance cell(std::uint64_t value)
{
    return {.value = value, .inverted = ~value, .is_mapped = true};
}

std::map<std::string, double> figures_of(const model::Anatomy& anatomy)
{
    std::map<std::string, double> figures;
    for (const auto& figure : model::anatomy_figures(anatomy)) {
        CAPTURE(figure.first);
        CHECK(figures.insert(figure).second);
        CHECK_MESSAGE(model::find_figure(figure.first) != nullptr, "an expectation has to be able to name it");
    }
    return figures;
}

} // namespace

TEST_CASE("a write is seen only where memory changed to exactly what was written")
{
    CHECK(model::sight_of(cell(7), cell(8), 8) == Sight::seen);
    CHECK(model::sight_of(cell(7), cell(7), 8) == Sight::other_memory);
    CHECK(model::sight_of({}, {}, 8) == Sight::nothing_there);
    CHECK_MESSAGE(model::sight_of(cell(8), cell(8), 8) == Sight::other_memory, "what was there before is no sight");
    CHECK_MESSAGE(model::sight_of(cell(7), cell(9), 8) == Sight::unknown, "somebody else has written");
    CHECK_MESSAGE(model::sight_of({}, cell(8), 8) == Sight::unknown, "it was mapped meanwhile");
    const Glance half{.value = 8, .inverted = ~std::uint64_t{7}, .is_mapped = true};
    CHECK_MESSAGE(model::sight_of(cell(7), half, 8) == Sight::unknown, "half of the write");
}

TEST_CASE("where nobody may look, nothing is claimed")
{
    const Glance refused{.refused = "process_vm_readv: Operation not permitted"};
    CHECK(model::sight_of(refused, refused, 8) == Sight::unknown);
    CHECK(model::sight_of(cell(7), refused, 8) == Sight::unknown);
    CHECK(model::sight_of(refused, cell(8), 8) == Sight::unknown);
}

TEST_CASE("for no two looks and no written value a cell that did not change is seen")
{
    CHECK(rc::check([](std::uint64_t value, std::uint64_t written) {
        RC_ASSERT(model::sight_of(cell(value), cell(value), written) == Sight::other_memory);
    }));
}

TEST_CASE("code is the same where the same page of the same file is mapped read-only")
{
    const sys::MapsLine line = samples::line_for(Part::code);
    CHECK(model::sight_of_code(line, line) == Sight::same_file);
    sys::MapsLine other = line;
    other.inode = 78;
    CHECK(model::sight_of_code(line, other) == Sight::other_memory);
    other = line;
    other.offset += 0x1000;
    CHECK(model::sight_of_code(line, other) == Sight::other_memory);
    other = line;
    other.permissions = "rwxp";
    CHECK_MESSAGE(model::sight_of_code(line, other) == Sight::unknown, "a page that can be written may be a copy");
    CHECK(model::sight_of_code(line, std::nullopt) == Sight::unknown);
}

TEST_CASE("pairs are counted by relation and answer")
{
    const model::Anatomy anatomy = samples::anatomy("2x2");
    CHECK(count_pairs(anatomy, Relation::cell_mate) == 4);
    CHECK(count_pairs(anatomy, Relation::other_host) == 8);
    CHECK(count(anatomy, Relation::cell_mate, Part::heap, Sight::seen) == 4);
    CHECK(count(anatomy, Relation::other_host, Part::heap, Sight::seen) == 0);
    CHECK(count(anatomy, Relation::other_host, sys::Resource::vm, Common::no) == 8);
    CHECK(model::controls_that_hold(anatomy) == std::pair<std::uint32_t, std::uint32_t>{20, 20});
}

TEST_CASE("a stack is a worker's own where no cell-mate's is near")
{
    model::Anatomy anatomy = samples::anatomy("2x2"); // in which cell-mates lie beside each other, and hosts are alike
    CHECK(figures_of(anatomy).at("placed.own_stack") == 0.0);
    const auto stack_of = [&](std::size_t worker) -> std::uint64_t& {
        return anatomy.workers.at(worker).addresses.at(static_cast<std::size_t>(Part::stack)).value;
    };
    stack_of(1) = stack_of(0) + 0x10000;
    CHECK(figures_of(anatomy).at("placed.own_stack") == 0.5);
    stack_of(3) = stack_of(2) - 0x10000;
    CHECK(figures_of(anatomy).at("placed.own_stack") == 1.0);
    CHECK(figures_of(anatomy).at("placed.own_thread_local") == 0.0);
    stack_of(3) += 1;
    CHECK(figures_of(anatomy).at("placed.own_stack") == 0.5);
    anatomy.workers.at(3).addresses.clear();
    CHECK_FALSE(figures_of(anatomy).contains("placed.own_stack"));
}

TEST_CASE("the figures of an anatomy are shares of all pairs, and there is none where one of them has no answer")
{
    model::Anatomy anatomy = samples::anatomy("2x2");
    auto figures = figures_of(anatomy);
    CHECK(figures.at("seen_by_cell_mates.heap") == 1.0);
    CHECK(figures.at("seen_by_other_hosts.global") == 0.0);
    CHECK(figures.at("shared_with_cell_mates.files") == 1.0);
    CHECK(figures.at("shared_with_other_hosts.vm") == 0.0);
    CHECK(figures.at("shared_with_other_hosts.code") == 1.0);
    CHECK(figures.at("zombie.memory") == 0.0);
    CHECK(figures.at("zombie.threads") == 1.0);
    for (const std::string name : {"known.id", "known.state", "known.priority", "zombie.id", "zombie.state"}) {
        CHECK_MESSAGE(figures.at(name) == 1.0, name);
    }
    CHECK(figures.at("pss_kib_per_worker") == 100.0);
    CHECK(figures.at("threads_per_host") == 2.0);
    CHECK(figures.at("descriptors_per_host") == 4.0);
    CHECK_FALSE(figures.contains("seen_by_cell_mates.code"));
    CHECK(figures_of(samples::anatomy("2x2", true)).at("seen_by_other_hosts.segment") == 1.0);

    const auto of_two_hosts = [](const model::Pair& pair) { return pair.writer.host < pair.reader.host; };
    std::ranges::find_if(anatomy.pairs, of_two_hosts)->resources.fill(Common::unknown);
    anatomy.hosts.front().proportional_kib.reset();
    anatomy.remains.reset();
    figures = figures_of(anatomy);
    for (const std::string name : {"shared_with_other_hosts.vm", "pss_kib_per_worker", "zombie.memory"}) {
        CHECK_MESSAGE(!figures.contains(name), name);
    }
}

TEST_CASE("an id that two hosts have, the state of one that has ended and a thread without a policy are not known")
{
    model::Anatomy anatomy = samples::anatomy("2x2");
    anatomy.hosts.front().pid = anatomy.hosts.back().pid;
    anatomy.hosts.front().status->state = 'Z';
    anatomy.workers.front().schedule.reset();
    anatomy.remains->status->state = 'S';
    const auto figures = figures_of(anatomy);
    CHECK(figures.at("known.id") == 0.0);
    CHECK(figures.at("known.state") == 0.5);
    CHECK(figures.at("known.priority") == 0.75);
    CHECK(figures.at("zombie.state") == 0.0);
}

TEST_CASE("a pool without cell-mates has no figures about them")
{
    const auto figures = figures_of(samples::anatomy("4x1"));
    CHECK_FALSE(figures.contains("seen_by_cell_mates.heap"));
    CHECK(figures.contains("seen_by_other_hosts.heap"));
    CHECK_FALSE(figures_of(samples::anatomy("1x1")).contains("shared_with_other_hosts.vm"));
}
