"""The wait for the sales of the as-of date: when it looks, when it ends, and what the night does then."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import nights
import pytest

from pos_dags import arrivals, settings

ZONE = "America/Sao_Paulo"
_minute = iter(range(1, 60))


@pytest.fixture
def night(airflow_db, stand_in):
    return Night(stand_in)


class Night:
    """A night of yesterday, whose sales are waited for until just before midnight."""

    def __init__(self, folder) -> None:
        self.folder = folder
        self.yesterday = (datetime.now(ZoneInfo(ZONE)).date() - timedelta(days=1)).isoformat()
        self.dag = nights.load("pos_nightly")
        nights.quicken(self.dag)
        self.wait(until="23:59")

    def wait(self, **changed) -> None:
        task = self.dag.get_task("arrivals")
        wait = settings.WaitForSales(share=1, minutes=1 / 60, until="23:59", then="go-on")
        task.settings = replace(task.settings, wait_for_sales=replace(wait, **changed))

    def run(self, *looks: int, **conf) -> nights.Ran:
        (self.folder / "arrivals.ends").write_text("\n".join(map(str, looks)))
        begun = datetime(2025, 11, 1, 5, next(_minute), tzinfo=UTC)
        return nights.run(self.dag, begun, **{"as_of": self.yesterday, "only_jobs": ["quality"]} | conf)

    def calls(self, job: str) -> int:
        file = self.folder / "calls"
        return file.read_text().split().count(job) if file.exists() else 0


def test_the_night_begins_when_the_sales_have_arrived(night):
    ran = night.run(6, 6, 0)
    assert night.calls("arrivals") == 3
    assert ran.xcoms["arrivals"]["outcome"] == "ok"
    assert ran.states["quality"] == "success"
    assert ran.attempts["arrivals"] == 1


def test_after_the_deadline_the_night_goes_on(night):
    night.wait(until="00:00")
    ran = night.run(6)
    assert night.calls("arrivals") == 0
    assert "deadline has passed" in ran.xcoms["arrivals"]["message"]
    assert ran.states["quality"] == "success"


def test_after_the_deadline_the_night_fails_if_the_settings_say_so(night):
    night.wait(until="00:00", then="fail")
    ran = night.run(6)
    assert night.calls("arrivals") == 1
    assert (ran.states["arrivals"], ran.states["quality"]) == ("failed", "upstream_failed")
    assert night.calls("quality") == 0


def test_a_broken_look_is_a_failure_and_not_a_late_store(night):
    ran = night.run(3)
    assert (ran.states["arrivals"], ran.states["quality"]) == ("failed", "upstream_failed")


def test_a_run_without_the_first_job_waits_for_nothing(night):
    ran = night.run(6, only_jobs=["report"])
    assert night.calls("arrivals") == 0
    assert "for report only" in ran.xcoms["arrivals"]["message"]
    assert ran.states["report"] == "success"


def test_a_dry_run_shows_the_look(night):
    ran = night.run(6, dry_run=True)
    assert night.calls("arrivals") == 0
    assert f"arrivals --as-of {night.yesterday}" in ran.xcoms["arrivals"]["message"]
    assert ran.xcoms["arrivals"]["message"].endswith("--least-share 1.0")


def test_an_old_source_is_told_and_the_night_goes_on(night, notices):
    (night.folder / "quality.adds").write_text("; ALARM: old sources: weather_daily 120 h (bound 78 h)")
    ran = night.run(0)
    assert ran.states["alarm-quality"] == "success"
    assert ran.xcoms["alarm-quality"] == "old sources: weather_daily 120 h (bound 78 h)"
    assert [told.split(" | ")[0] for told in notices] == ["NOTICE POS night: a source is old"]
    (night.folder / "quality.adds").unlink()
    assert night.run(0).xcoms["alarm-quality"] == ""
    assert len(notices) == 1


def test_the_deadline_is_on_the_day_after_by_the_retailers_clock():
    wait = settings.WaitForSales(share=1, minutes=15, until="04:30", then="go-on")
    at = arrivals.deadline("2026-06-30", wait, ZONE)
    assert at.astimezone(UTC) == datetime(2026, 7, 1, 7, 30, tzinfo=UTC)
    assert date.fromisoformat("2026-07-01") == at.date()


@pytest.mark.parametrize(
    ("key", "value"), [("share", 0), ("share", 1.5), ("minutes", 0), ("until", "4 am"), ("then", "stop")]
)
def test_a_wrong_setting_is_named(key, value):
    from pos_dags import compiled

    tree = {**compiled.SETTINGS, "wait_for_sales": {**compiled.SETTINGS["wait_for_sales"], key: value}}
    with pytest.raises(settings.SettingsError, match=f"wait_for_sales.{key}"):
        settings.read(tree, compiled.SIZES, lambda name: "local" if name == "where" else None)
