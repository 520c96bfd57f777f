package com.posmodern.ai.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.posmodern.ai.model.Metric;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Ten customers: recency and frequency rise and fall against each other, the hour has two groups.
 */
class SegmentEvaluationTest {
  private static final List<SegmentFeature> FEATURES = CustomerSample.features(List.of());
  private static final SegmentFeature HOUR = SegmentFeature.named("mean_hour");

  private static CustomerSample customers() {
    double[][] rows = new double[10][FEATURES.size()];
    for (int i = 0; i < rows.length; i++) {
      rows[i][FEATURES.indexOf(SegmentFeature.named("recency"))] = 9 - i;
      rows[i][FEATURES.indexOf(SegmentFeature.named("frequency"))] = i;
      rows[i][FEATURES.indexOf(SegmentFeature.named("monetary_value"))] = 10 * i;
      rows[i][FEATURES.indexOf(HOUR)] = i % 2 == 0 ? 9 : 20;
    }
    return new CustomerSample(FEATURES, rows);
  }

  /** Morning is at -1, evening at 1. */
  private static SegmentModel model(int morning, int evening) {
    return new SegmentModel(
        new FeatureSpace(List.of(HOUR), List.of(14.5), List.of(5.5), List.of(1.0)),
        List.of(
            new Segment(morning, "Morning shoppers", List.of(-1.0)),
            new Segment(evening, "Evening shoppers", List.of(1.0))));
  }

  @Test
  void bandsDivideTheSumOfThreeQuintiles() {
    // The quintiles are 0 0 1 1 2 2 3 3 4 4: sums 0, 3, 6, 9 and 12 of thirteen levels.
    assertThat(SegmentEvaluation.quintileBands(customers(), 13))
        .containsExactly(0, 0, 3, 3, 6, 6, 9, 9, 12, 12);
    assertThat(SegmentEvaluation.quintileBands(customers(), 2))
        .containsExactly(0, 0, 0, 0, 0, 0, 1, 1, 1, 1);
  }

  @Test
  void cellsAreTheCombinationsOfThreeQuintiles() {
    assertThat(SegmentEvaluation.quintileCells(customers()))
        .containsExactly(100, 100, 81, 81, 62, 62, 43, 43, 24, 24);
  }

  @Test
  void agreementIsTheShareOfTheSameIds() {
    assertThat(SegmentEvaluation.agreement(customers(), model(1, 2), model(1, 2))).isEqualTo(1);
    assertThat(SegmentEvaluation.agreement(customers(), model(1, 2), model(1, 3))).isEqualTo(0.5);
    assertThat(SegmentEvaluation.agreement(customers(), model(1, 2), model(3, 4))).isZero();
  }

  @Test
  void segmentsThatSeparateAreFarBetterThanBands() {
    SegmentEvaluation evaluation =
        SegmentEvaluation.of(
            customers(), model(1, 2), Optional.of(model(1, 3)), Map.of(2, 0.9, 3, 0.4));
    assertThat(value(evaluation, "k_means", "silhouette")).isEqualTo(1);
    assertThat(value(evaluation, "k_means", "davies_bouldin")).isZero();
    assertThat(value(evaluation, "k_means", "stability")).isEqualTo(0.5);
    assertThat(value(evaluation, "rfm_quintiles", "silhouette")).isLessThan(0.2);
    assertThat(evaluation.skill()).isCloseTo(1, within(1e-9));
    assertThat(evaluation.metrics())
        .filteredOn(metric -> metric.scope().startsWith("k="))
        .extracting(metric -> metric.scope() + " " + metric.value())
        .containsExactlyInAnyOrder("k=2 0.9", "k=3 0.4");
    assertThat(evaluation.metrics())
        .filteredOn(Metric::baseline)
        .extracting(Metric::candidate)
        .containsOnly("rfm_quintiles")
        .hasSize(2);
  }

  @Test
  void withoutAFormerModelStabilityIsNotDefined() {
    SegmentEvaluation evaluation =
        SegmentEvaluation.of(customers(), model(1, 2), Optional.empty(), Map.of());
    assertThat(value(evaluation, "k_means", "stability")).isNaN();
  }

  private static double value(SegmentEvaluation evaluation, String candidate, String name) {
    return evaluation.metrics().stream()
        .filter(m -> m.candidate().equals(candidate) && m.name().equals(name))
        .filter(m -> m.scope().equals(Metric.ALL))
        .mapToDouble(Metric::value)
        .findFirst()
        .orElseThrow();
  }
}
