package com.posmodern.ai.recommend;

import com.posmodern.ai.config.RecommendSettings;
import java.util.List;

/** Settings sized for {@link TasteWorld}. */
public final class TasteSettings {
  public static final RecommendSettings.Rules RULES =
      new RecommendSettings.Rules(false, 5, 28, 28, List.of(), List.of());
  static final RecommendSettings.Similar SIMILAR =
      new RecommendSettings.Similar(5, 180, 30, 3, 0.5, 10, 0.1);
  static final RecommendSettings.Popular POPULAR = new RecommendSettings.Popular(3, 14, 84, 1.5);

  private TasteSettings() {}

  /** The ranker of few trees on few rows. */
  static RecommendSettings of(RecommendSettings.Rules rules) {
    return of(rules, 50);
  }

  static RecommendSettings of(RecommendSettings.Rules rules, long minimumPurchases) {
    return new RecommendSettings(
        20,
        14,
        10,
        100,
        1000,
        2,
        0,
        42,
        new RecommendSettings.Ranker(
            1000,
            730,
            1000,
            2,
            20_000,
            minimumPurchases,
            "binary:logistic",
            20,
            4,
            0.2,
            0.8,
            0.6,
            2,
            64,
            1),
        new RecommendSettings.Als(6, 0.1, 10, 5, 2),
        rules,
        SIMILAR,
        POPULAR);
  }
}
