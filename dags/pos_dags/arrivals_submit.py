"""The wait for sales by spark-submit."""

from __future__ import annotations

import shlex
from typing import Any

from airflow.sdk import Context

from pos_dags import request
from pos_dags.arrivals import WaitsForSales
from pos_dags.plan import Job
from pos_dags.settings import Settings
from pos_dags.submit import SubmittedJob


class SubmittedArrivals(WaitsForSales, SubmittedJob):
    """No driver runs between two looks."""

    def __init__(self, *, job: Job, settings: Settings, **kwargs: Any) -> None:
        super().__init__(job=job, settings=settings, **kwargs)
        self.application_args += ["--least-share", str(settings.wait_for_sales.share)]

    def execute(self, context: Context) -> dict[str, str]:
        day = self.application_args[2]
        if found := self.not_needed(context, day, shlex.join(self.command())):
            return found
        return self.look_again(context)

    def look_again(self, context: Context, event: Any = None) -> dict[str, str]:  # noqa: ARG002
        self.application_args = request.with_stores(self.application_args, context["params"])
        self._hook = self._get_hook()
        code = self._hook.run(self.application)
        return self.looked(context, self.application_args[2], code, self._hook.last_words.message)
