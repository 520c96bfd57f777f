"""Example of a downstream DAG of BI: runs when all result tables have been published.

A model for your own: take the assets you read, and put your work in place of the log line.
"""

from __future__ import annotations

import pendulum
from airflow.sdk import DAG, get_current_context, task

from pos_dags import plan
from pos_dags.asked import result_assets

assets = [asset for job in plan.load().values() for asset in result_assets(job)]

with DAG(
    "pos_bi_refresh",
    description="Follows the publication of the result tables",
    schedule=assets,
    start_date=pendulum.datetime(2025, 1, 1, tz="UTC"),
    catchup=False,
    max_active_runs=1,
    default_args={"owner": "bi"},
    tags=["pos", "bi"],
) as dag:

    @task(task_id="what-is-new")
    def what_is_new() -> dict[str, str]:
        """The as-of date that was published last, by table."""
        events = get_current_context()["triggering_asset_events"]
        news = {asset.name: published[-1].extra["as_of"] for asset, published in events.items()}
        for table, day in sorted(news.items()):
            print(f"{table} is published for {day}")
        return news

    what_is_new()
