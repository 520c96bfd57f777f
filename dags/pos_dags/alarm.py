"""What a task says is wrong although it ended well."""

from __future__ import annotations

import logging
from typing import Any

from airflow.sdk import Asset, get_current_context, task

from pos_dags import notify
from pos_dags.plan import Job
from pos_dags.settings import Settings

# Told when answers have been read, for the send that follows.
ANSWERS_READ = Asset(name="answers_read", uri="pos-lake://outreach/answers_read")

# How the program begins a sentence about it; the rest of its line says what. The alarm in
# conf/aws/airflow.yaml looks for it in the tasks' logs.
WORD = "ALARM: "


def alarm_of(message: str) -> str:
    """What the last line of a command warns of; empty when of nothing."""
    return message.partition(WORD)[2]


def look(job: Job, settings: Settings, notice: tuple[str, str] = notify.MESSAGES_ALARM) -> Any:
    """The task that tells whoever is notified, and its log."""

    @task(task_id=f"alarm-{job.name}")
    def alarmed() -> str:
        context = get_current_context()
        result = context["ti"].xcom_pull(task_ids=job.name) or {}
        found = alarm_of(result.get("message", ""))
        if found:
            logging.getLogger(__name__).warning("%s%s", WORD, found)
            notify.tell(settings, notice, context, found)
        return found

    return alarmed()
