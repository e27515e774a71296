#include "harness/cli/lab_options.hpp"

#include "harness/cli/language.hpp"
#include "harness/model/lesson.hpp"

namespace bulkhead::cli {

const char* const lab_examples =
    R"(Without LESSON it lists them. A lesson says what it is about, asks who survives,
runs that here, shows what happened, and explains why. Enter goes on, q leaves.

Examples:
  bulkhead lab
  bulkhead lab 1
  bulkhead lab 4 --lang ko
  bulkhead lab 4 --answers a,c,b,a     without asking: for lecturers and tests

Exit code: 0 the lesson was held, whatever was predicted; 1 a run came out otherwise
than the lesson expects, 2 a mistake in the usage, 3 a run decided nothing, 77 this
machine can run none of it, 130 left before its end.)";

void declare_lab(CLI::App& lab, LabCommand& command)
{
    const auto highest = static_cast<std::uint32_t>(model::lessons().size());
    lab.add_option("LESSON", command.lesson, "Number of a lesson")
        ->check(CLI::Range(1U, highest).description(""))
        ->type_name("");
    lab.add_option("--answers", command.answers,
                   "The predictions, such as a,c,b; or a file with them; or - for standard input")
        ->type_name("ANSWERS");
    add_language(lab, command.language);
}

} // namespace bulkhead::cli
