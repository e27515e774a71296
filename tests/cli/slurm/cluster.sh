# shellcheck shell=bash
# A real Slurm of two emulated nodes; sourced. Everything of it, processes, ports, files and the host's name, is in
# namespaces of its own and ends with them, however the test ends. Expects bash with `set -euo pipefail`.

PATH=$PATH:/usr/sbin:/sbin # also where ordinary users look for programs

# The reason why there can be no cluster here; nothing when there can.
why_no_cluster() {
    local needed
    [ "$(id -u)" -eq 0 ] || { echo "only root can start a Slurm"; return; }
    for needed in munged:munge slurmctld:slurmctld slurmd:slurmd sbatch:slurm-client scontrol:slurm-client ip:iproute2 \
        pgrep:procps setpriv:util-linux; do
        command -v "${needed%:*}" >/dev/null || { echo "there is no ${needed%:*} (Debian package ${needed#*:})"; return; }
    done
    id munge >/dev/null 2>&1 || { echo "there is no user munge (Debian package munge)"; return; }
    in_namespaces sh -c 'mount -t tmpfs none /run && ip link set lo up' 2>/dev/null ||
        echo "this machine lets nobody make namespaces"
}

# in_namespaces COMMAND...: killed with all of its descendants when it ends, or when its caller does.
in_namespaces() {
    setpriv --pdeathsig KILL unshare --mount --pid --fork --kill-child --mount-proc --net --ipc --uts "$@"
}

# await SECONDS WHAT COMMAND...: until the command succeeds; ends the script when it does not within the limit.
await() {
    local limit=$1 what=$2
    shift 2
    local deadline=$((SECONDS + limit))
    until "$@"; do
        [ "$SECONDS" -lt "$deadline" ] || fail "not within $limit s: $what"
        sleep 0.02
    done
}

fail() {
    echo "FAILED: $*" >&2
    tail -n 20 /run/cluster/log/* /run/cluster/out/*.log >&2 2>/dev/null || true
    exit 1
}

start_munge() {
    install -d -o munge -g munge /run/munge
    install -o munge -g munge -m 600 /dev/null /run/munge/key
    head -c 1024 /dev/urandom >/run/munge/key
    setpriv --reuid munge --regid munge --clear-groups munged --foreground --key-file /run/munge/key \
        --seed-file /run/munge/seed --log-file /run/munge/log --pid-file /run/munge/pid >/run/cluster/log/munged 2>&1 &
    await 20 "munge answers" sh -c 'munge -n 2>/dev/null | unmunge >/dev/null 2>&1'
}

write_configuration() {
    local node
    cat <<END
ClusterName=bulkhead
SlurmctldHost=bulkhead(127.0.0.1)
SlurmctldPort=16817
AuthType=auth/munge
CryptoType=crypto/munge
SlurmUser=root
SlurmdUser=root
StateSaveLocation=/run/cluster/state
SlurmdSpoolDir=/run/cluster/spool.%n
SlurmctldPidFile=/run/cluster/ctld.pid
SlurmdPidFile=/run/cluster/slurmd.%n.pid
SlurmctldLogFile=/run/cluster/log/slurmctld
SlurmdLogFile=/run/cluster/log/slurmd.%n
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
JobCompType=jobcomp/filetxt
JobCompLoc=/run/cluster/log/jobs
ReturnToService=2
MinJobAge=300
KillWait=2
SchedulerParameters=batch_sched_delay=0,sched_interval=1,defer=0
PartitionName=p Nodes=n0,n1 Default=YES MaxTime=10 State=UP
END
    for node in 0 1; do
        echo "NodeName=n$node NodeHostname=bulkhead NodeAddr=127.0.0.1 Port=$((17001 + node)) CPUs=1 RealMemory=100 State=UNKNOWN"
    done
}

both_are_idle() {
    [ "$(sinfo -h -N -o %T 2>/dev/null | sort | uniq -c | tr -s ' ')" = " 2 idle" ]
}

# Inside of the namespaces; afterwards sbatch and its like speak to this cluster.
start_cluster() {
    mount -t tmpfs none /run
    mkdir -p /run/cluster/{log,state,spool.n0,spool.n1}
    ip link set lo up
    ip address add 192.0.2.1/32 dev lo # getaddrinfo(3) finds nothing where there is only 127.0.0.1 (AI_ADDRCONFIG)
    hostname bulkhead
    echo '127.0.0.1 localhost bulkhead' >/run/cluster/hosts
    mount --bind /run/cluster/hosts /etc/hosts
    start_munge
    export SLURM_CONF=/run/cluster/slurm.conf
    write_configuration >"$SLURM_CONF"
    slurmctld -D -i -f "$SLURM_CONF" >/run/cluster/log/ctld.out 2>&1 &
    slurmd -D -N n0 -f "$SLURM_CONF" >/run/cluster/log/n0.out 2>&1 &
    slurmd -D -N n1 -f "$SLURM_CONF" >/run/cluster/log/n1.out 2>&1 &
    await 30 "both nodes are idle" both_are_idle
}
