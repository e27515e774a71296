#!/usr/bin/env bash
# run.sh BULKHEAD FOLDER: the tests of the report's page, in Chromium. The reports, and a picture of each, are left in
# FOLDER. Ends with 77 (skipped) where something is missing.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

skip() {
    printf 'skipped: %s\n' "$1"
    exit 77
}

export BULKHEAD_CHROMIUM=${BULKHEAD_CHROMIUM:-/usr/bin/chromium}
command -v node >/dev/null || skip "there is no node (Debian: nodejs)"
command -v python3 >/dev/null || skip "there is no python3"
[ -x "$BULKHEAD_CHROMIUM" ] || skip "there is no $BULKHEAD_CHROMIUM (Debian: chromium)"
# shellcheck disable=SC2015 # skip ends the script
[ -d "$here/node_modules/playwright-core" ] && [ -d "$here/node_modules/axe-core" ] ||
    skip "there are no modules for node: npm ci --prefix tests/page"

export BULKHEAD_BINARY=$1 BULKHEAD_PAGE_FOLDER=$2
mkdir -p "$BULKHEAD_PAGE_FOLDER"
exec node --test --test-concurrency=1 "$here"/*.test.js
