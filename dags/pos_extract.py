"""Databases into the source tables, before the night: `scripts/pos extract`."""

from __future__ import annotations

import pendulum
from airflow.sdk import DAG

from pos_dags import night, notify, plan, request, settings
from pos_dags.place import operator

conf = settings.load()

with DAG(
    "pos_extract",
    description="Rows of the retailer's databases that changed, into the source tables",
    doc_md="""
**What it does**: `scripts/pos extract`: for every enabled file of `conf/extract`, rows that changed since the
last run (or whole tables) become rows of the source tables; bad rows are quarantined with their reasons. The
night begins later, when enough stores' sales are there.

**When it is red**: the source tables have the rows of the last run that ended well, and the night runs with
them. The last line names database, table and column. Clear the task: batches that were read within the last
12 hours are not read again, and nothing doubles.
""",
    schedule=night.timetable(conf.schedule.extract, conf),
    start_date=pendulum.datetime(2025, 1, 1, tz=conf.schedule.time_zone),
    catchup=False,
    max_active_runs=1,
    params={"dry_run": request.dry_run("Write the command to the task's log and do not run it.")},
    default_args=notify.default_args(conf, notify.TASK_FAILED),
    tags=["pos", "lake"],
) as dag:
    operator(plan.EXTRACT, conf, **night.task_arguments(plan.EXTRACT, conf))
