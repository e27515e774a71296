#include "harness/model/shard.hpp"

#include <charconv>

namespace bulkhead::model {
namespace {

std::optional<std::uint32_t> parse_number(std::string_view text)
{
    std::uint32_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc{} && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

/// The ids up to `last` that are the shard's.
std::uint32_t ids_up_to(const Shard& shard, std::uint64_t last)
{
    return static_cast<std::uint32_t>((last + shard.count - shard.number) / shard.count);
}

} // namespace

std::optional<Shard> parse_shard(std::string_view text)
{
    const std::size_t slash = text.find('/');
    if (slash == std::string_view::npos) {
        return std::nullopt;
    }
    const auto number = parse_number(text.substr(0, slash));
    const auto count = parse_number(text.substr(slash + 1));
    if (!number || !count || *number < 1 || *number > *count || *count > max_shards) {
        return std::nullopt;
    }
    return Shard{.number = *number, .count = *count};
}

std::string to_string(const Shard& shard)
{
    return std::to_string(shard.number) + "/" + std::to_string(shard.count);
}

std::uint32_t trials_of(const Shard& shard, const Cell& cell)
{
    const std::uint64_t before = cell.first_id - 1;
    return ids_up_to(shard, before + cell.trials) - ids_up_to(shard, before);
}

std::uint32_t trials_of(const Shard& shard, const std::vector<Cell>& cells)
{
    std::uint32_t trials = 0;
    for (const Cell& cell : cells) {
        trials += trials_of(shard, cell);
    }
    return trials;
}

} // namespace bulkhead::model
