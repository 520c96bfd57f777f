"""A job by spark-submit: on this machine or on a Spark master."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from typing import Any

from airflow.exceptions import AirflowException
from airflow.providers.apache.spark.hooks.spark_submit import SparkSubmitHook
from airflow.providers.apache.spark.operators.spark_submit import SparkSubmitOperator
from airflow.sdk import Context
from airflow.sdk.execution_time.secrets_masker import redact

from pos_dags import request
from pos_dags.asked import skip_unless_asked, tell_assets
from pos_dags.command import MAIN_CLASS, arguments
from pos_dags.outcome import LastWords, judge
from pos_dags.plan import Job
from pos_dags.settings import Settings, SparkSubmit


def mebibytes(memory: str) -> int:
    """Of a size as Spark writes it: 512m, 4g."""
    return int(memory[:-1]) * {"m": 1, "g": 1024}[memory[-1].lower()]


class ListeningHook(SparkSubmitHook):
    """The provider's hook; it also keeps the driver's last words and its exit code."""

    def __init__(self, master: str, **kwargs: Any) -> None:
        self._master = master
        self.last_words = LastWords()
        super().__init__(**kwargs)

    def _resolve_connection(self) -> dict[str, Any]:
        # The master is set in conf/airflow.yaml: no Airflow connection has to be created by hand.
        return {
            "master": self._master,
            "queue": None,
            "deploy_mode": "client",
            "spark_binary": self.spark_binary or "spark-submit",
            "namespace": None,
            "principal": None,
            "keytab": None,
        }

    def _process_spark_submit_log(self, itr: Iterator[Any]) -> None:
        super()._process_spark_submit_log(self._heard(itr))

    def _heard(self, lines: Iterator[str]) -> Iterator[str]:
        for line in lines:
            # What was said to be secret, whatever the log's own filters are.
            shown = str(redact(line))
            self.last_words.hear(shown)
            yield shown

    def run(self, application: str) -> int:
        """Runs it to its end and gives the exit code; negative for a signal.

        :raises AirflowException: it could not be started
        """
        try:
            self.submit(application)
        except AirflowException:
            if self._submit_sp is None or self._submit_sp.returncode is None:
                raise
        except FileNotFoundError as missing:
            raise AirflowException("no spark-submit on the worker's PATH; see dags/README.md") from missing
        return self._submit_sp.returncode


class SubmittedJob(SparkSubmitOperator):
    """One job of the night; its result is ``outcome`` and ``message``."""

    def __init__(self, *, job: Job, settings: Settings, **kwargs: Any) -> None:
        place = settings.place
        assert isinstance(place, SparkSubmit)  # noqa: S101
        size = settings.sizes[job.name]
        sized: dict[str, Any] = {"driver_memory": place.driver_memory or size.driver_memory}
        conf = dict(place.spark)
        if settings.where == "cluster":
            # An executor that is larger than a worker would be waited for until the task's time is up.
            sized |= {
                "executor_cores": min(size.executor_cores, int(place.worker_cores or size.executor_cores)),
                "executor_memory": min(
                    size.executor_memory, place.worker_memory or size.executor_memory, key=mebibytes
                ),
            }
            conf |= {
                "spark.driver.cores": str(size.driver_cores),
                "spark.dynamicAllocation.enabled": "true",
                "spark.dynamicAllocation.shuffleTracking.enabled": "true",
                "spark.dynamicAllocation.minExecutors": str(size.least_executors),
                "spark.dynamicAllocation.maxExecutors": str(size.most_executors),
            }
        super().__init__(
            application=place.application,
            java_class=MAIN_CLASS,
            application_args=arguments(job, settings),
            name=f"pos-{job.name}",
            conf=conf,
            **sized,
            **kwargs,
        )
        self._job = job
        self._master = place.master

    def _get_hook(self) -> ListeningHook:
        return ListeningHook(
            master=self._master,
            conf=self.conf,
            java_class=self._java_class,
            executor_cores=self._executor_cores,
            executor_memory=self._executor_memory,
            driver_memory=self._driver_memory,
            name=self.name,
            application_args=self.application_args,
        )

    def command(self) -> list[str]:
        """The words of the spark-submit command, once the templates are filled in."""
        return self._get_hook()._build_spark_submit_command(self.application)

    def secrets(self, context: Context) -> dict[str, str]:  # noqa: ARG002
        """Variables of the driver's environment besides the worker's own."""
        return {}

    def execute(self, context: Context) -> dict[str, str]:
        self.application_args = request.with_stores(self.application_args, context["params"])
        skip_unless_asked(self._job, context, shlex.join(self.command()))
        self._hook = self._get_hook()
        # For the driver alone, and never among the words of the command, which are logged.
        self._hook._env = self.secrets(context)
        code = self._hook.run(self.application)
        result = judge(self._job.name, code, self._hook.last_words.message)
        tell_assets(self._job, context, self.application_args[2])
        return result
