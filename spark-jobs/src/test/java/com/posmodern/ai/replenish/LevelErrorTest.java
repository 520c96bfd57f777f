package com.posmodern.ai.replenish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    LevelError.Known known = error.known();
    List<Row> later = shelves(FIRST.plusDays(HORIZON), 2_100, offBy, random);

    for (double service : new double[] {0.9, 0.95, 0.98}) {
      int kept = 0;
      for (int i = 0; i < later.size(); i++) {
        ShelfPath path = ShelfPath.of(later.get(i));
        OrderRule rule = new OrderRule(1, 1, service, 1e9, 0, 0, 1 + i % 5, known, (i * 0.618) % 1);
        double expected = ShelfPath.sum(path.means(), 0, PERIOD);
        kept += ShelfPath.sum(path.demand(), 0, PERIOD) <= rule.level(expected, PERIOD) ? 1 : 0;
      }
      assertThat((double) kept / later.size())
          .as("cycle service of %s", service)
          .isCloseTo(service, within(0.02));
    }
  }

  /** The first origin is off by up to 90 %, the others are right. */
  @Test
  void noOriginTakesPartInWhatIsKnownOfIt() {
    RandomGenerator random = new Well19937c(5);
    List<Row> shelves = shelves(FIRST, 700, 0.9, random);
    shelves.addAll(shelves(FIRST.plusDays(HORIZON - 1), 700, 0, random));
    shelves.addAll(shelves(FIRST.plusDays(HORIZON), 700, 0, random));

    Map<LocalDate, LevelError.Known> known = LevelError.of(shelves, PERIOD).byOrigin();

    assertThat(known.get(FIRST).squared(20, 0.95)).isLessThan(0.03);
    // Its days overlap those of both others.
    assertThat(known.get(FIRST.plusDays(HORIZON - 1)).squared(20, 0.95)).isZero();
    assertThat(known.get(FIRST.plusDays(HORIZON)).squared(20, 0.95)).isGreaterThan(0.1);
  }

  /** Demand up to 16 units is forecast right, larger demand is off by up to 60 %. */
  @Test
  void eachSizeHasAnErrorOfItsOwn() {
    RandomGenerator random = new Well19937c(5);
    List<Row> shelves = new ArrayList<>();
    for (int i = 0; i < 1_200; i++) {
      shelves.add(shelf(FIRST, i % 2 == 0 ? 1 : 20, 1, i % 2 == 0 ? 0 : 0.6, random));
    }

    LevelError.Known known = LevelError.of(shelves, PERIOD).known();

    // A uniform factor within 60 % has a variance of 0.36 / 3.
    assertThat(known.squared(140, 0.95)).isBetween(0.08, 0.17);
    assertThat(known.squared(7, 0.95)).isLessThan(0.03);
    // A size without a period has that of all.
    assertThat(known.squared(0.2, 0.95)).isBetween(0.02, 0.1);
  }

  @Test
  void aSizeWithFewPeriodsLeansOnAll() {
    RandomGenerator random = new Well19937c(5);
    List<Row> shelves = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      shelves.add(shelf(FIRST, 1, 1, 0, random));
    }
    // One shelf of four periods that sold a hundred times its forecast.
    List<Row> days = new ArrayList<>();
    for (int day = 1; day <= HORIZON; day++) {
      days.add(RowFactory.create(day, 5.0, 500.0));
    }
    shelves.add(row(FIRST, 1, days));

    assertThat(LevelError.of(shelves, PERIOD).known().squared(35, 0.95)).isLessThan(0.1);
  }

  @Test
  void betweenServiceLevelsItIsInterpolated() {
    LevelError.Known known =
        new LevelError.Known(
            new double[][] {{1, 2, 3, 4}, {5, 6, 7, 8}, {0, 0, 0, 0}, {9, 9, 9, 9}});

    assertThat(known.squared(0.9, 0.9)).isEqualTo(2);
    assertThat(known.squared(1, 0.925)).isCloseTo(6.5, within(1e-9));
    assertThat(known.squared(4, 0.95)).isZero();
    assertThat(known.squared(16, 0.99)).isEqualTo(9);
    assertThat(known.squared(1, 0.6)).isEqualTo(5);
  }

  @Test
  void aFewBulkSalesDoNotMakeEveryShelfHoldStockForYears() {
    List<Row> shelves = shelves(FIRST, 1_400, 0, new Well19937c(5));
    double without = LevelError.of(shelves, PERIOD).known().squared(3.5, 0.95);
    for (int i = 0; i < 4; i++) {
      List<Row> days = new ArrayList<>();
      for (int day = 1; day <= HORIZON; day++) {
        days.add(RowFactory.create(day, 0.5, day % 3 == 0 ? 2_000.0 : 0.0));
      }
      shelves.add(row(FIRST, 2, days));
    }

    assertThat(LevelError.of(shelves, PERIOD).known().squared(3.5, 0.95))
        .isCloseTo(without, within(0.15));
  }

  @Test
  void withoutABacktestNothingIsKnown() {
    assertThat(LevelError.of(List.of(), PERIOD).known()).isEqualTo(LevelError.Known.NOTHING);
    assertThat(LevelError.of(List.of(), PERIOD).byOrigin()).isEmpty();
  }
}
