#!/usr/bin/env bash
# Installs what is missing, builds Bulkhead, and runs the first experiment. Options are handed to `bulkhead run`.
set -euo pipefail
# shellcheck source=scripts/setup.sh
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

open_logs
install_missing "${build_packages[@]}"
build release bulkhead bulkhead-host
exec build/release/bulkhead run experiments/first-look.toml "$@"
