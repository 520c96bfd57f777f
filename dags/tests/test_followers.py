"""The DAGs around the night: backfill, deadline, BI."""

from __future__ import annotations

from datetime import UTC, datetime

import nights
import pytest

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
    from airflow.utils.session import create_session
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
