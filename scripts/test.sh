#!/usr/bin/env bash
# Installs what is missing, builds everything, and runs every test. Options are handed to ctest: scripts/test.sh -L unit
set -euo pipefail
# shellcheck source=scripts/setup.sh
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

open_logs
install_missing "${build_packages[@]}" "${test_packages[@]}"
fetch_schemas
build release
exec ctest --preset release -j 2 "$@" # the test of the page, which needs both cores, runs alone
