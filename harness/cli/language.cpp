#include "harness/cli/language.hpp"

#include "harness/cli/output.hpp"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <fmt/format.h>
#include <string>
#include <string_view>

namespace bulkhead::cli {
namespace {

/// True for "ko_KR.UTF-8" and "ko_KR.utf8", and where no character set is named.
bool is_in_utf8(std::string_view locale)
{
    const std::size_t dot = locale.find('.');
    if (dot == std::string_view::npos) {
        return true;
    }
    std::string set;
    for (const char letter : locale.substr(dot + 1, locale.find('@') - dot - 1)) {
        if (letter != '-') {
            set += static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
        }
    }
    return set == "utf8";
}

} // namespace

texts::Language language_of_environment()
{
    for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
        const char* value = std::getenv(name);
        if (value != nullptr && *value != '\0') {
            const auto language = texts::parse_language(value);
            return language && is_in_utf8(value) ? *language : texts::Language::english;
        }
    }
    return texts::Language::english;
}

void add_language(CLI::App& command, texts::Language& language)
{
    language = language_of_environment();
    const auto read = [&language](const std::string& word) {
        std::vector<std::string> valid;
        for (const texts::Language each : texts::languages) {
            valid.emplace_back(to_string(each));
            if (word == valid.back()) {
                language = each;
                return;
            }
        }
        throw CLI::ValidationError("--lang", fmt::format("\"{}\" is not a language; valid: {}{}", word,
                                                         fmt::join(valid, ", "), did_you_mean(word, valid)));
    };
    command
        .add_option_function<std::string>("--lang", read,
                                          "Language of the text: en or ko; as LC_ALL, LC_MESSAGES or LANG say")
        ->type_name("WORD");
}

} // namespace bulkhead::cli
