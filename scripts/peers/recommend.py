"""Our recommendations beside peers, judged on what the customers bought after a date.

    scripts/bench-peers recommend path/to/lake 2011-11-11   the source tables of a lake; it stays as it is

Runs our night's jobs for recommendations as of the date on a copy of the source tables. Then quality reads
the sales up to the end of the days judged, so that every side sees the same accepted sales by pseudonym:
up to the date to learn from, the days after it to be judged on. Everybody is judged on the same customers,
those with a purchase before and after who allow profiling: the others get popular products from us, as the law
wants it, whatever could be learnt of them. Peers choose their settings on the days before the date.

    recall@20, ndcg@10   of the list of 20; ours as published
    explore              recall@20 among the products never bought before, of lists of such products only;
                         ours published once more with exclude_already_bought

DAYS (14) are judged; CUSTOMERS bounds those judged (all), for a slow machine.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
from deltalake import DeltaTable

from recommenders import History, Method, explored, judged, peers, top

JOBS = "quality,daily-demand,product-features,purchase-interactions,popular-products,recommend-train,recommend-score"
LENGTH = 20


def run(lake: Path, conf: Path, *arguments: str) -> None:
    command = ["scripts/pos", *arguments, "--conf", str(conf)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    for line in ended.stdout.splitlines():
        if "recommend-" in line and (" ok " in line or " rejected " in line or " skipped " in line):
            print("  " + line.strip(), flush=True)
    if ended.returncode not in (0, 4):
        sys.exit(f"{' '.join(command)} ended with {ended.returncode}:\n{ended.stdout[-2000:]}{ended.stderr[-2000:]}")


def settings(file: Path, lake: Path, rules: str) -> Path:
    file.write_text(
        f"extends: {Path('conf/local.yaml').resolve()}\nlake: {lake}\n"
        f"recommend: {{rules: {{{rules}}}}}\nreport: {{folder: {lake.parent / 'reports'}}}\n"
        # Public data sets record no consent; where a lake does, those who refused stay out.
        "privacy: {legal_basis: LEGITIMATE_INTEREST}\n"
    )
    return file


def rows(lake: Path, table: str, as_of: date, columns: list[str]) -> pd.DataFrame:
    delta = DeltaTable(str(lake / table))
    if table == "features/accepted_sales":  # one table for all nights
        found = delta.to_pandas(columns=columns)
        return found[found["business_date"] <= as_of]
    return delta.to_pandas(partitions=[("as_of_date", "=", as_of.isoformat())], columns=columns)


def lists(lake: Path, as_of: date) -> pd.DataFrame:
    found = rows(lake, "results/product_recommendations", as_of, ["customer_id", "rank", "product_id"])
    return found[found["rank"] <= LENGTH].sort_values(["customer_id", "rank"])


def main(source: Path, as_of: date) -> None:
    days = int(os.environ.get("DAYS", "14"))
    work = Path("bench") / f"peers-{source.name}"
    lake = (work / "lake").resolve()
    shutil.rmtree(work, ignore_errors=True)
    shutil.copytree(source / "source", lake / "source")
    print(f"ours, as of {as_of}", flush=True)
    published = settings(work / "published.yaml", lake, "exclude_already_bought: false")
    run(lake, published, "nightly", "--as-of", as_of.isoformat(), "--only", JOBS)
    ours = lists(lake, as_of)
    explore = settings(work / "explore.yaml", lake, "exclude_already_bought: true")
    run(lake, explore, "recommend-score", "--as-of", as_of.isoformat())
    ours_explored = lists(lake, as_of)
    last = as_of + timedelta(days=days)
    run(lake, published, "quality", "--as-of", last.isoformat())

    columns = ["customer_id", "product_id", "sale_id", "business_date", "quantity"]
    sales = rows(lake, "features/accepted_sales", last, columns)
    sales = sales[sales.customer_id.notna() & (sales.quantity > 0)]
    products = np.sort(sales.product_id.unique())
    customers = np.sort(sales.customer_id.unique())
    table = pd.DataFrame(
        {
            "customer": np.searchsorted(customers, sales.customer_id),
            "product": np.searchsorted(products, sales.product_id),
            "basket": pd.factorize(sales.sale_id)[0],
            "day": (pd.to_datetime(sales.business_date) - pd.Timestamp(as_of)).dt.days,
        }
    ).drop_duplicates(["customer", "product", "basket"])
    shape = (len(customers), len(products))
    history = History(table[table.day <= 0], shape, 0)
    earlier = History(table[table.day <= -days], shape, -days)
    known = set(rows(lake, "features/purchase_interactions", as_of, ["customer_id"]).customer_id)
    truth = {c: bought for c, bought in history.relevant(table, days).items() if customers[c] in known}
    most = int(os.environ.get("CUSTOMERS", "0"))
    if most:
        truth = dict(list(truth.items())[:most])
    print(f"{len(truth):,} customers judged on {days} days, {len(products):,} products", flush=True)
    print(f"{'':34}{'recall@20':>10}{'ndcg@10':>10}{'explore':>10}", flush=True)

    # A product that was never bought cannot be relevant: leaving it out of the numbering moves the others up, so
    # places are kept by filling them with a number that no product has.
    def places(frame: pd.DataFrame) -> dict[int, np.ndarray]:
        frame = frame[frame.customer_id.isin(customers)]
        at = np.searchsorted(products, frame.product_id).clip(0, len(products) - 1)
        number = np.where(products[at] == frame.product_id, at, -1)
        of = np.searchsorted(customers, frame.customer_id)
        return {c: number[g] for c, g in pd.Series(np.arange(len(of))).groupby(of).groups.items()}

    def show(name: str, recall: float, ndcg: float, explored_recall: float) -> None:
        print(f"{name:34}{recall:10.4f}{ndcg:10.4f}{explored_recall:10.4f}", flush=True)

    result = judged(places(ours), truth)
    show("ours", *result, explored(places(ours_explored), truth, history)[0])
    best = [0.0, 0.0, 0.0]
    before = earlier.relevant(table, days)
    if most:
        before = dict(list(before.items())[:most])
    for peer in peers():
        chosen = tuned(peer, earlier, before)
        ranked, unbought = top(chosen.fit(history), history, np.array(sorted(truth)), LENGTH)
        figures = (*judged(ranked, truth), explored(unbought, truth, history)[0])
        show(chosen.name, *figures)
        best = [max(one, other) for one, other in zip(best, figures, strict=True)]
    show("best peer of each column", *best)


def tuned(peer: list[Method], earlier: History, truth: dict[int, np.ndarray]) -> Method:
    """The settings with the best recall@20 on the days before the date."""
    if len(peer) == 1:
        return peer[0]
    customers = np.array(sorted(truth))
    if len(customers) > 1500:
        customers = np.sort(np.random.default_rng(7).choice(customers, 1500, replace=False))
    some = {c: truth[c] for c in customers}
    return max(peer, key=lambda m: judged(top(m.fit(earlier), earlier, customers, LENGTH)[0], some)[0])


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), date.fromisoformat(sys.argv[2]))
