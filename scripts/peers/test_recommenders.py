"""Each peer and each metric against an example worked by hand."""

import math

import numpy as np
import pandas as pd
import pytest

import recommenders as r

# Customer 0: baskets {0, 1} on day -3, {0} on day 0. Customer 1: {0, 2} on day -1. Customer 2: {3} on day -40.
PURCHASES = pd.DataFrame(
    [(0, 0, 0, -3), (0, 1, 0, -3), (0, 0, 1, 0), (1, 0, 2, -1), (1, 2, 2, -1), (2, 3, 3, -40)],
    columns=["customer", "product", "basket", "day"],
)
HISTORY = r.History(PURCHASES, (3, 4), 0)
EVERYBODY = np.array([0, 1, 2])


def test_popularity_counts_the_late_purchases():
    assert r.popularity(HISTORY, 28)(EVERYBODY)[0] == pytest.approx([1, 1 / 3, 1 / 3, 0])


def test_own_frequency_decays_and_is_filled_up():
    assert r.own_frequency(HISTORY, 3)(EVERYBODY)[0][:2] == pytest.approx([1.5, 0.5], abs=1e-5)
    filled = r.own_frequency(HISTORY, None)(EVERYBODY)[2]
    assert np.argsort(-filled, kind="stable").tolist() == [3, 0, 1, 2]


def test_up_cf_weighs_like_customers_and_keeps_the_own():
    # Customer 0 has products {0, 1}, customer 1 {0, 2}: likeness 1 / (2^0.5 × 2^0.5) = 0.5, squared 0.25.
    scores = r.up_cf(HISTORY, 10, 0.5, 2)(EVERYBODY)[0]
    assert scores == pytest.approx([1 + 0.25, 0.5, 0.25, 0])
    # Of the last basket only: customer 0 bought 0.
    assert r.up_cf(HISTORY, 1, 0.5, 2)(EVERYBODY)[0] == pytest.approx([1 + 0.25, 0, 0.25, 0])


def test_tifu_knn_decays_groups_and_mixes_the_nearest():
    # Two baskets make two groups of one: ({0} + 0.7 {0, 1}) / 2; the nearest of customer 0 is customer 1.
    scores = r.tifu_knn(HISTORY, 0.6, 1)(EVERYBODY)[0]
    assert scores == pytest.approx([0.6 * 0.85 + 0.4, 0.6 * 0.35, 0.4, 0], abs=1e-6)


def test_ease_is_its_closed_form():
    purchases = HISTORY.bought.toarray()
    inverse = np.linalg.inv(purchases.T @ purchases + 2 * np.eye(4))
    weights = np.eye(4) - inverse / np.diag(inverse)
    assert r.ease(HISTORY, 2, 0)(EVERYBODY) == pytest.approx(purchases @ weights, abs=1e-5)
    # Products 0 and 2 share one buyer, 2 and 3 none.
    assert weights[0, 2] > 0
    assert weights[3, 2] == pytest.approx(0)


def test_als_and_bm25_find_the_other_half_of_a_group():
    pairs = [(c, p) for c in range(12) for p in range(6) if p % 2 == c % 2 and (c, p) != (0, 4)]
    table = pd.DataFrame([(c, p, c, 0) for c, p in pairs], columns=["customer", "product", "basket", "day"])
    history = r.History(table, (12, 6), 0)
    for scores in (r.als(history, 4, 1), r.bm25(history, 10)):
        _, unbought = r.top(scores, history, np.array([0]), 1)
        assert unbought[0].tolist() == [4]


def test_metrics():
    truth = {0: np.array([1, 9, 50]), 1: np.array([5])}
    recall, ndcg = r.judged({0: np.array([3, 1, 7, 9])}, truth)
    assert recall == pytest.approx((2 / 3 + 0) / 2)
    gain = 1 / math.log2(3) + 1 / math.log2(5)
    ideal = 1 + 1 / math.log2(3) + 1 / math.log2(4)
    assert ndcg == pytest.approx(gain / ideal / 2)


def test_relevant_is_what_known_customers_bought_after():
    later = pd.concat([PURCHASES, pd.DataFrame({"customer": [1, 1], "product": [3, 3], "basket": [8, 9], "day": [1, 2]})])
    assert {c: p.tolist() for c, p in HISTORY.relevant(later, 14).items()} == {1: [3]}


def test_explored_leaves_out_what_was_bought():
    truth = {0: np.array([0, 2])}
    assert r.explored({0: np.array([2])}, truth, HISTORY)[0] == 1
