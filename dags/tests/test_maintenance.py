"""Weekly table care: the command it submits, and what a failure does."""

from __future__ import annotations

from datetime import UTC, datetime

import nights
import pytest


@pytest.fixture
def dag(airflow_db, stand_in):
    """On the stand-in spark-submit, which ends as ``<job>.ends`` says and keeps count in ``calls``."""
    loaded = nights.load("pos_maintenance")
    nights.quicken(loaded)
    return loaded


def test_it_cares_for_the_whole_lake_and_for_no_date(dag):
    command = dag.get_task("maintain").command()
    jar = command.index("spark-jobs/target/pos-modern-ai.jar")
    assert command[jar + 1 :] == ["maintain", "--conf", "conf/local.yaml", "--lake", "lake"]
    assert dag.timetable.summary == "0 12 * * 0"


def test_a_dry_run_runs_nothing(dag, tmp_path):
    ran = nights.run(dag, datetime(2026, 3, 1, 15, tzinfo=UTC), dry_run=True)
    assert ran.states == {"maintain": "skipped"}
    assert not (tmp_path / "calls").exists()


def test_infrastructure_is_tried_again(dag, tmp_path):
    (tmp_path / "maintain.ends").write_text("5\n0")
    ran = nights.run(dag, datetime(2026, 3, 8, 15, tzinfo=UTC))
    assert ran.state == "success", ran.states
    assert ran.attempts == {"maintain": 2}
