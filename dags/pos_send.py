"""Sends the messages that are due, after answers have been read: a stop word holds for the next send."""

from __future__ import annotations

import pendulum
from airflow.sdk import DAG

from pos_dags import alarm, night, notify, plan, request, settings
from pos_dags.place import operator

conf = settings.load()

with DAG(
    "pos_send",
    description="Send messages of campaigns that are due",
    doc_md="""
**What it does**: `scripts/pos send`: what is due is sent, at most once; everything else is counted with its
reason. The settings decide whether it sends at all (`outreach.mode`: DRY_RUN, SANDBOX, LIVE).

**Stop everything now**: put a file `outreach/STOP` below the lake's root. The run that is under way ends
within seconds, and no other sends until the file is removed. Pausing this DAG keeps further runs back.

**When it is red**: clear the task. What was interrupted is taken over first; a message of which nobody
knows whether it was sent is asked about, or stays in doubt, and is not sent again.

**Alarm**: messages were due and none of them was sent.
""",
    schedule=[alarm.ANSWERS_READ],
    start_date=pendulum.datetime(2025, 1, 1, tz=conf.schedule.time_zone),
    catchup=False,
    max_active_runs=1,
    params={"dry_run": request.dry_run("Write the command to the task's log and do not run it.")},
    default_args=notify.default_args(conf, notify.TASK_FAILED),
    tags=["pos", "campaigns"],
) as dag:
    sent = operator(plan.SEND, conf, **night.task_arguments(plan.SEND, conf))
    sent >> alarm.look(plan.SEND, conf)
