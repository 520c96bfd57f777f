"""Databases, weather and local events before the night: the commands submitted, and what a failure does."""

from __future__ import annotations

from datetime import UTC, datetime

import nights
import pytest


@pytest.fixture
def dag(airflow_db, stand_in):
    """On the stand-in spark-submit, which ends as ``<job>.ends`` says and keeps count in ``calls``."""
    loaded = nights.load("pos_extract")
    nights.quicken(loaded)
    return loaded


def test_it_reads_every_enabled_database_before_the_night(dag):
    command = dag.get_task("extract").command()
    jar = command.index("spark-jobs/target/pos-modern-ai.jar")
    assert command[jar + 1 :] == ["extract", "--conf", "conf/local.yaml", "--lake", "lake"]
    assert dag.timetable.summary == "0 1 * * *"
    assert nights.load("pos_nightly").timetable.summary == "0 2 * * *"


def test_the_weather_is_asked_for_before_the_night():
    dag = nights.load("pos_weather")
    command = dag.get_task("weather").command()
    jar = command.index("spark-jobs/target/pos-modern-ai.jar")
    assert command[jar + 1 :] == ["weather", "--conf", "conf/local.yaml", "--lake", "lake"]
    assert dag.timetable.summary == "30 1 * * *"


def test_local_events_are_asked_for_before_the_night():
    dag = nights.load("pos_events")
    command = dag.get_task("local-events").command()
    jar = command.index("spark-jobs/target/pos-modern-ai.jar")
    assert command[jar + 1 :] == ["local-events", "--conf", "conf/local.yaml", "--lake", "lake"]
    assert dag.timetable.summary == "40 1 * * *"
    assert dag.get_task("trends").command()[jar + 1] == "trends"
    assert not dag.get_task("trends").upstream_task_ids


def test_the_night_is_fed_through_the_assets_of_its_sources():
    fed = {
        asset.uri
        for name in ("pos_extract", "pos_weather", "pos_events")
        for task in nights.load(name).tasks
        for asset in task.outlets
    }
    assert fed == {
        "pos-lake://source/",
        "pos-lake://source/weather_daily",
        "pos-lake://source/weather_forecasts",
        "pos-lake://source/local_events",
        "pos-lake://source/trend_signals",
    }
    assert {asset.uri for asset in nights.load("pos_nightly").get_task("arrivals").inlets} == fed


def test_a_dry_run_runs_nothing(dag, tmp_path):
    ran = nights.run(dag, datetime(2026, 3, 1, 15, tzinfo=UTC), dry_run=True)
    assert ran.states == {"extract": "skipped"}
    assert not (tmp_path / "calls").exists()


def test_a_database_that_does_not_answer_is_tried_again_and_a_changed_one_is_not(dag, tmp_path):
    (tmp_path / "extract.ends").write_text("5\n0")
    ran = nights.run(dag, datetime(2026, 3, 8, 15, tzinfo=UTC))
    assert ran.state == "success", ran.states
    assert ran.attempts == {"extract": 2}
    (tmp_path / "extract.ends").write_text("3")
    ran = nights.run(dag, datetime(2026, 3, 9, 15, tzinfo=UTC))
    assert ran.state == "failed"
    assert ran.attempts == {"extract": 1}
