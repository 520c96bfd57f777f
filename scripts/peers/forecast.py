"""Our forecast beside peers, judged on the days after a date.

    scripts/bench-peers forecast <lake> <as-of date>                 runs our jobs as of that date, then judges
    scripts/bench-peers forecast <lake> <as-of date> --judge <lake>  judges a lake where they ran already

The lake needs three weeks of sales after the date; days on which no store of it sold anything, and days after its last
sale, are closed or unknown and not judged. Our jobs (quality, daily-demand, forecast-train, forecast-score) run on
a copy of the source tables. Peers see the same days: demand per store and product (returns taken off, never below
zero) up to the date, and LightGBM the planned promotions, too. Judged are the series that sold in the 56 days up to
the date. Peers forecast from a series' first sale on, and, marked "all days", with zeros before it; the WAPE of a peer
is the better of its forecast and of that rounded. Quantiles of peers are not compared, but those of seasonal naive.
"""

from __future__ import annotations

import argparse
import datetime
import os
import shutil
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
from deltalake import DeltaTable

import forecast_metrics as metrics

HORIZON = 28
FEWEST_DAYS = 21  # of the horizon that the lake must reach
ACTIVE = 56
HISTORY = 364
EPOCH = datetime.date(1970, 1, 1)
SLOW_BEYOND = 20_000  # series; AutoETS fits each of them for a second


def table(lake: Path, name: str, columns: list[str] | None = None) -> pd.DataFrame:
    return DeltaTable(str(lake / name)).to_pyarrow_table(columns=columns).to_pandas()


def run_ours(lake: Path, as_of: str) -> Path:
    copy = Path(tempfile.mkdtemp(prefix="bench-peers-", dir=os.environ.get("TMPDIR", "/tmp"))) / "lake"
    shutil.copytree(lake / "source", copy / "source")
    jobs = "quality,daily-demand,forecast-train,forecast-score"
    command = ["scripts/nightly", "--lake", str(copy), "--as-of", as_of, "--only", jobs]
    print(" ".join(command), file=sys.stderr, flush=True)
    code = subprocess.run(command, stdout=sys.stderr).returncode
    if code not in (0, 4):
        sys.exit(f"our night ended with {code}")
    return copy


class Panel:
    """Demand and revenue of every series, series x days; `origin` is the column of the as-of date."""

    def __init__(self, lake: Path, as_of: datetime.date):
        lines = table(lake, "source/sales_lines").drop_duplicates(["sale_id", "line_no"])
        stores = table(lake, "source/stores").drop_duplicates("store_id").set_index("store_id")
        products = table(lake, "source/products").drop_duplicates("product_id").set_index("product_id")
        quantity = lines.quantity.astype(float)
        sound = (quantity != 0) & lines.store_id.isin(stores.index) & lines.product_id.isin(products.index)
        lines, quantity = lines[sound], quantity[sound]
        sold_at = pd.to_datetime(lines.sold_at, utc=True)
        day = np.empty(len(lines), dtype=np.int64)
        for zone in stores.time_zone.unique():
            here = lines.store_id.map(stores.time_zone).to_numpy() == zone
            local = sold_at[here].dt.tz_convert(zone).dt.tz_localize(None)
            day[here] = local.to_numpy().astype("datetime64[D]").astype(np.int64)
        last = (as_of - EPOCH).days
        money = quantity * lines.unit_price.astype(float) - lines.discount.astype(float)
        daily = pd.DataFrame(
            {
                "store": lines.store_id.to_numpy(),
                "product": lines.product_id.to_numpy(),
                "day": day,
                "quantity": quantity.to_numpy(),
                "revenue": money.to_numpy(),
            }
        )
        daily = daily[daily.day.between(last - 2 * HISTORY + 1, last + HORIZON)]
        daily = daily.groupby(["store", "product", "day"], observed=True).sum().reset_index()
        daily["quantity"] = daily.quantity.clip(lower=0)
        if daily.day.max() < last + FEWEST_DAYS:
            newest = EPOCH + datetime.timedelta(days=int(daily.day.max()))
            latest = newest - datetime.timedelta(days=FEWEST_DAYS)
            sys.exit(f"the lake's last sale is of {newest}: choose {latest} or an earlier date instead of {as_of}")
        #: Days of the horizon on which anything was sold anywhere.
        self.open = np.isin(np.arange(last + 1, last + HORIZON + 1), daily.day.unique())
        recent = daily[(daily.day > last - ACTIVE) & (daily.day <= last) & (daily.quantity > 0)]
        keys = recent[["store", "product"]].drop_duplicates().sort_values(["store", "product"])
        ends = pd.to_datetime(products.discontinued_on) if "discontinued_on" in products else None
        if ends is not None:
            ended = keys["product"].map(ends) <= pd.Timestamp(as_of)
            keys = keys[~ended.to_numpy()]
        keys = keys.reset_index(drop=True)
        keys["series"] = np.arange(len(keys))
        daily = daily.merge(keys, on=["store", "product"])
        first = int(daily.day.min())
        days = last + HORIZON - first + 1
        demand = np.zeros((len(keys), days), dtype=np.float32)
        revenue = np.zeros((len(keys), days), dtype=np.float32)
        demand[daily.series, daily.day - first] = daily.quantity
        revenue[daily.series, daily.day - first] = daily.revenue
        self.keys = {
            "store": keys.store.to_list(),
            "product": keys["product"].to_list(),
            "region": keys.store.map(stores.region).fillna("ALL").to_list(),
            "department": keys["product"].map(products.department).fillna("").to_list(),
            "category": keys["product"].map(products.category).fillna("").to_list(),
        }
        self.first, self.origin = first, last - first
        self.demand, self.revenue = demand, revenue
        self.began = np.argmax(demand > 0, axis=1)
        self.actual = demand[:, self.origin + 1 :].astype(float)
        self.promotion = self._promotions(lake)

    def _promotions(self, lake: Path) -> np.ndarray | None:
        """Discount share of the best promotion, series x days, those to come included."""
        if not (lake / "source/promotions").is_dir():
            return None
        plan = table(lake, "source/promotions", ["product_id", "store_id", "starts_on", "ends_on", "discount_percent"])
        discount = np.zeros(self.demand.shape, dtype=np.float32)
        where: dict[str, list[int]] = {}
        for i, product in enumerate(self.keys["product"]):
            where.setdefault(product, []).append(i)
        for row in plan.itertuples(index=False):
            start = (pd.Timestamp(row.starts_on).date() - EPOCH).days - self.first
            end = (pd.Timestamp(row.ends_on).date() - EPOCH).days - self.first
            if end < 0 or start >= discount.shape[1]:
                continue
            for i in where.get(row.product_id, ()):
                if not isinstance(row.store_id, str) or row.store_id == self.keys["store"][i]:
                    span = discount[i, max(0, start) : end + 1]
                    np.maximum(span, float(row.discount_percent) / 100, out=span)
        return discount

    def history(self) -> np.ndarray:
        return self.demand[:, : self.origin + 1].astype(float)


def over_horizon(one_week: np.ndarray) -> np.ndarray:
    return np.tile(one_week, (1, HORIZON // 7))


def mean_of_last(panel: Panel, days: int, whole: bool) -> np.ndarray:
    past = panel.history()[:, -days:]
    length = days if whole else np.minimum(days, panel.origin + 1 - panel.began)
    return np.repeat((past.sum(axis=1) / length)[:, None], HORIZON, axis=1)


def weekday_mean(panel: Panel, weeks: int, whole: bool) -> np.ndarray:
    past = panel.history()[:, -7 * weeks :].reshape(len(panel.actual), -1, 7)
    if whole:
        return over_horizon(past.mean(axis=1))
    columns = np.arange(panel.origin + 1 - past.shape[1] * 7, panel.origin + 1).reshape(-1, 7)
    alive = columns[None] >= panel.began[:, None, None]
    return over_horizon((past * alive).sum(axis=1) / np.maximum(alive.sum(axis=1), 1))


def seasonal_naive(panel: Panel) -> np.ndarray:
    return over_horizon(panel.history()[:, -7:])


def statistical(panel: Panel) -> dict[str, np.ndarray]:
    from statsforecast import StatsForecast
    from statsforecast.models import AutoETS, CrostonSBA, SeasonalExponentialSmoothing, SimpleExponentialSmoothing

    first = np.maximum(panel.began, panel.origin + 1 - HISTORY)
    parts = [panel.demand[i, first[i] : panel.origin + 1] for i in range(len(panel.actual))]
    lengths = np.array([len(part) for part in parts])
    frame = pd.DataFrame(
        {
            "unique_id": np.repeat(np.arange(len(parts)), lengths),
            "ds": np.concatenate([np.arange(n) - n for n in lengths]),
            "y": np.concatenate(parts),
        }
    )
    models = [
        SimpleExponentialSmoothing(alpha=0.1, alias="SES 0.1"),
        SeasonalExponentialSmoothing(season_length=7, alpha=0.1, alias="seasonal smoothing 0.1"),
        SeasonalExponentialSmoothing(season_length=7, alpha=0.2, alias="seasonal smoothing 0.2"),
        CrostonSBA(alias="Croston SBA"),
    ]
    if len(parts) <= SLOW_BEYOND:
        models.append(AutoETS(season_length=7, alias="AutoETS"))
    else:
        print(f"AutoETS left out: {len(parts)} series are more than {SLOW_BEYOND}", file=sys.stderr)
    fallback = SeasonalExponentialSmoothing(season_length=1, alpha=0.1)
    forecast = StatsForecast(models=models, freq=1, n_jobs=1, fallback_model=fallback).forecast(df=frame, h=HORIZON)
    forecast = forecast.sort_values(["unique_id", "ds"])
    return {
        str(model): np.nan_to_num(forecast[str(model)].to_numpy(dtype=float).reshape(-1, HORIZON)).clip(min=0)
        for model in models
    }


def lightgbm(panel: Panel) -> np.ndarray:
    """A global model with Tweedie loss on lags, rolling means, weekday, group means and promotions (mlforecast)."""
    import lightgbm as lgb
    from mlforecast import MLForecast
    from mlforecast.lag_transforms import ExponentiallyWeightedMean, RollingMean

    days = min(panel.origin + 1, HISTORY)
    from_day = panel.origin + 1 - days
    series = len(panel.actual)
    frame = pd.DataFrame(
        {
            "unique_id": np.repeat(np.arange(series), days),
            "ds": np.tile(np.arange(from_day, panel.origin + 1), series),
            "y": panel.demand[:, from_day : panel.origin + 1].ravel(),
        }
    )
    frame = frame[frame.ds.to_numpy() >= panel.began[frame.unique_id.to_numpy()]]
    future = None
    static = ["store", "category"]
    frame["store"] = pd.Categorical(np.array(panel.keys["store"])[frame.unique_id]).codes
    frame["category"] = pd.Categorical(np.array(panel.keys["category"])[frame.unique_id]).codes
    if panel.promotion is not None:
        frame["promotion"] = panel.promotion[frame.unique_id, frame.ds]
        to_come = np.arange(panel.origin + 1, panel.origin + 1 + HORIZON)
        future = pd.DataFrame(
            {"unique_id": np.repeat(np.arange(series), HORIZON), "ds": np.tile(to_come, series)}
        )
        future["promotion"] = panel.promotion[future.unique_id, future.ds]

    def weekday(times):
        return times % 7

    model = lgb.LGBMRegressor(
        objective="tweedie",
        tweedie_variance_power=1.2,
        n_estimators=200,
        learning_rate=0.06,
        num_leaves=63,
        min_child_samples=50,
        subsample=0.8,
        subsample_freq=1,
        colsample_bytree=0.7,
        random_state=7,
        n_jobs=2,
        verbose=-1,
    )
    forecaster = MLForecast(
        models={"lgb": model},
        freq=1,
        lags=[1, 2, 3, 7, 14, 21, 28],
        lag_transforms={
            1: [RollingMean(7, min_samples=1), RollingMean(28, min_samples=1), ExponentiallyWeightedMean(0.05)],
            7: [RollingMean(28, min_samples=1), RollingMean(91, min_samples=1)],
        },
        date_features=[weekday],
        num_threads=2,
    )
    forecaster.fit(frame, static_features=static, dropna=False)
    forecast = forecaster.predict(HORIZON, X_df=future).sort_values(["unique_id", "ds"])
    return forecast.lgb.to_numpy(dtype=float).reshape(-1, HORIZON).clip(min=0)


def ours(lake: Path, as_of: str, panel: Panel) -> dict[str, np.ndarray]:
    rows = table(lake, "results/demand_forecast")
    rows = rows[rows.as_of_date.astype(str) == as_of]
    place = {key: i for i, key in enumerate(zip(panel.keys["store"], panel.keys["product"]))}
    series = np.array([place.get(key, -1) for key in zip(rows.store_id, rows.product_id)])
    missing = len(place) - len(np.unique(series[series >= 0]))
    beyond = rows[series < 0].groupby(["store_id", "product_id"]).ngroups
    print(f"{len(place)} series are judged; ours lacks {missing} of them (0 then) and has {beyond} more")
    rows, series = rows[series >= 0], series[series >= 0]
    found = {}
    for name in ("mean", "p10", "p50", "p90"):
        found[name] = np.zeros((len(place), HORIZON))
        found[name][series, rows.horizon_days.to_numpy() - 1] = rows[name].to_numpy()
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("lake", type=Path)
    parser.add_argument("as_of")
    parser.add_argument("--judge", type=Path, help="a lake where our jobs ran as of the date")
    parser.add_argument("--only-simple", action="store_true", help="leave out statsforecast and LightGBM")
    arguments = parser.parse_args()
    warnings.filterwarnings("ignore")
    night = arguments.judge or run_ours(arguments.lake, arguments.as_of)
    panel = Panel(arguments.lake, datetime.date.fromisoformat(arguments.as_of))
    own = ours(night, arguments.as_of, panel)
    forecasts = {
        "ours": own["mean"],
        "zero": np.zeros_like(panel.actual),
        "seasonal naive": seasonal_naive(panel),
        "mean of 28 days": mean_of_last(panel, 28, whole=False),
        "weekday mean of 8 weeks": weekday_mean(panel, 8, whole=False),
        "mean of 28, all days": mean_of_last(panel, 28, whole=True),
        "weekday mean, all days": weekday_mean(panel, 8, whole=True),
    }
    if not arguments.only_simple:
        forecasts |= statistical(panel)
        forecasts["LightGBM"] = lightgbm(panel)
    # Judged are open days only, of ours and of peers.
    print(f"judged are {panel.open.sum()} of {HORIZON} days: the others are closed or after the last sale")
    actual = panel.actual[:, panel.open]
    forecasts = {name: forecast[:, panel.open] for name, forecast in forecasts.items()}
    own = {name: values[:, panel.open] for name, values in own.items()}
    naive = forecasts["seasonal naive"]
    revenue = panel.revenue[:, panel.origin - 27 : panel.origin + 1].sum(axis=1).clip(min=0).astype(float)
    scores = metrics.wrmsse(panel.keys, panel.history(), revenue, actual, forecasts)
    print(f"{'':26}{'WAPE':>8}{'bias':>8}{'series':>9}{'category':>9}{'store':>9}{'total':>9}{'mean of levels':>16}")
    for name, forecast in forecasts.items():
        if name == "ours":
            error = metrics.wape(actual, own["p50"])
        else:
            error = min(metrics.wape(actual, f) for f in (forecast, np.floor(forecast + 0.5)))
        s = scores[name]
        print(
            f"{name:26}{error:8.3f}{metrics.bias(actual, forecast):+8.3f}{s['STORE_PRODUCT']:9.4f}"
            f"{s['CATEGORY']:9.4f}{s['STORE']:9.4f}{s['TOTAL']:9.4f}{s['MEAN']:16.4f}"
        )
    for column, ours_is in (
        ("STORE_PRODUCT", "WRMSSE, series"),
        ("MEAN", "WRMSSE, mean of levels"),
    ):
        best = min((n for n in forecasts if n != "ours"), key=lambda n: scores[n][column])
        print(f"{ours_is}: ours / best ({best}) = {scores['ours'][column] / scores[best][column]:.3f}")
    low, middle, high = own["p10"], own["p50"], own["p90"]
    below, above = metrics.misses(actual, low, high)
    often = (panel.history()[:, -91:] > 0).mean(axis=1) > 0.9
    print(
        f"quantiles of ours: below p10 {below:.3f}, above p90 {above:.3f}, between {1 - below - above:.3f};"
        f" WQL {metrics.wql(actual, (low, middle, high)):.4f}"
        f" (seasonal naive {metrics.wql(actual, (naive,) * 3):.4f});"
        f" Winkler {metrics.winkler(actual, low, high):.4f}; days without demand {(actual == 0).mean():.3f}"
    )
    if often.any():
        below, above = metrics.misses(actual[often], low[often], high[often])
        print(f"of {often.sum()} series sold on 9 days of 10: below {below:.3f}, above {above:.3f}")


if __name__ == "__main__":
    main()
