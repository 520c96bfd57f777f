"""The program arguments after spark-submit's options, the same wherever a job runs."""

from __future__ import annotations

from pos_dags.plan import Job
from pos_dags.settings import Settings

MAIN_CLASS = "com.posmodern.ai.cli.Main"

# Filled in when the task runs; `as_of` is a macro of the DAG.
AS_OF = "{{ as_of(params, dag_run) }}"


def arguments(job: Job, settings: Settings) -> list[str]:
    """What follows the jar."""
    as_of = ["--as-of", AS_OF] if job.dated else []
    return [job.name, *as_of, "--conf", settings.place.settings, "--lake", settings.place.lake]
