#include "said_in_source.hpp"

#include <algorithm>
#include <cctype>
#include <fstream>
#include <optional>
#include <sstream>

namespace said {
namespace {

bool is_of_a_name(char letter)
{
    return std::isalnum(static_cast<unsigned char>(letter)) != 0 || letter == '_' || letter == '$';
}

std::string_view without_blanks(std::string_view text)
{
    text.remove_prefix(std::min(text.find_first_not_of(" \t\n"), text.size()));
    return text;
}

/// Takes a literal off the beginning of the text; nullopt when there is none.
std::optional<std::string> take_literal(std::string_view& text)
{
    if (!text.starts_with('"')) {
        return std::nullopt;
    }
    std::string literal;
    for (std::size_t i = 1; i < text.size(); ++i) {
        if (text[i] == '"') {
            text.remove_prefix(i + 1);
            return literal;
        }
        if (text[i] == '\\' && i + 1 < text.size()) {
            ++i;
            literal += text[i] == 'n' ? '\n' : text[i];
        } else {
            literal += text[i];
        }
    }
    return std::nullopt;
}

/// Skips that many arguments, each of which is a name or a member of one.
bool skip_arguments(std::string_view& text, int arguments)
{
    for (int i = 0; i < arguments; ++i) {
        text = without_blanks(text);
        std::size_t length = 0;
        while (length < text.size() && (is_of_a_name(text[length]) || text[length] == '.' || text[length] == ':')) {
            ++length;
        }
        if (length == 0 || length == text.size() || text[length] != ',') {
            return false;
        }
        text.remove_prefix(length + 1);
    }
    return true;
}

} // namespace

std::vector<std::string> behind(std::string_view source, std::string_view call, int arguments)
{
    std::vector<std::string> found;
    for (std::size_t at = source.find(call); at != std::string_view::npos; at = source.find(call, at + 1)) {
        std::string_view rest = source.substr(at + call.size());
        if ((at > 0 && is_of_a_name(source[at - 1])) || !skip_arguments(rest, arguments)) {
            continue;
        }
        rest = without_blanks(rest);
        std::optional<std::string> whole = take_literal(rest);
        while (whole) {
            rest = without_blanks(rest);
            const auto more = take_literal(rest);
            if (!more) {
                found.push_back(*whole);
                break;
            }
            *whole += *more;
        }
    }
    return found;
}

std::vector<Literal> in_folder(const std::filesystem::path& folder, const std::vector<std::string>& endings,
                               std::string_view call, int arguments)
{
    std::vector<Literal> found;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (std::ranges::find(endings, entry.path().extension().string()) != endings.end()) {
            for (std::string& text : behind(text_of(entry.path()), call, arguments)) {
                found.push_back({std::move(text), entry.path()});
            }
        }
    }
    return found;
}

std::string text_of(const std::filesystem::path& file)
{
    std::ostringstream text;
    text << std::ifstream(file).rdbuf();
    return text.str();
}

} // namespace said
