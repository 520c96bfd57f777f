package com.posmodern.ai.replenish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.distribution.GammaDistribution;
import org.apache.commons.math3.distribution.PoissonDistribution;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import scala.jdk.javaapi.CollectionConverters;

/** Negative binomial demand of a week, and forecasts whose level is off by a factor. */
class LevelErrorTest {
  private static final LocalDate FIRST = LocalDate.of(2026, 5, 5);
  private static final int HORIZON = 28;
  private static final int PERIOD = 7;
  private static final double[] MEANS = {0.2, 0.5, 1, 2, 5, 10, 20};

  private static final StructType SHELF =
      new StructType()
          .add("origin", "date")
          .add(DemandVariation.DISPERSION, "double")
          .add(
              OrderBacktest.DAYS, "array<struct<horizon_days: int, mean: double, actual: double>>");

  private static Row shelf(
      LocalDate origin, double mean, double dispersion, double offBy, RandomGenerator random) {
    double trueMean = mean * (1 + offBy * (2 * random.nextDouble() - 1));
    List<Row> days = new ArrayList<>();
    for (int day = 1; day <= HORIZON; day++) {
      days.add(RowFactory.create(day, mean, demand(trueMean, dispersion, random)));
    }
    return row(origin, dispersion, days);
  }

  private static Row row(LocalDate origin, double dispersion, List<Row> days) {
    return new GenericRowWithSchema(
        new Object[] {Date.valueOf(origin), dispersion, CollectionConverters.asScala(days).toSeq()},
        SHELF);
  }

  private static double demand(double mean, double dispersion, RandomGenerator random) {
    double rate =
        dispersion > 1
            ? new GammaDistribution(random, mean / (dispersion - 1), dispersion - 1).sample()
            : mean;
    return rate > 0 ? new PoissonDistribution(random, rate, 1e-12, 10_000).sample() : 0;
  }

  private static List<Row> shelves(
      LocalDate origin, int count, double offBy, RandomGenerator random) {
    List<Row> shelves = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double mean = MEANS[i % MEANS.length];
      shelves.add(shelf(origin, mean, 1 + i % 5, offBy, random));
    }
    return shelves;
  }

  /** What past periods say holds on later ones, over all sizes and dispersions. */
  @ParameterizedTest
  @CsvSource({"0", "0.15", "0.3"})
  void theServiceLevelIsAchievedOnLaterPeriods(double offBy) {
    RandomGenerator random = new Well19937c(5);
    LevelError error = LevelError.of(shelves(FIRST, 700, offBy, random), PERIOD);
    double squared = error.squaredVariation();
    List<Row> later = shelves(FIRST.plusDays(HORIZON), 2_100, offBy, random);

    for (double service : new double[] {0.9, 0.95, 0.98}) {
      int kept = 0;
      for (int i = 0; i < later.size(); i++) {
        ShelfPath path = ShelfPath.of(later.get(i));
        OrderRule rule =
            new OrderRule(1, 1, service, 1e9, 0, 0, 1 + i % 5, squared, (i * 0.618) % 1);
        double expected = ShelfPath.sum(path.means(), 0, PERIOD);
        kept += ShelfPath.sum(path.demand(), 0, PERIOD) <= rule.level(expected, PERIOD) ? 1 : 0;
      }
      assertThat((double) kept / later.size())
          .as("cycle service of %s", service)
          .isCloseTo(service, within(0.02));
    }
  }

  @Test
  void anOriginKnowsOnlyWhatWasOverBeforeIt() {
    RandomGenerator random = new Well19937c(5);
    List<Row> shelves = shelves(FIRST, 200, 0.9, random);
    shelves.addAll(shelves(FIRST.plusDays(HORIZON), 200, 0, random));
    shelves.addAll(shelves(FIRST.plusDays(HORIZON + 1), 200, 0, random));
    shelves.addAll(shelves(FIRST.plusDays(2 * HORIZON), 200, 0, random));

    var known = LevelError.of(shelves, PERIOD).byOrigin();

    assertThat(known.get(FIRST)).isZero();
    assertThat(known.get(FIRST.plusDays(HORIZON))).isGreaterThan(0.1);
    assertThat(known.get(FIRST.plusDays(HORIZON + 1)))
        .isEqualTo(known.get(FIRST.plusDays(HORIZON)));
    assertThat(known.get(FIRST.plusDays(2 * HORIZON)))
        .isLessThan(known.get(FIRST.plusDays(HORIZON)));
  }

  @Test
  void aFewBulkSalesDoNotMakeEveryShelfHoldStockForYears() {
    List<Row> shelves = shelves(FIRST, 400, 0, new Well19937c(5));
    double without = LevelError.of(shelves, PERIOD).squaredVariation();
    for (int i = 0; i < 4; i++) {
      List<Row> days = new ArrayList<>();
      for (int day = 1; day <= HORIZON; day++) {
        days.add(RowFactory.create(day, 0.5, day % 3 == 0 ? 2_000.0 : 0.0));
      }
      shelves.add(row(FIRST, 2, days));
    }

    assertThat(LevelError.of(shelves, PERIOD).squaredVariation()).isCloseTo(without, within(0.05));
  }

  @Test
  void withoutABacktestNothingIsKnown() {
    assertThat(LevelError.of(List.of(), PERIOD).squaredVariation()).isZero();
    assertThat(LevelError.of(List.of(), PERIOD).byOrigin()).isEmpty();
  }
}
