"""Campaigns, answers and messages: what each DAG submits, when, and what an alarm does."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace

import nights
import pytest

from pos_dags import alarm, plan
from pos_dags.asked import result_assets


@pytest.fixture
def dags(airflow_db, stand_in):
    """On the stand-in spark-submit, which ends as ``<job>.ends`` says."""
    loaded = {name: nights.load(name) for name in ("pos_campaigns", "pos_responses", "pos_send")}
    for dag in loaded.values():
        nights.quicken(dag)
    return loaded


def after_the_jar(task) -> list[str]:
    command = task.command()
    return command[command.index("spark-jobs/target/pos-modern-ai.jar") + 1 :]


def test_answers_are_read_before_anything_is_sent(dags):
    assert dags["pos_responses"].timetable.summary == "*/15 * * * *"
    assert alarm.ANSWERS_READ in dags["pos_responses"].get_task("responses").outlets
    assert alarm.ANSWERS_READ.uri in {
        asset.uri for _, asset in dags["pos_send"].timetable.asset_condition.iter_assets()
    }
    assert after_the_jar(dags["pos_send"].get_task("send")) == [
        "send",
        "--conf",
        "conf/local.yaml",
        "--lake",
        "lake",
    ]


def test_campaigns_follow_the_night_for_its_date(dags):
    dag = dags["pos_campaigns"]
    published = {asset.uri for job in plan.load().values() for asset in result_assets(job)}
    assert {asset.uri for _, asset in dag.timetable.asset_condition.iter_assets()} == published
    task = dag.get_task("campaigns")
    event = SimpleNamespace(extra={"as_of": "2026-02-27"})
    run = SimpleNamespace(consumed_asset_events=[event], run_after=datetime(2026, 3, 5, tzinfo=UTC))
    task.render_template_fields({"params": {"as_of": None}, "dag_run": run}, jinja_env=dag.get_template_env())
    assert after_the_jar(task)[:3] == ["campaigns", "--as-of", "2026-02-27"]
    by_hand = SimpleNamespace(consumed_asset_events=[], run_after=datetime(2026, 3, 5, 12, tzinfo=UTC))
    again = nights.load("pos_campaigns")
    task = again.get_task("campaigns")
    task.render_template_fields(
        {"params": {"as_of": None}, "dag_run": by_hand}, jinja_env=again.get_template_env()
    )
    assert after_the_jar(task)[2] == "2026-03-04"


def test_an_alarm_is_what_follows_its_word():
    assert alarm.alarm_of("ok: 20 DEFERRED; ALARM: none of 20 messages was sent") == (
        "none of 20 messages was sent"
    )
    assert alarm.alarm_of("ok: 39 SENT") == ""


def test_a_dry_run_sends_nothing(dags, tmp_path):
    ran = nights.run(dags["pos_send"], datetime(2026, 3, 1, 15, tzinfo=UTC), dry_run=True)
    assert ran.states["send"] == "skipped"
    assert not (tmp_path / "calls").exists()


def test_a_send_that_found_the_lake_taken_is_tried_again(dags, tmp_path):
    (tmp_path / "send.ends").write_text("5\n0")
    ran = nights.run(dags["pos_send"], datetime(2026, 3, 2, 15, tzinfo=UTC))
    assert ran.state == "success", ran.states
    assert ran.attempts["send"] == 2
