"""The wait for sales on EMR Serverless: a short job run for each look."""

from __future__ import annotations

import json
from typing import Any

from airflow.sdk import Context

from pos_dags.arrivals import WaitsForSales
from pos_dags.emr import EmrJob
from pos_dags.plan import Job
from pos_dags.settings import Settings


class EmrArrivals(WaitsForSales, EmrJob):
    """Deferred while a job run looks, and between two looks."""

    def __init__(self, *, job: Job, settings: Settings, **kwargs: Any) -> None:
        super().__init__(job=job, settings=settings, **kwargs)
        self._arguments().extend(["--least-share", str(settings.wait_for_sales.share)])

    def _arguments(self) -> list[str]:
        return self.job_driver["sparkSubmit"]["entryPointArguments"]

    def execute(self, context: Context, event: dict[str, Any] | None = None) -> Any:
        day = self._arguments()[2]
        if event is None and (found := self.not_needed(context, day, json.dumps(self.job_driver))):
            return found
        return super().execute(context, event)

    def look_again(self, context: Context, event: Any = None) -> Any:
        # Another job run, not the one of the look before.
        self._look = str(event)
        return super().execute(context)

    def skip_unless_asked(self, context: Context) -> None:
        """Nothing: it looks whenever the night's first job runs."""

    def ended(self, context: Context, code: int, details: str) -> dict[str, str]:
        return self.looked(context, self._arguments()[2], code, details)
