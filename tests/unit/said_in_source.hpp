#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

/// Texts that stand in sources as literals, found where they are said. What a program of this size may say cannot all
/// be had by running it; that each literal has its translation can be read off.
namespace said {

/// A literal, and the file where it stands.
struct Literal {
    std::string text;
    std::filesystem::path file;
};

/// The string literals (pieces side by side are one) that begin right behind `call`, such as "t(", in a source of C++
/// or JavaScript; behind what is skipped by `arguments` commas first. `call` must not be the end of a longer name.
std::vector<std::string> behind(std::string_view source, std::string_view call, int arguments = 0);

/// The same for every file below the folder with one of these endings.
std::vector<Literal> in_folder(const std::filesystem::path& folder, const std::vector<std::string>& endings,
                               std::string_view call, int arguments = 0);

std::string text_of(const std::filesystem::path& file);

} // namespace said
