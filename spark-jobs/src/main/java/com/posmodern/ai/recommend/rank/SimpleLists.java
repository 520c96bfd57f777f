package com.posmodern.ai.recommend.rank;

import com.posmodern.ai.recommend.TopScores;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The baseline lists that need no model and that the published lists must beat. No rules restrict
 * them, and lists of a customer's own products are filled up with popular ones.
 */
final class SimpleLists {
  static final String POPULARITY = "popularity";
  static final String POPULARITY_WEEK = "popularity_week";

  private final int length;
  private final int[] popular;
  private final int[] popularThisWeek;

  SimpleLists(Knowledge knowledge, int length) {
    this.length = length;
    this.popular = ranked(knowledge.figures.daily28, 4 * length);
    this.popularThisWeek = ranked(knowledge.figures.daily7, 4 * length);
  }

  /** By name. */
  Map<String, int[]> of(OwnPurchases own) {
    Map<String, int[]> lists = new LinkedHashMap<>();
    lists.put(POPULARITY, Arrays.copyOf(popular, Math.min(length, popular.length)));
    lists.put(
        POPULARITY_WEEK, Arrays.copyOf(popularThisWeek, Math.min(length, popularThisWeek.length)));
    lists.put("personal_frequency", filled(own, own::times));
    lists.put("personal_45_days", filled(own, place -> own.decayed(1, place)));
    lists.put("personal_120_days", filled(own, place -> own.decayed(2, place)));
    return lists;
  }

  /** The popular products that the customer never bought. */
  int[] explore(OwnPurchases own) {
    return Arrays.stream(popular).filter(product -> own.place(product) < 0).limit(length).toArray();
  }

  private int[] filled(OwnPurchases own, IntToDoubleFunction score) {
    TopScores top = new TopScores(length);
    for (int place = 0; place < own.size(); place++) {
      top.offer(own.product(place), (float) score.applyAsDouble(place));
    }
    return Stream.of(top.numbers(), popular)
        .flatMapToInt(IntStream::of)
        .distinct()
        .limit(length)
        .toArray();
  }

  private static int[] ranked(float[] score, int most) {
    TopScores top = new TopScores(most);
    for (int product = 0; product < score.length; product++) {
      if (score[product] > 0) {
        top.offer(product, score[product]);
      }
    }
    return top.numbers();
  }
}
