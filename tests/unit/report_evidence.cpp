#include "report_samples.hpp"

#include "harness/report/chronicle.hpp"
#include "harness/report/evidence.hpp"
#include "harness/report/text.hpp"

#include <algorithm>
#include <doctest/doctest.h>

using namespace bulkhead;
using samples::lines_of;
using samples::says;

namespace {

constexpr report::Style plain{.colour = false, .width = 80};

std::string text_of(const model::TrialRecord& record)
{
    return report::trial_text(record, "first-look", plain);
}

std::vector<std::string> texts_of(const model::TrialRecord& record, const std::string& event)
{
    std::vector<std::string> texts;
    for (const report::Event& each : report::chronicle_of(record)) {
        if (each.name == event) {
            texts.push_back(each.text);
        }
    }
    return texts;
}

std::vector<report::Evidence> evidence_of(const model::TrialRecord& record)
{
    return report::evidence_of(record, model::judge(record));
}

/// A cell-mate of the victim.
model::WorkerRecord& cell_mate_of(model::TrialRecord& record)
{
    return *std::ranges::find_if(record.workers, [&](const model::WorkerRecord& worker) {
        return model::relation_of(worker.id, record.plan.victim) == model::Relation::cell_mate;
    });
}

model::TrialRecord contaminated(const std::vector<model::Change>& changes)
{
    model::TrialRecord record = samples::trial(samples::plan("umask", "1x8"));
    for (model::WorkerRecord& worker : record.workers) {
        worker.changes = changes;
    }
    return record;
}

} // namespace

TEST_CASE("what a channel showed is told in words, with the neighbour and the kind")
{
    model::TrialPlan plan = samples::plan("segv-null", "4x1");
    plan.variant = {.workload = model::Workload::ring, .channel = model::ChannelKind::stream};
    model::TrialRecord record = samples::trial(plan);
    record.workers[0].receiving = model::Passage::end_of_stream;
    record.workers[0].sending = model::Passage::reset;
    const auto groups = evidence_of(record);
    const auto lines = std::ranges::find_if(groups, [](const report::Evidence& group) {
        return std::ranges::find(group.workers, model::WorkerId{0, 0}) != group.workers.end();
    });
    REQUIRE(lines != groups.end());
    const auto has = [&](std::string_view line) { return std::ranges::find(lines->lines, line) != lines->lines.end(); };
    CHECK(has("receiving from p3t0 by stream it was shown the end of the stream: nobody is left who could send"));
    CHECK(has("sending to p1t0 by stream it was shown a reset (ECONNRESET)"));
}

TEST_CASE("what a channel showed to a client is told of the owner, not of a neighbour")
{
    model::TrialPlan plan = samples::plan("segv-null", "4x1");
    plan.variant = {.workload = model::Workload::owned_ledger, .channel = model::ChannelKind::pipe};
    model::TrialRecord record = samples::trial(plan);
    record.workers[3].sending = model::Passage::broken_pipe;
    std::string text;
    for (const report::Evidence& group : evidence_of(record))
        for (const std::string& line : group.lines)
            text += line + '\n';
    CHECK(text.find("sending to the owner p0t0 by pipe it was shown nobody to receive (EPIPE)\n") != std::string::npos);
}

TEST_CASE("what changed is told from what to what, and once for all workers of whom it was the same")
{
    const model::TrialRecord record = samples::trial(samples::plan("change-directory", "4x2"));
    const std::vector<report::Evidence> evidence = evidence_of(record);
    REQUIRE(evidence.size() == 1);
    CHECK(evidence.front().outcome == model::Outcome::contaminated);
    CHECK(evidence.front().workers.size() == 2);
    CHECK(evidence.front().lines == std::vector<std::string>{"working directory: / -> /tmp"});
    const std::string host = "p" + std::to_string(record.plan.victim.host);
    CHECK(says(text_of(record), "evidence contaminated " + host + "t0.." + host + "t1 working directory: / -> /tmp"));
}

TEST_CASE("workers of whom nothing was seen but their work have no line of evidence")
{
    CHECK(evidence_of(samples::trial(samples::plan("none", "4x2"))).empty());
    CHECK(text_of(samples::trial(samples::plan("errno", "4x2"))).find("evidence\n") == std::string::npos);
}

TEST_CASE("changes that differ in a number only share a line, and a signal has its name")
{
    std::vector<model::Change> changes{{"signal 10", "default", "ignored"}};
    for (const int number : {13, 14, 15, 16, 18}) {
        changes.push_back({"descriptor " + std::to_string(number), "not there", "/dev/null"});
    }
    changes.push_back({"descriptor 19", "not there", "/dev/zero"});
    CHECK(evidence_of(contaminated(changes)).front().lines ==
          std::vector<std::string>{"SIGUSR1: default -> ignored", "descriptor 13..16: not there -> /dev/null",
                                   "descriptor 18: not there -> /dev/null", "descriptor 19: not there -> /dev/zero"});
}

TEST_CASE("of many changes some are shown and the others counted")
{
    std::vector<model::Change> changes;
    for (int i = 0; i < 40; ++i) {
        changes.push_back({"variable A" + std::string(static_cast<std::size_t>(i), 'x'), "old", "new"});
    }
    CHECK(says(text_of(contaminated(changes)), "and 33 more; --format json has them all"));
}

TEST_CASE("a failed check names the places that failed")
{
    model::TrialRecord record = samples::trial(samples::plan("wild-write", "4x2"));
    cell_mate_of(record).broken = 0b101;
    CHECK(says(text_of(record),
               "corrupted " + to_string(cell_mate_of(record).id) + " a check failed: its stack and its globals"));
    cell_mate_of(record).broken = 0;
    CHECK(says(text_of(record), "a check failed: its result is not the one that its ops demand"));
}

TEST_CASE("silence is told apart: asleep, starved, stopped, or merely silent until the window ended")
{
    const model::TrialRecord asleep = samples::trial(samples::plan("hold-lock", "4x2"));
    CHECK(says(text_of(asleep), "it owed an answer, and slept on without once being run"));
    CHECK(says(text_of(asleep), "it completed no op after the fault"));

    const samples::Mishap stall{
        .a_sibling_dies = false, .a_sibling_stalls = true, .a_sibling_changes = false, .inconclusive = ""};
    model::TrialRecord silent = samples::trial(samples::plan("abort", "8x1"), stall);
    CHECK(says(text_of(silent), "it did not answer within the window of 500 ms"));
    silent.workers.back().starved = true;
    CHECK(says(text_of(silent), "was stopped by others, or may wait for one at a disk: that is no stall"));
    CHECK(text_of(silent).starts_with("INCONCLUSIVE"));

    CHECK(says(text_of(samples::trial(samples::plan("freeze", "4x2"))), "its host was stopped by a signal"));
}

TEST_CASE("rates are told before and after with their ratio, and against the share that counts as degraded")
{
    model::TrialRecord record = samples::trial(samples::plan("cpu-hog", "1x2"));
    CHECK(says(text_of(record), "degraded p0t0..p0t1 1.00 M ops per second at full speed before, 125 k after: 0.12 of "
                                "it, below the 0.5 that counts as degraded"));
    const std::string burst = report::describe(record.plan.burst);
    CHECK(says(text_of(record), "rates measured for " + burst + ", degraded below 0.5 of the rate before"));
    const std::string average = "2 workers at full speed for " + burst + ": 1.00 M ops per second each on average";
    REQUIRE(texts_of(record, "rates").size() == 2);
    CHECK(texts_of(record, "rates").front() == average);

    for (model::WorkerRecord& worker : record.workers) {
        worker.rate_after = *worker.rate_before * 0.9;
    }
    CHECK(says(text_of(record), "900 k to 901 k after: 0.90 of it"));
    CHECK(text_of(record).find("counts as degraded") == std::string::npos);
}

TEST_CASE("the time line tells that the victim went on, who slept, and what the kernel counted")
{
    const model::TrialRecord record = samples::trial(samples::plan("umask", "2x2"));
    CHECK(texts_of(record, "went on") ==
          std::vector<std::string>{to_string(record.plan.victim) +
                                   ", by its own word: the fault came back as it should"});
    CHECK(texts_of(samples::trial(samples::plan("hold-lock", "4x2")), "asleep").size() == 1);
    CHECK(texts_of(samples::trial(samples::plan("hold-lock", "1x64")), "asleep").size() == 3);
    const model::TrialRecord oom = samples::trial(samples::plan("oom-kill", "4x2"));
    const std::string host = std::to_string(oom.plan.victim.host);
    CHECK(texts_of(oom, "OOM kills") ==
          std::vector<std::string>{"counted by the kernel in the cgroup of host " + host + ": 1"});
    CHECK(says(text_of(oom), "the kernel counted 1 OOM kill in the cgroup of host " + host));
}

TEST_CASE("a signal to the group, and a stop, are the supervisor's doing")
{
    const model::TrialRecord own = samples::trial(samples::plan("group-signal:SIGTERM", "4x2"));
    CHECK(says(text_of(own),
               "by the supervisor (signal to the process group of host " + std::to_string(own.plan.victim.host) + ")"));
    model::Containment shared;
    shared.shared = model::bit_of(model::Medium::group);
    const model::TrialRecord all = samples::trial(samples::plan("group-signal:SIGTERM", "4x2", shared));
    CHECK(says(text_of(all), "that all hosts share)"));
    CHECK(says(text_of(all), "0 of 7 siblings survived, as predicted (cell-mates died, other hosts died)"));
    CHECK(says(text_of(samples::trial(samples::plan("freeze", "2x2"))), "by the supervisor (to host "));
}

TEST_CASE("the head of a trial says what its hosts share")
{
    CHECK(says(text_of(samples::trial(samples::plan("umask", "2x2"))), "hosts share nothing"));
    CHECK(text_of(samples::trial(samples::plan("abort", "2x2"))).find("share") == std::string::npos);
    model::Containment shared;
    shared.shared = model::bit_of(model::Medium::lock);
    shared.robust_lock = true;
    const model::TrialRecord record = samples::trial(samples::plan("die-holding-lock", "2x2", shared));
    CHECK(says(text_of(record), "hosts share lock; the lock is robust"));
    CHECK(says(text_of(record), "3 of 3 siblings survived, as predicted"));
}

TEST_CASE("no fate of a victim is marked as a surprise, since its end is a condition of the judgement")
{
    const model::TrialRecord record = samples::trial(samples::plan("wild-write", "2x2"));
    CHECK(text_of(record).find(" ! ") == std::string::npos);
}

TEST_CASE("the evidence on every fault of the catalogue stays within the terminal")
{
    for (const model::FaultRow& row : model::catalogue()) {
        if (row.family == model::Family::harness) {
            continue;
        }
        const std::string fault = std::string(row.id) + (model::takes_signal(row) ? ":SIGTERM" : "");
        CAPTURE(fault);
        const model::TrialRecord record = samples::trial(samples::plan(fault, "4x2"));
        CHECK_MESSAGE(model::judge(record).as_predicted, model::judge(record).inconclusive);
        for (const std::string& line : lines_of(text_of(record))) {
            CHECK(report::columns(line) <= 80);
        }
    }
}
