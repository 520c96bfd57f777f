"""Backfill: one run of the nightly DAG per as-of date, oldest first, one at a time."""

from __future__ import annotations

import pendulum
from airflow.exceptions import AirflowFailException
from airflow.sdk import DAG, Param, get_current_context, task

from pos_dags import night, notify, request, settings
from pos_dags.by_hand import BY_HAND
from pos_dags.in_order import NightInOrder

conf = settings.load()

with DAG(
    "pos_backfill",
    description="The nightly DAG for a range of as-of dates, oldest first, without publishing unless asked",
    doc_md="""
Each date is a run of `pos_nightly` of its own, so look there for its tasks; `pos_nightly` has to be on. The
next date begins when the previous one has succeeded; a failed one stops the backfill, and the later ones say
so. Repair it, then clear this run's failed tasks: it goes on from that date, and a night that is green by
then is not run again. Nothing bounds the wait for a night; its own tasks have time limits.

Oldest first, because a candidate model is compared with the champion before it.
""",
    start_date=pendulum.datetime(2025, 1, 1, tz=conf.schedule.time_zone),
    **BY_HAND,
    params={
        "first": Param(type="string", format="date", title="First as-of date", description="Oldest day"),
        "last": Param(type="string", format="date", title="Last as-of date", description="Newest day"),
        "publish": Param(
            False,
            type="boolean",
            title="Publish",
            description="Also publish each date. Readers then see the old dates as newest.",
        ),
    },
    default_args=notify.default_args(conf, notify.TASK_FAILED),
    tags=["pos", "night"],
) as dag:

    @task(task_id="dates")
    def dates() -> list[dict]:
        """The form's days, as the request of a night each."""
        context = get_current_context()
        chosen = context["params"]
        try:
            return [
                {"as_of": day, "skip_publish": not chosen["publish"]}
                for day in request.days(chosen["first"], chosen["last"])
            ]
        except request.RequestError as wrong:
            raise AirflowFailException(str(wrong)) from wrong

    NightInOrder.partial(
        task_id="night",
        trigger_dag_id=night.DAG_ID,
        wait_for_completion=True,
        # A deferred task is not an active one: the next date would begin beside it.
        deferrable=False,
        poke_interval=15,
        max_active_tis_per_dagrun=1,
        map_index_template="{{ task.conf['as_of'] }}",
    ).expand(conf=dates())
