#include "harness/report/markdown_parts.hpp"

#include "harness/report/text.hpp"

#include <algorithm>
#include <fmt/format.h>

// GitHub's Markdown, which GitLab and others read too: github.github.com/gfm.

namespace bulkhead::report {

std::string plain(std::string_view text)
{
    std::string result;
    for (const char c : clean(text)) {
        if (std::string_view("\\`*_{}[]<>()#+!|~&$").find(c) != std::string_view::npos) {
            result += '\\';
        }
        result += c;
    }
    return result;
}

std::string code(std::string_view text)
{
    // It takes no escapes but of what ends a cell; a backtick would end the code.
    std::string result;
    for (const char c : clean(text)) {
        result += c == '`' ? "'" : c == '|' ? "\\|" : std::string(1, c);
    }
    return "`" + result + "`";
}

std::string code_block(std::string_view text, std::string_view language)
{
    // A fence is longer than every run of backticks within it (section 4.5).
    std::size_t longest = 2;
    std::size_t run = 0;
    std::string body;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        body += clean(text.substr(begin, end - begin)) + "\n";
        begin = end + 1;
    }
    for (const char c : body) {
        run = c == '`' ? run + 1 : 0;
        longest = std::max(longest, run);
    }
    const std::string fence(longest + 1, '`');
    return fence + std::string(language) + "\n" + body + fence + "\n\n";
}

std::string word_of(Result result, texts::Language language)
{
    const bool is_success = result == Result::upheld || result == Result::skipped;
    const std::string word(texts::say(language, to_string(result)));
    return is_success ? word : "**" + word + "**";
}

std::string verdicts_markdown(const Suite& suite, texts::Language language)
{
    const auto say = [language](std::string_view english) { return texts::say_composed(language, english); };
    if (suite.expected.empty()) {
        return say("No expectation is stated, so there is no verdict.") + "\n\n";
    }
    std::string text =
        fmt::format("| {} | {} | {} |\n|---|---|---|\n", say("verdict"), say("expectation"), say("measured"));
    for (const Expected& expected : suite.expected) {
        const std::string line = expected.line == 0 ? "" : fmt::format(" (line {})", expected.line);
        text += fmt::format("| {} | {}{} | {} |\n", word_of(expected.result, language), plain(say(expected.says)), line,
                            plain(say(expected.reason)));
    }
    return text + "\n";
}

} // namespace bulkhead::report
