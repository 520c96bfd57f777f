"""The DAGs around the night: backfill, deadline, BI."""

from __future__ import annotations

from datetime import UTC, datetime

import nights
import pytest
from airflow.utils.session import create_session

from pos_dags import plan
from pos_dags.asked import result_assets


def test_the_deadline_speaks_up_when_the_night_is_not_done(airflow_db, capfd):
    ran = nights.run(nights.load("pos_deadline"), datetime(2026, 3, 2, 8, tzinfo=UTC))
    assert ran.state == "failed"
    log = nights.plain(capfd.readouterr().out)
    assert "the night of 2026-03-01 is not done at 2026-03-02 05:00" in log
    assert "NOTICE POS night is late" in log


def test_the_deadline_is_silent_when_it_is(airflow_db):
    from airflow.models.dagrun import DagRun
    from airflow.utils.state import DagRunState
    from airflow.utils.types import DagRunType

    # Of the scheduled night: [1st 02:00, 2nd 02:00) in São Paulo.
    begun = datetime(2026, 3, 1, 5, tzinfo=UTC)
    with create_session() as session:
        session.add(
            DagRun(
                dag_id="pos_nightly",
                run_id="scheduled__done",
                run_type=DagRunType.SCHEDULED,
                logical_date=begun,
                run_after=begun,
                state=DagRunState.SUCCESS,
            )
        )
    try:
        ran = nights.run(nights.load("pos_deadline"), datetime(2026, 3, 2, 8, 1, tzinfo=UTC))
    finally:
        with create_session() as session:
            session.query(DagRun).filter_by(run_id="scheduled__done").delete()
    assert ran.state == "success"


def test_bi_waits_for_every_result_table():
    dag = nights.load("pos_bi_refresh")
    published = {asset.name for job in plan.load().values() for asset in result_assets(job)}
    assert len(published) == 7
    assert {asset.name for _, asset in dag.timetable.asset_condition.iter_assets()} == published


def test_backfill_asks_for_one_night_after_another_without_publishing():
    dag = nights.load("pos_backfill")
    night = dag.get_task("night")
    assert night.partial_kwargs["trigger_dag_id"] == "pos_nightly"
    assert night.partial_kwargs["wait_for_completion"] is True
    assert night.partial_kwargs["max_active_tis_per_dagrun"] == 1
    # Airflow does not count a deferred task as active.
    assert night.partial_kwargs["deferrable"] is False


@pytest.mark.parametrize("name", ["pos_backfill", "pos_erase_customer"])
def test_what_is_only_ever_asked_for_by_hand_does_not_wait_for_a_switch(name):
    dag = nights.load(name)
    assert dag.schedule is None
    assert dag.is_paused_upon_creation is False


def test_a_backfill_runs_the_night_of_each_date_by_name(airflow_db):
    from airflow.models.dagrun import DagRun

    dag = nights.load("pos_backfill")
    dag.get_task("night").partial_kwargs["wait_for_completion"] = False  # there is no scheduler to end them
    ran = nights.run(dag, datetime(2026, 3, 7, tzinfo=UTC), first="2026-02-27", last="2026-02-28")
    assert ran.state == "success", ran.states
    with create_session() as session:
        begun = session.query(DagRun).filter(DagRun.run_id.like("night_of%")).all()
        asked = sorted((run.run_id[:19], run.dag_id, run.conf["as_of"]) for run in begun)
        for run in begun:
            session.delete(run)
    assert asked == [
        ("night_of_2026-02-27", "pos_nightly", "2026-02-27"),
        ("night_of_2026-02-28", "pos_nightly", "2026-02-28"),
    ]


def test_a_failed_date_stops_a_backfill_and_the_later_ones_say_so(airflow_db, capfd):
    dag = nights.load("pos_backfill")
    dag.get_task("night").partial_kwargs["trigger_dag_id"] = "no_such_dag"
    ran = nights.run(dag, datetime(2026, 3, 8, tzinfo=UTC), first="2026-02-27", last="2026-03-01")
    assert ran.state == "failed"
    log = nights.plain(capfd.readouterr().out)
    assert "2026-02-27 not begun" not in log
    for day in ("2026-02-28", "2026-03-01"):
        assert f"{day} not begun: the night of 2026-02-27 has not succeeded" in log


@pytest.mark.parametrize(("publish", "skip"), [(False, True), (True, False)])
def test_backfill_makes_a_request_per_day_oldest_first(airflow_db, publish, skip):
    dag = nights.load("pos_backfill")
    dates = dag.partial_subset("dates", include_downstream=False, include_upstream=False)
    ran = nights.run(
        dates,
        datetime(2026, 3, 5 + publish, tzinfo=UTC),
        first="2026-02-27",
        last="2026-03-01",
        publish=publish,
    )
    assert ran.xcoms["dates"] == [
        {"as_of": day, "skip_publish": skip} for day in ("2026-02-27", "2026-02-28", "2026-03-01")
    ]
