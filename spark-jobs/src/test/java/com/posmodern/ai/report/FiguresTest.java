package com.posmodern.ai.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.posmodern.ai.model.Metric;
import com.posmodern.ai.report.NightReport.JobRun;
import com.posmodern.ai.report.NightReport.OrderPolicy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0.12345 | 0.123
          1       | 1.00
          9.876   | 9.88
          10      | 10.0
          99.94   | 99.9
          100     | 100
          1000    | 1,000
          1234.4  | 1,234
          -12.34  | -12.3
          """)
  void aValueHasThreeDigits(double value, String text) {
    assertThat(Figures.value(value)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          7      | 7
          7.25   | 7.3
          999.5  | 999.5
          1000.4 | 1,000
          """)
  void aQuantityHasOneDecimalAtMost(double quantity, String text) {
    assertThat(Figures.quantity(quantity)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0, 0 %", "0.05, 5.0 %", "0.0999, 10.0 %", "0.1, 10 %", "-0.05, -5.0 %", "1, 100 %"})
  void aPercentageBelowTenHasADecimal(double share, String text) {
    assertThat(Figures.percent(share)).isEqualTo(text);
  }

  @Test
  void timesAndSizesAreReadable() {
    assertThat(Figures.seconds(59.4)).isEqualTo("59.4 s");
    assertThat(Figures.seconds(60)).isEqualTo("1 min 00 s");
    assertThat(Figures.seconds(125.4)).isEqualTo("2 min 05 s");
    assertThat(Figures.bytes(3 << 20)).isEqualTo("3 MiB");
    assertThat(Figures.bytes(1L << 30)).isEqualTo("1.0 GiB");
    assertThat(Figures.bytes(1023L << 20)).isEqualTo("1023 MiB");
    assertThat(Figures.clock(Optional.of(17.75))).isEqualTo("17:45");
    assertThat(Figures.count(1_234_567)).isEqualTo("1,234,567");
    assertThat(Figures.tenths(0.1234)).isEqualTo("12.3 %");
    assertThat(Figures.words("Bought_often")).isEqualTo("bought often");
    assertThat(Figures.capital("published")).isEqualTo("Published");
    assertThat(Figures.capital("")).isEmpty();
  }

  @Test
  void whatIsNotKnownIsADash() {
    assertThat(Figures.value(Optional.empty())).isEqualTo("–");
    assertThat(Figures.quantity(Optional.empty())).isEqualTo("–");
    assertThat(Figures.percent(Optional.empty())).isEqualTo("–");
    assertThat(Figures.clock(Optional.empty())).isEqualTo("–");
    assertThat(Figures.tenths(Optional.empty())).isEqualTo("–");
    assertThat(Figures.tenths(Double.NaN)).isEqualTo("–");
    assertThat(Figures.value(Optional.of(1.0))).isEqualTo("1.00");
    assertThat(Figures.quantity(Optional.of(1.0))).isEqualTo("1");
    assertThat(Figures.percent(Optional.of(1.0))).isEqualTo("100 %");
    assertThat(Figures.tenths(Optional.of(1.0))).isEqualTo("100.0 %");
  }

  private static Comparison compared(String name, double own, double baseline, boolean higher) {
    return new Comparison(
        new Metric("published", Metric.ALL, name, own, false, higher),
        Optional.of(new Metric("moving_average", Metric.ALL, name, baseline, true, higher)));
  }

  @Test
  void aModelIsBetterInTheDirectionOfItsMetric() {
    assertThat(compared("wape", 0.9, 1, false).better()).isTrue();
    assertThat(compared("wape", 1, 1, false).better()).isFalse();
    assertThat(compared("recall@20", 0.9, 1, true).better()).isFalse();
    assertThat(compared("recall@20", 1.1, 1, true).tone()).isEqualTo("good");
    assertThat(compared("recall@20", 1, 1, true).tone()).isEqualTo("attention");
    assertThat(compared("wape", 0.9, 1, false).best()).isEqualTo("1.00 moving average");
  }

  @Test
  void aDifferenceIsTimesPercentOrPlain() {
    assertThat(compared("recall@20", 3, 2, true).difference()).isEqualTo("1.5 times");
    assertThat(compared("recall@20", 2.9, 2, true).difference()).isEqualTo("+45 %");
    assertThat(compared("wape", 3, 2, false).difference()).isEqualTo("+50 %");
    assertThat(compared("silhouette", 0.4, -0.1, true).difference()).isEqualTo("+0.500");
    assertThat(compared("silhouette", 0.4, 0, true).difference()).isEqualTo("+0.400");
    assertThat(compared("bias", 0.4, 0.2, false).difference()).as("best at zero").isEmpty();
    assertThat(compared("bias", 0.4, 0.2, false).tone()).isEqualTo("soft");
    Comparison alone =
        new Comparison(new Metric("published", "all", "map", 1, false, true), Optional.empty());
    assertThat(alone.difference()).isEmpty();
    assertThat(alone.better()).isFalse();
    assertThat(alone.best()).isEqualTo("–");
    assertThat(alone.label()).isEqualTo("MAP");
  }

  /** Jobs run side by side: 0 to 10, 5 to 12, and after a pause 20 to 21. */
  @Test
  void aNightIsBusyWhileAnyJobRuns() {
    List<JobRun> jobs = List.of(job(5, 7), job(0, 10), job(20, 1), job(6, 2));
    assertThat(Headline.busySeconds(jobs)).isCloseTo(13, within(1e-9));
    assertThat(Headline.busySeconds(List.of())).isZero();
  }

  private static JobRun job(int from, double seconds) {
    return new JobRun("job", Instant.ofEpochSecond(from), "ok", 1, 1, seconds, 1, "");
  }

  private static OrderPolicy policy(int moreDays, String scope, double fillRate, double cover) {
    return new OrderPolicy(
        moreDays < 0, moreDays, scope, fillRate, Optional.of(0.98), 0.9, 0.95, cover, 1, 1, 1, 1);
  }

  @Test
  void theAdviceIsComparedWithTheShortestCoverThatMeetsAsMuchDemand() {
    OrderComparison comparison =
        OrderComparison.of(
                List.of(
                    policy(3, "all", 0.99, 9),
                    policy(-1, "all", 0.96, 5),
                    policy(0, "all", 0.90, 4),
                    policy(2, "all", 0.96, 7),
                    policy(-1, "lumpy", 0.95, 6),
                    policy(0, "lumpy", 0.80, 5)))
            .orElseThrow();
    assertThat(comparison.covers()).extracting(OrderPolicy::moreDays).containsExactly(0, 2, 3);
    assertThat(comparison.equal())
        .hasValueSatisfying(one -> assertThat(one.moreDays()).isEqualTo(2));
    assertThat(comparison.better()).isTrue();
    assertThat(comparison.sentence())
        .isEqualTo(
            "The advice met 96.0 % of the demand (aim 98.0 %) from a stock of 5.0 days."
                + " The baseline needs 7.0 days of stock for as much"
                + " (mean of 28 days, 2 days more).");
    assertThat(comparison.lines())
        .extracting(OrderComparison.Line::name)
        .containsExactly("advice, all", "mean of 28 days, 2 days more, all", "advice, lumpy");
  }

  @Test
  void aBaselineWithLessStockIsBetterAndOneThatNeverReachesItIsNot() {
    assertThat(
            OrderComparison.of(List.of(policy(-1, "all", 0.9, 5), policy(0, "all", 0.9, 5)))
                .orElseThrow()
                .better())
        .isFalse();
    OrderComparison alone =
        OrderComparison.of(List.of(policy(-1, "all", 0.9, 5), policy(0, "all", 0.8, 1)))
            .orElseThrow();
    assertThat(alone.better()).isTrue();
    assertThat(alone.sentence())
        .endsWith("No cover that was tried lets the baseline meet as much.");
    assertThat(OrderComparison.of(List.of(policy(-1, "lumpy", 0.9, 5)))).isEmpty();
  }
}
