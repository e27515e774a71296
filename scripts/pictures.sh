#!/usr/bin/env bash
# Makes the pictures of the documentation, by the program itself: scripts/pictures.sh [FOLDER] (docs/pictures).
# BULKHEAD is the program (build/release/bulkhead); TRIALS the trials of each cell, instead of the files'. What runs is what
# each picture shows; nothing is drawn by hand. Without chromium there is no picture of the report's page, and the exit code is 77.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
folder=${1:-$root/docs/pictures}
bulkhead=$(realpath "${BULKHEAD:-$root/build/release/bulkhead}")
trials=(${TRIALS:+--trials "$TRIALS"})
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT
cd "$work"

# terminal FILE COLUMNS TITLE FILTER LINE: what a line of bash writes to a terminal, in colour, through a filter of sed.
terminal() {
    local file=$1 columns=$2 title=$3 filter=$4 line=$5
    # script(1) gives it a terminal; its standard error, where the progress goes, is no part of the picture.
    TERM=xterm-256color script -qec "stty cols $columns rows 50; { $line; } 2>/dev/null" /dev/null </dev/null >ansi.txt || true
    sed -n "$filter" ansi.txt | awk -v columns="$columns" -v title="$title" -f "$root/scripts/ansi_to_svg.awk" >"$folder/$file"
}

# page FILE WIDTH HEIGHT HTML: a page as a browser shows it.
page() {
    local file=$1 width=$2 height=$3 html=$4
    # A profile of its own, and nothing of the network: the page asks for nothing.
    "$chromium" --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking \
        --disable-component-update --disable-sync --hide-scrollbars --user-data-dir="$work/profile" \
        --window-size="$width,$height" --virtual-time-budget=3000 --screenshot="$folder/$file" "file://$work/$html" >chromium.log 2>&1
}

# The results that the pictures are of. Exit code 3: too few trials to decide.
"$bulkhead" -q run "$root/experiments/first-look.toml" "${trials[@]}" --out first-look.db >/dev/null || [ $? -eq 3 ]

terminal first-look.svg 84 "bulkhead run experiments/first-look.toml: who survived" \
    '/first-look: Does/,/until the fault/{/until the fault/!p};/expectations/,/results/{/results/!p}' \
    "'$bulkhead' show first-look.db"
terminal anatomy.svg 84 "bulkhead anatomy --shape 2x2: who sees whose writes" \
    '/what two workers have in common/,/after death/{/after death/!p}' "'$bulkhead' anatomy --shape 2x2"
terminal explain.svg 84 "bulkhead explain segv-holding-lock" '$!p' "'$bulkhead' explain segv-holding-lock"
"$bulkhead" report first-look.db --format svg --view lifelines -o "$folder/lifelines.svg" >/dev/null
"$bulkhead" report first-look.db --format svg --view dial -o "$folder/dial.svg" >/dev/null

"$bulkhead" report first-look.db -o report.html >/dev/null
if ! chromium=$(command -v chromium || command -v google-chrome); then
    echo "chromium is not installed: no picture of the report's page" >&2
    exit 77
fi
page report.png 1200 1720 report.html
