"""The erasure by spark-submit."""

from __future__ import annotations

from airflow.sdk import Context

from pos_dags.erasure import VARIABLE, customers
from pos_dags.submit import SubmittedJob


class SubmittedErasure(SubmittedJob):
    """The ids are a variable of the driver's environment."""

    def secrets(self, context: Context) -> dict[str, str]:
        return {VARIABLE: customers(context)}
