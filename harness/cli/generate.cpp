#include "harness/cli/commands.hpp"
#include "harness/cli/completion.hpp"
#include "harness/cli/man_page.hpp"
#include "harness/cli/output.hpp"

#include <fmt/format.h>
#include <fstream>
#include <iterator>
#include <spdlog/spdlog.h>

namespace bulkhead::cli {
namespace {

Exit refuse(const std::string& reason)
{
    spdlog::error("{}; see 'bulkhead generate --help'", reason);
    return Exit::mistake;
}

Exit generate_completion(const std::string& shell)
{
    const char* script = completion_script(shell);
    if (script == nullptr) {
        return refuse(fmt::format("\"{}\" is no shell that can be completed for{}", shell,
                                  did_you_mean(shell, completed_shells())));
    }
    print(script);
    return Exit::upheld;
}

Exit generate_man(const std::string& name)
{
    const std::optional<std::string> page = man_page(command_model(), name);
    if (!page) {
        return refuse(fmt::format("there is no page \"{}\"{}", name, did_you_mean(name, man_pages(command_model()))));
    }
    print(*page);
    return Exit::upheld;
}

/// `title` is as man pages are cited: "bulkhead-experiment(5)".
Exit generate_manual(const std::string& title, const std::string& file)
{
    const std::size_t section = title.find('(') + 1;
    if (section == 0 || section + 2 != title.size() || title[section] < '1' || title[section] > '9') {
        return refuse("\"" + title + "\" is no name of a man page with its section");
    }
    std::ifstream opened(file, std::ios::binary);
    const std::string markdown{std::istreambuf_iterator<char>(opened), {}};
    if (markdown.empty()) {
        return refuse("cannot read " + file);
    }
    print(manual_of(markdown, title.substr(0, section - 1), title[section] - '0'));
    return Exit::upheld;
}

} // namespace

Exit execute(const GenerateCommand& command)
{
    const std::vector<std::string>& words = command.words;
    if (command.what == "candidates") {
        print(as_lines(completions(command_model(), words)));
        return Exit::upheld;
    }
    if (command.what == "pages" && words.empty()) {
        for (const std::string& name : man_pages(command_model())) {
            print(name + "\n");
        }
        return Exit::upheld;
    }
    if (command.what == "completion" && words.size() == 1) {
        return generate_completion(words.front());
    }
    if (command.what == "man" && words.size() == 1) {
        return generate_man(words.front());
    }
    if (command.what == "manual" && words.size() == 2) {
        return generate_manual(words[0], words[1]);
    }
    return refuse(fmt::format("\"{}\" with {} is nothing to generate", command.what, counted(words.size(), "word")));
}

} // namespace bulkhead::cli
