"""The erasure on EMR Serverless."""

from __future__ import annotations

from typing import Any

from airflow.providers.amazon.aws.hooks.base_aws import AwsBaseHook
from airflow.sdk import Context

from pos_dags.emr import EmrJob
from pos_dags.erasure import VARIABLE, customer
from pos_dags.settings import EmrServerless, Settings


class EmrErasure(EmrJob):
    """The id is the value of a secret: anyone who may list job runs can read a request's variables."""

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
        # Overwritten twice, because Secrets Manager keeps the previous value.
        for _ in range(2):
            self._put("-")
        return super().execute_complete(context, event)

    def _put(self, value: str) -> None:
        client = AwsBaseHook(aws_conn_id=self.aws_conn_id, client_type="secretsmanager").conn
        client.put_secret_value(SecretId=self._secret, SecretString=value)
