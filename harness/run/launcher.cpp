// Boost.Process v2 lives in this file only.

#include "harness/run/launcher.hpp"

#include <array>

#include <boost/asio/io_context.hpp>
#include <boost/process/v2/process.hpp>
#include <boost/process/v2/src.hpp>
#include <boost/system/system_error.hpp>
#include <system_error>

namespace bulkhead::run {
namespace {

namespace process = boost::process::v2;

/// A launcher in the sense of Boost.Process v2: a callable that returns a basic_process. The ones that come with 1.81
/// leave a zombie when execve fails, run exit handlers in the child, leak descriptors, and cost what the size of the
/// supervisor costs; see sys::execute for what this one does.
struct HostLauncher {
    const sys::Fd& null;
    std::span<const int> passed;
    pid_t group;
    std::chrono::milliseconds limit;
    sys::Pidfd child;

    template <typename Executor>
    process::basic_process<Executor> operator()(Executor executor, const std::filesystem::path& program,
                                                const char* argument)
    {
        std::array<const char*, 3> arguments{program.c_str(), argument, nullptr};
        std::array<const char*, 1> environment{nullptr};
        sys::ExecRequest request;
        request.program = program.c_str();
        request.arguments = const_cast<char* const*>(arguments.data());
        request.environment = const_cast<char* const*>(environment.data());
        request.null = null.number();
        request.passed = passed;
        request.group = group;
        request.limit = limit;
        child = sys::execute(request);
        // It closes the descriptor that it is given, but leaks it, as it would its own, when its constructor fails.
        sys::Fd copy = sys::duplicate(child.descriptor());
        process::basic_process<Executor> process{std::move(executor), child.pid(), copy.number()};
        [[maybe_unused]] const int theirs = copy.release();
        return process;
    }

    void give_up() const
    {
        if (child)
            child.kill_and_reap();
    }
};

} // namespace

sys::Pidfd launch(const std::filesystem::path& program, const char* argument, const sys::Fd& null,
                  std::span<const int> passed, pid_t group, std::chrono::milliseconds limit)
{
    HostLauncher launcher{null, passed, group, limit, {}};
    // It takes descriptors of its own, and there may be none left. Detached at once, because ~basic_process of 1.81 may
    // wait for, or kill, a pid that somebody else has by then.
    try {
        static thread_local boost::asio::io_context context{1}; // never run: deaths are seen by the lane's epoll
        launcher(context.get_executor(), program, argument).detach();
    } catch (const boost::system::system_error& refused) { // no std::system_error
        launcher.give_up();
        throw std::system_error(refused.code(), "Boost.Process");
    } catch (...) {
        launcher.give_up();
        throw;
    }
    return std::move(launcher.child);
}

} // namespace bulkhead::run
