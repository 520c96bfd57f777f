"""DAG files parse fast, read nothing and connect to nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

DAGS = sorted(path.stem for path in (ROOT / "dags").glob("pos_*.py"))

# What Airflow reads on first use is not the DAG file's doing: the first cron timetable (croniter runs
# `file`), the first @task (the providers' entry points) and its first log line (the machine's time zone).
# So these are used once before the watch begins, but their seconds count, as a parse pays for them.
# Each file is then parsed in a fork, as Airflow's own DAG processor does it, so that none warms up another.
# A named time zone is read from the time zone database, wherever this machine keeps it.
PARSE = """
import importlib, json, os, sys, time, zoneinfo
import airflow.sdk, airflow.models.dagbag, airflow.providers_manager
from airflow.configuration import conf
begun = time.process_time()
import airflow.timetables.interval
airflow.providers_manager.ProvidersManager().taskflow_decorators
shared = time.process_time() - begun
touched = []
CONNECTS = ("socket.connect", "socket.getaddrinfo", "subprocess.Popen", "os.system", "sqlite3.connect")
def watch(event, args):
    if event == "open" and isinstance(args[0], (str, bytes)):
        path = os.fsdecode(args[0])
        ours = not path.endswith((".py", ".pyc", ".so")) and "site-packages" not in path
        if ours and path != os.devnull and "/proc/" not in path and not path.startswith(zoneinfo.TZPATH):
            touched.append(f"open {path}")
    elif event in CONNECTS:
        touched.append(f"{event} {args!r:.100}")
for name in sys.argv[1:]:
    if child := os.fork():
        if os.waitpid(child, 0)[1]:
            sys.exit(f"{name} cannot be parsed")
        continue
    sys.addaudithook(watch)
    begun = time.process_time()
    importlib.import_module(name)
    seconds = shared + time.process_time() - begun
    print("PARSED", json.dumps({"name": name, "seconds": seconds, "touched": touched}), flush=True)
    sys.exit(0)
"""


@pytest.fixture(scope="module", params=["local", "cluster", "emr-serverless"])
def parsed(request) -> dict[str, dict]:
    """What parsing each DAG file took and touched, by the file's name."""
    ended = subprocess.run(
        [sys.executable, "-c", PARSE, *DAGS],
        cwd=ROOT / "dags",
        env=os.environ | {"AIRFLOW__POS__WHERE": request.param},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    lines = (line.split(" ", 1) for line in ended.stdout.splitlines() if line.startswith("PARSED "))
    return {found["name"]: found for found in (json.loads(text) for _, text in lines)}


@pytest.mark.parametrize("name", DAGS)
def test_a_dag_file_parses_in_two_seconds_and_does_no_io(name, parsed):
    assert parsed[name]["touched"] == []
    # Processor seconds: those of the clock depend on what else the machine does.
    assert parsed[name]["seconds"] < 2


def test_every_dag_file_is_found():
    assert DAGS == [
        "pos_backfill",
        "pos_bi_refresh",
        "pos_campaigns",
        "pos_deadline",
        "pos_erase_customer",
        "pos_events",
        "pos_extract",
        "pos_maintenance",
        "pos_nightly",
        "pos_responses",
        "pos_send",
        "pos_weather",
    ]
    assert Path(ROOT / "dags" / ".airflowignore").read_text().split() == ["pos_dags/", "tests/"]
