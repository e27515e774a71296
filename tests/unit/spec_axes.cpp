#include "spec_reading.hpp"

// Several values of share, guard, limits and at: each makes cells of its own.

using namespace bulkhead;
using namespace bulkhead::spec::test;
using model::bit_of;
using model::Guard;
using model::InjectionPoint;
using model::Limits;
using model::Medium;
using model::SharedMedia;

namespace {

const SharedMedia lock{bit_of(Medium::lock)};
const SharedMedia lock_and_group{bit_of(Medium::lock) | bit_of(Medium::group)};

std::string pool_with(std::string_view lines)
{
    return "shapes = [\"8x1\", \"4x2\", \"1x8\"]\n" + std::string(lines);
}

} // namespace

TEST_CASE("a list of media is one set, and a list with lists in it several")
{
    const auto one = experiment_in(file_with(4, pool_with(R"(share = ["lock", "group"])")));
    CHECK(one.containment.shared == lock_and_group.bits);
    CHECK(one.variants == std::vector{model::Variant{}});
    const auto several = experiment_in(file_with(4, pool_with(R"(share = ["nothing", "lock", ["lock", "group"]])")));
    REQUIRE(several.variants.size() == 3);
    CHECK_FALSE(several.variants[0].shared.has_value()); // what is usual goes without a name
    CHECK(several.variants[1].shared == lock);
    CHECK(several.variants[2].shared == lock_and_group);
    CHECK(several.containment.shared == 0);
    const auto nested_one = experiment_in(file_with(4, pool_with(R"(share = [["lock", "group"]])")));
    CHECK(nested_one.containment.shared == lock_and_group.bits);
    CHECK(nested_one.variants == std::vector{model::Variant{}});
}

TEST_CASE("guards, limits and injection points are read alone or several")
{
    const auto one = experiment_in(file_with(4, pool_with("guard = [\"catch\"]\nlimits = [{ nofile = 64 }]")));
    CHECK(one.containment.guard == Guard::catch_all);
    CHECK(one.containment.limits == Limits{.nofile = 64});
    CHECK(one.variants == std::vector{model::Variant{}});
    const auto several = experiment_in(file_with(
        4, pool_with("guard = [\"none\", \"siglongjmp\"]\nlimits = [{}, { memory = \"64MiB\", via = \"cgroup\" }]")));
    REQUIRE(several.variants.size() == 4);
    CHECK(several.variants[3].guard == Guard::siglongjmp);
    CHECK(several.variants[3].limits == Limits{.memory_mib = 64, .via_cgroup = true});
    CHECK(several.containment == model::Containment{});
    const auto inside = experiment_in(file_with(6, "kinds = [\"segv-null\", \"abort\"]\nat = \"inside-op\""));
    CHECK(inside.at == InjectionPoint::inside_op);
    CHECK(inside.variants == std::vector{model::Variant{}});
    const auto both =
        experiment_in(file_with(6, "kinds = [\"segv-null\", \"abort\"]\nat = [\"inside-op\", \"between-ops\"]"));
    REQUIRE(both.variants.size() == 2);
    CHECK(both.variants[0].at == InjectionPoint::inside_op);
    CHECK(experiment_in(file_with(4, pool_with("share = \"segment\""))).said.shared ==
          SharedMedia{bit_of(Medium::segment) | bit_of(Medium::lock)}); // which it brings
}

TEST_CASE("an expectation may pick cells by any of them, also by what all cells have")
{
    const std::string pool = pool_with(R"(share = ["nothing", ["lock"]])") + "\n[fault]\n" +
                             R"(kinds = ["segv-null"])" + "\nat = [\"inside-op\", \"between-ops\"]\n";
    const auto picked = [&](std::string_view when) {
        const auto result = spec::parse("schema = 1\nname = \"x\"\n[pool]\n" + pool +
                                            "[[expect]]\nwhen = " + std::string(when) + "\nsurvivors = \"all\"\n",
                                        "x.toml");
        REQUIRE(std::holds_alternative<model::Experiment>(result));
        return std::get<model::Experiment>(result).expectations.at(0).when;
    };
    CHECK(picked("{ share = \"lock\" }").shared == std::vector{lock});
    CHECK(picked("{ share = [\"lock\"] }").shared == std::vector{lock});
    CHECK(picked("{ share = [\"nothing\", [\"lock\"]] }").shared == std::vector{SharedMedia{}, lock});
    CHECK(picked("{ at = \"inside-op\" }").points == std::vector{InjectionPoint::inside_op});
    CHECK(picked("{ guard = \"none\" }").guards == std::vector{Guard::none});
    CHECK(picked("{ limits = {} }").limits == std::vector{Limits{}});
}

TEST_CASE("what is wrong with several values is said where it stands")
{
    for (const Case& expected : std::initializer_list<Case>{
             {4, "shapes = [\"8x1\"]\nshare = [\"nothing\", [\"lok\"]]", 22, "\"lok\" is not a valid value",
              "did you mean \"lock\"?", 1},
             {4, "shapes = [\"8x1\"]\nshare = [[\"lock\", \"group\"], [\"group\", \"lock\"]]", 29,
              "\"lock,group\" is in the list already", "name each one once", 1},
             {4, "shapes = [\"8x1\"]\nshare = [\"nothing\", []]", 21, "the list is empty", "name at least one", 1},
             {4, "shapes = [\"8x1\"]\nshare = [\"nothing\", \"lock\"]", 9,
              "\"nothing\" is a set of its own, and this list is one set", "[\"nothing\", [\"lock\"]]", 1},
             {4, "shapes = [\"8x1\"]\nshare = [[\"segment\"], [\"segment\", \"lock\"]]", 23,
              "\"segment,lock\" is in the list already", "name each one once", 1},
             {4, "shapes = [\"8x1\"]\nguard = [\"none\", \"none\"]", 18, "\"none\" is in the list already",
              "name each one once", 1},
             {4, "shapes = [\"8x1\"]\nlimits = [{}, { nofile = 1 }]", 26, "1 is out of range", "32", 1},
             {4, "shapes = [\"8x1\"]\nlimits = [{}, 64]", 15, "expected a table, found an integer", "nofile", 1},
             {6, "kinds = [\"none\", \"segv-null\", \"abort\"]\nat = [\"inside\"]", 7,
              "\"inside\" is not a valid value", "did you mean \"inside-op\"?", 1},
             {11, "[[expect]]\nwhen = { guard = \"catch\" }", 18, "no cell of this experiment has the guard \"catch\"",
              "guards of this experiment: none", 1},
             {11,
              "[[expect]]\nfigure = \"troughput\"\nis = \"> 1\"\nstatistic = \"most\"\ntimes = { shape = \"8x1\" "
              "}\n[[expect]]",
              10, "\"troughput\" is not a valid value", "did you mean \"throughput\"?", 1},
             {11, "[[expect]]\nwhen = { limits = { nofile = 64 } }", 19,
              "no cell of this experiment has the limits \"nofile=64\"", "limits of this experiment: none", 1},
         })
        check_case(expected);
}
