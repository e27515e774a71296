#include "spec_reading.hpp"

using namespace bulkhead;
using namespace bulkhead::spec::test;
using namespace std::chrono_literals;

namespace {

constexpr std::string_view everything = R"(schema = 1
name = "all-keys-1"
question = "Is every key read?"

[pool]
shapes = ["8x1", "1x8"]
workload = "counter"
launch = "zygote"
pace = "200us"

[fault]
kinds = ["segv-null", "kill:TERM", "tgkill:SIGKILL", "none"]
at = "inside-op"
after_ops = [10, 100]
victim = "p0t0"

[observe]
window = "2s"
evidence_ops = 7

[trials]
count = 3
seed = 9223372036854775807
golden = 1

[[expect]]
when = { shape = "8x1" }
survivors = "all"

[[expect]]
when = { shape = ["1x8", "8x1"], fault = ["kill:TERM", "segv-null"] }
survivors = "none"

[[expect]]
when.fault = "none"
survivors = "< 0.25"

[[expect]]
blast_radius = "predicted"
)";

} // namespace

TEST_CASE("every key of an experiment file reaches the experiment")
{
    const model::Experiment experiment = experiment_in(everything);
    CHECK(experiment.name == "all-keys-1");
    CHECK(experiment.question == "Is every key read?");
    CHECK(experiment.origin == "x.toml");
    CHECK(experiment.text == everything);
    CHECK(experiment.shapes == std::vector<model::Shape>{{8, 1}, {1, 8}});
    CHECK(experiment.variants == std::vector{model::Variant{}});
    CHECK(experiment.launch == model::Launch::zygote);
    CHECK(experiment.pace == 200us);
    REQUIRE(experiment.faults.size() == 4);
    CHECK(to_string(experiment.faults[0]) == "segv-null");
    CHECK(to_string(experiment.faults[1]) == "kill:SIGTERM");
    CHECK(to_string(experiment.faults[2]) == "tgkill:SIGKILL");
    CHECK(to_string(experiment.faults[3]) == "none");
    CHECK(experiment.at == model::InjectionPoint::inside_op);
    CHECK(experiment.after_ops == model::OpRange{10, 100});
    CHECK(experiment.victim == model::WorkerId{0, 0});
    CHECK(experiment.window == 2s);
    CHECK(experiment.evidence_ops == 7);
    CHECK(experiment.trials == 3);
    CHECK(experiment.seed == 9223372036854775807U);
    CHECK(experiment.golden_share == 1.0);
}

TEST_CASE("expectations keep their order, their line, their cells and their claim")
{
    const auto expectations = experiment_in(everything).expectations;
    REQUIRE(expectations.size() == 4);
    CHECK(expectations[0].line == 26);
    CHECK(expectations[0].when.shapes == std::vector<model::Shape>{{8, 1}});
    CHECK(expectations[0].when.faults.empty());
    CHECK(expectations[0].claim == model::Claim(model::AllSiblings{}));
    CHECK(expectations[1].line == 30);
    CHECK(expectations[1].when.shapes == std::vector<model::Shape>{{1, 8}, {8, 1}});
    CHECK(expectations[1].when.faults ==
          std::vector{*model::parse_fault("kill:SIGTERM"), *model::parse_fault("segv-null")});
    CHECK(expectations[1].claim == model::Claim(model::NoSibling{}));
    CHECK(expectations[2].when.faults == std::vector{*model::parse_fault("none")});
    CHECK(expectations[2].claim == model::Claim(model::ShareOfSiblings{model::Comparison::less_than, 0.25}));
    CHECK(expectations[3].when.shapes.empty());
    CHECK(expectations[3].claim == model::Claim(model::AsPredicted{}));
}

TEST_CASE("what a file leaves out has the default of an Experiment")
{
    const model::Experiment read = experiment_in("schema = 1\nname = \"x\"\npool.shapes = [\"2x1\"]\n"
                                                 "fault.kinds = [\"abort\"]\n");
    const model::Experiment fresh;
    CHECK(read.question.empty());
    CHECK(read.variants == fresh.variants);
    CHECK(read.launch == fresh.launch);
    CHECK_FALSE(read.pace.has_value());
    CHECK(read.at == fresh.at);
    CHECK(read.after_ops == fresh.after_ops);
    CHECK_FALSE(read.victim.has_value());
    CHECK(read.window == fresh.window);
    CHECK(read.evidence_ops == fresh.evidence_ops);
    CHECK(read.trials == fresh.trials);
    CHECK(read.seed == fresh.seed);
    CHECK(read.golden_share == fresh.golden_share);
    CHECK(read.expectations.empty());
}

TEST_CASE("the words for a default mean the default")
{
    CHECK_FALSE(experiment_in(file_with(4, "shapes = [\"8x1\"]\npace = \"auto\"")).pace.has_value());
    CHECK_FALSE(experiment_in(file_with(5, "[fault]\nvictim = \"any\"")).victim.has_value());
}

TEST_CASE("one number of ops is a range of one")
{
    CHECK(experiment_in(file_with(5, "[fault]\nafter_ops = 42")).after_ops == model::OpRange{42, 42});
    CHECK(experiment_in(file_with(5, "[fault]\nafter_ops = [0, 0]")).after_ops == model::OpRange{0, 0});
}

TEST_CASE("a duration may have each unit")
{
    const auto window = [](std::string_view text) {
        return experiment_in(file_with(8, "window = \"" + std::string(text) + "\"")).window;
    };
    CHECK(window("1ms") == 1ms);
    CHECK(window("3000us") == 3ms);
    CHECK(window("2s") == 2s);
    CHECK(window("5min") == 5min);
    CHECK(window("1h") == 1h);
}

TEST_CASE("each comparison with a share is read, with or without a space")
{
    const auto claim = [](std::string_view text) {
        return std::get<model::ShareOfSiblings>(
            experiment_in(file_with(12, "survivors = \"" + std::string(text) + "\"")).expectations.at(0).claim);
    };
    CHECK(claim(">= 0.99") == model::ShareOfSiblings{model::Comparison::at_least, 0.99});
    CHECK(claim(">0") == model::ShareOfSiblings{model::Comparison::more_than, 0.0});
    CHECK(claim("<=0") == model::ShareOfSiblings{model::Comparison::at_most, 0.0});
    CHECK(claim("<   1") == model::ShareOfSiblings{model::Comparison::less_than, 1.0});
    CHECK(claim(">= 1") == model::ShareOfSiblings{model::Comparison::at_least, 1.0});
}

TEST_CASE("a fault that is aimed at the harness itself is read")
{
    CHECK(experiment_in(file_with(6, "kinds = [\"scribble-black-box\"]")).faults.size() == 1);
}

TEST_CASE("Windows line ends and a byte order mark do no harm")
{
    CHECK(experiment_in("\xEF\xBB\xBFschema = 1\r\nname = \"x\"\r\n[pool]\r\nshapes = [\"2x1\"]\r\n[fault]\r\n"
                        "kinds = [\"abort\"]\r\n")
              .shapes == std::vector<model::Shape>{{2, 1}});
}

TEST_CASE("what separates and connects the workers of a pool is read")
{
    const auto containment = [](const std::string& keys) {
        return experiment_in(file_with(4, "shapes = [\"8x1\", \"4x2\", \"1x8\"]\n" + keys)).containment;
    };
    CHECK(containment("share = \"nothing\"") == model::Containment{});
    CHECK(containment("share = \"lock\"").shared == bit_of(model::Medium::lock));
    CHECK(containment("share = [\"description\", \"group\"]").shared ==
          (bit_of(model::Medium::description) | bit_of(model::Medium::group)));
    CHECK(containment("share = \"segment\"").shared ==
          (bit_of(model::Medium::segment) | bit_of(model::Medium::lock))); // which it brings
    CHECK(containment("guard = \"catch\"").guard == model::Guard::catch_all);
    CHECK(containment("guard = \"siglongjmp\"").guard == model::Guard::siglongjmp);
    const model::Limits all =
        containment("limits = { memory = \"2GiB\", nofile = 64, threads = 32, cpu = \"2s\", via = \"cgroup\" }").limits;
    CHECK(all == model::Limits{.memory_mib = 2048, .nofile = 64, .threads = 32, .cpu_s = 2, .via_cgroup = true});
    CHECK(experiment_in(file_with(8, "degraded_below = 0.25")).degraded_below == 0.25);
}

TEST_CASE("a pool that cannot be is refused with what would be valid")
{
    const auto with = [](const char* key) { return std::string("shapes = [\"8x1\", \"4x2\", \"1x8\"]\n") + key; };
    check_case({4, with("share = \"heap\""), 9, "\"heap\" is not a valid value", "segment", 1});
    check_case({4, with("share = \"everything\""), 9, "\"everything\" is not a valid value", "cgroup, nothing", 1});
    check_case({4, with("guard = \"cach\""), 9, "\"cach\" is not a valid value", "did you mean \"catch\"", 1});
    check_case({4, with("limits = { memory = \"64MB\" }"), 21, "\"64MB\" is not a limit on memory", "64MiB", 1});
    check_case({4, with("limits = { cpu = \"1500ms\" }"), 18, "RLIMIT_CPU counts whole seconds", "\"1s\"", 1});
    check_case({4, with("limits = { nofiles = 64 }"), 12, "there is no key \"nofiles\" in limits", "nofile", 1});
}
