#include "harness/model/nearest.hpp"

#include <algorithm>
#include <cctype>
#include <cstddef>

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

/// How many slips may be in a word. A short one has too little left to be known by.
std::size_t most_slips(std::size_t letters)
{
    return letters <= 2 ? 0 : letters <= 4 ? 1 : letters <= 8 ? 2 : letters / 3;
}

/// The number in "C09", without the zeros before it; empty for what is no letter with a number.
std::string_view number_of_id(std::string_view word)
{
    constexpr std::string_view digits = "0123456789";
    const bool is_id = word.size() > 1 && std::isalpha(static_cast<unsigned char>(word.front())) != 0 &&
                       word.find_first_not_of(digits, 1) == std::string_view::npos;
    return is_id ? word.substr(std::min(word.find_first_not_of('0', 1), word.size() - 1)) : std::string_view{};
}

/// A slip in a number makes another number, about which nothing is known.
bool are_different_ids(std::string_view a, std::string_view b)
{
    const std::string_view number = number_of_id(a);
    return !number.empty() && !number_of_id(b).empty() && number != number_of_id(b);
}

std::optional<std::string> nearest_by_distance(std::string_view word, std::span<const std::string> candidates,
                                               std::size_t most = static_cast<std::size_t>(-1))
{
    std::optional<std::string> best;
    std::size_t best_distance = 0;
    for (const std::string& candidate : candidates) {
        const auto [shorter, longer] = std::minmax({word.size(), candidate.size()});
        const std::size_t limit = std::min(most_slips(longer), most);
        if (longer - shorter > limit || are_different_ids(word, candidate)) {
            continue; // a word cannot be nearer than the difference in length
        }
        const std::size_t apart = distance(word, candidate);
        if (apart <= limit && (!best || apart < best_distance)) {
            best = candidate;
            best_distance = apart;
        }
    }
    return best;
}

/// For who knows how a long name begins: "segv" for "segv-null".
std::vector<std::string> beginning_with(std::string_view word, std::span<const std::string> candidates)
{
    constexpr std::size_t least = 3;
    std::vector<std::string> found;
    for (const std::string& candidate : candidates) {
        if (word.size() >= least && candidate.starts_with(word)) {
            found.push_back(candidate);
        }
    }
    return found;
}

} // namespace

std::optional<std::string> nearest(std::string_view word, std::span<const std::string> candidates)
{
    const std::vector<std::string> near = all_near(word, candidates);
    const auto shortest = std::ranges::min_element(near, {}, &std::string::size);
    return shortest == near.end() ? std::nullopt : std::optional(*shortest);
}

std::vector<std::string> all_near(std::string_view word, std::span<const std::string> candidates)
{
    constexpr std::size_t most = 6;
    if (const auto near = nearest_by_distance(word, candidates, 1)) {
        return {*near};
    }
    std::vector<std::string> longer = beginning_with(word, candidates);
    longer.resize(std::min(longer.size(), most));
    if (longer.empty()) {
        if (const auto near = nearest_by_distance(word, candidates)) {
            longer.push_back(*near);
        }
    }
    return longer;
}

} // namespace bulkhead::model
