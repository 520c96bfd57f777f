"""DAG files parse fast, read nothing and connect to nothing."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

DAGS = sorted(path.stem for path in (ROOT / "dags").glob("pos_*.py"))

# Airflow itself is there before a DAG file is parsed: its own start-up is not ours.
PARSE = """
import importlib, json, os, sys, time
import airflow.sdk, airflow.models.dagbag, airflow.providers_manager
from airflow.configuration import conf
touched = []
CONNECTS = ("socket.connect", "socket.getaddrinfo", "subprocess.Popen", "os.system", "sqlite3.connect")
def watch(event, args):
    if event == "open" and isinstance(args[0], (str, bytes)):
        path = os.fsdecode(args[0])
        ours = not path.endswith((".py", ".pyc", ".so")) and "site-packages" not in path
        if ours and "/proc/" not in path:
            touched.append(f"open {path}")
    elif event in CONNECTS:
        touched.append(f"{event} {args!r:.100}")
sys.addaudithook(watch)
started = time.process_time()
importlib.import_module(sys.argv[1])
print(json.dumps({"seconds": time.process_time() - started, "touched": touched}))
"""


@pytest.mark.parametrize("where", ["local", "cluster", "emr-serverless"])
@pytest.mark.parametrize("name", DAGS)
def test_a_dag_file_parses_in_two_seconds_and_does_no_io(name, where, option):
    option("where", where)
    ended = subprocess.run(
        [sys.executable, "-c", PARSE, name],
        cwd=ROOT / "dags",
        capture_output=True,
        text=True,
        check=True,
    )
    parsed = json.loads(ended.stdout.splitlines()[-1])
    assert parsed["touched"] == []
    # Processor seconds: those of the clock depend on what else the machine does.
    assert parsed["seconds"] < 2


def test_every_dag_file_is_found():
    assert DAGS == ["pos_backfill", "pos_bi_refresh", "pos_deadline", "pos_nightly"]
    assert Path(ROOT / "dags" / ".airflowignore").read_text().split() == ["pos_dags/", "tests/"]
