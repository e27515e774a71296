#include "harness/spec/text.hpp"
#include "harness/spec/words.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>
#include <string>
#include <vector>

// Reads `survivors` and `outcome.NAME`: "all", "none", or a comparison with a share; and the ways of `victim`.

namespace bulkhead::spec {
namespace {

using model::Comparison;

/// True when no trial could decide the claim: it holds, or fails, for every share from 0 to 1.
bool is_settled(const Bound& share)
{
    switch (share.comparison) {
    case Comparison::at_least:
    case Comparison::less_than: return share.value == 0;
    case Comparison::more_than:
    case Comparison::at_most: return share.value == 1;
    }
    return false;
}

void report_bound(const Field& field, std::string_view text, const Bound& share)
{
    std::string hint = "the share lies between 0 and 1";
    if (share.value > 1 && share.value <= 100)
        hint += fmt::format(": for {} percent write \"{} {}\"", share.value, model::to_string(share.comparison),
                            share.value / 100);
    field.wrong(in_quotes(text) + " is not about a share", hint);
}

} // namespace

std::optional<Bound> parse_bound(std::string_view text)
{
    // The longer signs first: ">" is the beginning of ">=".
    for (const Comparison comparison :
         {Comparison::at_least, Comparison::at_most, Comparison::more_than, Comparison::less_than}) {
        const std::string_view sign = model::to_string(comparison);
        if (!text.starts_with(sign))
            continue;
        text.remove_prefix(sign.size());
        text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
        double bound = 0;
        const auto [end, error] =
            std::from_chars(text.data(), text.data() + text.size(), bound, std::chars_format::fixed);
        if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(bound))
            return std::nullopt;
        return Bound{comparison, bound};
    }
    return std::nullopt;
}

std::optional<model::Claim> read_siblings(const Field& field, model::Outcome outcome)
{
    constexpr std::string_view valid = "valid are \"all\", \"none\", or a share of the siblings such as \">= 0.99\"";
    const auto* text = content_of<std::string>(field);
    if (text == nullptr)
        return std::nullopt;
    if (*text == "all")
        return model::AllSiblings{outcome};
    if (*text == "none")
        return model::NoSibling{outcome};
    const auto share = parse_bound(*text);
    if (!share) {
        const std::array<std::string, 2> words{"all", "none"};
        field.wrong(in_quotes(*text) +
                        (outcome == model::Outcome::intact ? " does not say who survives" : " does not say how many"),
                    did_you_mean(*text, words) + std::string(valid));
        return std::nullopt;
    }
    if (!(share->value >= 0 && share->value <= 1)) {
        report_bound(field, *text, *share);
        return std::nullopt;
    }
    if (is_settled(*share)) {
        field.wrong(in_quotes(*text) + " is decided before any trial is run", std::string(valid));
        return std::nullopt;
    }
    return model::ShareOfSiblings{share->comparison, share->value, outcome};
}

std::optional<std::string> read_victim_end(const Field& field)
{
    const auto* text = content_of<std::string>(field);
    if (text == nullptr)
        return std::nullopt;
    static constexpr std::array<std::string_view, 4> others{"lives", "thread-ended", "replaced", "stopped"};
    if (std::ranges::find(others, *text) != others.end())
        return *text;
    if (const auto signal = model::parse_signal(*text))
        return model::signal_name(*signal);
    constexpr std::string_view exit = "exit ";
    int code = -1;
    if (text->starts_with(exit)) {
        const char* const end = text->data() + text->size();
        const auto read = std::from_chars(text->data() + exit.size(), end, code);
        if (read.ec == std::errc() && read.ptr == end && code >= 0 && code <= 255)
            return fmt::format("exit {}", code);
    }
    std::vector<std::string> words(others.begin(), others.end());
    words.insert(words.end(), model::signal_names().begin(), model::signal_names().end());
    field.wrong(in_quotes(*text) + " is no way for a victim to end",
                did_you_mean(*text, words) + "valid are a signal such as \"SIGSEGV\", \"exit 3\" (0 to 255), "
                                             "\"lives\", \"thread-ended\", \"replaced\" and \"stopped\"");
    return std::nullopt;
}

} // namespace bulkhead::spec
