// Who ended a host: the fault, its supervisor, or somebody who ended the whole job.
#include "harness/model/ended_by.hpp"
#include "model_records.hpp"

#include <csignal>
#include <doctest/doctest.h>

using namespace bulkhead;
using model::may_be_ended_from_outside;
using tests::end_host;
using tests::quiet_record;
using tests::struck_record;

namespace {

model::TrialRecord one_for_all(std::uint32_t host, int signal)
{
    model::Containment containment;
    containment.supervision.strategy = model::Strategy::one_for_all;
    model::TrialRecord record = struck_record("segv-null", "2x1", {}, containment);
    end_host(record, 1, sys::Signaled{SIGTERM, false});
    record.restarts = {{.strike = 1, .host = 0, .launched = 4'100, .ready = 4'200},
                       {.strike = 1, .host = 1, .collateral = true, .launched = 4'100, .ready = 4'200}};
    record.restarts[host].termination = sys::Signaled{signal, false};
    record.restarts[host].end_seen = 4'300;
    return record;
}

} // namespace

TEST_CASE("no fault of the catalogue that does what it should looks like the end of a job")
{
    for (std::uint16_t row = 0; row < model::catalogue().size(); ++row) {
        const bool takes_signal = model::takes_signal(model::catalogue()[row]);
        const std::string fault = model::to_string(model::Fault{row, takes_signal ? SIGTERM : 0});
        for (const std::string_view shape : {"1x1", "4x1", "2x2", "1x4"}) {
            CAPTURE(fault);
            CAPTURE(shape);
            CHECK_FALSE(may_be_ended_from_outside(struck_record(fault, shape)));
            CHECK_FALSE(may_be_ended_from_outside(quiet_record(fault, shape)));
        }
    }
}

TEST_CASE("a host that such a signal ended, and nobody in the trial sent it, may be one of a job that is ended")
{
    for (const int signal : {SIGTERM, SIGKILL, SIGINT, SIGHUP, SIGQUIT}) {
        CAPTURE(signal);
        for (const char* const fault : {"none", "segv-null", "thread-exit", "wild-write"}) {
            for (const std::uint32_t host : {0U, 1U}) { // the victim's, and another
                model::TrialRecord record = quiet_record(fault, "2x2");
                end_host(record, host, sys::Signaled{signal, false});
                CHECK(may_be_ended_from_outside(record));
            }
        }
    }
    model::TrialRecord record = quiet_record("none", "2x2");
    end_host(record, 1, sys::Signaled{SIGSEGV, false});
    CHECK_FALSE(may_be_ended_from_outside(record));
    end_host(record, 1, sys::Exited{1});
    CHECK_FALSE(may_be_ended_from_outside(record));
}

TEST_CASE("the signal that a fault sends explains the end of whom it reaches, and of nobody else")
{
    model::TrialRecord record = struck_record("kill:SIGTERM", "4x1");
    CHECK_FALSE(may_be_ended_from_outside(record));
    end_host(record, 2, sys::Signaled{SIGTERM, false});
    CHECK(may_be_ended_from_outside(record));
    record = struck_record("kill:SIGTERM", "4x1");
    end_host(record, 0, sys::Signaled{SIGKILL, false});
    CHECK(may_be_ended_from_outside(record));
}

TEST_CASE("whom its supervisor ended because of another was not ended from outside")
{
    CHECK_FALSE(may_be_ended_from_outside(one_for_all(0, SIGSEGV)));
    CHECK(may_be_ended_from_outside(one_for_all(1, SIGTERM)));
    model::TrialRecord again = one_for_all(1, SIGTERM); // and is launched once more, after the second strike
    again.restarts.push_back({.strike = 2, .host = 0, .launched = 5'000, .ready = 5'100});
    again.restarts.push_back({.strike = 2, .host = 1, .collateral = true, .launched = 5'000, .ready = 5'100});
    CHECK_FALSE(may_be_ended_from_outside(again));
    model::TrialRecord given_up = one_for_all(1, SIGTERM);
    given_up.given_up = 4'250;
    CHECK_FALSE(may_be_ended_from_outside(given_up));
}
