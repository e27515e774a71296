#include "harness/model/figure.hpp"
#include "spec_reading.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <variant>

using namespace bulkhead;
using namespace bulkhead::spec;
using namespace bulkhead::spec::test;

namespace {

constexpr std::string_view measuring = R"(schema = 1
name = "measuring"
claim = "C17"
boundary = true
[pool]
shapes = ["1x1", "1x8"]
workload = ["ledger", "compute"]
lock = ["none", "plain"]
[fault]
kinds = ["none"]
[observe]
measure = ["throughput", "memory"]
[[expect]]
when = { shape = "1x8", fault = "none", workload = "ledger", lock = "none" }
figure = "throughput"
is = ">= 1.5"
times = { shape = "1x1", fault = "none", lock = "plain" }
[[expect]]
when = { fault = "none", lock = "plain" }
figure = "lost_updates"
statistic = "most"
is = "<= 0"
)";

} // namespace

TEST_CASE("an experiment that measures says what, of which workloads and locks, and about which claim")
{
    const model::Experiment experiment = experiment_in(measuring);
    CHECK(experiment.claim == "C17");
    CHECK(experiment.boundary);
    CHECK(experiment.measures == model::Measures{.throughput = true, .memory = true});
    CHECK(experiment.variants == std::vector<model::Variant>{{model::Workload::ledger, model::Locking::none},
                                                             {model::Workload::ledger, model::Locking::plain},
                                                             {model::Workload::compute, model::Locking::plain}});
}

TEST_CASE("to name the start-up among what is measured changes nothing: every trial tells it")
{
    std::string named(measuring);
    const std::string words = "[\"throughput\"";
    named.replace(named.find(words), words.size(), "[\"startup\", \"throughput\"");
    CHECK(experiment_in(named).measures == experiment_in(measuring).measures);
}

TEST_CASE("an expectation about a figure keeps its bound, its statistic, and the cells that it is a ratio to")
{
    const auto expectations = experiment_in(measuring).expectations;
    REQUIRE(expectations.size() == 2);
    const auto ratio = std::get<model::FigureIs>(expectations[0].claim);
    CHECK(expectations[0].when.workloads == std::vector{model::Workload::ledger});
    CHECK(expectations[0].when.lockings == std::vector{model::Locking::none});
    CHECK(ratio.figure == "throughput");
    CHECK(ratio.comparison == model::Comparison::at_least);
    CHECK(ratio.bound == 1.5);
    REQUIRE(ratio.times.has_value());
    CHECK(ratio.times->shapes == std::vector{model::Shape{1, 1}});
    CHECK(ratio.times->lockings == std::vector{model::Locking::plain});
    const auto most = std::get<model::FigureIs>(expectations[1].claim);
    CHECK(most.statistic == model::Statistic::most);
    CHECK_FALSE(most.times.has_value());
}

TEST_CASE("what is wrong with a claim about a figure is said where it stands")
{
    for (const Case& expected : std::initializer_list<Case>{
             {11, "[[expect]]\nfigure = \"thruput\"\nis = \"> 1\"\n[[expect]]", 10, "\"thruput\" is not a valid value",
              "did you mean \"throughput\"?", 1},
             {11, "[[expect]]\nfigure = \"startup\"\nis = \"about 7\"\n[[expect]]", 6,
              "\"about 7\" is not a comparison with a number", ">= 1.5", 2},
             {11, "[[expect]]\nfigure = \"startup\"\n[[expect]]", 10, "the figure is compared with nothing",
              "add is = ", 1},
             {11, "[[expect]]\nis = \"> 1\"\nsurvivors = \"all\"\n[[expect]]", 6,
              "is says something of a figure, and none is named", "add figure = ", 1},
             {11,
              "[[expect]]\nfigure = \"startup\"\nis = \"> 1\"\nstatistic = \"most\"\ntimes = { shape = \"8x1\" "
              "}\n[[expect]]",
              13, "a ratio of this figure is one of medians, or of the least values", "write statistic = \"least\"", 3},
             {11,
              "[[expect]]\nfigure = \"throughput\"\nis = \"> 1\"\nstatistic = \"least\"\ntimes = { shape = \"8x1\" "
              "}\n[[expect]]",
              13, "a ratio of this figure is one of medians, or of the most values", "write statistic = \"most\"", 3},
             {11, "[[expect]]\nfigure = \"startup\"\nis = \"> 1\"\ntimes = { shape = \"9x1\" }\n[[expect]]", 19,
              "no cell of this experiment has the shape \"9x1\"", "did you mean \"8x1\"?", 3},
         })
        check_case(expected);
}

TEST_CASE("a figure that no trial spoken of can have is a mistake, and what it takes is told")
{
    const auto file_of = [](std::string_view figure, std::string_view more, std::string_view when) {
        std::string file = "schema = 1\nname = \"x\"\npool.shapes = [\"1x2\"]\nfault.kinds = [\"abort\"]\n";
        file.append(more).append("\n[[expect]]\nwhen = {").append(when).append("}\nis = \">= 1\"\nfigure = \"");
        return file.append(figure).append("\"\n");
    };
    struct Case {
        std::string_view figure;
        std::string_view supplier;
        std::string_view when{};
    };
    constexpr std::string_view golden = "fault = \"none\"";
    for (const Case& each :
         {Case{"repair_time", "supervise.strategy = [\"never\", \"one-for-one\"]"},
          Case{"given_up", "supervise.strategy = \"one-for-all\""}, Case{"jobs_lost", "pool.workload = \"jobs\""},
          Case{"requests_failed", "pool.workload = [\"serve\", \"counter\"]"},
          Case{"request_p99", "pool.workload = \"serve\"", golden}, Case{"gap_at_fault", "pool.workload = \"serve\""},
          Case{"messages_lost", "pool.workload = \"ring\""}, Case{"sum_error", "pool.workload = \"ledger\""},
          Case{"round_trip_p50", "pool.workload = \"ring\"\nobserve.measure = [\"round-trip\"]", golden},
          Case{"shared_word", "pool.workload = \"ring\"\nobserve.measure = [\"round-trip\"]", golden},
          Case{"switch", "pool.workload = \"ring\"\nobserve.measure = [\"switch\"]", golden},
          Case{"answered_again", "pool.workload = \"serve\""}, Case{"repairs", "pool.workload = \"ledger\"", golden},
          Case{"memory_per_worker", "observe.measure = [\"memory\"]", golden}}) {
        CAPTURE(each.figure);
        const Diagnostics found = mistakes_in(file_of(each.figure, "", each.when));
        REQUIRE(found.size() == 1);
        CHECK(found.front().line == 9);
        CHECK(found.front().message == fmt::format("no trial of every shape, {} has the figure \"{}\"",
                                                   each.when.empty() ? "every fault" : "none", each.figure));
        CHECK(found.front().hint.starts_with("it takes "));
        CHECK(mistakes_in(file_of(each.figure, each.supplier, each.when)).empty());
        // What was run by a version that took it can still be read.
        CHECK(std::holds_alternative<model::Experiment>(
            parse_recorded(file_of(each.figure, "", each.when), "results.db")));
    }
    for (const char* const always : {"startup", "detection", "same_wait_status"})
        CHECK(mistakes_in(file_of(always, "", "")).empty());
    // Where nothing was done there is no end of a victim, nor a gap; and who waits for a client has no pace.
    CHECK(mistakes_in(file_of("detection", "", golden)).size() == 1);
    CHECK(mistakes_in(file_of("same_wait_status", "", golden)).size() == 1);
    CHECK(mistakes_in(file_of("gap_at_fault", "pool.workload = \"serve\"", golden)).size() == 1);
    const std::string supervised = "supervise.strategy = \"one-for-one\"\n";
    CHECK(mistakes_in(file_of("ops_lost", supervised, "")).empty());
    for (const char* const waits : {"jobs", "serve"})
        CHECK(mistakes_in(file_of("ops_lost", supervised + "pool.workload = \"" + waits + "\"", "")).size() == 1);
    // It is there, and not where the expectation looks.
    constexpr std::string_view both = "pool.workload = [\"counter\", \"ledger\"]";
    CHECK(mistakes_in(file_of("sum_error", both, "workload = \"ledger\"")).empty());
    CHECK(mistakes_in(file_of("sum_error", both, "workload = \"counter\"")).size() == 1);
    CHECK(mistakes_in(file_of("memory_per_worker", "observe.measure = [\"memory\"]", "")).size() == 1);
    // A word that cannot be read is one mistake.
    CHECK(mistakes_in(file_of("sum_error", "pool.workload = \"ledgr\"", "")).size() == 1);
}

TEST_CASE("an expectation may be about any outcome, about the victim, and about a percentile, at any confidence")
{
    const auto expectation = [](std::string_view lines) {
        return experiment_in(file_with(12, lines)).expectations.at(0);
    };
    CHECK(expectation("outcome.died = \"all\"").claim == model::Claim{model::AllSiblings{model::Outcome::died}});
    CHECK(expectation("outcome = { stalled = \"none\" }").claim ==
          model::Claim{model::NoSibling{model::Outcome::stalled}});
    CHECK(expectation("outcome.degraded = \"< 0.1\"").claim ==
          model::Claim{model::ShareOfSiblings{model::Comparison::less_than, 0.1, model::Outcome::degraded}});
    CHECK(expectation("victim = \"SEGV\"").claim == model::Claim{model::VictimEnds{{"SIGSEGV"}}});
    CHECK(expectation("victim = [\"exit 3\", \"lives\"]").claim ==
          model::Claim{model::VictimEnds{{"exit 3", "lives"}}});
    CHECK(expectation("survivors = \"all\"").confidence == 0.95);
    CHECK(expectation("survivors = \"all\"\nconfidence = 0.999").confidence == 0.999);
    const auto figure = expectation("figure = \"detection\"\nstatistic = \"p99\"\nis = \"<= 500\"").claim;
    CHECK(std::get<model::FigureIs>(figure).statistic == model::Statistic::p99);
}

TEST_CASE("what is wrong with a claim about an outcome or a victim is said where it stands")
{
    for (const Case& expected : std::initializer_list<Case>{
             {12, "outcome.dead = \"all\"", 9, "there is no key \"dead\" in outcome", "", 0},
             {12, "outcome.died = \"al\"", 16, "\"al\" does not say how many", "did you mean \"all\"?", 0},
             {12, "outcome = { died = \"all\", intact = \"none\" }", 36,
              "an expectation claims one thing, this one of two outcomes", "[[expect]]", 0},
             {12, "outcome.died = \"all\"\nsurvivors = \"all\"", 13, "an expectation claims one thing, this one two",
              "keep one of", 1},
             {12, "victim = \"SIGSEG\"", 10, "\"SIGSEG\" is no way for a victim to end", "did you mean \"SIGSEGV\"?",
              0},
             {12, "victim = \"exit 256\"", 10, "\"exit 256\" is no way for a victim to end", "0 to 255", 0},
             {12, "survivors = \"all\"\nconfidence = 0.5", 14, "0.5 is no confidence to decide by", "above 0.5", 1},
             {12, "survivors = \"all\"\nconfidence = 95", 14, "95 is no confidence to decide by",
              "above 0.5, and at most 0.999999, such as 0.95", 1},
             {12, "survivors = \"all\"\nconfidence = 1", 14, "1 is no confidence to decide by", "above 0.5", 1},
         })
        check_case(expected);
}

TEST_CASE("a lock that no workload of the file can have is a mistake, and so is an unknown claim")
{
    for (const Case& expected : std::initializer_list<Case>{
             {3, "[pool]\nlock = \"repair\"", 8, "no workload of this experiment can have the lock \"repair\"",
              "workloads with a lock: counter (plain, robust), ledger (none, plain, robust, repair)", 1},
             {3, "[pool]\nworkload = [\"ledger\", \"ledger\"]", 23, "\"ledger\" is in the list already", "", 1},
             {8, "measure = [\"anatomy\"]", 11,
              "the anatomy of a pool is measured while its workers keep still, and a fault needs them at work", "none",
              0},
             {2, "name = \"x\"\nclaim = \"C18\"", 9, "\"C18\" is not a valid value", "valid values are C01, C02", 1},
         })
        check_case(expected);
}
