#!/usr/bin/env bash
# Times the whole scan on a simulated feed, from CSV files to findings and report, and the steps within it; and, in the
# same run, its baseline: DuckDB merely reading the same CSV files into tables.
#   bench/scan.sh ORDERS [MEMORY]
# FEED=DIR takes a feed that is already there.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
feed=${FEED:-$work/feed}
[ -n "${FEED:-}" ] || "$here/unbrush" simulate --seed 3 --orders "${1:-100000}" --out "$feed"
"$here/unbrush" --help >/dev/null # builds, where that is due
dotnet build "$here/bench/Unbrush.Baseline" -c Release -nologo -v quiet >/dev/null
du -shL "$feed"
dotnet "$here/artifacts/bin/Unbrush.Baseline/release/unbrush-baseline.dll" read "$feed" >"$work/baseline"
mkdir "$work/tmp"
TMPDIR="$work/tmp" python3 - "$here/unbrush" "$feed" "${2:-4GB}" "$work" <<'P'
import json, os, resource, subprocess, sys, threading, time
unbrush, feed, memory, work = sys.argv[1:]
findings, room = os.path.join(work, "findings"), os.path.join(work, "tmp")
most, done = 0, threading.Event()

def watch():
    global most
    while not done.wait(0.5):
        size = 0
        for folder, _, files in os.walk(room):
            for file in files:
                try:
                    size += os.lstat(os.path.join(folder, file)).st_blocks * 512
                except OSError:
                    pass
        most = max(most, size)

start = time.monotonic()
threading.Thread(target=watch, daemon=True).start()
subprocess.run([unbrush, "scan", feed, "--memory", memory, "--out", findings], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
seconds = time.monotonic() - start
done.set()
used = resource.getrusage(resource.RUSAGE_CHILDREN)
processor = used.ru_utime + used.ru_stime
steps = json.load(open(os.path.join(findings, "run.json")))["steps"]
for s in sorted(steps, key=lambda s: -s["seconds"])[:16]:
    print(f'{s["name"]:20}{s["seconds"]:8.2f} s{s["processor_seconds"]:8.2f} s of processors{s["peak_bytes"] >> 20:8} MiB at the most so far')
read, reading = map(float, open(os.path.join(work, "baseline")).read().split())
print(f'scan                {seconds:8.2f} s{processor:8.2f} s of processors{used.ru_maxrss >> 10:8} MiB resident, {most >> 20} MiB of disk for workspace and spill')
print(f'baseline            {read:8.2f} s{reading:8.2f} s of processors')
print(f'ratio               {seconds / read:8.1f}  {processor / reading:8.1f}')
P
