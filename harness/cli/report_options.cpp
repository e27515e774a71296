#include "harness/cli/report_options.hpp"

#include "harness/cli/language.hpp"
#include "harness/cli/pieces.hpp"

namespace bulkhead::cli {

const char* const report_examples =
    R"(RESULTS are results files, or folders: of a folder every *.db in it and below it. The
page is one file that needs no network and no server, and that can be sent to
anybody. A file that is there already is overwritten only where it is such a page.

Examples:
  bulkhead report bulkhead-results/first-look-20260101-120000.db
  bulkhead report bulkhead-results/ -o report.html
  bulkhead anatomy --shape 4x2 --format json > anatomy.json
  bulkhead report results.db --anatomy anatomy.json --title 'Release 3'
  bulkhead report results.db -o - | gzip > report.html.gz
  bulkhead report results.db --format md -o report.md
  bulkhead report results.db --format svg --view table > table.svg
  bulkhead report results.db --format svg --view lifelines --trial 7 > trial.svg

Exit code: 0 made, whatever the verdicts are; 2 a mistake in the usage or a file.)";

void declare_report(CLI::App& report, ReportCommand& command)
{
    report.add_option("RESULTS", command.results, "Results files, or folders of them")->required()->type_name("");
    report.add_option("-o,--out", command.out, "The page to be made; - for standard output (beside the first RESULTS)")
        ->type_name("FILE");
    add_language(report, command.language);
    report.add_option("--title", command.title, "What the page is called")->type_name("TEXT");
    report.add_option("--anatomy", command.anatomy, "What 'bulkhead anatomy --format json' has printed")
        ->type_name("FILE");
    declare_pieces(report, command);
}

} // namespace bulkhead::cli
