"""The night of the retailer: sales in, result tables out.

Written in conf/nightly.yaml (jobs and order) and conf/airflow.yaml (when, where, who is notified), compiled
by scripts/compile-dags. See dags/README.md.
"""

from __future__ import annotations

import pendulum
from airflow.sdk import DAG

from pos_dags import night, notify, plan, request, settings

conf = settings.load()
jobs = plan.load()


def as_of(params, dag_run):
    return request.as_of(params, dag_run.data_interval_start, dag_run.run_after, conf.schedule.time_zone)


with DAG(
    night.DAG_ID,
    description="Sales in, result tables out: quality, features, models, gate, publication, report",
    doc_md="""
**What it does**: the whole night for one as-of date, one task per job. Pink tasks were left out on
purpose; a pink `gate` means that a candidate model lost and the champion scored.

**When it is red**: open the first red task (not the orange ones behind it), read the end of its log, and
see the task's *Docs* for what to do for each exit code. Readers of the results still have the previous
publication.

**By hand**: *Trigger* opens a form. Empty fields run the last complete day.
""",
    schedule=night.timetable(conf.schedule.night, conf),
    start_date=pendulum.datetime(2025, 1, 1, tz=conf.schedule.time_zone),
    catchup=False,
    max_active_runs=1,
    params=request.params(jobs),
    user_defined_macros={"as_of": as_of},
    render_template_as_native_obj=False,
    default_args=notify.default_args(conf, notify.TASK_FAILED),
    tags=["pos", "night"],
) as dag:
    night.build(dag, jobs, conf)
