"""The next product of a basket: our lists beside item-item and V-SKNN, on the receipts after a date.

    scripts/bench-peers session path/to/lake 2011-11-11   the source tables of a lake; it stays as it is

Runs quality and next-products as of the date on a copy of the source tables. Then quality reads the sales up to the
end of the days judged, so that every side sees the same accepted sales: up to the date to learn from, the days after
it to be judged on. Of every later receipt each product after the first is to be foretold from those before it; PLACES
(6000) of all such places are drawn by a fixed seed. Where a lake's receipt lines are sorted by product, their order is
the export's and not the customer's, and following it would foretell the sorting: then products are put in a drawn
order, the same for every side. Peers choose their settings on the days before the date.

    recall@20    share of the places where the product is among the first 20
    mrr@20       mean of 1 / its place in the list, 0 when it is not among the first 20

Ours adds up the published lists: that of the last two products, or of the last and the one before, and of older ones
with less weight. DAYS (14) are judged, BASKET_DAYS (180) learnt from.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import scipy.sparse as sp

LENGTH = 20
Next = Callable[[np.ndarray], np.ndarray]
"""The products of a basket so far in, a score per product out."""


class Baskets:
    """Receipts up to a day, oldest first, each an array of product numbers in order."""

    def __init__(self, baskets: list[np.ndarray], products: int) -> None:
        self.size = np.array([len(basket) for basket in baskets])
        row = np.repeat(np.arange(len(baskets)), self.size)
        flat = np.concatenate(baskets)
        self.matrix = sp.csr_matrix((np.ones(len(flat)), (row, flat)), shape=(len(baskets), products))
        self.of = self.matrix.T.tocsr()
        self.times = np.bincount(flat, minlength=products).astype(float)
        self.popular = 1e-9 * self.times / self.times.max()


def item_item(baskets: Baskets, shrink: float, last_only: bool) -> Next:
    """Cosine of the products' baskets, shrunk; summed over the basket, or of its last product."""
    together = (baskets.of @ baskets.matrix).tolil()
    together.setdiag(0)
    scale = sp.diags(1 / np.sqrt(np.maximum(baskets.times + shrink, 1)))
    cosine = (scale @ together.tocsr() @ scale).tocsr()

    def scores(basket: np.ndarray) -> np.ndarray:
        seen = basket[-1:] if last_only else basket
        return np.asarray(cosine[seen].sum(axis=0)).ravel() + baskets.popular

    return scores


def v_sknn(baskets: Baskets, neighbours: int, sample: int, idf: bool) -> Next:
    """V-SKNN, Ludewig and Jannach (UMUAI 2018): nearest of the newest baskets, late products count more.

    Likeness is the dot product with weights place / length; a neighbour's products get its likeness times
    1 - 0.1 × steps since the last product in common (at least 0), and with idf log(baskets / times).
    """
    weight = np.log(baskets.matrix.shape[0] / np.maximum(baskets.times, 1)) if idf else 1.0

    def scores(basket: np.ndarray) -> np.ndarray:
        length = len(basket)
        place = np.zeros(baskets.matrix.shape[1])
        place[basket] = np.arange(length) + 1
        near = np.unique(np.concatenate([baskets.of[product].indices for product in basket]))[-sample:]
        if len(near) == 0:
            return baskets.popular
        like = baskets.matrix[near] @ (place / length)
        best = np.argsort(-like, kind="stable")[:neighbours]
        held, like = baskets.matrix[near[best]], like[best]
        last = held.multiply(place).max(axis=1).toarray().ravel()
        decay = np.maximum(1 - 0.1 * (length - last), 0)
        return np.asarray(held.T @ (like * decay)) * weight + baskets.popular

    return scores


def published(lists: pd.DataFrame, products: int, recency: float = 0.9, older: float = 0.98) -> Next:
    """Ours: what the lists of next_products add up to; product numbers, -1 for ANY."""
    first = lists[(lists.previous == -1) & (lists.last != -1)]
    chain = sp.csr_matrix((first.score, (first["last"], first.next)), shape=(products, products))
    pairs = {
        key: (group.next.to_numpy(), group.score.to_numpy())
        for key, group in lists[lists.previous != -1].groupby(["previous", "last"])
    }
    start = np.zeros(products)
    opening = lists[lists["last"] == -1]
    start[opening.next] = 1e-9 * opening.score

    def scores(basket: np.ndarray) -> np.ndarray:
        age = np.arange(len(basket))[::-1]
        # The list of two products has the one before the last with the same weight.
        weight = np.where(age == 1, recency, older**age)
        pair = pairs.get((basket[-2], basket[-1])) if len(basket) > 1 else None
        if pair is not None:
            weight[-2:] = 0
        found = np.asarray((sp.csr_matrix(weight.astype(float)) @ chain[basket]).todense()).ravel() + start
        if pair is not None:
            found[pair[0]] += pair[1]
        return found

    return scores


def judged(scores: Next, places: list[np.ndarray]) -> tuple[float, float]:
    """recall and MRR at 20: of each array the last product is foretold from those before it."""
    recall = reciprocal = 0.0
    for place in places:
        basket, product = place[:-1], place[-1]
        score = scores(basket).copy()
        score[basket] = -np.inf
        # Of equal scores the lower number comes first.
        ahead = (score > score[product]).sum() + (score[:product] == score[product]).sum()
        if score[product] > 0 and ahead < LENGTH:
            recall += 1
            reciprocal += 1 / (1 + ahead)
    return recall / len(places), reciprocal / len(places)


def drawn(baskets: list[np.ndarray], most: int) -> list[np.ndarray]:
    every = [(i, j) for i, basket in enumerate(baskets) for j in range(2, len(basket) + 1)]
    chosen = np.sort(np.random.default_rng(7).choice(len(every), min(most, len(every)), replace=False))
    return [baskets[every[k][0]][: every[k][1]] for k in chosen]


def is_sorted(baskets: list[np.ndarray]) -> bool:
    steps = np.concatenate([np.diff(basket) > 0 for basket in baskets if len(basket) > 2])
    return not 0.1 <= steps.mean() <= 0.9


def receipts(sales: pd.DataFrame) -> list[np.ndarray]:
    """One array per receipt, oldest first; in the order of the column place."""
    ordered = sales.sort_values(["day", "basket", "place"]).drop_duplicates(["basket", "product"])
    ends = np.flatnonzero(np.diff(ordered.basket.to_numpy())) + 1
    return np.split(ordered["product"].to_numpy(), ends)


def settings_of_peers() -> dict[str, list[tuple[str, Callable[[Baskets], Next]]]]:
    return {
        "item-item": [
            (f"item-item, shrink {s}{', last product' * last}", lambda b, s=s, last=last: item_item(b, s, last))
            for s in (0, 20, 100)
            for last in (False, True)
        ],
        "v-sknn": [
            (f"V-SKNN, {k} of {n}{', idf' * idf}", lambda b, k=k, n=n, idf=idf: v_sknn(b, k, n, idf))
            for k, n in ((100, 1000), (500, 5000))
            for idf in (False, True)
        ],
    }


def main(source: Path, as_of: date) -> None:
    from recommend import rows, run, settings

    days = int(os.environ.get("DAYS", "14"))
    basket_days = int(os.environ.get("BASKET_DAYS", "180"))
    most = int(os.environ.get("PLACES", "6000"))
    work = Path("bench") / f"session-{source.name}"
    lake = (work / "lake").resolve()
    shutil.rmtree(work, ignore_errors=True)
    shutil.copytree(source / "source", lake / "source")
    print(f"ours, as of {as_of}", flush=True)
    conf = settings(work / "session.yaml", lake, "exclude_already_bought: false")
    run(lake, conf, "quality", "--as-of", as_of.isoformat())
    run(lake, conf, "next-products", "--as-of", as_of.isoformat())
    last = as_of + timedelta(days=days)
    run(lake, conf, "quality", "--as-of", last.isoformat())

    columns = ["sale_id", "line_no", "product_id", "business_date", "quantity"]
    sales = rows(lake, "features/accepted_sales", last, columns)
    sales = sales[sales.quantity > 0]
    products = np.sort(sales.product_id.unique())
    sales = pd.DataFrame(
        {
            "basket": pd.factorize(sales.sale_id, sort=True)[0],
            "product": np.searchsorted(products, sales.product_id),
            "place": sales.line_no,
            "day": (pd.to_datetime(sales.business_date) - pd.Timestamp(as_of)).dt.days,
        }
    )
    sales["day"] = sales.groupby("basket").day.transform("max")
    sales = sales[sales.day > -basket_days]
    if is_sorted(receipts(sales)):
        print("the receipts' lines are sorted by product: judged in a drawn order", flush=True)
        sales["place"] = np.random.default_rng(5).permutation(len(sales))
    past = Baskets(receipts(sales[sales.day <= 0]), len(products))
    places = drawn(receipts(sales[sales.day > 0]), most)
    earlier = Baskets(receipts(sales[sales.day <= -days]), len(products))
    earlier_places = drawn(receipts(sales[(sales.day > -days) & (sales.day <= 0)]), 1500)

    table = rows(
        lake,
        "results/next_products",
        as_of,
        ["sequence_kind", "previous_product_id", "product_id", "next_product_id", "score"],
    )
    table = table[table.sequence_kind == "BASKET"]
    number = {product: i for i, product in enumerate(products)}
    lists = pd.DataFrame(
        {
            "previous": table.previous_product_id.map(number).fillna(-1).astype(int),
            "last": table.product_id.map(number).fillna(-1).astype(int),
            "next": table.next_product_id.map(number),
            "score": table.score,
        }
    ).dropna()
    lists["next"] = lists.next.astype(int)

    print(f"{len(places):,} places of later receipts, {len(products):,} products", flush=True)
    print(f"{'':34}{'recall@20':>10}{'mrr@20':>10}", flush=True)

    def show(name: str, figures: tuple[float, float]) -> None:
        print(f"{name:34}{figures[0]:10.4f}{figures[1]:10.4f}", flush=True)

    ours = judged(published(lists, len(products)), places)
    show("ours", ours)
    best = (0.0, 0.0)
    for peer in settings_of_peers().values():
        name, method = max(peer, key=lambda one: judged(one[1](earlier), earlier_places)[0])
        figures = judged(method(past), places)
        show(name, figures)
        best = (max(best[0], figures[0]), max(best[1], figures[1]))
    show("popular", judged(lambda basket: past.popular, places))
    print(f"{'ours over the best peer':34}{ours[0] / best[0]:10.3f}{ours[1] / best[1]:10.3f}", flush=True)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), date.fromisoformat(sys.argv[2]))
