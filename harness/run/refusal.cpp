#include "harness/run/refusal.hpp"

#include "harness/model/fault.hpp"
#include "workers/blackbox.hpp"

namespace bulkhead::run {
namespace {

std::string remedy_for(const std::error_code& code, std::string_view call)
{
    if (code == std::errc::too_many_files_open)
        return "each host takes three descriptors; raise the limit of open files (ulimit -n) or run smaller pools";
    if (code == std::errc::too_many_files_open_in_system)
        return "the system's file table is full (fs.file-max)";
    if (call.starts_with("timer_create") && code == std::errc::resource_unavailable_try_again)
        return "no more pending signals are allowed; raise ulimit -i";
    if (code == std::errc::resource_unavailable_try_again)
        return "no more processes or threads are allowed; raise ulimit -u or the cgroup's pids.max, or run smaller "
               "pools";
    if (code == std::errc::not_enough_memory)
        return "the machine or its cgroup is out of memory";
    const bool is_launch = call.starts_with("execve");
    if (is_launch && code == std::errc::timed_out)
        return "somebody has stopped the process on its way to the program, or the program's file system does not "
               "answer";
    if (is_launch && (code == std::errc::no_such_file_or_directory || code == std::errc::permission_denied ||
                      code == std::errc::executable_format_error))
        return "is bulkhead-host there, and may it be executed? See BULKHEAD_HOST";
    return {};
}

} // namespace

std::string describe_refusal(const std::system_error& refused)
{
    std::string text = std::string{"the environment refused: "} + refused.what(); // "call: reason"
    if (const std::string remedy = remedy_for(refused.code(), refused.what()); !remedy.empty())
        text += " (" + remedy + ")";
    return text;
}

std::string describe_host_end(const sys::Termination& termination)
{
    std::string text = model::describe(termination);
    if (const auto* exited = std::get_if<sys::Exited>(&termination)) {
        if (exited->code == workers::exit_bad_box)
            text += " (it found no black box of its version: bulkhead and bulkhead-host are not of the same build)";
        if (exited->code == workers::exit_no_thread)
            text += " (it could not start a thread: raise ulimit -u or the cgroup's pids.max)";
        if (exited->code == workers::exit_no_limit)
            text += " (it could not set a limit on itself: look for a lower one that holds already, by ulimit -a)";
        if (exited->code == workers::exit_supervisor_gone)
            text += " (its parent was not the supervisor)";
    }
    return text;
}

} // namespace bulkhead::run
