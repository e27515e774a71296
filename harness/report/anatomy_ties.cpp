#include "harness/report/anatomy_ties.hpp"

#include "harness/report/svg.hpp"

#include <algorithm>
#include <numeric>

namespace bulkhead::report {
namespace {

Tie tie_of(model::Sight sight)
{
    switch (sight) {
    case model::Sight::seen: return Tie::same;
    case model::Sight::same_file: return Tie::same_file;
    case model::Sight::unknown: return Tie::unknown;
    case model::Sight::other_memory:
    case model::Sight::nothing_there: return Tie::none;
    }
    return Tie::unknown;
}

Tie tie_of(model::Common common)
{
    switch (common) {
    case model::Common::yes: return Tie::same;
    case model::Common::no: return Tie::none;
    case model::Common::unknown: return Tie::unknown;
    }
    return Tie::unknown;
}

} // namespace

Ties::Ties(std::size_t workers) : group_(workers)
{
    std::iota(group_.begin(), group_.end(), std::size_t{0});
}

Ties::Ties(const model::Anatomy& anatomy, model::Part part) : Ties(anatomy.workers.size())
{
    for (const model::Pair& pair : anatomy.pairs) {
        add(anatomy, pair, tie_of(pair.parts.at(static_cast<std::size_t>(part))));
    }
}

Ties::Ties(const model::Anatomy& anatomy, sys::Resource resource) : Ties(anatomy.workers.size())
{
    for (const model::Pair& pair : anatomy.pairs) {
        add(anatomy, pair, tie_of(pair.resources.at(static_cast<std::size_t>(resource))));
    }
}

void Ties::add(const model::Anatomy& anatomy, const model::Pair& pair, Tie tie)
{
    (pair.writer.host == pair.reader.host ? mates_ : others_).add(tie);
    if (tie == Tie::same || tie == Tie::same_file) {
        const std::size_t from = group_.at(model::index_of(pair.writer, anatomy.shape));
        const std::size_t into = group_.at(model::index_of(pair.reader, anatomy.shape));
        std::ranges::replace(group_, from, into);
        is_file_ = is_file_ || tie == Tie::same_file;
    }
}

void Ties::Count::add(Tie tie)
{
    ++pairs;
    tied += tie == Tie::same || tie == Tie::same_file ? 1 : 0;
    unknown += tie == Tie::unknown ? 1 : 0;
}

std::string Ties::Count::text(texts::Language language, std::string_view all, std::string_view none) const
{
    if (pairs == 0) {
        return "";
    }
    if (unknown > 0 && tied == 0) {
        return said(language, "unknown");
    }
    if (tied == pairs || tied == 0) {
        return said(language, tied == 0 ? none : all);
    }
    return said(language, "{} of {} pairs", tied, pairs);
}

} // namespace bulkhead::report
