"""Local events and trends into the source tables, before the night: `scripts/pos local-events`, `trends`."""

from __future__ import annotations

import pendulum
from airflow.sdk import DAG

from pos_dags import night, notify, plan, request, settings
from pos_dags.place import operator

conf = settings.load()

with DAG(
    "pos_events",
    description="Events near the stores, and trends, into the source tables",
    doc_md="""
**What it does**: `scripts/pos local-events`: asks the sources that `local_events` of the settings names. What
is new, moved or cancelled goes into `source.local_events`, with the day from which it was known, so that
backtests see no event before it was announced. `scripts/pos trends` asks the sources that `trends` names:
every value goes into `source.trend_signals` with its day. Where no source is named, nobody is asked.

**When it is red**: the sources that answered are written, the others keep the events that they told of,
and the night runs with those. The lines of the log say which source failed and why. Clear the task; an event
that is seen a day later is known a day later.
""",
    schedule=night.timetable(conf.schedule.local_events, conf),
    start_date=pendulum.datetime(2025, 1, 1, tz=conf.schedule.time_zone),
    catchup=False,
    max_active_runs=1,
    params={"dry_run": request.dry_run("Write the command to the task's log and do not run it.")},
    default_args=notify.default_args(conf, notify.TASK_FAILED),
    tags=["pos", "lake"],
) as dag:
    # Neither waits for the other.
    for job in (plan.LOCAL_EVENTS, plan.TRENDS):
        operator(job, conf, **night.task_arguments(job, conf))
