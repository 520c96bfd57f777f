"""The whole nightly DAG: real Airflow, real spark-submit, a real (small) lake. Minutes long."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

import nights
import pyarrow as pa
import pytest
from conftest import ROOT
from deltalake import DeltaTable, write_deltalake

pytestmark = pytest.mark.slow

DAY = "2025-09-30"
# Its data interval begins on the as-of date, local time.
NIGHT = datetime(2025, 10, 1, 5, 0, tzinfo=UTC)
RESULTS = (
    "demand_forecast",
    "replenishment_advice",
    "product_recommendations",
    "similar_products",
    "popular_products",
    "customer_segments",
    "segment_profiles",
)


@pytest.fixture(scope="module")
def lake(tmp_path_factory, airflow_db):
    folder = tmp_path_factory.mktemp("lake")
    settings = folder / "settings.yaml"
    settings.write_text(
        f"extends: {ROOT}/spark-jobs/src/test/resources/test-settings.yaml\n"
        f"lake: {folder}/lake\n"
        f"report: {{folder: {folder}/reports}}\n"
    )
    os.environ |= {
        "AIRFLOW__POS__LAKE": f"{folder}/lake",
        "AIRFLOW__POS__SETTINGS": str(settings),
        "AIRFLOW__POS__DRIVER_MEMORY": "2g",
        "AIRFLOW__POS__LOCAL_MASTER": "local[2]",
        # Each driver is over before the optimising compiler pays.
        "JAVA_TOOL_OPTIONS": "-XX:TieredStopAtLevel=1",
    }
    subprocess.run(
        ["scripts/pos", "sample", "--conf", str(settings)],
        cwd=ROOT,
        check=True,
        env=os.environ | {"POS_HEAP": "2g"},
    )
    yield folder / "lake"
    for name in ("LAKE", "SETTINGS", "DRIVER_MEMORY", "LOCAL_MASTER"):
        del os.environ[f"AIRFLOW__POS__{name}"]
    del os.environ["JAVA_TOOL_OPTIONS"]


def nightly():
    dag = nights.load("pos_nightly")
    nights.quicken(dag)
    return dag


def rows(lake: Path, table: str) -> list[dict]:
    """The as-of date's rows in a fixed order, without what says when they were written."""
    data = DeltaTable(lake / "results" / table).to_pyarrow_table(
        partitions=[("as_of_date", "=", DAY)] if "as_of_date" in _partitions(lake, table) else None
    )
    kept = [name for name in data.column_names if name not in ("run_id", "written_at")]
    return sorted(data.select(kept).to_pylist(), key=repr)


def _partitions(lake: Path, table: str) -> list[str]:
    return DeltaTable(lake / "results" / table).metadata().partition_columns


class Killer(threading.Thread):
    """Kills the driver of one job, once, with SIGKILL, in the middle of its work."""

    def __init__(self, job: str, after_seconds: float) -> None:
        super().__init__(daemon=True)
        self._job, self._after, self.killed = job, after_seconds, 0

    def run(self) -> None:
        while not self.killed:
            for process in Path("/proc").iterdir():
                if process.name.isdigit() and self._is_driver(process):
                    time.sleep(self._after)
                    os.kill(int(process.name), signal.SIGKILL)
                    self.killed = int(process.name)
                    return
            time.sleep(0.2)

    def _is_driver(self, process: Path) -> bool:
        try:
            words = process.joinpath("cmdline").read_bytes().decode().split("\0")
        except OSError:
            return False
        lake = os.environ["AIRFLOW__POS__LAKE"]
        return Path(words[0]).name == "java" and self._job in words and "-Xmx2g" in words and lake in words


def test_a_night_with_a_killed_driver_ends_right(lake):
    killer = Killer("daily-demand", after_seconds=6)
    killer.start()
    ran = nights.run(nightly(), NIGHT)
    assert killer.killed, "the driver of daily-demand was never seen"
    assert ran.state == "success", ran.states
    assert ran.attempts["daily-demand"] == 2
    assert {t: s for t, s in ran.states.items() if not t.startswith("gate") and s != "success"} == {}
    for table in RESULTS:
        assert rows(lake, table), table
    published = DeltaTable(lake / "ops" / "publications").to_pyarrow_table().to_pylist()
    assert sorted(row["table_name"] for row in published) == sorted(RESULTS)
    assert (lake.parent / "reports" / f"{DAY}.html").exists()


def test_a_second_run_of_the_day_changes_nothing(lake):
    """From a training on; that the whole night repeats itself is NightEndToEndTest's."""
    before = {table: rows(lake, table) for table in RESULTS}
    ran = nights.run(nightly(), NIGHT, as_of=DAY, from_job="recommend-train")
    assert ran.state == "success", ran.states
    assert ran.states["recommend-train"] == ran.states["publish"] == "success"
    assert ran.states["quality"] == "skipped"
    for table in RESULTS:
        assert rows(lake, table) == before[table], table


def test_bad_data_fails_the_quality_task_and_leaves_the_publication(lake, capfd):
    published = DeltaTable(lake / "ops" / "publications").version()
    before = {table: rows(lake, table) for table in RESULTS}
    stores = DeltaTable(lake / "source" / "stores")
    data = stores.to_pyarrow_table()
    place = data.column_names.index("time_zone")
    broken = data.set_column(
        place, data.schema.field(place), pa.array(["somewhere south"] * data.num_rows, pa.string())
    )
    write_deltalake(stores, broken, mode="overwrite")

    ran = nights.run(nightly(), NIGHT, as_of="2025-09-29")

    assert ran.state == "failed"
    assert ran.states["quality"] == "failed"
    assert ran.attempts["quality"] == 1
    assert ran.states["publish"] == "upstream_failed"
    assert ran.states["report"] == "success"
    log = nights.plain(capfd.readouterr().out)
    assert "bad data (exit code 3)" in log
    assert "time_zone" in log
    assert DeltaTable(lake / "ops" / "publications").version() == published
    assert {table: rows(lake, table) for table in RESULTS} == before
