"""A night of a backfill, which begins when those before it succeeded."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from airflow.exceptions import AirflowFailException
from airflow.providers.standard.operators.trigger_dagrun import TriggerDagRunOperator


class NightInOrder(TriggerDagRunOperator):
    """Mapped over the requests of consecutive as-of dates; fails without a night when an earlier one did.

    Mapped tasks do not know each other: a failed one alone would not keep Airflow from the next.
    """

    def execute(self, context: Any) -> None:
        ti = context["ti"]
        as_of = date.fromisoformat(self.conf["as_of"])
        states = ti.get_task_states(dag_id=ti.dag_id, task_ids=[ti.task_id], run_ids=[ti.run_id])[ti.run_id]
        for earlier in range(ti.map_index):
            if states[f"{ti.task_id}_{earlier}"] != "success":
                missing = as_of - timedelta(days=ti.map_index - earlier)
                raise AirflowFailException(
                    f"{as_of} not begun: the night of {missing} has not succeeded."
                    " Repair it, then clear the failed tasks of this backfill"
                )
        # The grid of the nightly DAG then says which date a run is for.
        self.trigger_run_id = f"night_of_{as_of}__{datetime.now(UTC):%Y%m%dT%H%M%S}"
        super().execute(context)
