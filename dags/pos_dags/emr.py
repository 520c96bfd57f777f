"""A job on EMR Serverless, without a worker waiting for it."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from airflow.exceptions import AirflowException
from airflow.providers.amazon.aws.operators.emr import EmrServerlessStartJobOperator
from airflow.providers.amazon.aws.triggers.emr import EmrServerlessStartJobTrigger
from airflow.sdk import Context
from airflow.triggers.base import TriggerEvent

from pos_dags import request
from pos_dags.asked import skip_unless_asked, tell_assets
from pos_dags.command import MAIN_CLASS, arguments
from pos_dags.outcome import INFRASTRUCTURE, OK, judge
from pos_dags.plan import ERASURE, EXTRACT, LOCAL_EVENTS, MAINTENANCE, RESPONSES, SEND, TRENDS, WEATHER, Job
from pos_dags.settings import EmrServerless, Settings, Size

POLL_SECONDS = 30
_EXIT_CODE = re.compile(r"exit ?code:? *(\d+)", re.IGNORECASE)


class JobRunTrigger(EmrServerlessStartJobTrigger):
    """Waits for the job run's end, of whatever kind: a failure has to reach the task, which judges it.

    Its events name the attempt that they answer.
    """

    def __init__(self, *, attempt: int, job_id: str, **kwargs: Any) -> None:
        super().__init__(job_id=job_id, **kwargs)
        self.attempt = attempt
        self.job_run = job_id
        self.serialized_fields["attempt"] = attempt

    async def run(self) -> AsyncIterator[TriggerEvent]:
        about = {"job_id": self.job_run, "attempt": self.attempt}
        try:
            async for event in super().run():
                # Newer providers put the id elsewhere, and report a failure by an event instead of raising.
                yield TriggerEvent(event.payload | about | {"reason": event.payload.get("message", "")})
        except AirflowException as ended:
            yield TriggerEvent(about | {"status": "failed", "reason": str(ended)})


class EmrJob(EmrServerlessStartJobOperator):
    """One job of the night; its result is ``outcome`` and ``message``."""

    def __init__(self, *, job: Job, settings: Settings, **kwargs: Any) -> None:
        place = settings.place
        assert isinstance(place, EmrServerless)  # noqa: S101
        limit = settings.limit(job.name)
        super().__init__(
            application_id=place.application_id,
            execution_role_arn=role(place, job),
            job_driver={
                "sparkSubmit": {
                    "entryPoint": place.application,
                    "entryPointArguments": arguments(job, settings),
                    "sparkSubmitParameters": submit_parameters(place, settings.sizes[job.name]),
                }
            },
            configuration_overrides={
                "applicationConfiguration": [
                    {"classification": "spark-defaults", "properties": driver_secrets(self.secrets(place))}
                ],
                "monitoringConfiguration": {"s3MonitoringConfiguration": {"logUri": place.logs}},
            },
            config={
                "executionTimeoutMinutes": int(limit.total_seconds() // 60),
                "tags": {**place.tags, "job": job.name},
            },
            name=f"pos-{job.name}",
            deferrable=True,
            waiter_delay=POLL_SECONDS,
            waiter_max_attempts=int(limit.total_seconds() // POLL_SECONDS) + 10,
            **kwargs,
        )
        self._job = job
        self._attempt = 0
        # Which job run of the attempt, where it has several.
        self._look = ""

    def secrets(self, place: EmrServerless) -> dict[str, str]:
        """Secrets in Secrets Manager by the driver's variable that each is for."""
        return {"POS_PSEUDONYM_KEY": place.pseudonym_secret}

    def execute(self, context: Context, event: dict[str, Any] | None = None) -> Any:
        submitted = self.job_driver["sparkSubmit"]
        submitted["entryPointArguments"] = request.with_stores(
            submitted["entryPointArguments"], context["params"]
        )
        self.skip_unless_asked(context)
        ti = context["ti"]
        self._attempt = ti.try_number
        # The same attempt asked for twice, after a worker was lost, starts one job run.
        self.client_request_token = str(
            uuid5(NAMESPACE_URL, f"{ti.dag_id}/{ti.run_id}/{ti.task_id}/{ti.try_number}{self._look}")
        )
        return super().execute(context, event)

    def skip_unless_asked(self, context: Context) -> None:
        skip_unless_asked(self._job, context, json.dumps(self.job_driver))

    def defer(self, *, trigger: Any, **kwargs: Any) -> None:
        if isinstance(trigger, EmrServerlessStartJobTrigger):
            trigger = JobRunTrigger(
                attempt=self._attempt,
                application_id=self.application_id,
                job_id=self.job_id,
                waiter_delay=self.waiter_delay,
                waiter_max_attempts=self.waiter_max_attempts,
                aws_conn_id=self.aws_conn_id,
            )
        super().defer(trigger=trigger, **kwargs)

    def execute_complete(self, context: Context, event: dict[str, Any] | None = None) -> dict[str, str]:
        if event["attempt"] != context["ti"].try_number:
            # Airflow before 3.1.1 hands a retry the event of the attempt before (its issue 56704).
            return self.execute(context)
        run = self.hook.conn.get_job_run(applicationId=self.application_id, jobRunId=event["job_id"])[
            "jobRun"
        ]
        details = run.get("stateDetails") or event.get("reason", "")
        self.log.info("job run %s is %s: %s", event["job_id"], run["state"], details)
        result = self.ended(context, exit_code(run["state"], details), details)
        tell_assets(self._job, context, self.job_driver["sparkSubmit"]["entryPointArguments"][2])
        return result

    def ended(self, context: Context, code: int, details: str) -> dict[str, str]:  # noqa: ARG002
        """The task's result for the job run's exit code."""
        return judge(self._job.name, code, details)


def role(place: EmrServerless, job: Job) -> str:
    """The role that allows what the job does and no more."""
    special = {
        MAINTENANCE.name: place.maintenance_role,
        ERASURE.name: place.erasure_role,
        EXTRACT.name: place.extract_role,
        WEATHER.name: place.extract_role,
        LOCAL_EVENTS.name: place.extract_role,
        TRENDS.name: place.extract_role,
        RESPONSES.name: place.outreach_role,
        SEND.name: place.outreach_role,
    }
    return special.get(job.name, place.job_role)


def exit_code(state: str, details: str) -> int:
    """The driver's exit code. A run that ended badly without one failed for reasons of the platform."""
    if state == "SUCCESS":
        return OK
    match = _EXIT_CODE.search(details)
    return int(match[1]) if match else INFRASTRUCTURE


def driver_secrets(secrets: dict[str, str]) -> dict[str, str]:
    """References only: EMR Serverless puts the values in when it starts the driver."""
    return {
        f"spark.emr-serverless.driverEnv.{variable}": f"EMR.secret@{secret}"
        for variable, secret in secrets.items()
    }


def submit_parameters(place: EmrServerless, size: Size) -> str:
    """What EMR Serverless appends to its spark-submit, in one line."""
    conf = {
        "spark.driver.cores": size.driver_cores,
        "spark.driver.memory": size.driver_memory,
        "spark.executor.cores": size.executor_cores,
        "spark.executor.memory": size.executor_memory,
        "spark.dynamicAllocation.minExecutors": size.least_executors,
        "spark.dynamicAllocation.maxExecutors": size.most_executors,
        "spark.files": place.files,
        "spark.archives": place.archives,
        **place.spark,
    }
    return " ".join([f"--class {MAIN_CLASS}", *(f"--conf {key}={value}" for key, value in conf.items())])
