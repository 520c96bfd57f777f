"""The operator of a job, for the place that conf/airflow.yaml names."""

from __future__ import annotations

from typing import Any

from airflow.sdk import BaseOperator

from pos_dags.plan import ERASURE, Job
from pos_dags.settings import EmrServerless, Settings

MAIN_CLASS = "com.posmodern.ai.cli.Main"

# Filled in when the task runs; `as_of` is a macro of the DAG.
AS_OF = "{{ as_of(params, dag_run) }}"


def arguments(job: Job, settings: Settings) -> list[str]:
    """What follows the jar, the same in every place."""
    as_of = ["--as-of", AS_OF] if job.dated else []
    return [job.name, *as_of, "--conf", settings.place.settings, "--lake", settings.place.lake]


def operator(job: Job, settings: Settings, **task: Any) -> BaseOperator:
    """The task that runs the job. Imports only what the place needs."""
    if job.name == ERASURE.name:
        from pos_dags import erasure

        return erasure.operator(job, settings, **task)
    if isinstance(settings.place, EmrServerless):
        from pos_dags.emr import EmrJob

        return EmrJob(job=job, settings=settings, **task)
    from pos_dags.submit import SubmittedJob

    return SubmittedJob(job=job, settings=settings, **task)
