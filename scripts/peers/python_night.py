"""A whole night as a Python team would write it: polars, LightGBM, implicit, scikit-learn.

The same work as ours on the same source tables: clean sales, daily demand, a backtested forecast with
quantiles, ALS lists of 20 for every customer, similar and popular products, K-Means segments. No contracts,
no Delta commits, no quarantine, no publication: what it saves there is part of the comparison, and said.

    python scripts/peers/python_night.py <lake> <folder for results>
"""

from __future__ import annotations

import json
import os
import sys
import time
from datetime import timedelta
from pathlib import Path

import implicit
import lightgbm
import numpy as np
import polars as pl
import scipy.sparse as sp
from deltalake import DeltaTable
from sklearn.cluster import KMeans
from sklearn.metrics import silhouette_score
from threadpoolctl import threadpool_limits

SEED = 42
HORIZON = 28
ORIGINS = 3
ACTIVE_DAYS = 56
TRAINING_DAYS = 546
TRAINING_ROWS = 400_000
WINDOWS = (7, 14, 28, 91, 182, 364)
HOLDOUT_DAYS = 14
LIST = 20
CORES = len(os.sched_getaffinity(0))


def table(lake: Path, name: str, columns: list[str]) -> pl.DataFrame | None:
    path = lake / "source" / name
    if not (path / "_delta_log").is_dir():
        return None
    return pl.from_arrow(DeltaTable(str(path)).to_pyarrow_table(columns=columns))


def clean_sales(lake: Path) -> pl.DataFrame:
    """Lines that break no rule, with the store's local date and hour."""
    sales = table(
        lake,
        "sales_lines",
        ["sale_id", "line_no", "store_id", "product_id", "customer_id", "sold_at", "quantity", "unit_price", "discount"],
    ).with_columns(pl.col("quantity", "unit_price", "discount").cast(pl.Float64))
    products = table(lake, "products", ["product_id", "category", "department"])
    zones = table(lake, "stores", ["store_id", "time_zone"])
    sales = (
        sales.unique(["sale_id", "line_no"], keep="first")
        .filter((pl.col("quantity") != 0) & (pl.col("unit_price") >= 0))
        .join(products, on="product_id")
        .join(zones, on="store_id")
    )
    local = [
        part.with_columns(pl.col("sold_at").dt.convert_time_zone(part["time_zone"][0]).dt.replace_time_zone(None))
        for part in sales.partition_by("time_zone")
    ]
    sales = (
        pl.concat(local)
        .with_columns(
            pl.col("sold_at").dt.date().alias("day"),
            pl.col("sold_at").dt.hour().alias("hour"),
            (pl.col("quantity") * pl.col("unit_price") - pl.col("quantity").sign() * pl.col("discount")).alias("revenue"),
        )
        .drop("sold_at", "time_zone")
        .drop_nulls(["sale_id", "line_no", "day"])
    )
    # A till with a wrong clock books on days on which hardly any other till does.
    per_day = sales.group_by("day").len()
    busy = per_day.filter(pl.col("len") >= 0.05 * per_day["len"].median())["day"]
    return sales.filter(pl.col("day").is_between(busy.min(), busy.max()))


class Panel:
    """Demand of every series as one matrix, series by days, and what is known of a day in advance."""

    def __init__(self, sales: pl.DataFrame, promotions: pl.DataFrame | None) -> None:
        daily = sales.group_by("store_id", "product_id", "day").agg(pl.col("quantity").sum().clip(lower_bound=0))
        series = daily.select("store_id", "product_id").unique().sort("store_id", "product_id").with_row_index("series")
        self.series = series
        self.first = sales["day"].min()
        self.days = (sales["day"].max() - self.first).days + 1
        daily = daily.join(series, on=["store_id", "product_id"])
        at = (daily["day"] - self.first).dt.total_days().to_numpy()
        self.demand = np.zeros((len(series), self.days), np.float32)
        self.demand[daily["series"].to_numpy(), at] = daily["quantity"].to_numpy()
        self.sums = np.zeros((len(series), self.days + 1), np.float32)
        np.cumsum(self.demand, axis=1, out=self.sums[:, 1:])
        self.sold_before = np.maximum.accumulate(np.where(self.demand > 0, np.arange(self.days), -1), axis=1)
        self.promoted = np.zeros((len(series), self.days + HORIZON), bool)
        if promotions is not None:
            self._promote(promotions)

    def _promote(self, promotions: pl.DataFrame) -> None:
        everywhere = promotions.filter(pl.col("store_id").is_null()).drop("store_id").join(self.series, on="product_id")
        one_store = promotions.filter(pl.col("store_id").is_not_null()).join(self.series, on=["store_id", "product_id"])
        for part in (everywhere, one_store):
            rows = part.select("series", "starts_on", "ends_on").iter_rows()
            for row, starts, ends in rows:
                begin = max(0, (starts - self.first).days)
                self.promoted[row, begin : max(begin, (ends - self.first).days + 1)] = True

    def mean(self, rows: np.ndarray, ends: np.ndarray, days: int) -> np.ndarray:
        begins = np.maximum(0, ends - days)
        return (self.sums[rows, ends] - self.sums[rows, begins]) / np.maximum(1, ends - begins)

    def features(self, rows: np.ndarray, origins: np.ndarray, horizons: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Features of (series, origin, horizon), and the level that demand is divided by; origin: days known."""
        targets = origins + horizons - 1
        means = [self.mean(rows, origins, days) for days in WINDOWS]
        level = np.maximum(means[3], 1e-3)
        lags = [self.demand[rows, np.maximum(0, origins - lag)] for lag in (1, 2, 7)]
        weekday = [self.demand[rows, np.maximum(0, targets - 7 * (weeks + (horizons - 1) // 7))] for weeks in (1, 2, 3, 4)]
        year = self.demand[rows, np.maximum(0, targets - 364)] * (targets >= 364)
        columns = [value / level for value in (*means, *lags, *weekday, sum(weekday) / 4, year)]
        calendar = (targets + self.first.weekday()) % 7
        columns += [np.log(level), origins - self.sold_before[rows, origins - 1], horizons, calendar, targets % 365]
        columns += [self.promoted[rows, targets], self.promoted[rows, origins - 1]]
        return np.column_stack(columns).astype(np.float32), level

    def train(self, known: int, rng: np.random.Generator) -> lightgbm.Booster:
        """On targets of before the first `known` days end."""
        rows = rng.integers(0, len(self.demand), TRAINING_ROWS)
        horizons = rng.integers(1, HORIZON + 1, TRAINING_ROWS)
        earliest = max(min(42, known // 2), known - TRAINING_DAYS)
        origins = rng.integers(earliest, known - HORIZON + 1, TRAINING_ROWS)
        alive = self.sums[rows, origins] > 0
        rows, origins, horizons = rows[alive], origins[alive], horizons[alive]
        features, level = self.features(rows, origins, horizons)
        actual = self.demand[rows, origins + horizons - 1] / level
        data = lightgbm.Dataset(features, np.minimum(actual, 50), weight=level**0.8)
        settings = {
            "objective": "tweedie",
            "tweedie_variance_power": 1.2,
            "num_leaves": 95,
            "learning_rate": 0.08,
            "min_data_in_leaf": 40,
            "bagging_fraction": 0.8,
            "bagging_freq": 1,
            "feature_fraction": 0.6,
            "num_threads": CORES,
            "seed": SEED,
            "verbose": -1,
        }
        return lightgbm.train(settings, data, 140)

    def predict(self, model: lightgbm.Booster, rows: np.ndarray, known: int) -> np.ndarray:
        forecast = np.empty((len(rows), HORIZON), np.float32)
        for begin in range(0, len(rows), 10_000):
            part = np.repeat(rows[begin : begin + 10_000], HORIZON)
            horizons = np.tile(np.arange(1, HORIZON + 1), len(part) // HORIZON)
            features, level = self.features(part, np.full(len(part), known), horizons)
            forecast[begin : begin + 10_000] = (model.predict(features) * level).reshape(-1, HORIZON)
        return np.maximum(forecast, 0)

    def active(self, known: int) -> np.ndarray:
        return np.flatnonzero(self.sums[:, known] - self.sums[:, max(0, known - ACTIVE_DAYS)] > 0)


def forecast(panel: Panel, folder: Path) -> dict[str, float]:
    rng = np.random.default_rng(SEED)
    residuals, scores = [], {"lightgbm": [], "weekday_mean": [], "moving_average": []}
    for back in range(ORIGINS, 0, -1):
        known = panel.days - back * HORIZON
        if known < 2 * HORIZON:
            continue
        rows = panel.active(known)
        actual = panel.demand[rows, known : known + HORIZON]
        history = panel.demand[rows, max(0, known - 56) : known]
        weekday = np.stack([history[:, day % 7 :: 7].mean(axis=1) for day in range(HORIZON)], axis=1)
        candidates = {
            "lightgbm": panel.predict(panel.train(known, rng), rows, known),
            "weekday_mean": weekday,
            "moving_average": np.repeat(history[:, -28:].mean(axis=1, keepdims=True), HORIZON, axis=1),
        }
        for name, value in candidates.items():
            scores[name].append(float(np.abs(value - actual).sum() / max(actual.sum(), 1e-9)))
        residuals.append(((actual - candidates["lightgbm"]) / np.sqrt(candidates["lightgbm"] + 0.05)).ravel())
    rows = panel.active(panel.days)
    mean = panel.predict(panel.train(panel.days, rng), rows, panel.days)
    low, middle, high = np.quantile(np.concatenate(residuals), (0.1, 0.5, 0.9))
    spread = np.sqrt(mean + 0.05)
    chosen = panel.series[np.repeat(rows, HORIZON)]
    pl.DataFrame(
        {
            "store_id": chosen["store_id"],
            "product_id": chosen["product_id"],
            "day": np.tile(np.arange(1, HORIZON + 1), len(rows)),
            "mean": mean.ravel(),
            **{
                name: np.maximum(0, mean + edge * spread).ravel()
                for name, edge in (("p10", low), ("p50", middle), ("p90", high))
            },
        }
    ).write_parquet(folder / "demand_forecast.parquet")
    order = mean[:, :10].sum(axis=1) + 1.645 * np.sqrt(mean[:, :10].sum(axis=1))
    panel.series[rows].with_columns(pl.Series("order_up_to", np.ceil(order))).write_parquet(folder / "advice.parquet")
    return {f"wape_{name}": float(np.mean(values)) for name, values in scores.items() if values}


def pairs(sales: pl.DataFrame, last: object, half_life: float) -> pl.DataFrame:
    age = (pl.lit(last) - pl.col("day")).dt.total_days()
    return (
        sales.filter(pl.col("customer_id").is_not_null() & (pl.col("day") <= last) & (pl.col("quantity") > 0))
        .unique(["customer_id", "product_id", "day"])
        .group_by("customer_id", "product_id")
        .agg((0.5 ** (age / half_life)).sum().alias("weight"))
    )


def matrix(weights: pl.DataFrame, customers: pl.Series, products: pl.Series) -> sp.csr_matrix:
    indexed = weights.join(
        pl.DataFrame({"customer_id": customers, "c": np.arange(len(customers))}), on="customer_id"
    ).join(pl.DataFrame({"product_id": products, "p": np.arange(len(products))}), on="product_id")
    return sp.csr_matrix(
        (indexed["weight"].to_numpy().astype(np.float32), (indexed["c"].to_numpy(), indexed["p"].to_numpy())),
        shape=(len(customers), len(products)),
    )


def als(weights: sp.csr_matrix, factors: int, regularisation: float) -> implicit.als.AlternatingLeastSquares:
    model = implicit.als.AlternatingLeastSquares(
        factors=factors, regularization=regularisation, iterations=8, num_threads=CORES, random_state=SEED
    )
    model.fit(weights, show_progress=False)
    return model


def recall(model: object, weights: sp.csr_matrix, bought: sp.csr_matrix, judged: np.ndarray) -> float:
    lists, _ = model.recommend(judged, weights[judged], N=LIST, filter_already_liked_items=False)
    hits = [len(np.intersect1d(bought[c].indices, found)) / bought[c].nnz for c, found in zip(judged, lists, strict=True)]
    return float(np.mean(hits))


def recommend(sales: pl.DataFrame, folder: Path) -> dict[str, float]:
    as_of = sales["day"].max()
    cutoff = as_of - timedelta(days=HOLDOUT_DAYS)
    known = sales.filter(pl.col("customer_id").is_not_null())
    customers, products = known["customer_id"].unique().sort(), sales["product_id"].unique().sort()
    before = matrix(pairs(sales, cutoff, 90), customers, products)
    bought = matrix(pairs(sales.filter(pl.col("day") > cutoff), as_of, 90), customers, products)
    judged = np.flatnonzero((np.diff(before.indptr) > 0) & (np.diff(bought.indptr) > 0))
    rng = np.random.default_rng(SEED)
    sampled = rng.permutation(judged)[:2000]
    best = max(
        ((32, 0.1), (16, 0.1), (32, 0.01)),
        key=lambda choice: recall(als(before[sampled], *choice), before[sampled], bought[sampled], np.arange(len(sampled))),
    )
    found = recall(als(before, *best), before, bought, rng.permutation(judged)[:4000])
    weights = matrix(pairs(sales, as_of, 90), customers, products)
    model = als(weights, *best)
    with (folder / "recommendations.npz").open("wb") as out:
        everyone = np.arange(len(customers))
        lists, scores = model.recommend(everyone, weights, N=LIST, filter_already_liked_items=False)
        np.savez(out, lists=lists, scores=scores)
    similar, scores = model.similar_items(np.arange(len(products)), N=11)
    np.savez(folder / "similar.npz", similar=similar, scores=scores)
    return {"recall_20_als": found}


def customer_features(sales: pl.DataFrame) -> pl.DataFrame:
    last = sales["day"].max()
    known = sales.filter(pl.col("customer_id").is_not_null())
    habits = (
        known.group_by("customer_id")
        .agg(
            (pl.lit(last) - pl.col("day").max()).dt.total_days().alias("recency"),
            pl.col("sale_id").n_unique().alias("frequency"),
            pl.col("revenue").sum().alias("monetary"),
            pl.len().alias("lines"),
            (pl.col("discount") > 0).mean().alias("discounted"),
            (pl.col("day").dt.weekday() > 5).mean().alias("weekend"),
            (pl.col("hour") < 12).mean().alias("morning"),
            (pl.col("hour") >= 18).mean().alias("evening"),
            pl.col("unit_price").mean().alias("price"),
        )
        .filter(pl.col("frequency") >= 3)
        .with_columns(
            (pl.col("monetary") / pl.col("frequency")).alias("basket"),
            (pl.col("lines") / pl.col("frequency")).alias("basket_lines"),
        )
    )
    top = known["department"].value_counts(sort=True)["department"][:12].to_list()
    shares = (
        known.filter(pl.col("department").is_in(top))
        .pivot("department", index="customer_id", values="revenue", aggregate_function="sum")
        .fill_null(0)
    )
    return habits.join(shares, on="customer_id", how="left").with_columns(
        *(pl.col(name) / pl.col("monetary").clip(lower_bound=0.01) for name in shares.columns[1:])
    )


def segment(sales: pl.DataFrame, folder: Path) -> dict[str, float]:
    features = customer_features(sales).sort("customer_id")
    values = features.drop("customer_id").fill_null(0).fill_nan(0).to_numpy().astype(np.float64)
    for column in (0, 1, 2, 3, 9):
        values[:, column] = np.log1p(np.maximum(values[:, column], 0))
    low, high = np.quantile(values, (0.01, 0.99), axis=0)
    values = np.clip(values, low, high)
    values = (values - values.mean(axis=0)) / np.maximum(values.std(axis=0), 1e-9)
    sample = values[np.random.default_rng(SEED).permutation(len(values))[:20_000]]
    scores = {}
    for k in range(4, 11):
        labels = KMeans(k, n_init=1, random_state=SEED).fit_predict(sample)
        scores[k] = silhouette_score(sample, labels, sample_size=min(4000, len(sample)), random_state=SEED)
    best = max(scores, key=scores.get)
    labels = KMeans(best, n_init=2, random_state=SEED).fit_predict(values)
    placed = features.select("customer_id").with_columns(pl.Series("segment", labels))
    placed.write_parquet(folder / "customer_segments.parquet")
    recent = sales.filter(pl.col("day") > sales["day"].max() - timedelta(days=84)).join(
        placed, on="customer_id", how="left"
    )
    recent.group_by("store_id", "segment", "product_id").agg(pl.len()).sort("len", descending=True).group_by(
        "store_id", "segment"
    ).head(LIST).write_parquet(folder / "popular_products.parquet")
    return {"segments": best, "silhouette": float(scores[best])}


def main(lake: Path, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    seconds: dict[str, float] = {}
    measures: dict[str, float] = {}
    began = time.monotonic()

    def step(name: str, work):  # noqa: ANN001, ANN202
        start = time.monotonic()
        result = work()
        seconds[name] = round(time.monotonic() - start, 1)
        return result

    sales = step("clean sales", lambda: clean_sales(lake))
    promotions = table(lake, "promotions", ["product_id", "store_id", "starts_on", "ends_on"])
    panel = step("daily demand", lambda: Panel(sales, promotions))
    measures |= step("forecast", lambda: forecast(panel, folder))
    del panel
    with threadpool_limits(1, "blas"):
        measures |= step("recommend", lambda: recommend(sales, folder))
    measures |= step("segment", lambda: segment(sales, folder))
    print(json.dumps({"lines": len(sales), "seconds": round(time.monotonic() - began, 1), "steps": seconds, **measures}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
