#include "harness/cli/command_line.hpp"
#include "harness/cli/output.hpp"
#include "harness/sys/limits.hpp"
#include "harness/sys/terminal.hpp"

#include <cstdio>
#include <exception>
#include <memory>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

namespace bulkhead::cli {
namespace {

/// Remarks and errors go to stderr, results never come here.
void set_up_log(std::int64_t verbosity)
{
    auto sink = std::make_shared<spdlog::sinks::stderr_color_sink_st>();
    sink->set_color_mode(colour_wanted_on_stderr() ? spdlog::color_mode::always : spdlog::color_mode::never);
    auto log = std::make_shared<spdlog::logger>("bulkhead", std::move(sink));
    log->set_pattern("bulkhead: %^%l%$: %v");
    const auto level = verbosity < 0    ? spdlog::level::err
                       : verbosity == 0 ? spdlog::level::warn
                       : verbosity == 1 ? spdlog::level::info
                                        : spdlog::level::debug;
    log->set_level(level);
    spdlog::set_default_logger(std::move(log));
}

/// A result that could not be written must not look like one that was.
Exit after_flush(Exit exit)
{
    if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) {
        spdlog::error("the results could not be written to standard output");
        return worse(exit, Exit::mistake);
    }
    return exit;
}

Exit run_program(int argc, char** argv)
{
    sys::open_closed_streams();
    sys::take_size_limit_as_error(); // or a campaign would end without a word
    set_up_log(0);
    const auto read = read_command_line(argc, argv);
    if (const Exit* exit = std::get_if<Exit>(&read)) {
        return *exit;
    }
    const auto& line = std::get<CommandLine>(read);
    set_up_log(line.verbosity);
    try {
        return after_flush(std::visit([](const auto& command) { return execute(command); }, line.command));
    } catch (const std::exception& error) {
        spdlog::error("{}", error.what());
        return Exit::inconclusive;
    }
}

} // namespace
} // namespace bulkhead::cli

int main(int argc, char** argv)
{
    return static_cast<int>(bulkhead::cli::run_program(argc, argv));
}
