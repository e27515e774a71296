#include "harness/cli/commands.hpp"
#include "harness/cli/output.hpp"
#include "harness/run/run.hpp"
#include "harness/sys/machine.hpp"

#include <algorithm>
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

bool lacks(const sys::Capability& capability)
{
    return capability.needed && capability.state == State::missing;
}

std::string as_text(const std::vector<sys::Capability>& capabilities)
{
    const report::Style style = style_of_stdout();
    std::string text = "This machine\n";
    for (const sys::MachineFact& fact : sys::machine_facts()) {
        text += fmt::format("  {:<14}{}\n", fact.name, fact.value);
    }
    for (const bool needed : {true, false}) {
        text += needed ? "\nNeeded\n" : "\nUsed where it is there\n";
        for (const sys::Capability& capability : capabilities) {
            if (capability.needed == needed) {
                text += line_for(capability, style);
            }
        }
    }
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
                                        {"found", capability.found},
                                        {"use", capability.use}});
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
