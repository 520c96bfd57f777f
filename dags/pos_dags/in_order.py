"""A night of a backfill, which begins when those before it succeeded."""

from __future__ import annotations

from datetime import date, timedelta
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
                # The failed date has reported it already.
                self.on_failure_callback = []
                raise AirflowFailException(
                    f"{as_of} not begun: the night of {missing} has not succeeded."
                    " Repair it, then clear the failed tasks of this backfill"
                )
        # The date for who looks at the grid; this run's id, so that another attempt finds the same night.
        self.trigger_run_id = f"night_of_{as_of}__{ti.run_id}"
        # This task may have been killed while its night continued, or the night may have been repaired.
        if self._night_is(ti, "success"):
            self.log.info("%s has succeeded already", self.trigger_run_id)
            return
        if self._night_is(ti, "queued", "running"):
            raise AirflowFailException(
                f"{self.trigger_run_id} is under way: clear this task when it has ended"
            )
        self.reset_dag_run = True
        super().execute(context)

    def _night_is(self, ti: Any, *states: str) -> bool:
        nights = ti.get_dr_count(
            dag_id=self.trigger_dag_id, run_ids=[self.trigger_run_id], states=list(states)
        )
        return nights > 0
