#pragma once

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <initializer_list>
#include <stdlib.h>
#include <string>
#include <system_error>

namespace bulkhead::test {

/// A script in a folder of its own that stands in for bulkhead-host, and copies of programs beside it, which it finds
/// under ${0%/*}. Every user may read and execute all of it.
class StandIn {
public:
    explicit StandIn(const std::string& script, std::initializer_list<std::filesystem::path> beside = {})
    {
        std::string name = (std::filesystem::temp_directory_path() / "bulkhead-test-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr)
            throw std::system_error(errno, std::generic_category(), "mkdtemp");
        folder_ = name;
        constexpr auto for_everybody = static_cast<std::filesystem::perms>(0755);
        std::filesystem::permissions(folder_, for_everybody);
        std::ofstream{path()} << "#!/bin/sh\n" << script << '\n';
        std::filesystem::permissions(path(), for_everybody);
        for (const std::filesystem::path& program : beside) {
            std::filesystem::copy_file(program, folder_ / program.filename());
            std::filesystem::permissions(folder_ / program.filename(), for_everybody);
        }
    }
    ~StandIn()
    {
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }
    StandIn(const StandIn&) = delete;
    StandIn& operator=(const StandIn&) = delete;

    [[nodiscard]] std::string path() const { return folder_ / "host"; }

private:
    std::filesystem::path folder_;
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
