#include "harness/cli/generate_options.hpp"

namespace bulkhead::cli {

void declare_generate(CLI::App& program, GenerateCommand& command)
{
    CLI::App& generate = *program.add_subcommand("generate", "Print what shells and packages are made with");
    generate.group(""); // hides it
    generate.footer(R"(  bulkhead generate completion bash|zsh|fish   what the shell reads to complete
  bulkhead generate candidates -- WORD...      what the last word can become
  bulkhead generate pages                      the man pages of section 1
  bulkhead generate man PAGE                   one of them, for scdoc(1)
  bulkhead generate manual PAGE(N) FILE.md     a page of the reference)");
    generate.add_option("WHAT", command.what, "completion, candidates, pages, man or manual")
        ->required()
        ->type_name("");
    generate.add_option("WORD", command.words, "See below")->type_name("");
}

} // namespace bulkhead::cli
