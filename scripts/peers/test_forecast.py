"""Each peer of the forecast against a series worked by hand."""

import numpy as np
import pytest

import forecast

WEEK = [1.0, 2, 3, 4, 5, 6, 7]


class Given:
    """What the peers look at of a panel, without a lake."""

    promotion = None

    def __init__(self, *series):
        self.demand = np.array([list(one) + [0] * forecast.HORIZON for one in series], dtype=np.float32)
        self.origin = self.demand.shape[1] - forecast.HORIZON - 1
        self.began = np.argmax(self.demand > 0, axis=1)
        self.actual = self.demand[:, self.origin + 1 :].astype(float)
        self.keys = {"store": ["s"] * len(series), "category": ["c"] * len(series)}

    history = forecast.Panel.history


def test_mean_of_the_last_days_counts_those_since_the_first_sale():
    given = Given([0] * 10 + [3, 0, 0, 6])
    assert forecast.mean_of_last(given, 28, whole=False)[0] == pytest.approx([9 / 4] * 28)
    assert forecast.mean_of_last(given, 28, whole=True)[0] == pytest.approx([9 / 28] * 28)


def test_weekday_mean_is_of_each_weekday_since_the_first_sale():
    # The week before the first sale does not count, unless all days do.
    given = Given([0] * 7 + WEEK + [3.0, 2, 3, 4, 5, 6, 7])
    assert forecast.weekday_mean(given, 3, whole=False)[0][:7] == pytest.approx([2, 2, 3, 4, 5, 6, 7])
    third = [4 / 3, 4 / 3, 2, 8 / 3, 10 / 3, 4, 14 / 3]
    assert forecast.weekday_mean(given, 3, whole=True)[0] == pytest.approx(third * 4)


def test_seasonal_naive_repeats_the_last_week():
    assert forecast.seasonal_naive(Given([9.0] * 7 + WEEK))[0] == pytest.approx(WEEK * 4)


def test_statistical_peers_are_those_of_the_books():
    pytest.importorskip("statsforecast")
    # From the first sale on: 4, then a step to 8 that smoothing follows by a tenth a day.
    step = [4.0] * 14 + [8.0] * 2
    intermittent = [0.0, 0, 6, 0, 0, 6] * 6
    forecasts = forecast.statistical(Given([0.0] * 20 + step, intermittent))
    assert forecasts["SES 0.1"][0] == pytest.approx([4 + 4 * (1 - 0.9**2)] * 28, abs=1e-4)
    # Each weekday on its own: the last two days are of weekdays that stepped, by a tenth of 4.
    assert forecasts["seasonal smoothing 0.1"][0][:7] == pytest.approx([4, 4, 4, 4, 4, 4.4, 4.4], abs=1e-4)
    # Sales of 6: the first on the first day, 11 more three days apart, so the smoothed interval comes from 1 close to
    # 3; Syntetos and Boylan take off half of the smoothing weight.
    interval = 3 - 2 * 0.9**11
    assert forecasts["Croston SBA"][1] == pytest.approx([0.95 * 6 / interval] * 28, abs=1e-4)


def test_lightgbm_finds_a_weekday_pattern():
    pytest.importorskip("mlforecast")
    weeks = [1.0, 1, 1, 1, 1, 9, 9] * 30
    predicted = forecast.lightgbm(Given(*[weeks for _ in range(4)]))[0][:7]
    assert predicted[:5] == pytest.approx([1] * 5, abs=0.5)
    assert predicted[5:] == pytest.approx([9] * 2, abs=1.5)
