#include "harness/cli/commands.hpp"
#include "harness/cli/output.hpp"
#include "harness/run/offer.hpp"
#include "harness/run/run.hpp"
#include "harness/sys/machine.hpp"

#include <algorithm>
#include <csignal>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace bulkhead::cli {
namespace {

using Json = nlohmann::ordered_json;
using State = sys::Capability::State;

std::string_view word_for(State state)
{
    switch (state) {
    case State::available: return "available";
    case State::limited: return "limited";
    case State::missing: return "missing";
    }
    return "";
}

std::string_view colour_for(const sys::Capability& capability)
{
    switch (capability.state) {
    case State::available: return "\x1b[32m";
    case State::limited: return "\x1b[33m";
    case State::missing: return capability.needed ? "\x1b[31m" : "\x1b[33m";
    }
    return "";
}

sys::Capability probe_host()
{
    sys::Capability host{"bulkhead-host", State::missing, "", "the program that carries the workers", true};
    try {
        host.found = run::find_host(BULKHEAD_INSTALLED_HOST).string();
        host.state = State::available;
    } catch (const std::runtime_error& error) {
        host.found = error.what();
    }
    return host;
}

std::string line_for(const sys::Capability& capability, const report::Style& style)
{
    const std::string state = fmt::format("{:<9}", word_for(capability.state));
    const std::string shown = style.colour ? fmt::format("{}{}\x1b[0m", colour_for(capability), state) : state;
    return fmt::format("  {:<23} {}  {}\n{:>27}{}\n", capability.name, shown,
                       wrapped(capability.found, style.width, 37), "", wrapped(capability.use, style.width, 27));
}

/// What the machine cannot have of the catalogue, and why.
std::vector<model::Experiment::Skipped> skipped_faults()
{
    model::Experiment everything;
    for (std::uint16_t row = 0; row < model::catalogue().size(); ++row) {
        everything.faults.push_back({row, model::takes_signal(model::catalogue()[row]) ? SIGTERM : 0});
    }
    model::contain(everything, run::offer_of_machine());
    return everything.skipped;
}

std::string skipped_text()
{
    const auto skipped = skipped_faults();
    std::string text =
        skipped.empty() ? "\nEvery fault of the catalogue can be run here.\n" : "\nFaults skipped here\n";
    for (const model::Experiment::Skipped& each : skipped) {
        text += fmt::format("  {:<23} {}\n", model::to_string(each.fault),
                            wrapped(each.reason, style_of_stdout().width, 26));
    }
    return text;
}

bool lacks(const sys::Capability& capability)
{
    return capability.needed && capability.state == State::missing;
}

std::string as_text(const std::vector<sys::Capability>& capabilities)
{
    const report::Style style = style_of_stdout();
    std::string text = "This machine\n";
    for (const sys::MachineFact& fact : sys::machine_facts()) {
        text += fmt::format("  {:<16}{}\n", fact.name, fact.value);
    }
    const auto add = [&](std::string_view heading, bool needed, bool used) {
        text += fmt::format("\n{}\n", heading);
        for (const sys::Capability& capability : capabilities) {
            if (capability.needed == needed && capability.used == used) {
                text += line_for(capability, style);
            }
        }
    };
    add("Needed", true, true);
    add("Used where it is there", false, true);
    add("Not used by this version", false, false);
    text += skipped_text();
    const auto lacking = std::count_if(capabilities.begin(), capabilities.end(), lacks);
    text += lacking == 0 ? "\nEverything that is needed is there.\n"
                         : fmt::format("\n{} missing: Bulkhead cannot work here.\n",
                                       counted(static_cast<std::uint64_t>(lacking), "needed thing") +
                                           (lacking == 1 ? " is" : " are"));
    return text;
}

Json as_json(const std::vector<sys::Capability>& capabilities)
{
    Json json{{"machine", Json::object()}, {"capabilities", Json::array()}};
    for (const sys::MachineFact& fact : sys::machine_facts()) {
        json["machine"][fact.name] = fact.value;
    }
    for (const sys::Capability& capability : capabilities) {
        json["capabilities"].push_back({{"name", capability.name},
                                        {"state", word_for(capability.state)},
                                        {"needed", capability.needed},
                                        {"used", capability.used},
                                        {"found", capability.found},
                                        {"use", capability.use}});
    }
    json["skipped_faults"] = Json::array();
    for (const model::Experiment::Skipped& each : skipped_faults()) {
        json["skipped_faults"].push_back({{"fault", model::to_string(each.fault)}, {"reason", each.reason}});
    }
    json["ready"] = std::none_of(capabilities.begin(), capabilities.end(), lacks);
    return json;
}

} // namespace

Exit execute(const DoctorCommand& command)
{
    std::vector<sys::Capability> capabilities = sys::probe_capabilities();
    capabilities.insert(capabilities.begin(), probe_host());
    print(command.format == Format::json
              ? as_json(capabilities).dump(2, ' ', false, Json::error_handler_t::replace) + "\n"
              : as_text(capabilities));
    return std::any_of(capabilities.begin(), capabilities.end(), lacks) ? Exit::inconclusive : Exit::upheld;
}

} // namespace bulkhead::cli
