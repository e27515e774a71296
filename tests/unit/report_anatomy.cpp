#include "anatomy_samples.hpp"
#include "report_samples.hpp"

#include "harness/report/anatomy.hpp"
#include "harness/report/text.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace bulkhead;
using nlohmann::json;
using samples::lines_of;
using samples::says;

namespace {

std::string text_of(const model::Anatomy& anatomy, report::Style style = {.colour = false, .width = 100})
{
    return report::anatomy_text(anatomy, style);
}

json json_of(const model::Anatomy& anatomy)
{
    return json::parse(report::anatomy_json(anatomy));
}

} // namespace

TEST_CASE("the text of an anatomy tells processes, threads, addresses, what is shared, and what death leaves")
{
    const std::string text = text_of(samples::anatomy("2x2"));
    for (const std::string part :
         {"anatomy of a pool 2x2 launched by exec, hosts share nothing",
          "each has open 0-2=/dev/null 4=anon_inode:[eventfd]", "p1t1 4722 S sleeping 20 0 SCHED_OTHER",
          "code 0x401040 r-xp bulkhead-host p0t0 p1t0", "segment 0x7f0000100040 rw-s memfd:bulkhead-segment p0t0 p1t0",
          "vm address space yes no", "heap yes no: other memory",
          "code, which nobody writes same, read-only same, read-only",
          "control 20 of 20 writes were seen in the writer", "p0t0 own GHSTM ----- -----", "It still has its pid 4721",
          "Z zombie. It has no memory and no descriptors; of its 2 threads 1 is still counted"}) {
        CHECK_MESSAGE(says(text, part), part);
    }
    CHECK(text.find('?') == text.find("? unknown")); // nothing is unknown but the legend's mark
}

TEST_CASE("a shared segment is seen by workers of other hosts, and nothing else of them is")
{
    const std::string text = text_of(samples::anatomy("2x2", true));
    CHECK(says(text, "hosts share segment"));
    CHECK(says(text, "p0t0 own GHSTM ----M ----M"));
    CHECK(says(text, "segment yes yes"));
}

TEST_CASE("what cannot be known is marked and explained, never guessed")
{
    model::Anatomy anatomy = samples::anatomy("2x2");
    for (model::Pair& pair : anatomy.pairs) {
        pair.resources.fill(model::Common::unknown);
        pair.parts.fill(model::Sight::unknown);
        pair.why_unknown = {"kcmp: Operation not permitted", "process_vm_readv: Operation not permitted"};
    }
    for (model::WorkerAnatomy& worker : anatomy.workers) {
        for (model::Address& address : worker.addresses) {
            address.control_holds.reset();
        }
        worker.schedule.reset();
    }
    anatomy.hosts.front().why_no_descriptors = "/proc/PID/fd: Permission denied";
    const std::string text = text_of(anatomy);
    CHECK(says(text, "vm address space ? ?"));
    CHECK(says(text, "? kcmp: Operation not permitted"));
    CHECK(says(text, "? process_vm_readv: Operation not permitted"));
    CHECK(says(text, "control 0 of 20"));
    CHECK(says(text, "p0 has open unknown: /proc/PID/fd: Permission denied"));
    const json parsed = json_of(anatomy);
    CHECK(parsed.at("pairs").at(0).at("same").at("vm").is_null());
    CHECK(parsed.at("pairs").at(0).at("sees").at("heap").is_null());
    CHECK(parsed.at("pairs").at(0).at("why_unknown").at(0) == "kcmp: Operation not permitted");
    CHECK(parsed.at("hosts").at(0).at("descriptors").is_null());
    CHECK_FALSE(parsed.at("figures").contains("seen_by_cell_mates.heap"));
}

TEST_CASE("what a thread has left is told, and that some of the pairs still share it")
{
    model::Anatomy anatomy = samples::anatomy("1x3");
    anatomy.unshared = {sys::Resource::files};
    for (model::Pair& pair : anatomy.pairs) {
        if (pair.writer.thread == 2 || pair.reader.thread == 2) {
            pair.resources.at(static_cast<std::size_t>(sys::Resource::files)) = model::Common::no;
        }
    }
    const std::string text = text_of(anatomy);
    CHECK(says(text, "the last thread of each host has its own: files"));
    CHECK(says(text, "files descriptor table in 2 of 6 -"));
    CHECK(json_of(anatomy).at("unshared") == json::array({"files"}));
}

TEST_CASE("a pool of one has nobody to share with")
{
    const std::string text = text_of(samples::anatomy("1x1"));
    CHECK_FALSE(says(text, "what two workers have in common"));
    CHECK(json_of(samples::anatomy("1x1")).at("pairs").empty());
}

TEST_CASE("the text of an anatomy stays within the terminal, holds no escape byte without colour, and stays short")
{
    for (const std::string shape : {"1x1", "2x2", "8x1", "1x16", "16x4"}) {
        for (const std::uint32_t width : {60U, 80U, 100U, 120U}) {
            const std::string text = text_of(samples::anatomy(shape), {.colour = false, .width = width});
            CHECK(text.find('\x1b') == std::string::npos);
            CHECK(lines_of(text_of(samples::anatomy(shape), {.colour = true, .width = width})) == lines_of(text));
            CHECK((width < 80 || lines_of(text).size() < 160));
            for (const std::string& line : lines_of(text)) {
                CAPTURE(line);
                CHECK(report::columns(line) <= width);
            }
        }
    }
}

TEST_CASE("the JSON of an anatomy has every host, worker and pair, addresses as text, and the figures")
{
    const json parsed = json_of(samples::anatomy("2x2"));
    CHECK(parsed.at("format") == "bulkhead-anatomy");
    CHECK(parsed.at("version") == 1);
    CHECK(parsed.at("hosts").size() == 2);
    CHECK(parsed.at("workers").size() == 4);
    CHECK(parsed.at("pairs").size() == 12);
    const json& host = parsed.at("hosts").at(1);
    CHECK(host.at("pid") == 4721);
    CHECK(host.at("memory").at("pss_kib") == 200);
    CHECK(host.at("descriptors").at(3).at("target") == "anon_inode:[eventfd]");
    const json& heap = parsed.at("workers").at(0).at("addresses").at(2);
    CHECK(heap.at("part") == "heap");
    CHECK(heap.at("address") == "0x1c3c040");
    CHECK(heap.at("mapping").at("path") == "[heap]");
    CHECK(heap.at("control_holds") == true);
    CHECK(parsed.at("workers").at(0).at("addresses").at(4).at("mapping").at("path").is_null());
    const json& pair = parsed.at("pairs").at(0);
    CHECK(pair.at("relation") == "cell-mate");
    CHECK(pair.at("same").at("sighand") == true);
    CHECK(pair.at("sees").at("code") == "same_file");
    CHECK(pair.at("sees").at("thread_local") == "seen");
    CHECK(parsed.at("remains").at("state") == "Z");
    CHECK(parsed.at("remains").at("memory").is_null());
    CHECK(parsed.at("figures").at("seen_by_other_hosts.heap") == 0.0);
}
