#include "harness/cli/lab_show.hpp"

#include "harness/cli/language.hpp"

#include <cstdlib>
#include <string_view>

namespace bulkhead::cli {

bool pictures_in_unicode()
{
    for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
        const char* value = std::getenv(name);
        if (value != nullptr && *value != '\0') {
            const std::string_view locale = value;
            return locale.find("UTF-8") != std::string_view::npos || locale.find("utf8") != std::string_view::npos;
        }
    }
    return false;
}

bool play(const model::TrialRecord&, const std::string&, texts::Language)
{
    return true;
}

} // namespace bulkhead::cli
