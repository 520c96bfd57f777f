"""Our whole night and the same work in Python, one after the other on the same source tables.

    scripts/bench-peers night 1 3 10        samples of as many million lines, as scripts/bench makes them
    scripts/bench-peers night path/to/lake  the source tables of a lake; the lake stays as it is
    RUNS=3 scripts/bench-peers night 3      medians of three nights each

Prints seconds from a process's start to its end and the most memory that it held (resident set), and ours
over Python's. Ours also keeps contracts, quarantines, commits to Delta and publishes; python_night.py does
not. POS_HEAP bounds our heap, of which Java takes what it may.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import psutil


@dataclass(frozen=True)
class Measured:
    seconds: float
    gibibytes: float
    output: str


def measured(command: list[str], counts: str) -> Measured:
    """Runs it; memory is that of the processes below it whose command line has the word `counts`."""
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    peak = 0

    def watch() -> None:
        nonlocal peak
        while process.poll() is None:
            held = 0
            for one in (below := psutil.Process(process.pid)), *below.children(recursive=True):
                try:
                    if counts in one.cmdline():
                        held += one.memory_info().rss
                except psutil.Error:
                    continue  # ended between the two questions
            peak = max(peak, held)
            time.sleep(0.5)

    watcher = threading.Thread(target=watch)
    watcher.start()
    output = process.stdout.read()
    watcher.join()
    if process.returncode != 0:
        sys.exit(f"{' '.join(command)} ended with {process.returncode}:\n{output[-2000:]}")
    return Measured(time.monotonic() - start, peak / 2**30, output)


def ours(profile: str) -> Measured:
    """scripts/bench also makes the sample and builds; its own figure is of the night alone."""
    night = measured(["scripts/bench", profile], "nightly")
    line = next(line for line in night.output.splitlines() if "the whole night" in line)
    return Measured(float(line.split()[-4]), night.gibibytes, night.output)


def python(lake: Path) -> Measured:
    script = "scripts/peers/python_night.py"
    return measured([sys.executable, script, str(lake), f"bench/python-{lake.name}"], script)


def main(profiles: list[str]) -> None:
    runs = int(os.environ.get("RUNS", "1"))
    os.environ["RUNS"] = "1"
    print(f"{'':24}{'ours':>10}{'Python':>10}{'ratio':>8}{'ours':>12}{'Python':>12}{'ratio':>8}")
    for profile in profiles:
        our_nights, python_nights = [], []
        for _ in range(runs):
            our_nights.append(ours(profile))
            python_nights.append(python(Path("bench") / f"lake-{Path(profile).name}"))
        seconds = [statistics.median(n.seconds for n in nights) for nights in (our_nights, python_nights)]
        memory = [max(n.gibibytes for n in nights) for nights in (our_nights, python_nights)]
        print(
            f"{profile:24}{seconds[0]:8.1f} s{seconds[1]:8.1f} s{seconds[0] / seconds[1]:8.2f}"
            f"{memory[0]:8.2f} GiB{memory[1]:8.2f} GiB{memory[0] / memory[1]:8.2f}"
        )
        print("  Python:", json.loads(python_nights[-1].output.splitlines()[-1]), flush=True)


if __name__ == "__main__":
    if len(sys.argv) < 2 or "--help" in sys.argv:
        print(__doc__)
        sys.exit(0 if "--help" in sys.argv else 2)
    main(sys.argv[1:])
