#include "harness/model/fault.hpp"

#include "tests/unit/model_records.hpp"

#include <csignal>
#include <set>

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace bulkhead::model;
using bulkhead::sys::Exited;
using bulkhead::sys::Signaled;
using bulkhead::tests::fault;

TEST_CASE("every fault of the catalogue is read back as it is written")
{
    for (const FaultRow& row : catalogue()) {
        CAPTURE(row.id);
        const std::string text = std::string(row.id) + (takes_signal(row) ? ":SIGTERM" : "");
        const auto parsed = parse_fault(text);
        REQUIRE(parsed);
        CHECK(row_of(*parsed).id == row.id);
        CHECK(to_string(*parsed) == text);
    }
}

TEST_CASE("every id of the catalogue is there once")
{
    std::set<std::string_view> ids;
    for (const FaultRow& row : catalogue())
        CHECK_MESSAGE(ids.insert(row.id).second, row.id);
}

TEST_CASE("every signal may be sent to a host and to a thread, by its full name and by its short one")
{
    for (const std::string_view name : signal_names()) {
        for (const std::string kind : {"kill:", "tgkill:"}) {
            CAPTURE(name);
            const auto by_full_name = parse_fault(kind + std::string(name));
            REQUIRE(by_full_name);
            CHECK(by_full_name == parse_fault(kind + std::string(name.substr(3))));
            CHECK(parse_fault(to_string(*by_full_name)) == by_full_name);
        }
    }
}

TEST_CASE("what is no fault is not read as one")
{
    for (const char* text : {"",           "kill",          "tgkill",          "kill:",
                             "kill:NOPE",  "kill:9",        "kill:SIGSIGTERM", "kill:sigterm",
                             "kill:SIG",   "kill: SIGTERM", "kill:SIGTERM:",   "segv-null:SIGTERM",
                             "segv-null:", "SEGV-NULL",     "segv_null",       " segv-null",
                             "none:",      ":SIGTERM",      "kill:32",         "kill:SIGRTMIN+31"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_fault(text));
    }
}

TEST_CASE("a signal's name and number belong together")
{
    CHECK(signal_name(SIGSEGV) == "SIGSEGV");
    CHECK(signal_name(SIGABRT) == "SIGABRT");
    CHECK(signal_name(SIGIO) == "SIGIO");
    CHECK(signal_name(34) == "SIGRTMIN");
    CHECK(signal_name(36) == "SIGRTMIN+2");
    CHECK(signal_name(64) == "SIGRTMIN+30");
    CHECK(signal_name(99) == "signal 99");
    CHECK(signal_name(0) == "signal 0");
    CHECK(signal_name(-1) == "signal -1");
    CHECK(parse_signal("SIGTERM") == SIGTERM);
    CHECK(parse_signal("TERM") == SIGTERM);
    CHECK(parse_signal("RTMIN+2") == 36);
    CHECK(parse_signal("SIGPOLL") == SIGIO);
    CHECK(parse_signal("IOT") == SIGABRT);
    CHECK_FALSE(parse_signal(""));
    for (int signal = 1; signal <= 64; ++signal) {
        CAPTURE(signal);
        const bool kept_by_glibc = signal == 32 || signal == 33;
        CHECK(parse_signal(signal_name(signal)).has_value() != kept_by_glibc);
        if (!kept_by_glibc)
            CHECK(parse_signal(signal_name(signal)) == signal);
    }
}

TEST_CASE("a signal whose default action ends a process ends all of the victim's")
{
    for (const std::string_view name :
         {"SIGTERM", "SIGHUP", "SIGINT", "SIGUSR1", "SIGALRM", "SIGPWR", "SIGIO", "SIGSTKFLT", "SIGQUIT", "SIGSEGV",
          "SIGABRT", "SIGSYS", "SIGXCPU", "SIGTRAP", "SIGKILL", "SIGRTMIN", "SIGRTMIN+30"}) {
        for (const std::string kind : {"kill:", "tgkill:"}) {
            CAPTURE(name);
            const FaultNature nature = nature_of(fault(kind + std::string(name)));
            CHECK(nature.effect == Effect::dies);
            CHECK(nature.reach == Reach::process);
            CHECK(nature.end == VictimEnd{ProcessEnds{Signaled{*parse_signal(name), false}}});
        }
    }
}

TEST_CASE("a signal that is ignored by default, or discarded in an orphaned process group, does nothing to anybody")
{
    for (const std::string_view name : {"SIGCHLD", "SIGURG", "SIGWINCH", "SIGCONT", "SIGTSTP", "SIGTTIN", "SIGTTOU"}) {
        CAPTURE(name);
        const FaultNature nature = nature_of(fault("kill:" + std::string(name)));
        CHECK(nature.effect == Effect::nothing);
        CHECK(nature.reach == Reach::worker);
        CHECK(nature.end == VictimEnd{GoesOn{}});
    }
}

TEST_CASE("SIGSTOP stops the whole process, even when it is sent to one thread")
{
    for (const char* text : {"kill:SIGSTOP", "tgkill:SIGSTOP"}) {
        const FaultNature nature = nature_of(fault(text));
        CHECK(nature.effect == Effect::stalls);
        CHECK(nature.reach == Reach::process);
        CHECK(nature.end == VictimEnd{ProcessStops{}});
    }
}

TEST_CASE("the nature of a fault that takes no signal is its row's")
{
    for (const FaultRow& row : catalogue()) {
        if (takes_signal(row))
            continue;
        CAPTURE(row.id);
        const FaultNature nature = nature_of(fault(row.id));
        CHECK(nature.effect == row.effect);
        CHECK(nature.reach == row.reach);
        CHECK(nature.end == row.end);
    }
}

TEST_CASE("what a torn update leaves is mended by repair, and seen only by whoever takes a lock")
{
    const Fault torn = fault("torn-update");
    const auto leaves = [torn](const Containment& containment) { return nature_of(torn, containment).leaves.effect; };
    const std::uint32_t both = bit_of(Medium::lock) | bit_of(Medium::segment);
    CHECK(leaves({}) == Effect::corrupts);
    CHECK(leaves({.robust_lock = true}) == Effect::corrupts);
    CHECK(leaves({.robust_lock = true, .repairs = true}) == Effect::nothing);
    CHECK(leaves({.shared = both, .robust_lock = true, .repairs = true}) == Effect::nothing);
    CHECK(leaves({.shared = both, .unlocked = true}) == Effect::nothing);
}

TEST_CASE("only none is golden")
{
    for (const FaultRow& row : catalogue())
        CHECK(is_golden(fault(std::string(row.id) + (takes_signal(row) ? ":KILL" : ""))) == (row.id == "none"));
}

TEST_CASE("exit(139) and a SIGSEGV are told apart in words")
{
    CHECK(describe(bulkhead::sys::Termination{Exited{139}}) == "exited with code 139");
    CHECK(describe(bulkhead::sys::Termination{Signaled{SIGSEGV, false}}) == "killed by SIGSEGV");
    CHECK(describe(bulkhead::sys::Termination{Signaled{SIGSEGV, true}}) == "killed by SIGSEGV (core dumped)");
}

TEST_CASE("every end of a victim is put in words of its own")
{
    std::set<std::string> texts;
    for (const VictimEnd& end :
         {VictimEnd{GoesOn{}}, VictimEnd{ProcessEnds{Exited{3}}}, VictimEnd{WorkerEnds{Exited{3}}},
          VictimEnd{ImageReplaced{}}, VictimEnd{ProcessStops{}}})
        CHECK(texts.insert(describe(end)).second);
    CHECK(describe(VictimEnd{ProcessEnds{Signaled{SIGBUS, false}}}) == "its process ends: killed by SIGBUS");
}

TEST_CASE("any text at all is either a fault that is written back to the same fault, or none")
{
    const auto part = rc::gen::element<std::string>("kill", "tgkill", ":", "SIG", "TERM", "RTMIN", "+2", "none",
                                                    "segv-null", "", " ", "9");
    CHECK(rc::check([&] {
        std::string text;
        for (const std::string& piece : *rc::gen::container<std::vector<std::string>>(part))
            text += piece;
        if (const auto parsed = parse_fault(text))
            RC_ASSERT(parse_fault(to_string(*parsed)) == parsed);
    }));
}
