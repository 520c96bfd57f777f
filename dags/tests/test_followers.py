"""The DAGs around the night: backfill, deadline, BI."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import nights
import pytest
from airflow.exceptions import AirflowFailException, DagRunTriggerException
from airflow.utils.session import create_session

from pos_dags import plan
from pos_dags.asked import result_assets
from pos_dags.in_order import NightInOrder


def test_the_deadline_speaks_up_when_the_night_is_not_done(airflow_db, capfd, notices):
    ran = nights.run(nights.load("pos_deadline"), datetime(2026, 3, 2, 8, tzinfo=UTC))
    assert ran.state == "failed"
    log = nights.printed(capfd)
    assert "the night of 2026-03-01 is not done at 2026-03-02 05:00" in log
    assert len(notices) == 1
    assert notices[0].startswith("NOTICE POS night is late | ")


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
    assert len(published) == 10
    assert {asset.name for asset in dag.timetable.asset_condition.objects} == published


def test_backfill_asks_for_one_night_after_another_without_publishing():
    dag = nights.load("pos_backfill")
    night = dag.get_task("night")
    assert night.partial_kwargs["trigger_dag_id"] == "pos_nightly"
    assert night.partial_kwargs["wait_for_completion"] is True
    assert night.partial_kwargs["max_active_tis_per_dagrun"] == 1
    # Airflow does not count a deferred task as active.
    assert night.partial_kwargs["deferrable"] is False


def test_what_is_only_ever_asked_for_by_hand_does_not_wait_for_a_switch():
    dags = [nights.load(file.stem) for file in Path(nights.__file__).parents[1].glob("pos_*.py")]
    by_hand = {dag.dag_id for dag in dags if dag.schedule is None}
    assert by_hand == {"pos_backfill", "pos_erase_customer"}
    assert by_hand == {dag.dag_id for dag in dags if dag.is_paused_upon_creation is False}


@pytest.fixture
def backfill(airflow_db, monkeypatch):
    """The DAG, quick to look whether a night has ended; the nights that it asked for are removed."""
    from airflow.models.dagrun import DagRun

    decide = DagRun.task_instance_scheduling_decisions

    # The scheduler takes mapped tasks by their index and as many as may be active, dag.test all in no order.
    def decide_on_first(run, *args, **kwargs):
        decision = decide(run, *args, **kwargs)
        first = sorted(decision.schedulable_tis, key=lambda ti: ti.map_index)[:1]
        return decision._replace(schedulable_tis=first)

    monkeypatch.setattr(DagRun, "task_instance_scheduling_decisions", decide_on_first)
    dag = nights.load("pos_backfill")
    dag.get_task("night").partial_kwargs["poke_interval"] = 0
    yield dag
    with create_session() as session:
        session.query(DagRun).filter(DagRun.run_id.like("night_of%")).delete(synchronize_session=False)


def asked_nights() -> list[tuple[str, str]]:
    from airflow.models.dagrun import DagRun

    with create_session() as session:
        runs = session.query(DagRun).filter(DagRun.dag_id == "pos_nightly", DagRun.run_id.like("night_of%"))
        return [(run.run_id.split("__")[0], run.conf["as_of"]) for run in runs.order_by(DagRun.id)]


def nights_end(monkeypatch, *states: str) -> None:
    """There is no scheduler to end them: they end as told, one after the other, when they are looked at."""
    from airflow.models.dagrun import DagRun
    from airflow.sdk.execution_time import task_runner

    ends = iter(states)

    def end(_seconds: float) -> None:
        with create_session() as session:
            run = (
                session.query(DagRun).filter(DagRun.run_id.like("night_of%"), DagRun.state == "queued").one()
            )
            run.state = next(ends)

    monkeypatch.setattr(task_runner, "time", SimpleNamespace(**{**vars(time), "sleep": end}))


def test_a_backfill_runs_the_night_of_each_date_oldest_first_one_at_a_time(backfill, monkeypatch):
    nights_end(monkeypatch, "success", "success")
    ran = nights.run(backfill, datetime(2026, 3, 7, tzinfo=UTC), first="2026-02-27", last="2026-02-28")
    assert ran.state == "success", ran.states
    assert asked_nights() == [
        ("night_of_2026-02-27", "2026-02-27"),
        ("night_of_2026-02-28", "2026-02-28"),
    ]


def test_a_failed_date_stops_a_backfill_and_the_later_ones_say_so(backfill, monkeypatch, capfd, notices):
    nights_end(monkeypatch, "success", "failed")
    ran = nights.run(backfill, datetime(2026, 3, 8, tzinfo=UTC), first="2026-02-26", last="2026-03-01")
    assert ran.state == "failed"
    assert asked_nights()[-1] == ("night_of_2026-02-27", "2026-02-27")
    log = nights.printed(capfd)
    for day in ("2026-02-28", "2026-03-01"):
        assert f"{day} not begun: the night of 2026-02-27 has not succeeded" in log
    assert len(notices) == 1, "the date that failed tells it, and no other"
    assert notices[0].startswith("NOTICE POS night: night of 2026-02-27 failed | ")


class OfABackfill:
    """A task of 2026-03-02, the third date, as far as it asks Airflow."""

    dag_id, task_id, run_id, map_index = "pos_backfill", "night", "asked", 2

    def __init__(self, *states: str | None, own: str | None = None) -> None:
        self.states = {f"night_{index}": state for index, state in enumerate(states)}
        self.own = own

    def get_task_states(self, dag_id, task_ids, run_ids):
        assert (dag_id, task_ids, run_ids) == ("pos_backfill", ["night"], ["asked"])
        return {"asked": self.states}

    def get_dr_count(self, dag_id, run_ids, states):
        assert (dag_id, run_ids) == ("pos_nightly", ["night_of_2026-03-02__asked"])
        return int(self.own in states)


def night_in_order() -> NightInOrder:
    return NightInOrder(task_id="night", trigger_dag_id="pos_nightly", conf={"as_of": "2026-03-02"})


@pytest.mark.parametrize("state", [None, "running", "failed", "upstream_failed", "skipped"])
def test_a_date_does_not_begin_unless_all_before_it_succeeded(state):
    with pytest.raises(AirflowFailException, match="2026-03-02 not begun: the night of 2026-02-28"):
        night_in_order().execute({"ti": OfABackfill(state, "success", None)})


@pytest.mark.parametrize("own", [None, "failed"])
def test_a_night_that_is_not_there_or_failed_is_run(own):
    with pytest.raises(DagRunTriggerException) as asked:
        night_in_order().execute({"ti": OfABackfill("success", "success", None, own=own)})
    assert asked.value.dag_run_id == "night_of_2026-03-02__asked"
    assert asked.value.reset_dag_run is True


def test_a_night_that_was_repaired_is_not_run_again():
    assert night_in_order().execute({"ti": OfABackfill("success", "success", None, own="success")}) is None


@pytest.mark.parametrize("own", ["queued", "running"])
def test_a_night_that_goes_on_is_left_alone(own):
    with pytest.raises(AirflowFailException, match="night_of_2026-03-02__asked is under way"):
        night_in_order().execute({"ti": OfABackfill("success", "success", None, own=own)})


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
