"""Accuracy of forecasts, written from the papers and not from the jobs' code: numpy only.

Arrays are series x days. An unknown day (sold out, after the product's end) is NaN in `actual` and counts nowhere:
neither in the demand nor in the forecast of any level. WRMSSE is M5's (Makridakis et al., International Journal of
Forecasting 38, 2022): per level the RMSSE of every group weighted by its revenue of the last 28 days, then the mean of
the twelve levels.
"""

import numpy as np

LEVELS = {
    "TOTAL": (),
    "REGION": ("region",),
    "STORE": ("store",),
    "DEPARTMENT": ("department",),
    "CATEGORY": ("category",),
    "REGION_DEPARTMENT": ("region", "department"),
    "REGION_CATEGORY": ("region", "category"),
    "STORE_DEPARTMENT": ("store", "department"),
    "STORE_CATEGORY": ("store", "category"),
    "PRODUCT": ("product",),
    "REGION_PRODUCT": ("region", "product"),
    "STORE_PRODUCT": ("store", "product"),
}
QUANTILES = (0.1, 0.5, 0.9)


def naive_error(history, unknown=None):
    """Mean squared step from one day to the next, from the first sale on; NaN without a step between known days."""
    sold = np.flatnonzero(history > 0)
    if len(sold) == 0:
        return np.nan
    known = history if unknown is None else np.where(unknown, np.nan, history)
    steps = np.diff(known[sold[0] :]) ** 2
    return np.nan if np.isnan(steps).all() or len(steps) == 0 else np.nanmean(steps)


def codes(keys, columns):
    names = ["\x01".join(str(keys[c][i]) for c in columns) for i in range(len(keys["store"]))]
    return np.unique(names, return_inverse=True)[1]


def add_up(rows, group, groups):
    sums = np.zeros((groups, rows.shape[1]))
    np.add.at(sums, group, np.nan_to_num(rows))
    return sums


def wrmsse(keys, history, revenue, actual, forecasts, unknown=None):
    """WRMSSE of each forecast (name: series x days) on each level, and their mean as MEAN.

    history: all demand up to the origin, with 0 before a series began. On days that are `unknown` (sold out) it holds
    what was sold all the same, which counts in the scale of sums but not in that of the series.
    """
    result = {name: {} for name in forecasts}
    known = ~np.isnan(actual)
    for level, columns in LEVELS.items():
        lowest = level == "STORE_PRODUCT"
        group = np.arange(len(actual)) if lowest else codes(keys, columns)
        groups = int(group.max()) + 1
        past = history if lowest else add_up(history, group, groups)
        masks = unknown if lowest and unknown is not None else [None] * groups
        scale = np.array([naive_error(row, mask) for row, mask in zip(past, masks)])
        weight = add_up(revenue[:, None], group, groups)[:, 0]
        demand = add_up(actual, group, groups)
        days = known.sum(axis=1) if lowest else np.full(groups, actual.shape[1])
        counts = (scale > 0) & (days > 0)
        for name, forecast in forecasts.items():
            error = add_up(np.where(known, forecast, 0), group, groups) - demand
            rmsse = np.sqrt((error**2).sum(axis=1)[counts] / days[counts] / scale[counts])
            result[name][level] = float((weight[counts] * rmsse).sum() / weight[counts].sum())
    for name in forecasts:
        result[name]["MEAN"] = float(np.mean([result[name][level] for level in LEVELS]))
    return result


def wape(actual, forecast):
    known = ~np.isnan(actual)
    return float(np.abs(forecast - actual)[known].sum() / actual[known].sum())


def bias(actual, forecast):
    known = ~np.isnan(actual)
    return float((forecast - actual)[known].sum() / actual[known].sum())


def wql(actual, quantiles):
    """Weighted quantile loss, the mean of the quantiles: 2 x sum of losses / sum of demand (Gasthaus et al., 2019)."""
    known = ~np.isnan(actual)
    total = 0.0
    for level, quantile in zip(QUANTILES, quantiles):
        above = (actual - quantile)[known]
        total += np.maximum(level * above, (level - 1) * above).sum()
    return float(2 * total / len(QUANTILES) / actual[known].sum())


def winkler(actual, low, high):
    """Mean interval score of an 80 % interval (Winkler, 1972)."""
    known = ~np.isnan(actual)
    a, l, h = actual[known], low[known], high[known]
    return float(np.mean(h - l + 10 * np.maximum(0, l - a) + 10 * np.maximum(0, a - h)))


def misses(actual, low, high):
    """Shares of days below and above the interval."""
    known = ~np.isnan(actual)
    return float((actual < low)[known].mean()), float((actual > high)[known].mean())
