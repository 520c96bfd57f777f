"""What every job's operator does before and after the job."""

from __future__ import annotations

from typing import Any

from airflow.exceptions import AirflowSkipException
from airflow.sdk import Asset, Context

from pos_dags import plan, request
from pos_dags.plan import Job


def result_assets(job: Job) -> list[Asset]:
    """One per result table that the job publishes.

    The address is the table's within the lake, not the lake's: what follows is then the same wherever
    the lake lies.
    """
    return assets(job.result_tables)


def assets(tables: tuple[str, ...]) -> list[Asset]:
    """One per table, at its address within the lake."""
    return [Asset(name=table, uri=f"pos-lake://{table.replace('.', '/')}") for table in tables]


def skip_unless_asked(job: Job, context: Context, command: str) -> None:
    """
    :param command: what would be run, for a dry run's log
    :raises AirflowSkipException: the form excluded the job, or asked for a dry run
    """
    chosen = context["params"]
    if reason := request.reason_to_skip(job, plan.load(), chosen):
        raise AirflowSkipException(f"{job.name} is left out: {reason}")
    if chosen.get("dry_run"):
        raise AirflowSkipException(f"dry run, not run: {command}")


def tell_assets(job: Job, context: Context, day: str) -> None:
    """Adds to each asset event which date was published, for the DAGs that follow."""
    for asset in result_assets(job):
        event: Any = context["outlet_events"][asset]
        event.extra = {"as_of": day, "run_id": context["run_id"]}
