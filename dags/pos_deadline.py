"""Alerts at the deadline when the night is not done.

A DAG of its own because Airflow 3.0 has neither SLAs nor deadline alerts (those come with 3.1): it must
speak up just when the night's own tasks hang or were never started.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pendulum
from airflow.exceptions import AirflowFailException
from airflow.sdk import DAG, get_current_context, task

from pos_dags import night, notify, settings

conf = settings.load()

with DAG(
    "pos_deadline",
    description="Notifies when the night is not done by its deadline",
    schedule=night.timetable(conf.schedule.deadline, conf),
    start_date=pendulum.datetime(2025, 1, 1, tz=conf.schedule.time_zone),
    catchup=False,
    max_active_runs=1,
    default_args=notify.default_args(conf, notify.NIGHT_LATE),
    tags=["pos", "night"],
) as dag:

    @task(task_id="night-is-done", execution_timeout=timedelta(minutes=10), retries=0)
    def night_is_done() -> None:
        """Fails unless the night whose interval ended last before this deadline has succeeded."""
        context = get_current_context()
        due: datetime = context["data_interval_end"]
        night_began = (
            night.timetable(conf.schedule.night, conf).infer_manual_data_interval(run_after=due).start
        )
        done = context["ti"].get_dr_count(night.DAG_ID, logical_dates=[night_began], states=["success"])
        if not done:
            zone = ZoneInfo(conf.schedule.time_zone)
            raise AirflowFailException(
                f"the night of {night_began.astimezone(zone):%Y-%m-%d} is not done "
                f"at {due.astimezone(zone):%Y-%m-%d %H:%M}. "
                f"See {night.DAG_ID} in the grid: still running, failed, or never started?"
            )

    night_is_done()
