"""Recommenders as their papers give them, over one history; each is held to an example worked by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
import scipy.sparse as sp

Scores = Callable[[np.ndarray], np.ndarray]
"""Customers in, a row of scores per product out."""


class History:
    """Purchases up to a day: customer, product, basket (numbers) and day of each."""

    def __init__(self, purchases: pd.DataFrame, shape: tuple[int, int], day: int) -> None:
        self.shape, self.day = shape, day
        baskets = purchases.drop_duplicates(["customer", "basket"]).sort_values(["customer", "day", "basket"])
        from_last = baskets.groupby("customer").cumcount(ascending=False)
        count = baskets.groupby("customer").basket.transform("size")
        baskets = baskets.assign(from_last=from_last, baskets=count)
        self.purchases = purchases.merge(
            baskets[["customer", "basket", "from_last", "baskets"]], on=["customer", "basket"]
        )
        self.baskets = np.zeros(shape[0], dtype=int)
        self.baskets[baskets.customer] = baskets.baskets
        self.counts = self.matrix(np.ones(len(self.purchases)))
        self.bought = (self.counts > 0).astype(np.float32).tocsr()

    def matrix(self, values: np.ndarray) -> sp.csr_matrix:
        """Customers × products; values of the same pair are added."""
        at = (self.purchases["customer"], self.purchases["product"])
        return sp.csr_matrix((np.asarray(values, dtype=np.float32), at), shape=self.shape)

    def popular(self, days: int = 28) -> np.ndarray:
        """Purchases of each product in the last days, 1 for the most."""
        late = (self.purchases.day > self.day - days).to_numpy()
        counts = np.bincount(self.purchases["product"][late], minlength=self.shape[1]).astype(np.float32)
        return counts / max(counts.max(), 1)

    def relevant(self, later: pd.DataFrame, days: int) -> dict[int, np.ndarray]:
        """What known customers bought in the days after: distinct products by customer."""
        after = later[(later.day > self.day) & (later.day <= self.day + days)]
        after = after[self.baskets[after.customer] > 0]
        pairs = after[["customer", "product"]].drop_duplicates().sort_values(["customer", "product"])
        return {c: g.to_numpy() for c, g in pairs.groupby("customer")["product"]}


@dataclass(frozen=True)
class Method:
    name: str
    fit: Callable[[History], Scores]


def popularity(history: History, days: int) -> Scores:
    popular = history.popular(days)
    return lambda customers: np.tile(popular, (len(customers), 1))


def own_frequency(history: History, half_life: float | None) -> Scores:
    """A customer's own products by (decayed) baskets, filled up with popular ones."""
    age = history.day - history.purchases.day.to_numpy()
    weight = np.ones(len(age)) if half_life is None else 0.5 ** (age / half_life)
    own, fill = history.matrix(weight), 1e-6 * history.popular()
    return lambda customers: own[customers].toarray() + fill


def up_cf(history: History, recency: int, asymmetry: float, locality: float) -> Scores:
    """UP-CF@r, Faggioli et al. (UMAP 2020): user-wise popularity of the last r baskets of like customers."""
    recent = (history.purchases.from_last < recency).to_numpy()
    wise = history.matrix(np.where(recent, 1 / np.minimum(recency, history.purchases.baskets), 0))
    size = np.maximum(np.asarray(history.bought.sum(axis=1)).ravel(), 1)
    everybody = history.bought.T.tocsr()

    def scores(customers: np.ndarray) -> np.ndarray:
        like = (history.bought[customers] @ everybody).toarray()
        like /= size[customers][:, None] ** asymmetry * size[None, :] ** (1 - asymmetry)
        like **= locality
        return np.asarray((wise.T @ like.T).T)

    return scores


def tifu_knn(history: History, share: float, neighbours: int) -> Scores:
    """TIFU-KNN, Hu et al. (SIGIR 2020), decay 0.9 within and 0.7 between 7 groups of baskets."""
    groups = 7
    count = history.purchases.baskets.to_numpy()
    size = np.maximum(1, np.ceil(count / groups))
    group, within = np.divmod(history.purchases.from_last.to_numpy(), size)
    used = np.ceil(count / size)
    # The last group may be short: its mean is over the baskets that it has.
    held = np.minimum(size, count - group * size)
    vectors = history.matrix(0.9**within * 0.7**group / held / used)
    square = np.asarray(vectors.multiply(vectors).sum(axis=1)).ravel()
    transposed, unknown = vectors.T.tocsr(), history.baskets == 0

    def scores(customers: np.ndarray) -> np.ndarray:
        distance = square[None, :] - 2 * (vectors[customers] @ transposed).toarray()
        distance[:, unknown] = np.inf
        distance[np.arange(len(customers)), customers] = np.inf
        most = min(neighbours, int((~unknown).sum()) - 1)
        nearest = np.argpartition(distance, most - 1, axis=1)[:, :most]
        row = np.repeat(np.arange(len(customers)), most)
        mean = sp.csr_matrix(
            (np.full(row.size, 1 / most), (row, nearest.ravel())), shape=(len(customers), len(square))
        )
        return share * vectors[customers].toarray() + (1 - share) * (mean @ vectors).toarray()

    return scores


def ease(history: History, ridge: float, own: float, products: int = 4000) -> Scores:
    """EASE, Steck (WWW 2019), of the most bought products, and so much of the customer's own baskets."""
    chosen = np.argsort(-np.asarray(history.bought.sum(axis=0)).ravel(), kind="stable")[:products]
    purchases = history.bought[:, chosen]
    gram = (purchases.T @ purchases).toarray().astype(np.float64)
    gram[np.diag_indices_from(gram)] += ridge
    inverse = np.linalg.inv(gram)
    weights = (-inverse / np.diag(inverse)).astype(np.float32)
    np.fill_diagonal(weights, 0)

    def scores(customers: np.ndarray) -> np.ndarray:
        all_products = np.full((len(customers), history.shape[1]), -1e3, dtype=np.float32)
        all_products[:, chosen] = purchases[customers] @ weights
        return all_products + own * history.counts[customers].toarray()

    return scores


def als(history: History, factors: int, alpha: float) -> Scores:
    """Implicit ALS, Hu, Koren and Volinsky (2008), from the package implicit."""
    from implicit.cpu.als import AlternatingLeastSquares

    model = AlternatingLeastSquares(
        factors=factors, regularization=0.05, alpha=alpha, iterations=12, random_state=1, num_threads=1
    )
    model.fit(history.bought, show_progress=False)
    return lambda customers: model.user_factors[customers] @ model.item_factors.T


def bm25(history: History, neighbours: int) -> Scores:
    """Item-item neighbours with BM25 weights, from the package implicit."""
    from implicit.nearest_neighbours import BM25Recommender

    model = BM25Recommender(K=neighbours, num_threads=1)
    model.fit(history.counts.tocsr(), show_progress=False)
    return lambda customers: (history.counts[customers] @ model.similarity).toarray()


def peers() -> list[list[Method]]:
    """Each peer with the settings that it may choose from."""
    return [
        [Method(f"popular, {d} days", lambda h, d=d: popularity(h, d)) for d in (7, 14, 28)],
        [
            Method(f"own frequency, half-life {hl or 'none'}", lambda h, hl=hl: own_frequency(h, hl))
            for hl in (None, 60, 120, 240)
        ],
        [
            Method(f"UP-CF@{r}, α {a}, q {q}", lambda h, r=r, a=a, q=q: up_cf(h, r, a, q))
            for r, a, q in ((5, 0.25, 5), (25, 0.25, 5), (10, 0.25, 10), (25, 0.5, 5), (100, 0.25, 25))
        ],
        [Method(f"TIFU-KNN, {k} neighbours", lambda h, k=k: tifu_knn(h, 0.7, k)) for k in (100, 300)],
        [
            Method(f"EASE λ {lam}, own × {own}", lambda h, lam=lam, own=own: ease(h, lam, own))
            for lam, own in ((1000, 0.1), (1000, 0.5), (300, 0.5))
        ],
        [Method("EASE λ 300", lambda h: ease(h, 300, 0))],
        [Method(f"ALS, {f} factors, α {a}", lambda h, f=f, a=a: als(h, f, a)) for f, a in ((64, 1), (64, 10))],
        [Method(f"BM25, {k} neighbours", lambda h, k=k: bm25(h, k)) for k in (50, 200)],
    ]


def top(
    scores: Scores, history: History, customers: np.ndarray, length: int
) -> tuple[dict[int, np.ndarray], dict[int, np.ndarray]]:
    """The best products of each customer, and the best that they never bought."""
    best, unbought = {}, {}
    for start in range(0, len(customers), 256):
        some = customers[start : start + 256]
        rows = np.asarray(scores(some), dtype=np.float32)
        own = history.bought[some].toarray() > 0
        for found, values in ((best, rows), (unbought, np.where(own, -np.inf, rows))):
            order = np.argsort(-values, axis=1, kind="stable")[:, :length]
            found.update(zip(some.tolist(), order, strict=True))
    return best, unbought


def judged(lists: dict[int, np.ndarray], truth: dict[int, np.ndarray]) -> tuple[float, float]:
    """Recall@20 and NDCG@10, means over the customers of the truth; without a list it is 0."""
    discount = 1 / np.log2(np.arange(2, 12))
    recalls, gains = [], []
    for customer, relevant in truth.items():
        hit = np.isin(lists.get(customer, np.array([], dtype=int))[:20], relevant)
        recalls.append(hit.sum() / len(relevant))
        gains.append(discount[: len(hit)][hit[:10]].sum() / discount[: min(10, len(relevant))].sum())
    return float(np.mean(recalls)), float(np.mean(gains))


def explored(
    lists: dict[int, np.ndarray], truth: dict[int, np.ndarray], history: History
) -> tuple[float, float]:
    """As judged(), of the products that the customer had not bought before."""
    fresh = {}
    for customer, relevant in truth.items():
        own = history.bought[customer].indices
        if len(left := np.setdiff1d(relevant, own)):
            fresh[customer] = left
    return judged(lists, fresh)
