"""Weekly maintenance: drops old as-of dates, compacts small files, removes files that are no longer needed.

Safe beside a night and beside readers (scripts/pos maintain says how); it takes a slot of the same pool as
the night's jobs all the same, because a lake in a folder supports one writing driver at a time.
"""

from __future__ import annotations

import pendulum
from airflow.sdk import DAG

from pos_dags import night, notify, plan, request, settings
from pos_dags.place import operator

conf = settings.load()

with DAG(
    "pos_maintenance",
    description="Table care: retention, compaction, vacuum, log clean-up",
    doc_md="""
**What it does**: for every table of the lake, drops as-of dates beyond those that `maintenance` in the
settings keeps, joins small files, and removes files that no version within `vacuum_hours` and no kept
publication needs. The log has a line per table: files and size, before and after.

**When it is red**: nothing is half done, each step is a commit of its own. Read the end of the log, clear the
task. A table that a job wrote at the same moment is no failure: it is left for the next week.
""",
    schedule=night.timetable(conf.schedule.maintenance, conf),
    start_date=pendulum.datetime(2025, 1, 1, tz=conf.schedule.time_zone),
    catchup=False,
    max_active_runs=1,
    params={
        "dry_run": request.dry_run("Write the command to the task's log and do not run it."),
    },
    default_args=notify.default_args(conf, notify.TASK_FAILED),
    tags=["pos", "lake"],
) as dag:
    operator(plan.MAINTENANCE, conf, **night.task_arguments(plan.MAINTENANCE, conf))
