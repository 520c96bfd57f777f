"""The metrics against numbers worked by hand."""

import math

import numpy as np
import pytest

import forecast_metrics as m

KEYS = {
    "store": ["s1", "s2"],
    "region": ["r", "r"],
    "department": ["d", "d"],
    "category": ["c", "c"],
    "product": ["p", "p"],
}


def test_naive_error_starts_with_the_first_sale_and_skips_unknown_days():
    assert m.naive_error(np.array([0, 0, 1, 3, 3.0])) == pytest.approx((4 + 0) / 2)
    assert m.naive_error(np.array([1, 9, 4, 6.0]), np.array([False, True, False, False])) == pytest.approx(4)
    assert math.isnan(m.naive_error(np.zeros(4)))


def test_errors_that_cancel_are_seen_on_the_lowest_level_only():
    history = np.array([[1, 2, 1, 2], [0, 3, 1, 1.0]])
    actual = np.array([[2, 4], [2, np.nan]])
    forecast = np.array([[3, 4], [1, 9.0]])
    scores = m.wrmsse(KEYS, history, np.array([10, 20.0]), actual, {"ours": forecast})["ours"]
    # Scales: 1 and (4 + 0) / 2; mean squared errors 1 / 2 and 1 / 1.
    lowest = (10 * math.sqrt(0.5) + 20 * math.sqrt(1 / 2)) / 30
    assert scores["STORE_PRODUCT"] == pytest.approx(lowest)
    # By store the unknown day is a day without demand and without forecast; both know two days.
    assert scores["STORE"] == pytest.approx((10 * math.sqrt(0.5) + 20 * math.sqrt(0.5 / 2)) / 30)
    for level in ("TOTAL", "REGION", "CATEGORY", "PRODUCT"):
        assert scores[level] == 0
    assert scores["MEAN"] == pytest.approx((lowest + 3 * scores["STORE"]) / 12)


def test_quantiles():
    actual = np.array([[5, 8, 1.0]])
    low, middle, high = np.full((1, 3), 2.0), np.full((1, 3), 4.0), np.full((1, 3), 6.0)
    assert m.wql(actual, (low, middle, high)) == pytest.approx(2 * 8.2 / 3 / 14)
    assert m.winkler(actual, low, high) == pytest.approx((4 + 24 + 14) / 3)
    assert m.misses(actual, low, high) == (pytest.approx(1 / 3), pytest.approx(1 / 3))
    assert m.wape(actual, middle) == pytest.approx(8 / 14)
