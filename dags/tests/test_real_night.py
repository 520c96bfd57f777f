"""The whole nightly DAG: real Airflow, real spark-submit, a small lake, a cluster. Minutes long."""

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
    "demand_forecast_total",
    "order_backtest",
    "replenishment_advice",
    "product_recommendations",
    "similar_products",
    "popular_products",
    "customer_segments",
    "segment_profiles",
    "segment_moves",
)


@pytest.fixture(scope="module")
def lake(tmp_path_factory, airflow_db):
    folder = tmp_path_factory.mktemp("lake")
    settings = folder / "settings.yaml"
    settings.write_text(
        f"extends: {ROOT}/spark-jobs/src/test/resources/test-settings.yaml\n"
        f"lake: {folder}/lake\n"
        f"report: {{folder: {folder}/reports}}\n"
        # One task for each of the two cores, and no plan or code made for a handful of rows: most of so short
        # a driver's time. NightEndToEndTest has a night with both.
        "spark:\n"
        "  options:\n"
        '    spark.sql.shuffle.partitions: "2"\n'
        '    spark.default.parallelism: "2"\n'
        '    spark.sql.adaptive.enabled: "false"\n'
        '    spark.sql.codegen.wholeStage: "false"\n'
        "    spark.sql.codegen.factoryMode: NO_CODEGEN\n"
        # Nor does a task wait for the worker that has its rows.
        "    spark.locality.wait: 0s\n"
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


@pytest.fixture
def cluster(tmp_path, monkeypatch):
    """A master and two workers of one core each; gives the process ids of the workers."""
    port = "7177"
    env = os.environ | {
        "POS_CLUSTER": str(tmp_path),
        "POS_CLUSTER_PORT": port,
        "POS_CLUSTER_WEB_PORT": "7180",
        # The workers' JVMs live as long as the night, but compile little.
        "POS_WORKER_MEMORY": "1500m",
    }
    subprocess.run(["scripts/cluster", "start"], cwd=ROOT, check=True, env=env)
    for name, value in {
        "WHERE": "cluster",
        "MASTER": f"spark://127.0.0.1:{port}",
        "WORKER_CORES": "1",
        "WORKER_MEMORY": "1500m",
    }.items():
        monkeypatch.setenv(f"AIRFLOW__POS__{name}", value)
    yield [int(tmp_path.joinpath(f"worker-{n}.pid").read_text()) for n in (1, 2)]
    subprocess.run(["scripts/cluster", "stop"], cwd=ROOT, check=True, env=env)


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
    """Kills a job's driver with SIGKILL, or a worker: so long after the driver, or its executor, is seen."""

    def __init__(self, job: str, after_seconds: float, worker: int | None = None) -> None:
        super().__init__(daemon=True)
        self._job, self._after, self._worker, self.killed = job, after_seconds, worker, 0

    def run(self) -> None:
        driver = self._seen(self._is_driver)
        victim = driver
        if self._worker:
            # Of this job: the one before it may still have its own.
            self._seen(lambda process: int(process.name) > driver and self._is_executor(process))
            victim = self._worker
        time.sleep(self._after)
        os.kill(victim, signal.SIGKILL)
        self.killed = victim

    @staticmethod
    def _seen(sought) -> int:
        while True:
            for process in Path("/proc").iterdir():
                if process.name.isdigit() and sought(process):
                    return int(process.name)
            time.sleep(0.2)

    def _is_executor(self, process: Path) -> bool:
        try:
            # The fields after the command's name, which may have blanks: state, then the parent.
            parent = process.joinpath("stat").read_text().rpartition(")")[2].split()[1]
        except OSError:
            return False
        return int(parent) == self._worker

    def _is_driver(self, process: Path) -> bool:
        try:
            words = process.joinpath("cmdline").read_bytes().decode().split("\0")
        except OSError:
            return False
        lake = os.environ["AIRFLOW__POS__LAKE"]
        return Path(words[0]).name == "java" and self._job in words and "-Xmx2g" in words and lake in words


def test_a_night_on_a_cluster_with_a_killed_driver_and_a_killed_worker_ends_right(lake, cluster, capfd):
    driver = Killer("daily-demand", after_seconds=6)
    # By then its executors have work.
    worker = Killer("recommend-train", after_seconds=15, worker=cluster[0])
    driver.start()
    worker.start()
    ran = nights.run(nightly(), NIGHT)
    log = nights.printed(capfd)
    assert driver.killed, "the driver of daily-demand was never seen"
    assert worker.killed, "no executor of recommend-train was ever seen on the worker"
    assert "was lost (worker lost" in log
    assert ran.attempts["recommend-train"] == 1
    assert ran.state == "success", ran.states
    assert ran.attempts["daily-demand"] == 2
    assert {t: s for t, s in ran.states.items() if not t.startswith("gate") and s != "success"} == {}
    for table in RESULTS:
        assert rows(lake, table), table
    published = DeltaTable(lake / "ops" / "publications").to_pyarrow_table().to_pylist()
    assert sorted(row["table_name"] for row in published) == sorted(RESULTS)
    assert (lake.parent / "reports" / f"{DAY}.html").exists()


def test_a_second_run_of_the_day_changes_nothing(lake):
    """From a training on, and on this machine: neither the cluster nor the lost worker changed a row."""
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
    log = nights.printed(capfd)
    assert "bad data (exit code 3)" in log
    assert "time_zone" in log
    assert DeltaTable(lake / "ops" / "publications").version() == published
    assert {table: rows(lake, table) for table in RESULTS} == before
