"""Answers to messages, every quarter of an hour: events, and whoever wants none any longer."""

from __future__ import annotations

import pendulum
from airflow.sdk import DAG

from pos_dags import alarm, night, notify, plan, request, settings
from pos_dags.place import operator

conf = settings.load()

with DAG(
    "pos_responses",
    description="Answers that landed become campaign events; stop words become suppressions",
    doc_md="""
**What it does**: reads the answers that landed (status, clicks, replies), verifies their signatures, and
writes each once to `source.campaign_events`; a stop word goes to `source.suppressions` first. Then
`pos_send` may send.

**When it is red**: nothing is sent until it is green again. No answer is lost: what was not read stays
where it landed. Clear the task.

**Alarm**: more messages than usual came back (`outreach.alarm_bounced_share`).
""",
    schedule=night.timetable(conf.schedule.send, conf),
    start_date=pendulum.datetime(2025, 1, 1, tz=conf.schedule.time_zone),
    catchup=False,
    max_active_runs=1,
    params={"dry_run": request.dry_run("Write the command to the task's log and do not run it.")},
    default_args=notify.default_args(conf, notify.TASK_FAILED),
    tags=["pos", "campaigns"],
) as dag:
    read = operator(
        plan.RESPONSES,
        conf,
        **night.task_arguments(plan.RESPONSES, conf) | {"outlets": [alarm.ANSWERS_READ]},
    )
    read >> alarm.look(plan.RESPONSES, conf)
