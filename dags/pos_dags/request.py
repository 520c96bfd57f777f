"""What a run is asked to do: its as-of date and which jobs. Pure; times come in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from airflow.sdk import Param

from pos_dags.plan import Job


class RequestError(ValueError):
    """The form was filled in with something that cannot be run."""


def params(jobs: Mapping[str, Job]) -> dict[str, Param]:
    """The trigger form. Names and order of the jobs are the plan's."""
    names = list(jobs)
    return {
        "as_of": Param(
            None,
            type=["null", "string"],
            format="date",
            title="As-of date",
            description="Last complete business date. Empty: the day on which the run's data interval "
            "begins, for the scheduled night the day before. Results of this date are replaced.",
        ),
        "from_job": Param(
            None,
            type=["null", "string"],
            enum=[None, *names],
            title="From job",
            description="Begin with this job and run those after it in the plan. Empty: from the first.",
        ),
        "only_jobs": Param(
            [],
            type="array",
            items={"type": "string", "enum": names},
            uniqueItems=True,
            examples=names,
            title="Only jobs",
            description="Run just these; the others are skipped. Empty: all. What they read must be there.",
        ),
        "stores": Param(
            [],
            type="array",
            items={"type": "string", "pattern": "^[^,]+$"},
            uniqueItems=True,
            title="Stores",
            description="Store ids, as after one store's late sales: of results by store (forecast, "
            "replenishment, popular products) only these stores' rows are replaced. What is about the whole "
            "retailer runs whole. Empty: all stores.",
        ),
        "skip_publish": Param(
            False,
            type="boolean",
            title="Skip publish",
            description="Compute everything but leave the previous publication in place.",
        ),
        "dry_run": dry_run("Write each command to the task's log and run none."),
    }


def dry_run(description: str) -> Param:
    """The field of forms by which jobs are looked at and not run."""
    return Param(False, type="boolean", title="Dry run", description=description)


def as_of(
    chosen: Mapping[str, Any], interval_start: datetime | None, run_after: datetime, time_zone: str
) -> str:
    """The as-of date, as 2026-06-30: the form's, else the local day on which the data interval begins.

    A run that was triggered without a logical date has no interval: the day before it may begin.
    """
    if chosen.get("as_of"):
        return chosen["as_of"]
    zone = ZoneInfo(time_zone)
    if interval_start is None:
        return (run_after.astimezone(zone).date() - timedelta(days=1)).isoformat()
    return interval_start.astimezone(zone).date().isoformat()


def check(day: str, now: datetime, time_zone: str) -> None:
    """
    :param now: when the run may begin
    :raises RequestError: no date, or a day that is not over yet
    """
    try:
        parsed = date.fromisoformat(day)
    except ValueError as wrong:
        raise RequestError(f"as-of date {day!r} is no date; write it as 2026-06-30") from wrong
    today = now.astimezone(ZoneInfo(time_zone)).date()
    if parsed >= today:
        raise RequestError(f"as-of date {day} is not a complete day yet on {today} ({time_zone})")


def reason_to_skip(job: Job, jobs: Mapping[str, Job], chosen: Mapping[str, Any]) -> str | None:
    """Why the job is not to run, None when it is."""
    order = list(jobs)
    first = chosen.get("from_job")
    if first and order.index(job.name) < order.index(first):
        return f"the run begins with {first}"
    only = chosen.get("only_jobs")
    if only and job.name not in only:
        return f"the run is for {', '.join(only)} only"
    if job.publishes and chosen.get("skip_publish"):
        return "the run was asked not to publish"
    return None


def with_stores(arguments: list[str], chosen: Mapping[str, Any]) -> list[str]:
    """A job's arguments with the form's stores; unchanged when they are there, as in a second execution."""
    stores = chosen.get("stores")
    if not stores or "--stores" in arguments:
        return arguments
    return [*arguments, "--stores", ",".join(stores)]


def days(first: str, last: str) -> list[str]:
    """All days from the first to the last, oldest first.

    :raises RequestError: the last is before the first
    """
    begin, end = date.fromisoformat(first), date.fromisoformat(last)
    if end < begin:
        raise RequestError(f"the last day {last} is before the first {first}")
    return [(begin + timedelta(days=n)).isoformat() for n in range((end - begin).days + 1)]
