"""The customers to erase: the ids reach the driver, and appear in no log, command or request on the way."""

from __future__ import annotations

import json

from airflow.exceptions import AirflowFailException
from airflow.sdk import Context
from airflow.sdk.execution_time.secrets_masker import mask_secret

VARIABLE = "POS_CUSTOMER_ID"


def customers(context: Context) -> str:
    """The ids that the form asks for, as the driver reads them: one as it is, several as a JSON list.

    From here on the task's log shows each masked.

    :raises AirflowFailException: the form has none
    """
    lines = (context["params"].get("customer_id") or "").splitlines()
    chosen = [line.strip() for line in lines if line.strip()]
    if not chosen:
        raise AirflowFailException("no customer was given. Trigger again and fill in customer_id.")
    text = chosen[0] if len(chosen) == 1 else json.dumps(chosen)
    for secret in (*chosen, text):
        mask_secret(secret)
    return text
