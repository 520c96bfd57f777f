"""What a run is asked to do."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pos_dags import plan, request

ZONE = "America/Sao_Paulo"
NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)


def test_the_scheduled_nights_as_of_date_is_the_local_day_before():
    # 02:00 in São Paulo is 05:00 UTC: the interval [28th 02:00, 29th 02:00) is the night of the 28th.
    assert request.as_of({"as_of": None}, datetime(2026, 2, 28, 5, tzinfo=UTC), NOW, ZONE) == "2026-02-28"
    # Late in the evening UTC is a day ahead; the store's day counts.
    assert request.as_of({"as_of": None}, datetime(2026, 3, 1, 1, tzinfo=UTC), NOW, ZONE) == "2026-02-28"


def test_the_forms_date_wins():
    assert (
        request.as_of({"as_of": "2025-01-31"}, datetime(2026, 2, 28, tzinfo=UTC), NOW, ZONE) == "2025-01-31"
    )


def test_a_run_without_an_interval_is_for_the_local_day_before():
    # 01:00 UTC on the 11th is still the 10th in São Paulo.
    assert request.as_of({}, None, datetime(2026, 3, 11, 1, tzinfo=UTC), ZONE) == "2026-03-09"


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        ("2026-03-01", "not a complete day yet"),
        ("2027-01-01", "not a complete day"),
        ("31/01/2026", "no date"),
    ],
)
def test_dates_that_cannot_be_run(day, reason):
    with pytest.raises(request.RequestError, match=reason):
        request.check(day, datetime(2026, 3, 1, 12, tzinfo=UTC), ZONE)


def test_yesterday_can_be_run():
    request.check("2026-02-28", datetime(2026, 3, 1, 12, tzinfo=UTC), ZONE)


def test_days_of_a_backfill_are_oldest_first_over_month_ends():
    days = request.days("2026-02-27", "2026-03-02")
    assert days == ["2026-02-27", "2026-02-28", "2026-03-01", "2026-03-02"]
    with pytest.raises(request.RequestError, match="is before the first"):
        request.days("2026-03-02", "2026-03-01")


def test_the_form_offers_the_plans_jobs():
    form = request.params(plan.load())
    assert form["only_jobs"].schema["items"]["enum"] == list(plan.load())
    assert form["from_job"].schema["enum"] == [None, *plan.load()]
    for name, field in form.items():
        assert field.schema["title"] and field.description, name
