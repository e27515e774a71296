// The pictures of the documentation come from the script that the documentation names, and from the program.
#include "tests/cli/tools.hpp"

#include <cstdint>
#include <doctest/doctest.h>
#include <fstream>
#include <iterator>

namespace bulkhead::tests {
namespace {

namespace fs = std::filesystem;

std::string bytes_of(const fs::path& path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// The width and height that a PNG says it has; 0 where it is none.
std::pair<std::uint32_t, std::uint32_t> size_of_png(const std::string& png)
{
    if (png.size() < 24 || png.compare(0, 4, "\x89PNG") != 0) {
        return {0, 0};
    }
    const auto number = [&png](std::size_t at) {
        std::uint32_t value = 0;
        for (std::size_t i = at; i < at + 4; ++i) {
            value = value << 8U | static_cast<unsigned char>(png[i]);
        }
        return value;
    };
    return {number(16), number(20)};
}

/// A page on which something is drawn compresses much worse than one of a single colour, which takes some bytes a line.
bool is_blank(const std::string& png)
{
    const auto [width, height] = size_of_png(png);
    return png.size() < std::uint64_t{width} * height / 100;
}

TEST_CASE("the script makes every picture that the documentation shows, of modest size, and none of them is blank")
{
    const TempDir folder;
    const bool browser = code_of(shell(folder.path(), "command -v chromium || command -v google-chrome")) == 0;
    if (!browser) {
        MESSAGE("skipped: chromium is not installed");
        return;
    }
    const Ended made = shell(folder.path(), "BULKHEAD='" BULKHEAD_BINARY "' TRIALS=1 '" BULKHEAD_SOURCE_DIR
                                            "/scripts/pictures.sh' pictures");
    CAPTURE(made.out);
    CAPTURE(made.err);
    REQUIRE(code_of(made) == 0);
    std::size_t pictures = 0;
    for (const auto& entry : fs::directory_iterator(BULKHEAD_SOURCE_DIR "/docs/pictures")) {
        const fs::path picture = folder / "pictures" / entry.path().filename();
        CAPTURE(picture.string());
        REQUIRE(fs::exists(picture));
        for (const fs::path& each : {picture, entry.path()}) { // of now, and the one in the repository
            const std::string bytes = bytes_of(each);
            CHECK(bytes.size() < 300'000);
            if (each.extension() == ".png") {
                CHECK(size_of_png(bytes).first >= 600);
                CHECK_FALSE(is_blank(bytes));
            } else {
                CHECK(has(bytes, "<svg"));
                CHECK(has(bytes, "<title>"));
                CHECK(has(bytes, "<text"));
            }
        }
        ++pictures;
    }
    CHECK(pictures >= 4);
    const std::string terminal = bytes_of(folder / "pictures/first-look.svg");
    for (const std::string part : {"segv-null", "siblings that survived", "golden runs", "fill=\"#7ee787\""}) {
        CHECK_MESSAGE(has(terminal, part), part);
    }
}

TEST_CASE("pictures of a terminal and single pieces are well-formed XML")
{
    const TempDir folder;
    if (code_of(shell(folder.path(), "command -v xmllint")) != 0) {
        MESSAGE("skipped: xmllint is not installed (Debian: libxml2-utils)");
        return;
    }
    const Ended escaped = shell(folder.path(), "printf '\\033[1;31ma<b\\033[0m & \\033[41mc\\033[K\\n' | awk -v "
                                               "columns=20 -v title='<&>' -f '" BULKHEAD_SOURCE_DIR
                                               "/scripts/ansi_to_svg.awk' > x.svg && xmllint --noout x.svg");
    CAPTURE(escaped.err);
    CHECK(code_of(escaped) == 0);
    const std::string svg = bytes_of(folder / "x.svg");
    CHECK(has(svg, ">a&lt;b</text>"));
    CHECK(has(svg, "font-weight=\"bold\""));
    CHECK(has(svg, "<rect"));
    CHECK_FALSE(has(svg, "\x1b"));
    const Ended committed = shell(folder.path(), "xmllint --noout '" BULKHEAD_SOURCE_DIR "/docs/pictures/'*.svg");
    CHECK_MESSAGE(code_of(committed) == 0, committed.err);
}

} // namespace
} // namespace bulkhead::tests
