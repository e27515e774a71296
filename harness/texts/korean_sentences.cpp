#include "harness/texts/texts.hpp"

namespace bulkhead::texts {
namespace {

constexpr Translation rows[] = {
    {"", ""},
};

} // namespace

std::span<const Translation> sentences()
{
    return rows;
}

} // namespace bulkhead::texts
