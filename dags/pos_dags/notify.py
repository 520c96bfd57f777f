"""The notifiers configured in conf/airflow.yaml."""

from __future__ import annotations

import logging
from pkgutil import resolve_name
from typing import Any

from airflow.sdk import BaseNotifier, Context

from pos_dags.settings import Settings

# Airflow gives no exception when a task is run by dag.test, or when waiting for another DAG timed out.
_WHY = "{{ exception | default('see its log', true) }}"
_TASK = "{{ ti.task_id }}{{ ' of ' ~ ti.rendered_map_index if ti.rendered_map_index }}"

TASK_FAILED = (
    f"POS night: {_TASK} failed",
    _TASK + " of {{ dag.dag_id }}, run {{ run_id }}, attempt {{ ti.try_number }}: " + _WHY,
)
MODEL_REJECTED = (
    "POS night: model rejected in {{ ti.task_id }}",
    "{{ ti.task_id }} of {{ dag.dag_id }}, run {{ run_id }}: " + _WHY,
)
NIGHT_LATE = (
    "POS night is late",
    "The night of {{ logical_date }} was not done by the deadline: " + _WHY,
)
SOURCES_OLD = (
    "POS night: a source is old",
    "{{ dag.dag_id }}, run {{ run_id }}: " + _WHY,
)
MESSAGES_ALARM = (
    "POS messages: look at {{ dag.dag_id }}",
    "{{ dag.dag_id }}, run {{ run_id }}: " + _WHY,
)


class LogNotifier(BaseNotifier):
    """Writes the notice into the log of the task it is about."""

    template_fields = ("subject", "message")

    def __init__(self, subject: str, message: str) -> None:
        super().__init__()
        self.subject = subject
        self.message = message

    def notify(self, context: Context) -> None:  # noqa: ARG002
        logging.getLogger(__name__).warning("NOTICE %s | %s", self.subject, self.message)


def notifiers(settings: Settings, notice: tuple[str, str]) -> list[BaseNotifier]:
    """One of each configured kind, ready to be an Airflow callback, for a notice of subject and message."""
    return [
        resolve_name(notifier.class_path)(**_filled(notifier.arguments, *notice))
        for notifier in settings.notifiers
    ]


def default_args(settings: Settings, notice: tuple[str, str]) -> dict[str, Any]:
    """Default arguments of a DAG that data engineering owns and whose failures are notified."""
    return {"owner": "data-engineering", "on_failure_callback": notifiers(settings, notice)}


def tell(settings: Settings, notice: tuple[str, str], context: Context, what: str) -> None:
    """Sends it now; ``what`` is the notice's ``{{ exception }}``."""
    for notifier in notifiers(settings, notice):
        notifier({**context, "exception": what})


def _filled(value: Any, subject: str, message: str) -> Any:
    if isinstance(value, dict):
        return {key: _filled(item, subject, message) for key, item in value.items()}
    if isinstance(value, list):
        return [_filled(item, subject, message) for item in value]
    if isinstance(value, str):
        return value.replace("{{ subject }}", subject).replace("{{ message }}", message)
    return value
