"""The operator of a job, for the place that conf/airflow.yaml names.

Its imports are inside the function on purpose: the scheduler parses every DAG again and again, and the
providers of the place that is not used take a second each. What is imported here never imports this module.
"""

from __future__ import annotations

from typing import Any

from airflow.sdk import BaseOperator

from pos_dags.plan import ARRIVALS, ERASURE, EXTRACT, LOCAL_EVENTS, RESPONSES, SEND, WEATHER, Job
from pos_dags.settings import EmrServerless, Settings


def operator(job: Job, settings: Settings, **task: Any) -> BaseOperator:
    """The task that runs the job."""
    if isinstance(settings.place, EmrServerless):
        from pos_dags.arrivals_emr import EmrArrivals
        from pos_dags.emr import EmrJob
        from pos_dags.erasure_emr import EmrErasure
        from pos_dags.extract_emr import EmrExtract, EmrLocalEvents, EmrWeather
        from pos_dags.outreach_emr import EmrOutreach

        special = {
            ERASURE.name: EmrErasure,
            ARRIVALS.name: EmrArrivals,
            EXTRACT.name: EmrExtract,
            WEATHER.name: EmrWeather,
            LOCAL_EVENTS.name: EmrLocalEvents,
            RESPONSES.name: EmrOutreach,
            SEND.name: EmrOutreach,
        }
        return special.get(job.name, EmrJob)(job=job, settings=settings, **task)
    from pos_dags.arrivals_submit import SubmittedArrivals
    from pos_dags.erasure_submit import SubmittedErasure
    from pos_dags.submit import SubmittedJob

    special = {ERASURE.name: SubmittedErasure, ARRIVALS.name: SubmittedArrivals}
    return special.get(job.name, SubmittedJob)(job=job, settings=settings, **task)


def clean_up(settings: Settings) -> BaseOperator | None:
    """The task that takes away what an erasure was told, where that lies somewhere."""
    if not isinstance(settings.place, EmrServerless):
        return None
    from pos_dags.erasure_emr import EmptySecret

    return EmptySecret(
        task_id="empty-the-secret",
        settings=settings,
        retries=settings.retries.attempts,
    )
