"""Puts the night's DAG together from the plan and the settings."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pendulum
from airflow.exceptions import AirflowFailException, AirflowSkipException
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG, BaseOperator, TaskGroup, get_current_context, task
from airflow.timetables.interval import CronDataIntervalTimetable
from airflow.utils.trigger_rule import TriggerRule

from pos_dags import alarm, arrivals, notify, plan, request, triage
from pos_dags.asked import assets, result_assets
from pos_dags.outcome import Outcome
from pos_dags.place import operator
from pos_dags.plan import Job
from pos_dags.settings import Settings

DAG_ID = "pos_nightly"
CHECK = "check-request"
GATE = "gate"
END = "night-ended-well"
DEFAULT_POOL = "default_pool"
SOURCE_AGES = "ops.source_ages"


def build(dag: DAG, jobs: dict[str, Job], settings: Settings) -> None:
    """Adds the tasks: the check of the request, the jobs in their groups, a gate behind each training."""
    check = check_request(settings)
    wait = arrivals.as_job()
    groups: dict[str, TaskGroup] = {}
    tasks: dict[str, BaseOperator] = {}
    # The task on which dependent jobs wait: the gate's task if there is one.
    done: dict[str, Any] = {}
    alarms: list[Any] = []
    groups[wait.group] = TaskGroup(wait.group, dag=dag, prefix_group_id=False)
    with groups[wait.group]:
        # In no pool: it writes nothing, and others may write to the lake while it waits.
        fed = {"inlets": [asset for job in plan.FEEDERS for asset in assets(job.feeds)]}
        arrived = operator(wait, settings, **(task_arguments(wait, settings) | fed | {"pool": DEFAULT_POOL}))
    check >> arrived
    for job in jobs.values():
        if job.group not in groups:
            groups[job.group] = TaskGroup(job.group, dag=dag, prefix_group_id=False)
        with groups[job.group]:
            tasks[job.name] = done[job.name] = operator(job, settings, **task_arguments(job, settings))
        if SOURCE_AGES in job.writes:
            with groups[job.group]:
                aged = alarm.look(job, settings, notify.SOURCES_OLD)
            tasks[job.name] >> aged
            alarms.append(aged)
        if job.trains:
            if GATE not in groups:
                groups[GATE] = TaskGroup(GATE, dag=dag, prefix_group_id=False)
            with groups[GATE]:
                done[job.name] = gate(job, settings)
            tasks[job.name] >> done[job.name]
        for earlier in job.after:
            done[earlier] >> tasks[job.name]
        if not job.after:
            arrived >> tasks[job.name]
    # The run's state is that of its last task: red unless all before it went well, the report too.
    ended = EmptyOperator(task_id=END, trigger_rule=TriggerRule.NONE_FAILED)
    for aged in alarms:
        aged >> ended
    awaited = {name for job in jobs.values() if not job.runs_after_failure for name in job.after}
    for job in jobs.values():
        if job.name not in awaited:
            done[job.name] >> ended
        if job.runs_after_failure:
            # A teardown runs whatever became of the jobs before, but not for a refused request.
            tasks[job.name].as_teardown(setups=check)


def task_arguments(job: Job, settings: Settings) -> dict[str, Any]:
    """The Airflow arguments of a job's task, wherever it runs."""
    retries = settings.retries
    return {
        "task_id": job.name,
        "pool": settings.pool.name,
        # A job that was left out does not block the next. (After a setup task Airflow requires all_success.)
        "trigger_rule": TriggerRule.NONE_FAILED if job.after else TriggerRule.ALL_SUCCESS,
        "execution_timeout": settings.limit(job.name),
        "retries": retries.attempts - 1,
        "retry_delay": timedelta(minutes=retries.first_delay_minutes),
        "retry_exponential_backoff": True,
        "max_retry_delay": timedelta(minutes=retries.longest_delay_minutes),
        "outlets": [*result_assets(job), *assets(job.feeds)],
        "doc_md": triage.notes(job),
    }


def check_request(settings: Settings) -> Any:
    @task(task_id=CHECK)
    def check() -> str:
        """Refuses a date that is not over, and a second run beside one that is under way."""
        context = get_current_context()
        run = context["dag_run"]
        zone = settings.schedule.time_zone
        try:
            day = request.as_of(context["params"], run.data_interval_start, run.run_after, zone)
            request.check(day, run.run_after, zone)
        except request.RequestError as wrong:
            raise AirflowFailException(str(wrong)) from wrong
        # max_active_runs holds back what the scheduler starts; this also catches a backfill of
        # Airflow's own, which counts its runs apart.
        running = context["ti"].get_dr_count(DAG_ID, states=["running"])
        if running > 1:
            raise AirflowFailException(
                f"{running} runs of {DAG_ID} are under way and would write the same tables. "
                "Wait for the other one, then clear this task."
            )
        print(f"as-of date {day}")
        return day

    return check().as_setup()


def gate(job: Job, settings: Settings) -> Any:
    @task(task_id=f"{GATE}-{job.name.removesuffix('-train')}", trigger_rule=TriggerRule.NONE_FAILED)
    def verdict(trained_by: str) -> str:
        context = get_current_context()
        result = context["ti"].xcom_pull(task_ids=trained_by)
        if not result:
            raise AirflowSkipException(f"{trained_by} did not run: no candidate to judge")
        if result["outcome"] == Outcome.REJECTED:
            notify.tell(settings, notify.MODEL_REJECTED, context, result["message"])
            raise AirflowSkipException(f"candidate rejected, the champion scores. {result['message']}")
        return result["message"]

    return verdict(job.name)


def timetable(cron: str, settings: Settings) -> CronDataIntervalTimetable:
    """Runs at the end of an interval, whose beginning gives the as-of date."""
    return CronDataIntervalTimetable(cron, timezone=pendulum.timezone(settings.schedule.time_zone))
