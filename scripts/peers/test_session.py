"""The session peers and metrics against an example worked by hand."""

import math

import numpy as np
import pandas as pd
import pytest

import session as s

# Products 0 to 3; oldest basket first. Times: 0 in three, 1 in two, 2 in two, 3 in one.
BASKETS = s.Baskets([np.array([0, 1]), np.array([0, 2, 1]), np.array([0, 2]), np.array([3])], 4)


def test_item_item_sums_the_cosines_or_takes_the_last():
    # 0 and 1 together in two baskets: 2 / √(3 × 2); 0 and 2 likewise; 1 and 2 in one: 1 / 2.
    cosine = 2 / math.sqrt(6)
    assert s.item_item(BASKETS, 0, False)(np.array([0, 1]))[2] == pytest.approx(cosine + 1 / 2)
    assert s.item_item(BASKETS, 0, True)(np.array([0, 1]))[2] == pytest.approx(1 / 2)


def test_v_sknn_weighs_late_products_and_takes_the_nearest():
    # Basket so far: 2, then 0; weights 1/2 and 1. Likeness: {0,1} 1, {0,2,1} 1.5, {0,2} 1.5. The last product
    # in common is 0 for each, so nothing decays. Product 1: of the first and the second.
    scores = s.v_sknn(BASKETS, 3, 10, False)(np.array([2, 0]))
    assert scores[1] == pytest.approx(2.5)
    # The two nearest are {0,2,1} and {0,2}; of the newest single basket that shares a product, {0,2}, none.
    assert s.v_sknn(BASKETS, 2, 10, False)(np.array([2, 0]))[1] == pytest.approx(1.5)
    assert s.v_sknn(BASKETS, 2, 1, False)(np.array([2, 0]))[1] == pytest.approx(0, abs=1e-8)
    # Basket so far: 1, then 3. {0,1} and {0,2,1} share 1, one step back: likeness 1/2 times 0.9 each; with idf times
    # the logarithm of 4 / 3.
    two = s.v_sknn(BASKETS, 3, 10, True)(np.array([1, 3]))
    assert two[0] == pytest.approx(2 * 0.5 * 0.9 * math.log(4 / 3))


def test_ours_adds_up_lists_and_takes_that_of_two_products_once():
    lists = pd.DataFrame(
        [(-1, -1, 3, 0.5), (-1, 0, 2, 0.4), (-1, 1, 2, 0.2), (-1, 2, 3, 0.1), (0, 1, 2, 0.9)],
        columns=["previous", "last", "next", "score"],
    )
    ours = s.published(lists, 4, recency=0.9, older=0.5)
    assert ours(np.array([0]))[2] == pytest.approx(0.4)
    # No list of 1 then 0: that of 0 and 0.9 of that of 1. Of 0 then 1 there is one.
    assert ours(np.array([1, 0]))[2] == pytest.approx(0.4 + 0.9 * 0.2)
    assert ours(np.array([0, 1]))[2] == pytest.approx(0.9)
    # 2 is two steps back: 0.5 squared.
    assert ours(np.array([2, 0, 1]))[3] == pytest.approx(0.25 * 0.1, abs=1e-8)


def test_recall_and_mrr_leave_out_what_is_in_the_basket():
    scores = np.array([9.0, 3.0, 3.0, 0.0])
    # After 0: product 2 ties with 1 and comes second; product 3 has no score.
    recall, mrr = s.judged(lambda basket: scores, [np.array([0, 2]), np.array([0, 3])])
    assert (recall, mrr) == (0.5, pytest.approx(0.25))


def test_sorted_receipts_are_told_from_others():
    assert s.is_sorted([np.array([1, 2, 3])] * 10)
    assert not s.is_sorted([np.array([1, 3, 2])] * 10)
