#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace bulkhead::texts {

/// The languages that Bulkhead speaks to people in. What machines read (JSON, JUnit, ...) is English in all of them,
/// and so are the words of experiment files.
enum class Language : std::uint8_t { english, korean };

inline constexpr std::array<Language, 2> languages{Language::english, Language::korean};

std::string_view to_string(Language language); ///< "en", "ko"
/// Takes "ko" as well as a locale's name: "ko_KR.UTF-8". "C" and "POSIX" are English. nullopt: none that is here.
std::optional<Language> parse_language(std::string_view word);

/// A text as it stands in the code or in the catalogue of faults, and in Korean.
struct Translation {
    std::string_view english;
    std::string_view korean;
};

/// The one catalogue, by what speaks it. A text that occurs in several stands in the first only.
std::span<const Translation> words();    ///< of tables and sentences in the terminal
std::span<const Translation> page();     ///< of the HTML report, beyond those
std::span<const Translation> claims();   ///< model::theses(), and the questions of experiments about them
std::span<const Translation> faults();   ///< model::FaultRow
std::span<const Translation> figures();  ///< model::FigureRow, and what workloads do
std::span<const Translation> lessons();  ///< of the course
std::span<const Translation> live();     ///< of the live view, and of trials that are played again
std::span<const Translation> pictures(); ///< single pictures, and the report as Markdown

/// The formats of what the model composes: ends of processes, reasons of verdicts. In the English ones {:d} stands for
/// a whole number, {:w} for a word and {} for anything; the first that fits counts, those of trials before the others.
std::span<const Translation> trials();    ///< what happened in a trial, and what came of it
std::span<const Translation> sentences(); ///< the rest

/// The text in that language; the English one where the catalogue does not have it, which a test forbids for whatever
/// `explain`, the table of claims, the report and the course can say. Placeholders ({}) are those of fmt, and a
/// translation may number them to put them in another order.
std::string_view say(Language language, std::string_view english);

/// The same for a text that was composed in English, with names and figures in it: it is recognised by its format, and
/// what stood in the format's places is said in its turn. What is not recognised stays as it is.
std::string say_composed(Language language, std::string_view english);

} // namespace bulkhead::texts
