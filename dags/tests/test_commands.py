"""The spark-submit command of every task, compared with dags/tests/golden/<place>/<job>.txt.

POS_GOLDEN=write rewrites them; look at the difference before you commit it.
"""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import nights
import pytest

from pos_dags import plan

GOLDEN = Path(__file__).with_name("golden")
BEGUN = datetime(2025, 9, 30, 5, tzinfo=UTC)


def same_as_golden(file: Path, text: str) -> None:
    if os.environ.get("POS_GOLDEN") == "write":
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    assert file.exists(), f"{file} is not there: POS_GOLDEN=write scripts/test-dags"
    assert text == file.read_text()


@pytest.mark.parametrize("job", ["arrivals", *plan.load()])
@pytest.mark.parametrize("where", ["local", "cluster"])
def test_spark_submit(where, job, option):
    option("where", where)
    dag = nights.load("pos_nightly")
    task = dag.get_task(job)
    task.render_template_fields(
        {"params": {"as_of": None}, "dag_run": SimpleNamespace(data_interval_start=BEGUN, run_after=BEGUN)},
        jinja_env=dag.get_template_env(),
    )
    same_as_golden(GOLDEN / where / f"{job}.txt", "\n".join(task.command()) + "\n")


def test_every_golden_file_has_its_task():
    for place in GOLDEN.iterdir():
        assert {file.stem for file in place.iterdir()} == {"arrivals", *plan.load()}, place


def test_the_emr_requests_differ_in_size_by_job_and_carry_tags():
    def request(job: str) -> dict:
        return json.loads((GOLDEN / "emr-serverless" / f"{job}.json").read_text())

    large, small = request("recommend-train"), request("publish")
    assert large["tags"] == {"application": "pos-modern-ai", "job": "recommend-train"}
    assert "spark.executor.memory=24g" in large["jobDriver"]["sparkSubmit"]["sparkSubmitParameters"]
    assert "spark.executor.memory=4g" in small["jobDriver"]["sparkSubmit"]["sparkSubmitParameters"]
