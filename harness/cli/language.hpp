#pragma once

#include "harness/texts/texts.hpp"

#include <CLI/CLI.hpp>

namespace bulkhead::cli {

/// The language of LC_ALL, else of LC_MESSAGES, else of LANG: the first of them that says anything. English where it is
/// one that Bulkhead does not speak, or where its character set is another than UTF-8, in which all texts are.
texts::Language language_of_environment();

/// Adds --lang to a command; until it is given, `language` is that of the environment.
void add_language(CLI::App& command, texts::Language& language);

} // namespace bulkhead::cli
