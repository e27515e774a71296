#include "harness/model/shard.hpp"

#include <charconv>

namespace bulkhead::model {
namespace {

using namespace std::string_literals;

/// What a job scheduler says of the job that this is.
struct JobNumber {
    std::string by; ///< the variable
    std::uint32_t number = 0;
    std::optional<std::uint32_t> count{};
};
using Telling = std::variant<std::monostate, JobNumber, std::string>; ///< nothing, a number, or what is wrong

/// Numbers of the environment by name; names what is there and is no number.
class Numbers {
public:
    explicit Numbers(const Environment& environment) : environment_(environment) {}

    std::optional<std::uint32_t> operator[](const char* name)
    {
        const auto text = environment_(name);
        if (!text) {
            return std::nullopt;
        }
        std::uint32_t number = 0;
        const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), number);
        if (error != std::errc{} || end != text->data() + text->size() || number > 1'000'000'000) {
            wrong = name + "="s + *text + " is no number of a job";
            return std::nullopt;
        }
        return number;
    }

    std::string wrong; ///< the last that was none; empty: all were

private:
    const Environment& environment_;
};

// sbatch(1), "OUTPUT ENVIRONMENT VARIABLES". An array such as 1,3,7 has no even steps: its numbers say nothing of
// places.
Telling ask_slurm(const Environment& environment)
{
    constexpr auto id_name = "SLURM_ARRAY_TASK_ID";
    Numbers numbers(environment);
    const auto id = numbers[id_name];
    const auto least = numbers["SLURM_ARRAY_TASK_MIN"];
    const auto most = numbers["SLURM_ARRAY_TASK_MAX"];
    const auto step = numbers["SLURM_ARRAY_TASK_STEP"];
    const auto count = numbers["SLURM_ARRAY_TASK_COUNT"];
    if (!numbers.wrong.empty()) {
        return numbers.wrong;
    }
    if (!id) {
        return std::monostate{};
    }
    if (!least || !most || !step || !count) {
        return id_name + "="s + std::to_string(*id) +
               " is there, but not SLURM_ARRAY_TASK_MIN, _MAX, _STEP and _COUNT, which tell its place and of how many";
    }
    if (*step == 0 || *id < *least || *most < *id || (*id - *least) % *step != 0 ||
        (*most - *least) / *step + 1 != *count) {
        return "the Slurm array has no even steps (task " + std::to_string(*id) + " of " + std::to_string(*count) +
               " from " + std::to_string(*least) + " to " + std::to_string(*most) + "): submit it as --array=1-N";
    }
    return JobNumber{.by = id_name, .number = (*id - *least) / *step + 1, .count = *count};
}

// https://kubernetes.io/docs/concepts/workloads/controllers/job/#completion-mode: 0 to .spec.completions - 1.
Telling ask_kubernetes(const Environment& environment)
{
    constexpr auto name = "JOB_COMPLETION_INDEX";
    Numbers numbers(environment);
    const auto index = numbers[name];
    if (!numbers.wrong.empty()) {
        return numbers.wrong;
    }
    return index ? Telling{JobNumber{.by = name, .number = *index + 1}} : Telling{};
}

// https://docs.gitlab.com/ee/ci/variables/predefined_variables.html: from 1, and only of a job with `parallel`.
Telling ask_gitlab(const Environment& environment)
{
    constexpr auto name = "CI_NODE_INDEX";
    Numbers numbers(environment);
    const auto index = numbers[name];
    const auto total = numbers["CI_NODE_TOTAL"];
    if (!numbers.wrong.empty()) {
        return numbers.wrong;
    }
    return index ? Telling{JobNumber{.by = name, .number = *index, .count = total}} : Telling{};
}

std::string describe(const JobNumber& told)
{
    return told.by + " (shard " + std::to_string(told.number) +
           (told.count ? " of " + std::to_string(*told.count) : "") + ")";
}

/// The one thing that all who say something say.
Telling ask_all(const Environment& environment)
{
    std::optional<JobNumber> agreed;
    for (const auto ask : {ask_slurm, ask_kubernetes, ask_gitlab}) {
        Telling telling = ask(environment);
        if (std::holds_alternative<std::string>(telling)) {
            return telling;
        }
        const auto* told = std::get_if<JobNumber>(&telling);
        if (told == nullptr) {
            continue;
        }
        if (agreed &&
            (agreed->number != told->number || (agreed->count && told->count && agreed->count != told->count))) {
            return describe(*agreed) + " and " + describe(*told) + " do not agree: write --shard I/N";
        }
        if (!agreed) {
            agreed = *told;
        }
        agreed->count = agreed->count ? agreed->count : told->count;
    }
    return agreed ? Telling{*agreed} : Telling{};
}

/// The N of "auto/N"; 0 for "auto", nullopt for what is neither.
std::optional<std::uint32_t> total_of(const std::string& word)
{
    if (word == "auto") {
        return 0;
    }
    const auto as_shard = word.starts_with("auto/") ? parse_shard("1/" + word.substr(5)) : std::nullopt;
    return as_shard ? std::optional(as_shard->count) : std::nullopt;
}

} // namespace

std::variant<Shard, std::string> read_shard(const std::string& word, const Environment& environment)
{
    if (const auto written = parse_shard(word)) {
        return *written;
    }
    const auto total = total_of(word);
    if (!total) {
        return "\"" + word + "\" is no shard; valid: I/N with I from 1 to N, such as 3/8; auto; auto/N";
    }
    const Telling telling = ask_all(environment);
    if (const auto* wrong = std::get_if<std::string>(&telling)) {
        return *wrong;
    }
    const auto* told = std::get_if<JobNumber>(&telling);
    if (told == nullptr) {
        return "none of SLURM_ARRAY_TASK_ID, JOB_COMPLETION_INDEX and CI_NODE_INDEX is set, so that auto tells "
               "nothing: "
               "write I/N, such as 3/8"s;
    }
    if (*total > 0 && told->count && *told->count != *total) {
        return describe(*told) + " is not of " + std::to_string(*total) + ": to run one again, write I/" +
               std::to_string(*total);
    }
    const std::uint32_t count = *total > 0 ? *total : told->count.value_or(0);
    if (count == 0) {
        return told->by + " tells which shard this is, but not of how many: write auto/N";
    }
    const auto shard = parse_shard(std::to_string(told->number) + "/" + std::to_string(count));
    if (!shard) {
        return describe(*told) + " is not one of 1 to " + std::to_string(count);
    }
    return *shard;
}

} // namespace bulkhead::model
