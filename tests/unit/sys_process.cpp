// What is read from /proc, given as text.
#include "harness/sys/maps.hpp"
#include "harness/sys/process.hpp"
#include "harness/sys/processors.hpp"

#include <doctest/doctest.h>

using namespace bulkhead;

TEST_CASE("a line of /proc/PID/maps is a range, its permissions and what is behind it")
{
    const auto line = sys::parse_maps_line("00400000-004c3000 r-xp 00001000 08:01 1234567                            "
                                           "/usr/lib/with blank/bulkhead-host");
    REQUIRE(line);
    CHECK(line->start == 0x400000);
    CHECK(line->end == 0x4c3000);
    CHECK(line->permissions == "r-xp");
    CHECK(line->offset == 0x1000);
    CHECK(line->device == "08:01");
    CHECK(line->inode == 1234567);
    CHECK(line->path == "/usr/lib/with blank/bulkhead-host");
}

TEST_CASE("memory without a name has an empty path, and the highest range of x86-64 can be read")
{
    const auto nameless = sys::parse_maps_line("7f1c8a400000-7f1c8a440000 rw-p 00000000 00:00 0 ");
    REQUIRE(nameless);
    CHECK(nameless->path.empty());
    CHECK(nameless->inode == 0);
    const auto highest =
        sys::parse_maps_line("ffffffffff600000-ffffffffff601000 --xp 00000000 00:00 0                  [vsyscall]");
    REQUIRE(highest);
    CHECK(highest->start == 0xffffffffff600000);
    CHECK(highest->path == "[vsyscall]");
}

TEST_CASE("what is no line of /proc/PID/maps is told apart from one")
{
    for (const std::string_view text : {"", "Name:\tcat", "00400000-004c3000", "2000-1000 r-xp 0 08:01 1 /x"}) {
        CAPTURE(text);
        CHECK_FALSE(sys::parse_maps_line(text));
    }
}

TEST_CASE("an address lies in the range that holds it, and the end of a range is not in it")
{
    const std::vector<sys::MapsLine> lines{{.start = 0x1000, .end = 0x2000, .permissions = "r-xp"},
                                           {.start = 0x2000, .end = 0x3000, .permissions = "rw-p"}};
    CHECK(sys::line_with(lines, 0x1fff) == &lines[0]);
    CHECK(sys::line_with(lines, 0x2000) == &lines[1]);
    CHECK(sys::line_with(lines, 0x3000) == nullptr);
    CHECK(sys::line_with(lines, 0xfff) == nullptr);
}

TEST_CASE("the status of a process tells its memory, and that of a zombie tells that there is none")
{
    const auto alive = sys::parse_status("Name:\tbulkhead-host\nState:\tS (sleeping)\nPPid:\t12\nFDSize:\t64\n"
                                         "VmPeak:\t9999 kB\nVmSize:\t    1324 kB\nVmRSS:\t     712 kB\nThreads:\t2\n");
    REQUIRE(alive);
    CHECK(alive->name == "bulkhead-host");
    CHECK(alive->state == 'S');
    CHECK(alive->parent == 12);
    CHECK(alive->descriptor_slots == 64);
    CHECK(alive->size_kib == 1324);
    CHECK(alive->resident_kib == 712);
    CHECK(alive->threads == 2);
    const auto zombie =
        sys::parse_status("Name:\tbulkhead-host\nState:\tZ (zombie)\nPPid:\t12\nFDSize:\t0\nThreads:\t1\n");
    REQUIRE(zombie);
    CHECK(zombie->state == 'Z');
    CHECK_FALSE(zombie->size_kib);
    CHECK(zombie->descriptor_slots == 0);
    CHECK_FALSE(sys::parse_status(""));
}

TEST_CASE("a thread's priority, nice value and policy are found behind a name that holds anything")
{
    const std::string fields =
        " S 1 2 3 0 -1 4194560 1 0 0 0 0 0 0 0 25 5 2 0 100 1355776 178 18446744073709551615 1 1 "
        "0 0 0 0 0 0 0 0 0 0 17 1 0 3 0 0 0";
    const auto schedule = sys::parse_stat("4711 (a) S 99 (b)" + fields);
    REQUIRE(schedule);
    CHECK(*schedule == sys::Schedule{.state = 'S', .priority = 25, .nice = 5, .policy = "SCHED_BATCH"});
    CHECK_FALSE(sys::parse_stat("4711 (a) S 1 2"));
    CHECK_FALSE(sys::parse_stat(""));
}

TEST_CASE("the time that processors were idle is that of the processors asked for, waits for the disk included")
{
    const std::string_view stat = "cpu  1 1 1 600 60 0 0 0 0 0\n"
                                  "cpu0 1 1 1 100 10 0 0 0 0 0\n"
                                  "cpu1 1 1 1 200 20 0 0 0 0 0\n"
                                  "cpu10 1 1 1 300 30 0 0 0 0 0\n"
                                  "intr 12345\n";
    using std::chrono::milliseconds;
    CHECK(sys::parse_idle_time(stat, {0}) == milliseconds{1100});
    CHECK(sys::parse_idle_time(stat, {0, 10}) == milliseconds{4400});
    CHECK(sys::parse_idle_time(stat, {0, 2}) == std::nullopt);
    CHECK(sys::parse_idle_time("", {0}) == std::nullopt);
}

TEST_CASE("the parts of the processors are neighbours, alike in size, and all of them together")
{
    std::vector<std::uint32_t> processors;
    for (std::uint32_t count = 0; count <= 9; ++count) {
        for (std::uint32_t parts = 1; parts <= 10; ++parts) {
            std::vector<std::uint32_t> together;
            for (std::uint32_t number = 0; number < parts; ++number) {
                const auto part = sys::part_of(processors, number, parts);
                CHECK(
                    (parts > count ? part.empty() : part.size() == count / parts || part.size() == count / parts + 1));
                together.insert(together.end(), part.begin(), part.end());
            }
            CHECK(together == (parts > count ? std::vector<std::uint32_t>{} : processors));
            CHECK(sys::part_of(processors, parts, parts).empty());
        }
        processors.push_back(10 + 3 * count); // the caller may not use them all
    }
}
