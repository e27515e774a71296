#include "harness/texts/texts.hpp"

#include <unordered_map>

namespace bulkhead::texts {
namespace {

std::unordered_map<std::string_view, std::string_view> index()
{
    std::unordered_map<std::string_view, std::string_view> found;
    for (const auto list : {words(), page(), claims(), faults(), figures(), lessons(), live(), pictures(), trials()}) {
        for (const Translation& each : list) {
            found.emplace(each.english, each.korean);
        }
    }
    return found;
}

} // namespace

std::string_view to_string(Language language)
{
    switch (language) {
    case Language::english: return "en";
    case Language::korean: return "ko";
    }
    return "";
}

std::optional<Language> parse_language(std::string_view word)
{
    const std::string_view language = word.substr(0, word.find_first_of("_.@"));
    if (language == "en" || language == "C" || language == "POSIX") {
        return Language::english;
    }
    if (language == "ko") {
        return Language::korean;
    }
    return std::nullopt;
}

std::string_view say(Language language, std::string_view english)
{
    if (language == Language::english) {
        return english;
    }
    static const auto korean = index();
    const auto found = korean.find(english);
    return found == korean.end() ? english : found->second;
}

} // namespace bulkhead::texts
