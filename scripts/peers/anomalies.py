"""Planted anomalies: ours beside 3 sigma and seasonal hybrid ESD, on sample lakes of several seeds.

    scripts/bench-peers anomalies <folder>      makes the lakes in the folder, where they are not there yet

A lake has 8 stores, 150 products and 24 weeks; in four of five stores and weeks one thing is planted: a product that
sells three to five times as much, a product or category that hardly sells, tills that stop at some hour, every second
line of a category taken back, a price with its decimal point elsewhere, or half the price given away on a category.
A night as of 42 days before the end trains, and the nights of each week after it forecast; behaviour judges each of the
last four weeks at its end, with forecasts of one to seven days ahead. Thresholds were chosen on the seeds TUNED (2 11),
the figures are those of SEEDS (12 13).

    precision    share of the incidents that are of something planted: same store, a common day, the right measure and
                 direction, and the same product, or a category or store that holds it, or a part of what was planted
    recall       share of what was planted of which there is an incident
    false        incidents of nothing planted, per store and week; those of weather and holidays are among them

An incident of demand for which there is a known cause (products sold out while less was sold; more sold in promotions
or at a price lower by a tenth while more was, a price higher by a tenth while less was; an event near the store) is no
alarm: it counts neither as right nor as false, nor does it find what was planted, whichever method reports it.

Every method sees the same series (store, category, product; demand, returns, discounts, prices), the same least money,
does not report a part where the whole is out of the ordinary, and reports what half of the stores have at once as one
incident of the store ALL, which is of nothing planted, as all is planted in one store; a price that all have is none.
3 sigma takes the distance from the mean of the same
weekday; S-H-ESD is Hochenbaum, Vallis and Kejariwal (2017) with the weekday's median as the season. Each is shown as
published and with the threshold that is best on the seeds TUNED.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from deltalake import DeltaTable
from scipy import stats

LAST = date(2025, 9, 30)
WEEKS = 4
JUDGED = 7
HISTORY = 70
STORES = 8
LEAST_MONEY = 50.0
KEY = f"{7:064d}"
NIGHT = "quality,daily-demand,product-features,forecast-score"
BEFORE = 14
MEASURES = ("DEMAND", "RETURNS", "DISCOUNTS", "PRICE")
LEVELS = ("STORE", "CATEGORY", "PRODUCT")
ALL = "ALL"
KINDS = {
    "SPIKE": ("DEMAND", True),
    "DROP": ("DEMAND", False),
    "OFFLINE": ("DEMAND", False),
    "RETURN_BURST": ("RETURNS", True),
    "PHANTOM_DISCOUNT": ("DISCOUNTS", True),
    "PRICE_ERROR": ("PRICE", None),
}


@dataclass(frozen=True)
class Incident:
    """A run of days; days are counted from the first judged one."""

    level: str
    store: str
    item: str
    measure: str
    above: bool
    first: int
    last: int


@dataclass(frozen=True)
class Lake:
    """One week of one seed: what is planted, what the series are, and what ours found."""

    series: dict[tuple[str, str, str, str], np.ndarray]
    price: dict[tuple[str, str, str], float]
    promoted: dict[tuple[str, str, str], np.ndarray]
    sold_out: dict[tuple[str, str, str], np.ndarray]
    sold: dict[tuple[str, str, str], np.ndarray]
    paid: dict[tuple[str, str, str], np.ndarray]
    products: dict[tuple[str, str, str], np.ndarray]
    events: list[tuple[str, int, int]]
    category: dict[str, str]
    planted: list[dict[str, Any]]
    ours: list[Incident]


def make(folder: Path, seed: int) -> Path:
    """The lake of a seed with a night a week, and the incidents of the last weeks."""
    lake = folder / f"seed-{seed}"
    conf = folder / f"seed-{seed}.yaml"
    conf.write_text(
        json.dumps(
            {
                "extends": os.path.relpath(Path("conf/local.yaml").resolve(), folder),
                "lake": str(lake),
                "report": {"folder": str(folder / f"reports-{seed}")},
                "sample": {
                    "seed": seed,
                    "stores": STORES,
                    "products": 150,
                    "customers": 4000,
                    "days": 168,
                    "sales_lines": 560000,
                    "anomalies": 0.8,
                },
            }
        )
    )

    def pos(*arguments: str) -> None:
        subprocess.run(
            ["scripts/pos", *arguments, "--conf", str(conf)],
            check=True,
            stdout=subprocess.DEVNULL,
            env={"POS_PSEUDONYM_KEY": KEY, **os.environ},
        )

    if not (lake / "source/sales_lines/_delta_log").is_dir():
        pos("sample")
    first = LAST - timedelta(days=WEEKS * JUDGED + BEFORE)
    if not (lake / "results/demand_forecast/_delta_log").is_dir():
        pos("nightly", "--as-of", str(first), "--only", f"{NIGHT},forecast-train")
    for end in (first + timedelta(days=days) for days in range(7, (LAST - first).days + 1, 7)):
        if not (lake / f"results/demand_forecast/as_of_date={end}").is_dir():
            pos("nightly", "--as-of", str(end), "--only", NIGHT)
    for end in ends():
        pos("behaviour", "--as-of", str(end), "--only", "demand-anomalies")
    return lake


def ends() -> list[date]:
    """Last day of each judged week."""
    return [LAST - timedelta(days=JUDGED * (WEEKS - 1 - week)) for week in range(WEEKS)]


def index(dates: pd.Series, end: date) -> pd.Series:
    """Days from the first judged one of the week that ends then."""
    return (pd.to_datetime(dates) - pd.Timestamp(end - timedelta(days=JUDGED - 1))).dt.days


def read(path: Path) -> list[Lake]:
    """All that is compared in each week, from the lake and the truth beside it."""
    demand = DeltaTable(str(path / "features/daily_demand")).to_pandas()
    products = DeltaTable(str(path / "source/products")).to_pandas()
    category = dict(zip(products.product_id, products.category, strict=True))
    demand["value"] = ((demand.demand + demand.returned) * demand.unit_price).fillna(0)
    demand["given"] = np.where(demand.on_promotion, 0, demand.value * demand.discount_rate)
    demand["units"] = demand.demand + demand.returned
    demand["promoted"] = np.where(demand.on_promotion, demand.demand, 0)
    demand["products"] = (demand.demand > 0).astype(float)
    demand["out"] = demand.stock_out.astype(float)
    truth = pd.concat(pd.read_parquet(file) for file in sorted(Path(f"{path}-truth/anomalies").glob("*.parquet")))
    found = DeltaTable(str(path / "results/demand_anomalies")).to_pandas()
    events = DeltaTable(str(path / "source/local_events")).to_pandas()
    return [week(end, demand, category, truth, found, events) for end in ends()]


def week(
    end: date,
    demand: pd.DataFrame,
    category: dict[str, str],
    truth: pd.DataFrame,
    found: pd.DataFrame,
    events: pd.DataFrame,
) -> Lake:
    """What is compared in the week that ends then."""
    demand = demand.assign(day=index(demand.business_date, end) + HISTORY - JUDGED)
    demand = demand[(demand.day >= 0) & (demand.day < HISTORY)]
    series: dict[tuple[str, str, str, str], np.ndarray] = {}
    price: dict[tuple[str, str, str], float] = {}
    promoted: dict[tuple[str, str, str], np.ndarray] = {}
    sold_out: dict[tuple[str, str, str], np.ndarray] = {}
    sold: dict[tuple[str, str, str], np.ndarray] = {}
    paid: dict[tuple[str, str, str], np.ndarray] = {}
    selling: dict[tuple[str, str, str], np.ndarray] = {}
    for level, item in zip(LEVELS, ("ALL", demand.product_id.map(category), demand.product_id), strict=True):
        for (store, name), rows in demand.assign(item=item).groupby(["store_id", "item"]):
            key = (level, store, name)

            def daily(column: str, rows: pd.DataFrame = rows) -> np.ndarray:
                return np.bincount(rows.day, rows[column], HISTORY)

            units = daily("units")
            price[key] = max(0.0, daily("revenue").sum() / max(daily("demand").sum(), 1e-9))
            with np.errstate(invalid="ignore", divide="ignore"):
                paid[key] = np.where(daily("demand") > 0, daily("revenue") / daily("demand"), np.nan)
            sold[key] = units
            selling[key] = daily("products")
            promoted[key] = daily("promoted")
            sold_out[key] = daily("out")
            # Before its first sale an item may not have been there.
            unknown = np.where(np.arange(HISTORY) < rows.day[rows.units > 0].min(), np.nan, 0)
            series[(*key, "DEMAND")] = daily("demand") + unknown
            series[(*key, "RETURNS")] = daily("returned") + unknown
            series[(*key, "DISCOUNTS")] = daily("given") + unknown
            if level == "PRODUCT":
                shelf = np.full(HISTORY, np.nan)
                shelf[rows.day.to_numpy()] = rows.unit_price.to_numpy()
                series[(*key, "PRICE")] = shelf
    truth = truth.assign(first=index(truth.starts_on, end), last=index(truth.ends_on, end))
    found = found[pd.to_datetime(found.as_of_date) == pd.Timestamp(end)]
    found = found.assign(first=index(found.starts_on, end), last=index(found.ends_on, end))
    ours = [
        Incident(row.level, row.store_id, row.item_id, row.measure, bool(row.above), row.first, row.last)
        for row in found.itertuples()
    ]
    return Lake(
        series=series,
        price=price,
        promoted=promoted,
        sold_out=sold_out,
        sold=sold,
        paid=paid,
        products=selling,
        events=list(
            zip(events.store_id, index(events.starts_on, end), index(events.ends_on, end), strict=True)
        ),
        category=category,
        planted=truth[(truth["last"] >= 0) & (truth["first"] < JUDGED)].to_dict("records"),
        ours=ours,
    )


def of(incident: Incident, planted: dict[str, Any], category: dict[str, str]) -> bool:
    """Whether the incident is one of what was planted."""
    measure, above = KINDS[planted["kind"]]
    if (
        incident.store != planted["store_id"]
        or incident.measure != measure
        or above not in (None, incident.above)
        or incident.first > planted["last"]
        or incident.last < planted["first"]
    ):
        return False
    where, what = (None if pd.isna(planted[key]) else planted[key] for key in ("category", "product_id"))
    if incident.level == "STORE" or where is None:
        return True
    if incident.level == "CATEGORY":
        return incident.item == where
    return incident.item == what if what is not None else category[incident.item] == where


def explained(one: Incident, lake: Lake) -> bool:
    """Whether a known cause speaks for more or less demand, and not out of proportion."""
    if one.measure != "DEMAND":
        return False
    stores = {key[1] for key in lake.sold} if one.store == ALL else {one.store}
    keys = [key for store in stores if (key := (one.level, store, one.item)) in lake.sold]
    days = slice(HISTORY - JUDGED + one.first, HISTORY - JUDGED + one.last + 1)
    before = slice(0, HISTORY - JUDGED)
    sold = sum(lake.sold[key] for key in keys)
    usual = sum(weekday_usual(lake.sold[key]) for key in keys)
    factor = max(1, sold[days].sum()) / max(1, usual[days].sum())
    if one.store != ALL and priced(lake.paid[keys[0]], days, before, factor, one.above):
        return True
    if not one.above:
        out, selling = (sum(of_key[key] for key in keys) for of_key in (lake.sold_out, lake.products))
        open_days = selling[before] > 0
        usually = selling[before][open_days].mean() if open_days.any() else 0
        more = (out[days].mean() - out[before].mean()) / max(1, usually)
        return bool(out[days].mean() >= max(1, 2 * out[before].mean()) and more >= (1 - factor) / 2)
    if any(store == one.store and first <= one.last and last >= one.first for store, first, last in lake.events):
        return True
    promoted = sum(lake.promoted[key] for key in keys)
    share = promoted[days].sum() / max(1e-9, sold[days].sum())
    return bool(share - promoted[before].sum() / max(1e-9, sold[before].sum()) >= 0.2)


def priced(paid: np.ndarray, days: slice, before: slice, factor: float, above: bool) -> bool:
    """Whether a price other by a tenth may be why so many times the usual was sold: elasticity of at most four."""
    if np.all(np.isnan(paid[days])) or np.all(np.isnan(paid[before])):
        return False
    change = np.nanmean(paid[days]) / np.nanmean(paid[before])
    return bool((change <= 0.9 if above else change >= 1.1) and abs(np.log(factor)) <= 4 * abs(np.log(change)))


def weekday_usual(values: np.ndarray) -> np.ndarray:
    """Median of each day's weekday before the judged days."""
    return values - weekday_residuals(values, np.median)


@dataclass
class Count:
    """Sums over lakes."""

    right: int = 0
    explained: int = 0
    wrong: int = 0
    seen: int = 0
    planted: int = 0
    weeks: int = 0

    def add(self, lake: Lake, incidents: list[Incident]) -> None:
        """One lake more."""
        alarms = [one for one in incidents if not explained(one, lake)]
        self.explained += len(incidents) - len(alarms)
        right = [one for one in alarms if any(of(one, planted, lake.category) for planted in lake.planted)]
        self.right += len(right)
        self.wrong += len(alarms) - len(right)
        self.seen += sum(any(of(one, planted, lake.category) for one in right) for planted in lake.planted)
        self.planted += len(lake.planted)
        self.weeks += STORES * JUDGED // 7

    @property
    def precision(self) -> float:
        """Share of the incidents that are right."""
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """Share of what was planted that was seen."""
        return self.seen / max(1, self.planted)

    @property
    def f1(self) -> float:
        """Harmonic mean of both."""
        return 2 * self.precision * self.recall / max(1e-9, self.precision + self.recall)


def weekday_residuals(values: np.ndarray, middle: Any) -> np.ndarray:
    """Distance of each day from its weekday, learnt from the days before the judged ones."""
    days = np.arange(HISTORY)
    away = np.empty(HISTORY)
    for weekday in range(7):
        same = days % 7 == weekday
        before = values[same & (days < HISTORY - JUDGED)]
        known = before[~np.isnan(before)]
        away[same] = values[same] - (middle(known) if len(known) else np.nan)
    return away


def sigma(values: np.ndarray, times: float) -> np.ndarray:
    """Judged days further than so many standard deviations from the mean of their weekday: +1, -1, else 0."""
    away = weekday_residuals(values, np.mean)
    before = away[: HISTORY - JUDGED]
    deviation = np.nanstd(before) if np.any(~np.isnan(before)) else 0
    judged = away[HISTORY - JUDGED :]
    return np.where(np.abs(judged) > times * max(deviation, 1e-9), np.sign(judged), 0)


def hybrid_esd(values: np.ndarray, alpha: float) -> np.ndarray:
    """S-H-ESD over the whole series, at most a tenth of its days; only judged days are reported."""
    away = weekday_residuals(values, np.median)
    flagged = np.zeros(HISTORY)
    left = [day for day in range(HISTORY) if not np.isnan(away[day])]
    count = len(left)
    found: list[int] = []
    last = 0
    for i in range(1, count // 10 + 1):
        rest = away[left]
        middle = np.median(rest)
        spread = 1.4826 * np.median(np.abs(rest - middle))
        if spread <= 0:
            spread = max(1e-9, np.mean(np.abs(rest - middle)) * 1.2533)
        worst = int(np.argmax(np.abs(rest - middle)))
        statistic = abs(rest[worst] - middle) / spread
        free = count - i - 1
        quantile = stats.t.ppf(1 - alpha / (2 * (count - i + 1)), free)
        bound = (count - i) * quantile / np.sqrt((free + quantile**2) * (count - i + 1))
        found.append(left.pop(worst))
        if statistic > bound:
            last = i
    for day in found[:last]:
        flagged[day] = np.sign(away[day])
    return flagged[HISTORY - JUDGED :]


def incidents(lake: Lake, method: Any, setting: float) -> list[Incident]:
    """Of a baseline: runs of flagged days worth the least money, without what a whole explains."""
    found: list[Incident] = []
    for (level, store, item, measure), values in lake.series.items():
        flags = method(values, setting)
        if not flags.any():
            continue
        before = weekday_residuals(values, np.median)[HISTORY - JUDGED :]
        for first, last, sign in runs(flags):
            if sign < 0 and measure in ("RETURNS", "DISCOUNTS"):
                continue
            money = np.nansum(np.abs(before[first : last + 1]))
            if measure in ("DEMAND", "RETURNS"):
                money *= lake.price[(level, store, item)]
            if measure == "PRICE":
                here = slice(HISTORY - JUDGED + first, HISTORY - JUDGED + last + 1)
                money = np.nansum(np.abs(before[first : last + 1]) * lake.sold[(level, store, item)][here])
            if money >= LEAST_MONEY:
                found.append(Incident(level, store, item, measure, sign > 0, first, last))
    parts = [one for one in found if not any(explains(whole, one, lake.category) for whole in found)]
    chain = of_chain(parts)
    return [one for one in chain if not any(explains(whole, one, lake.category) for whole in chain)]


def of_chain(found: list[Incident]) -> list[Incident]:
    """One incident of the store ALL for what at least half of the stores have at the same time."""
    kept: list[Incident] = []
    same = sorted(found, key=lambda one: (one.level, one.item, one.measure, one.above, one.first, one.last))
    begin = 0
    for at in range(1, len(same) + 1):
        run = same[begin:at]
        last = max(one.last for one in run)
        if at < len(same) and replace(same[at], store="", first=0, last=0) == replace(
            run[0], store="", first=0, last=0
        ):
            if same[at].first <= last:
                continue
        if len({one.store for one in run}) >= max(2, STORES / 2):
            # Another price in all stores is the chain's new price.
            if run[0].measure != "PRICE":
                kept.append(replace(run[0], store=ALL, last=last))
        else:
            kept.extend(run)
        begin = at
    return kept


def runs(flags: np.ndarray) -> Iterator[tuple[int, int, float]]:
    """First and last day and side of each run."""
    first = 0
    for day in range(1, len(flags) + 1):
        if day == len(flags) or flags[day] != flags[first]:
            if flags[first] != 0:
                yield first, day - 1, flags[first]
            first = day


def explains(whole: Incident, part: Incident, category: dict[str, str]) -> bool:
    """Whether the part need not be said beside the whole."""
    return (
        LEVELS.index(whole.level) < LEVELS.index(part.level)
        and whole.store in (part.store, ALL)
        and (whole.measure, whole.above) == (part.measure, part.above)
        and whole.first <= part.first
        and whole.last >= part.last
        and (whole.level == "STORE" or category[part.item] == whole.item)
    )


def counted(lakes: list[Lake], method: Any, setting: float) -> Count:
    """A baseline on all lakes."""
    count = Count()
    for lake in lakes:
        count.add(lake, incidents(lake, method, setting))
    return count


def show(name: str, count: Count) -> None:
    """One line."""
    print(
        f"{name:36}{count.precision:10.3f}{count.recall:8.3f}{count.wrong / max(1, count.weeks):8.2f}"
        f"   {count.seen} of {count.planted} planted, {count.right} right, {count.wrong} false, {count.explained} explained",
        flush=True,
    )


def main(folder: Path) -> None:
    """Make the lakes, compare."""
    folder.mkdir(parents=True, exist_ok=True)
    folder = folder.resolve()
    seeds = [int(seed) for seed in os.environ.get("SEEDS", "12 13").split()]
    tuned = [int(seed) for seed in os.environ.get("TUNED", "2 11").split()]
    lakes = {seed: read(make(folder, seed)) for seed in tuned + seeds}
    reported = [one for seed in seeds for one in lakes[seed]]
    chosen_on = [one for seed in tuned for one in lakes[seed]]
    print(f"{'seeds ' + ' '.join(map(str, seeds)):36}{'precision':>10}{'recall':>8}{'false':>8}", flush=True)
    ours = Count()
    for lake in reported:
        ours.add(lake, lake.ours)
    show("ours", ours)
    for name, method, published, settings in (
        ("sigma", sigma, 3.0, (3.0, 4.0, 5.0, 6.0, 8.0, 10.0, 14.0)),
        ("S-H-ESD", hybrid_esd, 0.05, (0.05, 1e-2, 1e-4, 1e-6, 1e-9, 1e-12, 1e-15)),
    ):
        show(f"{name} {published:g}", counted(reported, method, published))
        best = max(settings, key=lambda setting: counted(chosen_on, method, setting).f1)
        show(f"{name} {best:g}, best on the seeds tuned", counted(reported, method, best))
    for kind in KINDS:
        planted = [(lake, one) for lake in reported for one in lake.planted if one["kind"] == kind]
        seen = sum(any(of(found, one, lake.category) for found in lake.ours) for lake, one in planted)
        print(f"ours, {kind.lower():30}{seen:4} of {len(planted)}", flush=True)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
