"""The wait for the sales of the as-of date: looks, gives the worker back, looks again, until a deadline.

What a look is (a spark-submit, an EMR job run) is the subclass's; this module says when and what follows.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from airflow.exceptions import AirflowFailException
from airflow.providers.standard.triggers.temporal import DateTimeTrigger
from airflow.sdk import Context

from pos_dags import notify, plan, request
from pos_dags.outcome import INCOMPLETE, Outcome, judge
from pos_dags.plan import ARRIVALS
from pos_dags.settings import FAIL, Settings, WaitForSales

LATE_SALES = (
    "POS night: sales are late",
    "{{ ti.task_id }} of {{ dag.dag_id }}, run {{ run_id }}: {{ exception }}",
)


def deadline(day: str, wait: WaitForSales, time_zone: str) -> datetime:
    """The moment after which sales of the day are no longer waited for: on the day after it."""
    hours, minutes = wait.until.split(":")
    after = date.fromisoformat(day) + timedelta(days=1)
    return datetime.combine(after, time(int(hours), int(minutes)), ZoneInfo(time_zone))


def why_not_to_look(chosen: dict[str, Any], late: bool, wait: WaitForSales) -> str | None:
    """Why the night need not ask what has arrived; None when it must."""
    first = [job for job in plan.load().values() if not job.after]
    reasons = [request.reason_to_skip(job, plan.load(), chosen) for job in first]
    if all(reasons):
        return reasons[0]
    if late and wait.then != FAIL:
        return "the deadline has passed, so the night goes on with what there is"
    return None


class WaitsForSales:
    """Mixed into the operator of the place: decides after each look whether to end, to wait or to fail."""

    def __init__(self, *, job: plan.Job, settings: Settings, **kwargs: Any) -> None:
        super().__init__(job=job, settings=settings, **kwargs)
        self.settings = settings

    @property
    def wait(self) -> WaitForSales:
        return self.settings.wait_for_sales

    def deadline(self, day: str) -> datetime:
        return deadline(day, self.wait, self.settings.schedule.time_zone)

    def not_needed(self, context: Context, day: str, command: str) -> dict[str, str] | None:
        """The task's result where no look is needed: it must not be skipped, or all behind it would be."""
        chosen = context["params"]
        late = datetime.now(UTC) >= self.deadline(day)
        reason = why_not_to_look(chosen, late, self.wait)
        if reason is None and chosen.get("dry_run"):
            reason = f"dry run, not run: {command}"
        if reason is None:
            return None
        self.log.info("did not look: %s", reason)
        return {"outcome": Outcome.OK, "message": f"did not look: {reason}"}

    def looked(self, context: Context, day: str, code: int, message: str) -> dict[str, str]:
        """The task's result after a look.

        :raises TaskDeferred: too little has arrived, and there is time left
        :raises AirflowFailException: too little has arrived by the deadline, and the settings say to fail
        """
        if code != INCOMPLETE:
            return judge(ARRIVALS.name, code, message)
        last = self.deadline(day)
        now = datetime.now(UTC)
        if now < last:
            moment = min(now + timedelta(minutes=self.wait.minutes), last)
            self.log.info("next look at %s, last one at %s. %s", moment, last, message)
            self.defer(trigger=DateTimeTrigger(moment=moment), method_name="look_again")
        if self.wait.then == FAIL:
            raise AirflowFailException(f"not waited for after {last}: {message}")
        notify.tell(self.settings, LATE_SALES, context, f"the night goes on without them. {message}")
        return {"outcome": Outcome.INCOMPLETE, "message": message}


def as_job() -> plan.Job:
    """The look as a job, in the group of the night's first ones."""
    first = next(job for job in plan.load().values() if not job.after)
    return replace(ARRIVALS, group=first.group)
