"""Writes the panel that holds the jobs' metrics to the ones here: spark-jobs/src/test/resources/forecast-metrics.json.

    .venv/peers/bin/python scripts/peers/golden_forecast.py

Twelve series of two regions, three stores, two departments and three categories, with gaps, days sold out, late starts
and early ends, all drawn with a seed.
"""

import json
from pathlib import Path

import numpy as np

import forecast_metrics as metrics

HISTORY, HORIZON = 40, 14
PLACE = Path(__file__).parents[2] / "spark-jobs/src/test/resources/forecast-metrics.json"


def panel():
    random = np.random.default_rng(20260101)
    series = []
    for store, region in (("s1", "north"), ("s2", "north"), ("s3", "south")):
        for product, category, department in (
            ("p1", "c1", "d1"),
            ("p2", "c1", "d1"),
            ("p3", "c2", "d1"),
            ("p4", "c3", "d2"),
        ):
            began = int(random.integers(0, HISTORY // 2))
            demand = random.poisson(random.choice([0.3, 2, 9]), HISTORY + HORIZON) * (random.random(54) < 0.8)
            demand[:began] = 0
            demand[began] = max(1, demand[began])
            sold_out = random.random(HISTORY + HORIZON) < 0.1
            sold_out[:began + 1] = False
            ended = HORIZON - int(random.integers(0, 6)) if random.random() < 0.4 else HORIZON
            actual = demand[HISTORY:].astype(float)
            actual[sold_out[HISTORY:]] = np.nan
            actual[ended:] = np.nan
            mean = random.gamma(2, 1.5, HORIZON)
            low = np.floor(mean / 3)
            middle = np.floor(mean)
            high = np.ceil(mean * 2)
            series.append(
                {
                    "store": store,
                    "region": region,
                    "product": product,
                    "category": category,
                    "department": department,
                    "began": began,
                    "demand": demand[:HISTORY].tolist(),
                    "sold_out": sold_out[:HISTORY].tolist(),
                    "revenue": float(random.integers(1, 500)),
                    "actual": [None if np.isnan(a) else a for a in actual],
                    "mean": mean.astype(np.float32).astype(float).tolist(),
                    "p10": low.tolist(),
                    "p50": middle.tolist(),
                    "p90": high.tolist(),
                }
            )
    return series


def main():
    series = panel()
    of = lambda name: np.array([one[name] for one in series], dtype=float)  # noqa: E731
    keys = {name: [one[name] for one in series] for name in ("store", "region", "product", "category", "department")}
    actual, mean = of("actual"), of("mean")
    unknown = np.array([one["sold_out"] for one in series])
    quantiles = (of("p10"), of("p50"), of("p90"))
    levels = metrics.wrmsse(keys, of("demand"), of("revenue"), actual, {"mean": mean}, unknown)["mean"]
    below, above = metrics.misses(actual, quantiles[0], quantiles[2])
    expected = {
        "wrmsse": levels,
        "wape": metrics.wape(actual, mean),
        "bias": metrics.bias(actual, mean),
        "wape_p50": metrics.wape(actual, quantiles[1]),
        "wql": metrics.wql(actual, quantiles),
        "winkler": metrics.winkler(actual, quantiles[0], quantiles[2]),
        "misses_below": below,
        "misses_above": above,
    }
    PLACE.write_text(json.dumps({"history": HISTORY, "series": series, "expected": expected}, indent=1) + "\n")


if __name__ == "__main__":
    main()
