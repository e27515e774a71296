#include "harness/model/shape.hpp"

#include "harness/model/natural.hpp"

namespace bulkhead::model {

std::optional<Shape> parse_shape(std::string_view text)
{
    const auto cross = text.find('x');
    if (cross == std::string_view::npos) {
        return std::nullopt;
    }
    const auto hosts = parse_natural(text.substr(0, cross));
    const auto threads = parse_natural(text.substr(cross + 1));
    if (!hosts || !threads || *hosts < 1 || *hosts > max_hosts || *threads < 1 || *threads > max_threads) {
        return std::nullopt;
    }
    const Shape shape{*hosts, *threads};
    if (shape.workers() > max_workers) {
        return std::nullopt;
    }
    return shape;
}

std::string to_string(Shape shape)
{
    return std::to_string(shape.hosts) + 'x' + std::to_string(shape.threads);
}

std::optional<WorkerId> parse_worker(std::string_view text)
{
    const auto t = text.find('t');
    if (!text.starts_with('p') || t == std::string_view::npos) {
        return std::nullopt;
    }
    const auto host = parse_natural(text.substr(1, t - 1));
    const auto thread = parse_natural(text.substr(t + 1));
    if (!host || !thread || *host >= max_hosts || *thread >= max_threads) {
        return std::nullopt;
    }
    return WorkerId{*host, *thread};
}

std::string to_string(WorkerId worker)
{
    return 'p' + std::to_string(worker.host) + 't' + std::to_string(worker.thread);
}

} // namespace bulkhead::model
