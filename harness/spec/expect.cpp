#include "harness/spec/draft.hpp"
#include "harness/spec/words.hpp"

#include <algorithm>
#include <array>

// Reads [[expect]]: `when` says of which cells, and exactly one of `survivors` and `blast_radius` says what.

namespace bulkhead::spec {
namespace {

/// A string, or an array of strings, as a list.
template <typename T>
PlacedList<T> read_one_or_more(const Field& field, Expected element, std::optional<T> (*read)(const Field&))
{
    if (!std::holds_alternative<std::string>(field.value.content))
        return read_list<T>(field, element, read);
    PlacedList<T> result;
    if (const auto item = read(field)) {
        result.items.push_back({*item, field.value.at});
        result.complete = true;
    }
    return result;
}

void read_when_shape(const Field& field, ExpectationDraft& draft)
{
    draft.shapes = read_one_or_more<model::Shape>(field, {"a string", "\"4x2\""}, read_shape);
}

void read_when_fault(const Field& field, ExpectationDraft& draft)
{
    draft.faults = read_one_or_more<model::Fault>(field, {"a string", "\"segv-null\""}, read_fault);
}

constexpr auto when_keys = std::to_array<Key<ExpectationDraft>>({
    {"shape", false, {"a string or an array of strings", R"("8x1")"}, read_when_shape},
    {"fault", false, {"a string or an array of strings", R"("segv-null")"}, read_when_fault},
});

void read_when(const Field& field, ExpectationDraft& draft)
{
    read_table<ExpectationDraft>(field, "in when", when_keys, draft);
}

void read_survivors_key(const Field& field, ExpectationDraft& draft)
{
    draft.survivors_at = field.value.at;
    draft.claim = read_survivors(field);
}

void read_blast_radius(const Field& field, ExpectationDraft& draft)
{
    static const std::array<std::string, 1> words{"predicted"};
    draft.blast_radius_at = field.value.at;
    if (read_word(field, words))
        draft.claim = model::AsPredicted{};
}

constexpr auto expectation_keys = std::to_array<Key<ExpectationDraft>>({
    {"when", false, {"a table", R"({ shape = "8x1", fault = "segv-null" })"}, read_when},
    {"survivors", false, {"a string", R"("all")"}, read_survivors_key},
    {"blast_radius", false, {"a string", R"("predicted")"}, read_blast_radius},
});

} // namespace

void read_expectation(const Field& field, Draft& draft)
{
    ExpectationDraft expectation;
    expectation.at = field.value.at;
    read_table<ExpectationDraft>(field, "in [[expect]]", expectation_keys, expectation);
    if (expectation.survivors_at && expectation.blast_radius_at) {
        field.mistakes.add(std::max(*expectation.survivors_at, *expectation.blast_radius_at, is_before),
                           "an expectation claims one thing, this one two", "keep either survivors or blast_radius");
    } else if (!expectation.survivors_at && !expectation.blast_radius_at &&
               std::holds_alternative<Table>(field.value.content)) {
        field.wrong("this expectation claims nothing",
                    R"(add survivors = "all", "none" or a share such as ">= 0.99", or blast_radius = "predicted")");
    }
    draft.expectations.push_back(std::move(expectation));
}

} // namespace bulkhead::spec
