#pragma once

#include "harness/cli/commands.hpp"
#include "harness/model/experiment.hpp"

#include <string>
#include <string_view>

namespace bulkhead::cli {

/// The experiment that the command line describes, as TOML for spec::parse: its words are judged there and nowhere
/// else, and the text is what the results file keeps.
std::string draft_ad_hoc(const AdHoc& ad_hoc, const Overrides& overrides);

/// The experiment of a file with the values of the command line in place of its own, as TOML for spec::parse.
std::string draft_overridden(const model::Experiment& experiment, const Overrides& overrides);

/// True for a text that draft_overridden wrote.
bool is_overridden(std::string_view text);

/// Gives the expectations of an experiment that was read from such a text the lines which they have in the file; of
/// another the lines are right.
void restore_lines(model::Experiment& experiment);

/// Takes out what none of the cells and expectations that are left has use for: as a file's, it would be a mistake.
void drop_idle(model::Experiment& experiment);

/// Takes out the cells that `only` ("SHAPE/FAULT" with the wildcards of glob(7)) does not name, and the expectations
/// that speak of none of the others. False when nothing is left, or `only` is not of that form.
bool keep_only(model::Experiment& experiment, const std::string& only);

} // namespace bulkhead::cli
