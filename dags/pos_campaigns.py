"""Campaigns after a night: propensities, whom, what, and what it earned. Sends nothing."""

from __future__ import annotations

import pendulum
from airflow.sdk import DAG

from pos_dags import night, notify, plan, request, settings
from pos_dags.asked import result_assets
from pos_dags.place import operator

conf = settings.load()
published = [asset for job in plan.load().values() for asset in result_assets(job)]


def as_of(params, dag_run):
    """The form's date, else the one that the night published."""
    told = [event.extra["as_of"] for event in dag_run.consumed_asset_events or () if "as_of" in event.extra]
    chosen = params if params.get("as_of") or not told else {"as_of": max(told)}
    return request.as_of(chosen, None, dag_run.run_after, conf.schedule.time_zone)


with DAG(
    "pos_campaigns",
    description="After the night: select, write and measure campaigns",
    doc_md="""
**What it does**: the jobs of `conf/campaign-plan.yaml` for the date that the night published: propensities,
the audience of each campaign that somebody switched on, the messages, and what earlier ones have earned;
then the page of the campaigns. It sends nothing: `pos_send` does.

**When it is red**: read the end of the log; a campaign's file that is wrong is named with its key. Clear
the task: the same date is written again.
""",
    schedule=published,
    start_date=pendulum.datetime(2025, 1, 1, tz=conf.schedule.time_zone),
    catchup=False,
    max_active_runs=1,
    params={
        "as_of": request.params({})["as_of"],
        "dry_run": request.dry_run("Write the command to the task's log and do not run it."),
    },
    user_defined_macros={"as_of": as_of},
    default_args=notify.default_args(conf, notify.TASK_FAILED),
    tags=["pos", "campaigns"],
) as dag:
    operator(plan.CAMPAIGNS, conf, **night.task_arguments(plan.CAMPAIGNS, conf))
