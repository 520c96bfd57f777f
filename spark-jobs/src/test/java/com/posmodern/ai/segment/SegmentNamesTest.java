package com.posmodern.ai.segment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SegmentNamesTest {
  /** Deviations by feature, in IQRs, in a space in which every weight is 2. */
  private static String name(Map<String, Double> deviations, String... taken) {
    List<SegmentFeature> features = new ArrayList<>();
    List<Double> centroid = new ArrayList<>();
    new TreeMap<>(deviations)
        .forEach(
            (feature, deviation) -> {
              features.add(SegmentFeature.named(feature));
              centroid.add(2 * deviation);
            });
    List<Double> ones = features.stream().map(feature -> 1.0).toList();
    List<Double> weights = features.stream().map(feature -> 2.0).toList();
    return SegmentNames.name(
        new FeatureSpace(features, ones, ones, weights), centroid, Set.of(taken));
  }

  @Test
  void theTwoStrongestWordsMakeAName() {
    Map<String, Double> evening =
        Map.of("mean_hour", 1.5, "frequency", -0.9, "weekend_share", 0.6, "discount_share", 0.1);
    assertThat(name(evening)).isEqualTo("Occasional evening shoppers");
    assertThat(name(evening, "Occasional evening shoppers"))
        .isEqualTo("Occasional weekend evening shoppers");
  }

  @Test
  void belowTheMedianStandsTheOtherWordOrNone() {
    assertThat(name(Map.of("mean_hour", -0.5, "weekend_share", -0.7)))
        .isEqualTo("Weekday morning shoppers");
    assertThat(name(Map.of("recency", -2.0, "online_share", -2.0, "basket_size", -1.0)))
        .isEqualTo("Small-basket shoppers");
    assertThat(name(Map.of("recency", 2.0, "online_share", 1.0)))
        .isEqualTo("Lapsed online shoppers");
  }

  @Test
  void twoFeaturesOfOneWordCountOnce() {
    assertThat(name(Map.of("basket_size", 2.0, "basket_value", 1.9, "frequency", 0.6)))
        .isEqualTo("Frequent big-basket shoppers");
  }

  @Test
  void departmentsKeepTheirSpellingAndOnlyLikedOnesAreNamed() {
    assertThat(
            name(
                Map.of(
                    "department_shares.Pet Food",
                    1.0,
                    "department_shares.Bakery",
                    -3.0,
                    "discount_share",
                    0.8)))
        .isEqualTo("Bargain Pet Food shoppers");
  }

  @Test
  void whoIsLikeTheMedianIsAverageAndANumberTellsEqualOnesApart() {
    Map<String, Double> median = Map.of("frequency", 0.49, "mean_hour", -0.49);
    assertThat(name(median)).isEqualTo("Average shoppers");
    assertThat(name(median, "Average shoppers")).isEqualTo("Average shoppers 2");
    assertThat(name(median, "Average shoppers", "Average shoppers 2"))
        .isEqualTo("Average shoppers 3");
    assertThat(name(Map.of("frequency", 0.5))).isEqualTo("Frequent shoppers");
  }
}
