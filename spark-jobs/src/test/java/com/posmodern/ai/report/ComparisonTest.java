package com.posmodern.ai.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.posmodern.ai.model.Metric;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparisonTest {
  @Test
  void theModelIsThePublishedCandidateThoughAnotherOneIsBetter() {
    NightReport.Model model =
        model(
            error("xgboost", "wrmsse", 0.5),
            error("published", "wrmsse", 0.6),
            naive("seasonal_naive", "wrmsse", 0.8),
            naive("moving_average", "wrmsse", 0.7));

    Comparison shown = Comparison.headline(model).orElseThrow();

    assertThat(shown.own().candidate()).isEqualTo("published");
    assertThat(shown.best()).isEqualTo("0.700 moving average");
    assertThat(shown.better()).isTrue();
    assertThat(shown.difference()).isEqualTo("-14 %");
    assertThat(shown.tone()).isEqualTo("good");
    assertThat(Comparison.others(model))
        .containsExactly("xgboost", "seasonal_naive", "moving_average");
  }

  @Test
  void withoutAPublishedOneItIsTheBestCandidateAndOfEqualOnesTheFirstByName() {
    assertThat(own(error("b", "wape", 0.4), error("a", "wape", 0.3))).isEqualTo("a");
    assertThat(own(share("b", "map", 0.4), share("a", "map", 0.3))).isEqualTo("b");
    assertThat(own(share("b", "map", 0.4), share("a", "map", 0.4))).isEqualTo("a");
  }

  private static String own(Metric... metrics) {
    return Comparison.of(model(metrics)).get(0).own().candidate();
  }

  @Test
  void whatCouldNotBeMeasuredIsNotCompared() {
    assertThat(Comparison.of(model(error("published", "mape", Double.NaN)))).isEmpty();
    Comparison alone =
        Comparison.of(
                model(error("published", "mape", 0.4), naive("last_week", "mape", Double.NaN)))
            .get(0);
    assertThat(alone.baseline()).isEmpty();
    assertThat(alone.best()).isEqualTo("–");
    assertThat(alone.better()).isFalse();
    assertThat(alone.difference()).isEmpty();
    assertThat(alone.tone()).isEqualTo("soft");
    assertThat(Comparison.headline(model(error("published", "mape", 0.4)))).isEmpty();
  }

  @Test
  void primaryMetricsComeFirstAndUnknownOnesLastByName() {
    NightReport.Model model =
        model(
            error("published", "zeal", 1),
            error("published", "aptness", 1),
            error("published", "wape", 1),
            share("published", "recall@20", 1),
            error("published", "wrmsse", 1));

    assertThat(Comparison.of(model))
        .extracting(comparison -> comparison.own().name())
        .containsExactly("wrmsse", "wape", "recall@20", "aptness", "zeal");
  }

  @Test
  void theHeadlineIsTheFirstMetricThatABaselineHas() {
    NightReport.Model model =
        model(
            error("published", "wrmsse", 0.6),
            error("published", "wape", 0.3),
            naive("last_week", "wape", 0.4));

    assertThat(Comparison.headline(model).orElseThrow().own().name()).isEqualTo("wape");
    // One baseline is named beside the metric, and needs no column of its own.
    assertThat(Comparison.others(model)).isEmpty();
  }

  /** Ours, the baseline's, and what is said of the difference. */
  @ParameterizedTest
  @CsvSource({
    "recall@20, 0.20, 0.10, 2.0 times, good",
    "recall@20, 1.5, 1, 1.5 times, good",
    "recall@20, 0.14, 0.10, +40 %, good",
    "recall@20, 0.10, 0.10, +0 %, attention",
    "recall@20, 0.05, 0.10, -50 %, attention",
    "silhouette, 0.412, -0.02, +0.432, good",
    "silhouette, 0.412, 0, +0.412, good",
    "bias, 0.1, 0.2, '', soft",
    "coverage, 0.8, 0.7, '', soft",
    "days, 28, 14, '', soft",
  })
  void aDifferenceIsARatioWhereOneMakesSense(
      String name, double own, double baseline, String difference, String tone) {
    Comparison comparison =
        Comparison.of(
                model(
                    share("published", name, own),
                    new Metric("naive", Metric.ALL, name, baseline, true, true)))
            .get(0);

    assertThat(comparison.difference()).isEqualTo(difference);
    assertThat(comparison.tone()).isEqualTo(tone);
  }

  @ParameterizedTest
  @CsvSource({
    "0.2, 0.1, attention",
    "0.1, 0.1, attention",
    "0.1, 0.2, good",
    "0.4, 0.2, attention"
  })
  void aSmallErrorIsTheBetterOne(double own, double baseline, String tone) {
    Comparison comparison =
        Comparison.of(model(error("published", "wape", own), naive("naive", "wape", baseline)))
            .get(0);

    assertThat(comparison.tone()).isEqualTo(tone);
    assertThat(comparison.difference()).endsWith("%");
  }

  @Test
  void anotherCandidateIsShownInTheSameMetric() {
    List<Metric> metrics =
        List.of(
            error("published", "wape", 0.3),
            error("xgboost", "wrmsse", 0.5),
            error("xgboost", "wape", 0.4),
            error("lightgbm", "wape", Double.NaN));
    Comparison comparison = Comparison.of(model(metrics.toArray(Metric[]::new))).get(1);

    assertThat(comparison.own().name()).isEqualTo("wape");
    assertThat(comparison.of(metrics, "xgboost")).contains(0.4);
    assertThat(comparison.of(metrics, "lightgbm")).isEmpty();
    assertThat(comparison.of(metrics, "nobody")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "wrmsse, WRMSSE",
    "map, MAP",
    "ndcg@10, NDCG@10",
    "next_spend_r2, R² of the next 28 days' spend",
    "next_log_spend_r2, R² of log(1 + that spend)",
    "next_category_log_loss, log loss of the categories",
    "halves_adjusted_rand, agreement of two halves",
    "davies_bouldin, Davies–Bouldin",
    "coverage, coverage of the 80 % interval",
    "days, days measured",
    "winkler, Winkler score",
    "wrmsse_store_product, 'WRMSSE, store × product'",
    "recall_of_new, recall of new",
  })
  void metricsHaveTheirUsualNames(String name, String label) {
    assertThat(Comparison.of(model(error("published", name, 1))).get(0).label()).isEqualTo(label);
  }

  private static NightReport.Model model(Metric... metrics) {
    return new NightReport.Model(
        "model", "v1", true, "accepted", Optional.empty(), Arrays.asList(metrics));
  }

  private static Metric error(String candidate, String name, double value) {
    return new Metric(candidate, Metric.ALL, name, value, false, false);
  }

  private static Metric naive(String candidate, String name, double value) {
    return new Metric(candidate, Metric.ALL, name, value, true, false);
  }

  private static Metric share(String candidate, String name, double value) {
    return new Metric(candidate, Metric.ALL, name, value, false, true);
  }
}
