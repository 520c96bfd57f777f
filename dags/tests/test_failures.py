"""What the night does when jobs end badly: real Airflow (dag.test), a spark-submit that ends as told."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import nights
import pytest

_run_number = iter(range(1, 1000))


@pytest.fixture
def night(airflow_db, stand_in):
    """A fresh nightly DAG on the stand-in; ``night.ends(job, ...)`` says how its attempts end."""
    return Night(stand_in)


class Night:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.dag = nights.load("pos_nightly")
        nights.quicken(self.dag)

    def ends(self, job: str, *codes: object) -> None:
        (self.folder / f"{job}.ends").write_text("\n".join(map(str, codes)))

    def run(self, **conf) -> nights.Ran:
        # Each test's night has a logical date of its own.
        begun = datetime(2025, 10, 1, 5, next(_run_number), tzinfo=UTC)
        return nights.run(self.dag, begun, **conf)

    @property
    def calls(self) -> list[str]:
        file = self.folder / "calls"
        return file.read_text().split() if file.exists() else []


def jobs_of(dag) -> list[str]:
    others = ("alarm", "gate", "check-request", "arrivals", "night-ended-well")
    return [t for t in dag.task_ids if not t.startswith(others)]


def test_a_good_night_runs_every_job_once_and_publishes_every_result_table(night):
    ran = night.run()
    assert ran.state == "success", ran.states
    assert set(ran.states.values()) == {"success"}
    assert sorted(night.calls) == sorted(jobs_of(night.dag))
    assert night.calls[-2:] == ["publish", "report"]
    assert asset_events(ran.run_id) == {
        table: {"as_of": "2025-09-30", "run_id": ran.run_id}
        for table in (
            "results.customer_segments",
            "results.demand_forecast",
            "results.demand_forecast_total",
            "results.order_backtest",
            "results.popular_products",
            "results.product_recommendations",
            "results.replenishment_advice",
            "results.segment_moves",
            "results.segment_profiles",
            "results.similar_products",
        )
    }


def test_bad_data_is_not_tried_again_and_nothing_is_published(night, capfd, notices):
    night.ends("quality", 3, 0)
    ran = night.run()
    assert ran.state == "failed"
    assert ran.states["quality"] == "failed"
    assert ran.attempts["quality"] == 1
    assert ran.states["publish"] == "upstream_failed"
    # The report describes the failure, and does not turn the night green.
    assert night.calls == ["quality", "report"]
    assert asset_events(ran.run_id) == {}
    log = nights.printed(capfd)
    assert "quality: bad data (exit code 3), not tried again." in log
    assert "source.stores: 3 rows break time_zone_shape" in log
    assert len(notices) == 1
    assert notices[0].startswith("NOTICE POS night: quality failed | quality of pos_nightly, run ")


# A night takes seconds whatever it does, so what does not depend on another job's end shares one.


def test_our_own_faults_and_wrong_settings_are_not_tried_again(night):
    night.ends("daily-demand", 1, 0)
    night.ends("customer-features", 2, 0)
    ran = night.run()
    for job in ("daily-demand", "customer-features"):
        assert ran.states[job] == "failed", job
        assert night.calls.count(job) == 1, job


def test_infrastructure_and_a_killed_driver_are_tried_again(night):
    ends = {"daily-demand": 5, "customer-features": "kill", "forecast-score": 137}
    for job, end in ends.items():
        night.ends(job, end, 0)
    ran = night.run()
    assert ran.state == "success"
    for job in ends:
        assert ran.attempts[job] == 2, job
        assert night.calls.count(job) == 2, job


def test_infrastructure_that_stays_down_fails_after_the_configured_attempts(night):
    night.ends("customer-features", 5, 5, 5, 0)
    ran = night.run()
    assert ran.states["customer-features"] == "failed"
    assert night.calls.count("customer-features") == 3


def test_a_rejected_model_is_a_skipped_gate_and_the_champion_scores(night, capfd, notices):
    night.ends("forecast-train", 4)
    ran = night.run()
    assert ran.state == "success"
    assert ran.states["forecast-train"] == "success"
    assert ran.states["gate-forecast"] == "skipped"
    assert ran.states["gate-recommend"] == "success"
    assert ran.states["forecast-score"] == "success"
    assert ran.states["publish"] == "success"
    assert ran.xcoms["forecast-train"]["outcome"] == "rejected"
    log = nights.printed(capfd)
    assert "candidate rejected, the champion scores. rejected:" in log
    assert "2 % worse than the baseline" in log
    assert len(notices) == 1
    assert notices[0].startswith("NOTICE POS night: model rejected in gate-forecast | ")


def test_a_failed_report_turns_the_night_red(night):
    night.ends("report", 3)
    ran = night.run()
    assert ran.states["publish"] == "success"
    assert ran.state == "failed"


def test_only_the_jobs_asked_for_run(night):
    ran = night.run(only_jobs=["segment-train", "segment-score"])
    assert ran.state == "success"
    assert night.calls == ["segment-train", "segment-score"]
    assert ran.states["publish"] == "skipped"
    assert ran.states["gate-forecast"] == "skipped"


def test_from_a_job_on(night):
    ran = night.run(from_job="similar-products")
    assert ran.state == "success"
    assert night.calls == ["similar-products", "recommend-score", "publish", "report"]


def test_without_publishing(night):
    ran = night.run(skip_publish=True)
    assert ran.state == "success"
    assert ran.states["publish"] == "skipped"
    assert "publish" not in night.calls
    assert asset_events(ran.run_id) == {}


def test_a_dry_run_runs_nothing_and_shows_every_command(night, capfd):
    ran = night.run(dry_run=True)
    assert ran.state == "success"
    assert night.calls == []
    log = nights.printed(capfd)
    for job in jobs_of(night.dag):
        assert f" {job} --as-of 2025-09-30 " in log
    assert asset_events(ran.run_id) == {}


def test_stores_reach_every_job(night, capfd):
    night.run(dry_run=True, stores=["S01", "S02"])
    log = nights.printed(capfd)
    for job in jobs_of(night.dag):
        assert "dry run, not run: spark-submit" in log
        assert re.search(rf" {job} --as-of 2025-09-30 .* --stores S01,S02", log), job


def test_a_date_that_is_not_over_is_refused(night, capfd):
    ran = night.run(as_of="2999-01-01")
    assert ran.state == "failed"
    assert night.calls == []
    assert "as-of date 2999-01-01 is not a complete day yet" in nights.printed(capfd)


def test_two_runs_exclude_each_other(night, capfd):
    from airflow.models.dagrun import DagRun
    from airflow.utils.session import create_session
    from airflow.utils.state import DagRunState
    from airflow.utils.types import DagRunType

    with create_session() as session:
        other = DagRun(
            dag_id="pos_nightly",
            run_id="backfill__other",
            run_type=DagRunType.BACKFILL_JOB,
            logical_date=datetime(2020, 1, 1, tzinfo=UTC),
            run_after=datetime(2020, 1, 1, tzinfo=UTC),
            state=DagRunState.RUNNING,
        )
        session.add(other)
    try:
        ran = night.run()
    finally:
        with create_session() as session:
            session.query(DagRun).filter_by(run_id="backfill__other").delete()
    assert ran.state == "failed"
    assert night.calls == []
    assert "2 runs of pos_nightly are under way" in nights.printed(capfd)
    assert night.dag.max_active_runs == 1


def asset_events(run_id: str) -> dict[str, dict]:
    from airflow.models.asset import AssetEvent
    from airflow.utils.session import create_session

    with create_session() as session:
        events = session.query(AssetEvent).filter_by(source_run_id=run_id).all()
        return {event.asset.name: event.extra for event in events}
