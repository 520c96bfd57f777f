"""The erasure of a customer: the id gets to the driver, and to no log, command or request on its way."""

from __future__ import annotations

from typing import Any

from airflow.exceptions import AirflowFailException
from airflow.sdk import BaseOperator, Context
from airflow.sdk.execution_time.secrets_masker import mask_secret

from pos_dags.plan import Job
from pos_dags.settings import EmrServerless, Settings

VARIABLE = "POS_CUSTOMER_ID"


def customer(context: Context) -> str:
    """The id that the form asks for; from here on the task's log shows it masked.

    :raises AirflowFailException: the form has none
    """
    chosen = (context["params"].get("customer_id") or "").strip()
    if not chosen:
        raise AirflowFailException("no customer is named. Trigger again and fill in customer_id.")
    mask_secret(chosen)
    return chosen


def operator(job: Job, settings: Settings, **task: Any) -> BaseOperator:
    """The task, for the place of the settings. Imports only what the place needs."""
    if isinstance(settings.place, EmrServerless):
        return _on_emr()(job=job, settings=settings, **task)
    return _submitted()(job=job, settings=settings, **task)


def _submitted() -> type:
    from pos_dags.submit import SubmittedJob

    class SubmittedErasure(SubmittedJob):
        """The id is a variable of the driver's environment."""

        def secrets(self, context: Context) -> dict[str, str]:
            return {VARIABLE: customer(context)}

    return SubmittedErasure


def _on_emr() -> type:
    from pos_dags.emr import EmrJob

    class EmrErasure(EmrJob):
        """The id is the value of a secret: whoever may list job runs can read a request's variables."""

        def __init__(self, *, settings: Settings, **kwargs: Any) -> None:
            super().__init__(settings=settings, **kwargs)
            self._secret = settings.place.customer_secret

        def role(self, place: EmrServerless) -> str:
            return place.erasure_role

        def secrets(self, place: EmrServerless) -> dict[str, str]:
            return super().secrets(place) | {VARIABLE: place.customer_secret}

        def execute(self, context: Context, event: dict[str, Any] | None = None) -> Any:
            chosen = customer(context)
            if event is None and not context["params"].get("dry_run"):
                self._put(chosen)
            return super().execute(context, event)

        def execute_complete(self, context: Context, event: dict[str, Any] | None = None) -> dict[str, str]:
            # Twice: the secrets manager keeps the value before.
            for _ in range(2):
                self._put("-")
            return super().execute_complete(context, event)

        def _put(self, value: str) -> None:
            from airflow.providers.amazon.aws.hooks.base_aws import AwsBaseHook

            client = AwsBaseHook(aws_conn_id=self.aws_conn_id, client_type="secretsmanager").conn
            client.put_secret_value(SecretId=self._secret, SecretString=value)

    return EmrErasure
