"""Forgets customers who ask for it (LGPD, article 18): triggered by hand, with their ids."""

from __future__ import annotations

import pendulum
from airflow.sdk import DAG, Param

from pos_dags import night, notify, plan, request, settings
from pos_dags.by_hand import BY_HAND
from pos_dags.place import clean_up, operator

conf = settings.load()

with DAG(
    "pos_erase_customer",
    description="LGPD: forget a customer everywhere, and prove it",
    doc_md="""
**What it does**: deletes the customer's rows from every table of the lake, by id in the source tables and by
pseudonym in all others, from the till's database and from the reports; removes every older version that still
held them; and at last searches all files. The log ends with a table: rows deleted, files searched, hits.

**What it costs**: publications before the visible one are forgotten, as their versions held the customer:
readers can no longer be switched back to them. The visible one stays visible, without the customer.

**When it may run**: whenever no other job writes the lake. The task takes every slot of the pool, and so
waits for the job of a night that is running, and the next one waits for it.

**When it is red**: clear the task. Run again it comes to the same end, wherever it broke off.

**Where the ids stay**: in no log, command or request. On EMR Serverless they are the value of a
secret while the job runs; the last task empties it, also when the first one failed or was killed.
Airflow keeps the form of the run: delete the run when
its proof is filed (*Browse, Dag Runs*). In the systems that feed the lake it is for the retailer to erase.
""",
    start_date=pendulum.datetime(2025, 1, 1, tz=conf.schedule.time_zone),
    **BY_HAND,
    params={
        "customer_id": Param(
            None,
            type=["null", "string"],
            format="multiline",
            title="Customer ids",
            description="As the source tables have them, one per line: one pass for all. Masked in the log.",
        ),
        "dry_run": request.dry_run("Write the command to the task's log and do not run it."),
    },
    default_args=notify.default_args(conf, notify.TASK_FAILED),
    tags=["pos", "lgpd"],
) as dag:
    erasure = operator(
        plan.ERASURE,
        conf,
        **night.task_arguments(plan.ERASURE, conf),
        # Runs alone: rows that another job writes at the same time could contain the customer again.
        pool_slots=conf.pool.slots,
    )
    emptied = clean_up(conf)
    if emptied:
        # The erasure alone decides how the run ended; ids that stay are told by a notice.
        erasure >> emptied.as_teardown()
