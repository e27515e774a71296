#include "harness/model/nearest.hpp"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace bulkhead::model {
namespace {

/// Insertions, deletions, replacements and swaps of neighbours that turn one word into the other, no part of which is
/// edited twice.
std::size_t distance(std::string_view a, std::string_view b)
{
    std::vector<std::size_t> before_last(b.size() + 1);
    std::vector<std::size_t> last(b.size() + 1);
    std::vector<std::size_t> current(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) {
        current[j] = j;
    }
    for (std::size_t i = 1; i <= a.size(); ++i) {
        before_last.swap(last);
        last.swap(current);
        current[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            current[j] = std::min({replaced, last[j] + 1, current[j - 1] + 1});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                current[j] = std::min(current[j], before_last[j - 2] + 1);
            }
        }
    }
    return current[b.size()];
}

/// For who knows how a long name begins: "segv" for "segv-null".
std::optional<std::string> shortest_beginning_with(std::string_view word, std::span<const std::string> candidates)
{
    constexpr std::size_t least = 3;
    std::optional<std::string> shortest;
    for (const std::string& candidate : candidates) {
        if (word.size() >= least && candidate.starts_with(word) && (!shortest || candidate.size() < shortest->size())) {
            shortest = candidate;
        }
    }
    return shortest;
}

} // namespace

std::optional<std::string> nearest(std::string_view word, std::span<const std::string> candidates)
{
    std::optional<std::string> best;
    std::size_t best_distance = 0;
    for (const std::string& candidate : candidates) {
        const auto [shorter, longer] = std::minmax({word.size(), candidate.size()});
        const std::size_t limit = (longer + 2) / 3;
        if (longer - shorter > limit) {
            continue; // a word cannot be nearer than the difference in length
        }
        const std::size_t apart = distance(word, candidate);
        if (apart <= limit && (!best || apart < best_distance)) {
            best = candidate;
            best_distance = apart;
        }
    }
    if (!best) {
        best = shortest_beginning_with(word, candidates);
    }
    return best;
}

} // namespace bulkhead::model
