package com.posmodern.ai.recommend;

import com.posmodern.ai.config.RecommendSettings;
import java.util.List;

/** Settings sized for {@link TasteWorld}. */
final class TestSettings {
  static final RecommendSettings.Rules RULES = new RecommendSettings.Rules(false, 5, 28, 28);
  static final RecommendSettings.Similar SIMILAR =
      new RecommendSettings.Similar(5, 180, 30, 3, 0.5, 10, 0.1);
  static final RecommendSettings.Popular POPULAR = new RecommendSettings.Popular(3, 14, 84, 1.5);

  private TestSettings() {}

  static RecommendSettings of(RecommendSettings.Rules rules) {
    return new RecommendSettings(
        20,
        14,
        10,
        100,
        1000,
        2,
        List.of(0.5, 1.0),
        List.of(0.0),
        42,
        new RecommendSettings.Als(
            List.of(6), List.of(0.1), List.of(10.0, 1.0), List.of(90.0), 5, 2, 2, 60),
        rules,
        SIMILAR,
        POPULAR);
  }
}
