#pragma once

#include "tests/temp_folder.hpp"

#include <filesystem>
#include <fstream>
#include <initializer_list>
#include <string>

namespace bulkhead::test {

/// A script in a folder of its own that stands in for bulkhead-host, and copies of programs beside it, which it finds
/// under ${0%/*}. Every user may read and execute all of it.
class StandIn {
public:
    explicit StandIn(const std::string& script, std::initializer_list<std::filesystem::path> beside = {})
    {
        constexpr auto for_everybody = static_cast<std::filesystem::perms>(0755);
        std::ofstream{path()} << "#!/bin/sh\n" << script << '\n';
        std::filesystem::permissions(path(), for_everybody);
        for (const std::filesystem::path& program : beside) {
            std::filesystem::copy_file(program, folder_.path() / program.filename());
            std::filesystem::permissions(folder_.path() / program.filename(), for_everybody);
        }
    }
    StandIn(const StandIn&) = delete;
    StandIn& operator=(const StandIn&) = delete;

    [[nodiscard]] std::string path() const { return folder_ / "host"; }

private:
    tests::TempFolder folder_;
};

/// bulkhead-host itself, wherever everybody can reach it.
inline StandIn host_for_everybody()
{
    return StandIn{R"(exec "${0%/*}/bulkhead-host" "$1")", {BULKHEAD_HOST_BINARY}};
}

/// bulkhead-host behind a trap: see tests/live/programs/wrapped_host.cpp for what there is.
inline StandIn host_behind(const std::string& trap)
{
    return StandIn{R"(exec "${0%/*}/wrapped-host" "${0%/*}/bulkhead-host" "$1" )" + trap,
                   {BULKHEAD_HOST_BINARY, BULKHEAD_WRAPPED_HOST}};
}

} // namespace bulkhead::test
