"""Weather into the source tables, before the night: `scripts/pos weather`."""

from __future__ import annotations

import pendulum
from airflow.sdk import DAG

from pos_dags import night, notify, plan, request, settings
from pos_dags.place import operator

conf = settings.load()

with DAG(
    "pos_weather",
    description="Weather at the stores, measured and expected, into the source tables",
    doc_md="""
**What it does**: `scripts/pos weather`: asks the weather service of the settings about the places of the
stores. What was measured since the last run and what is expected now go into `source.weather_daily`; what is
expected is also kept with its day in `source.weather_forecasts`, so that backtests see the weather as it was
forecast.

**When it is red**: the places that were answered are written, the others keep what is known of them, and the
night runs with that. The last line says what the service said. Clear the task; if the service stays away for
a night, its forecast is lost for good, and the night uses the one before.
""",
    schedule=night.timetable(conf.schedule.weather, conf),
    start_date=pendulum.datetime(2025, 1, 1, tz=conf.schedule.time_zone),
    catchup=False,
    max_active_runs=1,
    params={"dry_run": request.dry_run("Write the command to the task's log and do not run it.")},
    default_args=notify.default_args(conf, notify.TASK_FAILED),
    tags=["pos", "lake"],
) as dag:
    operator(plan.WEATHER, conf, **night.task_arguments(plan.WEATHER, conf))
