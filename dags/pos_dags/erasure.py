"""The customer to erase: the id gets to the driver, and to no log, command or request on its way."""

from __future__ import annotations

from airflow.exceptions import AirflowFailException
from airflow.sdk import Context
from airflow.sdk.execution_time.secrets_masker import mask_secret

VARIABLE = "POS_CUSTOMER_ID"


def customer(context: Context) -> str:
    """The id that the form asks for; from here on the task's log shows it masked.

    :raises AirflowFailException: the form has none
    """
    chosen = (context["params"].get("customer_id") or "").strip()
    if not chosen:
        raise AirflowFailException("no customer was given. Trigger again and fill in customer_id.")
    mask_secret(chosen)
    return chosen
