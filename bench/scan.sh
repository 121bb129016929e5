#!/usr/bin/env bash
# Times the whole scan on a simulated feed, from CSV files to findings and report, and the steps within it.
#   bench/scan.sh ORDERS [MEMORY]
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$here/unbrush" simulate --seed 3 --orders "${1:-100000}" --out "$work/feed"
du -sh "$work/feed"
time "$here/unbrush" scan "$work/feed" --memory "${2:-4GB}" --out "$work/findings" 2>/dev/null
python3 - "$work/findings/run.json" <<'P'
import json, sys
steps = json.load(open(sys.argv[1]))["steps"]
for s in sorted(steps, key=lambda s: -s["seconds"])[:12]:
    print(f'{s["name"]:20}{s["seconds"]:8.2f} s{s["peak_bytes"] >> 20:8} MiB at the most so far')
P
