package com.posmodern.ai.recommend;

import com.posmodern.ai.config.RecommendSettings;
import com.posmodern.ai.error.PosException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the search chose, and what the registry keeps of it.
 *
 * @param blend weights of the published list
 */
public record ModelParameters(AlsParameters als, Mixture blend) {
  private static final String RANK = "rank";
  private static final String REGULARISATION = "regularisation";
  private static final String ALPHA = "alpha";
  private static final String HALF_LIFE = "half_life";
  private static final String PERSONAL_WEIGHT = "personal_weight";
  private static final String POPULARITY_WEIGHT = "popularity_weight";

  /** As the registry's parameters, with those that the settings fix. */
  public Map<String, String> asMap(RecommendSettings settings) {
    Map<String, String> map = new LinkedHashMap<>();
    map.put(RANK, String.valueOf(als.rank()));
    map.put(REGULARISATION, String.valueOf(als.regularisation()));
    map.put(ALPHA, String.valueOf(als.alpha()));
    map.put(HALF_LIFE, String.valueOf(als.halfLife()));
    map.put(PERSONAL_WEIGHT, String.valueOf(blend.personal()));
    map.put(POPULARITY_WEIGHT, String.valueOf(blend.popularity()));
    map.put("iterations", String.valueOf(settings.als().iterations()));
    map.put("seed", String.valueOf(settings.seed()));
    return map;
  }

  /**
   * Reads the registry's parameters back.
   *
   * @throws PosException bad data: a parameter is missing or no number
   */
  public static ModelParameters from(Map<String, String> map) {
    return new ModelParameters(
        new AlsParameters(
            (int) number(map, RANK),
            number(map, REGULARISATION),
            number(map, ALPHA),
            number(map, HALF_LIFE)),
        Mixture.blend(number(map, PERSONAL_WEIGHT), number(map, POPULARITY_WEIGHT)));
  }

  private static double number(Map<String, String> map, String name) {
    try {
      return Double.parseDouble(map.getOrDefault(name, ""));
    } catch (NumberFormatException e) {
      throw PosException.badData(
          "parameter %s is %s, not a number".formatted(name, map.get(name)),
          "ops/model_registry",
          "Run recommend-train again");
    }
  }
}
