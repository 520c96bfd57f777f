"""The erasure on EMR Serverless."""

from __future__ import annotations

from typing import Any

from airflow.providers.amazon.aws.hooks.base_aws import AwsBaseHook
from airflow.sdk import BaseOperator, Context

from pos_dags.emr import EmrJob
from pos_dags.erasure import VARIABLE, customers
from pos_dags.settings import EmrServerless, Settings


class EmrErasure(EmrJob):
    """The ids are the value of a secret: anyone who may list job runs can read a request's variables."""

    def __init__(self, *, settings: Settings, **kwargs: Any) -> None:
        super().__init__(settings=settings, **kwargs)
        self._secret = settings.place.customer_secret

    def secrets(self, place: EmrServerless) -> dict[str, str]:
        return super().secrets(place) | {VARIABLE: place.customer_secret}

    def execute(self, context: Context, event: dict[str, Any] | None = None) -> Any:
        chosen = customers(context)
        if event is None and not context["params"].get("dry_run"):
            put(self._secret, chosen, self.aws_conn_id)
        return super().execute(context, event)


class EmptySecret(BaseOperator):
    """Takes the ids away again, however the erasure went.

    A task of its own: a worker that is killed runs no ``finally``, and Airflow starts this one on another.
    """

    def __init__(self, *, settings: Settings, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._secret = settings.place.customer_secret

    def execute(self, context: Context) -> None:  # noqa: ARG002
        # Overwritten twice, because Secrets Manager keeps the previous value.
        for _ in range(2):
            put(self._secret, "-")


def put(secret: str, value: str, connection: str | None = AwsBaseHook.default_conn_name) -> None:
    client = AwsBaseHook(aws_conn_id=connection, client_type="secretsmanager").conn
    client.put_secret_value(SecretId=secret, SecretString=value)
