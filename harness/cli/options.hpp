#pragma once

#include "harness/cli/commands.hpp"

#include <CLI/CLI.hpp>
#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bulkhead::cli {

// Options that several commands have. What they read into must outlive the parser.

struct FormatWord {
    std::string_view word;
    Format format;
};
inline constexpr FormatWord text_or_json[] = {{"text", Format::text}, {"json", Format::json}};
inline constexpr FormatWord text_json_or_svg[] = {{"text", Format::text}, {"json", Format::json}, {"svg", Format::svg}};
inline constexpr FormatWord every_format[] = {
    {"text", Format::text}, {"json", Format::json}, {"markdown", Format::markdown}};

/// --format, of one of these.
void add_format(CLI::App& command, Format& format, std::span<const FormatWord> words = text_or_json);

/// A list that is written with commas.
void add_list(CLI::App& command, const std::string& name, std::vector<std::string>& list, const std::string& text);

/// Where to write what other programs read.
void add_outputs(CLI::App& command, OutputFiles& outputs);

/// -j, --jobs.
void add_lanes(CLI::App& command, std::uint32_t& lanes, const std::string& text);

/// --time-limit: more than 0, at most 10000 h.
void add_time_limit(CLI::App& command, std::optional<std::chrono::microseconds>& limit, const std::string& text);

} // namespace bulkhead::cli
