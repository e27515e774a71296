#include "harness/run/janitor.hpp"

#include "harness/run/launcher.hpp"
#include "harness/sys/line.hpp"

#include <array>
#include <chrono>
#include <system_error>

namespace bulkhead::run {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds start_limit{2000};
constexpr milliseconds end_limit{2000}; ///< twice what it takes at most

} // namespace

Janitor::Janitor(const std::filesystem::path& host_program, const sys::Fd& null)
{
    auto [ours, its] = sys::stream_pair();
    process_ = launch(host_program, "janitor", null, std::array{its.number()});
    its.close();
    stream_ = std::move(ours);
    if (!sys::await_byte(stream_, start_limit)) {
        process_.kill_and_reap();
        throw std::system_error(std::make_error_code(std::errc::timed_out), "start of the janitor");
    }
}

Janitor::~Janitor()
{
    if (!deaf_) { // else it must not wake up and remove what another is to watch
        stream_.close();
        try {
            sys::await_readable(process_.descriptor(), end_limit);
        } catch (const std::system_error&) { // NOLINT: not to be waited for
        }
    }
    process_.kill_and_reap();
}

bool Janitor::is_lost()
{
    deaf_ = deaf_ || process_.stopped();
    return deaf_ || process_.ends_within(milliseconds{0});
}

void Janitor::watch(const std::filesystem::path& cgroup)
{
    try {
        sys::send_line(stream_, cgroup.string());
    } catch (const std::system_error&) {
        deaf_ = true;
        throw;
    }
}

} // namespace bulkhead::run
