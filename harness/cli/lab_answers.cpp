#include "harness/cli/lab_answers.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fstream>
#include <iostream>
#include <iterator>
#include <sstream>

namespace bulkhead::cli {
namespace {

constexpr std::string_view letters = "abc";

/// Letters with commas in between: not the name of a file.
bool are_letters(std::string_view text)
{
    return text.size() % 2 == 1 &&
           std::ranges::all_of(text, [](char c) { return c == ',' || letters.find(c) != std::string_view::npos; });
}

std::string all_of(std::istream& stream)
{
    return {std::istreambuf_iterator<char>(stream), {}};
}

} // namespace

std::variant<Answers, std::string> parse_answers(std::string_view text)
{
    Answers answers;
    std::istringstream stream{std::string(text)};
    for (std::string line; std::getline(stream, line);) {
        line.erase(std::min(line.find('#'), line.size()));
        std::ranges::replace(line, ',', ' ');
        std::istringstream words(line);
        for (std::string word; words >> word;) {
            const std::size_t position = word.size() == 1 ? letters.find(word.front()) : std::string_view::npos;
            if (position == std::string_view::npos) {
                return fmt::format("\"{}\" is no answer; valid: a, b, c", word);
            }
            answers.push_back(position);
        }
    }
    return answers;
}

std::variant<Answers, std::string> read_answers(const std::string& option)
{
    if (are_letters(option)) {
        return parse_answers(option);
    }
    if (option == "-") {
        return parse_answers(all_of(std::cin));
    }
    std::ifstream file(option);
    if (!file) {
        return fmt::format("\"{}\" is neither answers such as a,c,b nor a file that can be read", option);
    }
    return parse_answers(all_of(file));
}

} // namespace bulkhead::cli
