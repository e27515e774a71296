#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace bulkhead::model {

/// P host processes that carry T workers each; `8x1` is the process pool, `1x8` the thread pool.
struct Shape {
    std::uint32_t hosts = 1;
    std::uint32_t threads = 1;

    auto operator<=>(const Shape&) const = default;
    [[nodiscard]] std::uint32_t workers() const { return hosts * threads; }
};

/// Largest number of hosts, of threads in a host, and of workers in a pool.
inline constexpr std::uint32_t max_hosts = 1024;
inline constexpr std::uint32_t max_threads = 1024;
inline constexpr std::uint32_t max_workers = 1024;

/// Reads "PxT" with 1 <= P, T and at most `max_workers` workers; nullopt for anything else.
std::optional<Shape> parse_shape(std::string_view text);
std::string to_string(Shape shape);

/// One member of a pool, written `p0t1`: the host's number, then the thread's within the host. Both count from 0.
struct WorkerId {
    std::uint32_t host = 0;
    std::uint32_t thread = 0;

    auto operator<=>(const WorkerId&) const = default;
};

std::optional<WorkerId> parse_worker(std::string_view text);
std::string to_string(WorkerId worker);

/// Position of a worker in the pool's order: host by host, thread by thread.
inline std::uint32_t index_of(WorkerId worker, Shape shape)
{
    return worker.host * shape.threads + worker.thread;
}
inline WorkerId worker_at(std::uint32_t index, Shape shape)
{
    return {index / shape.threads, index % shape.threads};
}

} // namespace bulkhead::model
