#!/usr/bin/env bash
# shards_on_two_nodes.sh BULKHEAD: a campaign in eight shards on a real Slurm of two nodes, one of them killed and
# requeued, and one requeued while it runs, has the verdicts of the same campaign on one machine.
# Exit code 77, with the reason, where there can be no Slurm.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=tests/cli/slurm/cluster.sh
source "$here/cluster.sh"
bulkhead=$(realpath "$1")

if [ "${2:-}" != inside ]; then
    reason=$(why_no_cluster)
    if [ -n "$reason" ]; then
        echo "skipped: $reason"
        exit 77
    fi
    in_namespaces bash "$here/shards_on_two_nodes.sh" "$bulkhead" inside
    exit
fi

out=/run/cluster/out

# The verdicts in a report, with their reasons, and without the folder of the experiment.
verdicts() {
    sed -n '/^expectations /,/^results /{/^results /d;s|(.*/x.toml:|(x.toml:|;p}' "$1"
}

has_begun() { # shard N has a trial in its file
    [ "$("$bulkhead" show "$out/x-$1-of-8.db" --format json 2>/dev/null | sed -n 's/^ *"finished": \([0-9]*\),$/\1/p')" -gt 0 ] 2>/dev/null
}

state_is() { # JOB STATE...
    local job=$1 state
    state=$(scontrol show job "$job" | sed -n 's/.*JobState=\([A-Z]*\).*/\1/p')
    shift
    [[ " $* " == *" $state "* ]]
}

all_have_ended() {
    [ -z "$(squeue -h -j "$array,$merge" 2>/dev/null)" ]
}

start_cluster
cd /run/cluster
cat >x.toml <<'END'
schema = 1
name = "x"
[pool]
shapes = ["4x1", "2x2", "1x4"]
[fault]
kinds = ["segv-null", "thread-exit"]
[trials]
count = 400
seed = 5
[[expect]]
when = { shape = "4x1" }
survivors = "all"
[[expect]]
when = { shape = "1x4", fault = "segv-null" }
survivors = "none"
[[expect]]
when = { shape = "2x2" }
survivors = "all"
END
code=0
"$bulkhead" -q run x.toml --out one-machine.db >one-machine.txt || code=$?
[ "$code" -eq 1 ] || fail "one machine: exit code $code"

"$bulkhead" submit slurm x.toml --shards 8 --max-running 2 --out "$out" -- --time=5 "--comment=it's a\\b" | tee submitted.txt
array=$(sed -n 's/^job \([0-9]*\): x, .*/\1/p' submitted.txt)
merge=$(sed -n 's/^job \([0-9]*\): merges.*/\1/p' submitted.txt)
scontrol show job "$array" | grep -F "Comment=it's a\\b" >/dev/null || fail "Slurm reads another comment than was given"
for task in 3 8; do # the last one, so that the merge cannot begin before we are done here
    scontrol hold "${array}_$task"
done

await 60 "shard 1 is at work" has_begun 1
# The oldest: a host that is being launched has the same words for a moment.
kill -KILL "$(pgrep -o -f -- '--shard 1/8')" || fail "shard 1 was done before it could be killed"
await 30 "Slurm has noticed" state_is "${array}_1" FAILED NODE_FAIL
scontrol requeue "${array}_1"
scontrol release "${array}_3"
await 60 "shard 3 is at work" has_begun 3
scontrol requeue "${array}_3" || fail "shard 3 was done before it could be requeued"
for task in 1 3; do # a requeued task waits two minutes, in case its node is ill
    await 30 "shard $task is pending" state_is "${array}_$task" PENDING RUNNING COMPLETED
    scontrol update "jobid=${array}_$task" starttime=now 2>/dev/null || true
done
scontrol release "${array}_8"
await 240 "everything has ended" all_have_ended

verdicts one-machine.txt >expected.txt
verdicts "$out/merge.log" >merged.txt
[ "$(grep -c 'REFUTED\|UPHELD' expected.txt)" -eq 3 ] || fail "these are no verdicts: $(cat expected.txt)"
diff expected.txt merged.txt || fail "other verdicts than on one machine"
scontrol show job "$merge" | grep -q 'ExitCode=1:0' || fail "the merge does not tell that an expectation is refuted"
"$bulkhead" show "$out/x.db" >shown.txt
for shard in 1 3; do
    grep -q "gone on .*(shard $shard)" shown.txt || fail "shard $shard was not gone on with"
done
grep -q 'JobState=FAILED .* ArrayTaskId=1 .* ExitCode=0:9' /run/cluster/log/jobs || fail "shard 1 was not killed"
for node in n0 n1; do
    grep -q "NodeList=$node " /run/cluster/log/jobs || fail "$node has run nothing"
done
echo "as on one machine, with shard 1 killed and shard 3 requeued at work:"
cat merged.txt
