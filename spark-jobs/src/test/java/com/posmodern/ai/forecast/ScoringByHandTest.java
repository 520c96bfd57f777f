package com.posmodern.ai.forecast;

import static com.posmodern.ai.forecast.SeriesBuilder.FIRST_DAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.posmodern.ai.config.ForecastSettings;
import com.posmodern.ai.contract.DemandClass;
import com.posmodern.ai.testing.TestSettings;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** Series of a constant demand from their forecasts to the published rows. */
class ScoringByHandTest {
  private static final ForecastSettings SETTINGS = TestSettings.read().forecast();
  private static final int HORIZON = SETTINGS.horizonDays();
  private static final int DAYS = 60;

  private static SeriesBuilder constant(double demand, int days) {
    double[] daily = new double[days];
    Arrays.fill(daily, demand);
    return SeriesBuilder.of(daily);
  }

  private static SeriesOrigin origin(Series series) {
    return new SeriesOrigin(
        new SeriesWindow(series),
        SeriesBuilder.surroundings(series, HORIZON, 0),
        series.lastDay(),
        SETTINGS.newSeriesDays());
  }

  private static BatchForecaster forecaster(List<TrainedModel> models, FormerForecaster former) {
    Series any = constant(1, DAYS).build();
    return new BatchForecaster(
        models, former, SETTINGS, SeriesBuilder.surroundings(any, HORIZON, 0));
  }

  @Test
  void manySeriesKeepTheirOrderAndEachGetsEverySimpleForecast() {
    List<SeriesOrigin> origins =
        IntStream.rangeClosed(1, 70).mapToObj(i -> origin(constant(i, DAYS).build())).toList();
    Iterator<Map<Candidate, float[]>> forecasts =
        forecaster(List.of(), null).over(origins.iterator(), (from, own) -> own);
    for (int i = 1; i <= 70; i++) {
      Map<Candidate, float[]> own = forecasts.next();
      assertThat(own).doesNotContainKeys(Candidate.CATEGORY_MEAN, Candidate.XGBOOST_TWEEDIE);
      assertThat(own.get(Candidate.ZERO)).hasSize(HORIZON).containsOnly(0);
      for (Candidate candidate :
          List.of(
              Candidate.MOVING_AVERAGE,
              Candidate.SEASONAL_NAIVE,
              Candidate.WEEKDAY_MEAN,
              Candidate.WEEKDAY_MEAN_ALL_DAYS,
              Candidate.SMOOTHING,
              Candidate.SEASONAL_SMOOTHING,
              Candidate.SEASONAL_SMOOTHING_ALL_DAYS,
              Candidate.CATEGORY_WEEKDAYS_ALL_DAYS)) {
        assertThat(own.get(candidate)).as("%s of %d", candidate, i).hasSize(HORIZON);
        assertThat(own.get(candidate)[HORIZON - 1]).isCloseTo(i, within(1e-4f));
      }
      assertThat(own.get(Candidate.CROSTON_SBA)[0]).isBetween(0.9f * i, 1f * i);
    }
    assertThat(forecasts.hasNext()).isFalse();
    assertThatThrownBy(forecasts::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void aNewSeriesIsForecastLikeItsCategoryAsWell() {
    SeriesOrigin young = origin(constant(4, 3).build());
    assertThat(young.demandClass()).isEqualTo(DemandClass.NEW);
    Map<Candidate, float[]> own =
        forecaster(List.of(), null).over(List.of(young).iterator(), (from, all) -> all).next();
    assertThat(own.get(Candidate.CATEGORY_MEAN)).hasSize(HORIZON);
    assertThat(own.get(Candidate.CATEGORY_MEAN)[0]).isPositive();
  }

  /** Demand ÷ level is 1 on all rows, so that the trees say the level of each series. */
  private static TrainedModel trees() {
    int rows = 200;
    float[] ones = new float[rows];
    Arrays.fill(ones, 1);
    return XgboostForecaster.train(
        new TrainingSet(new float[rows * Feature.COUNT], ones, ones), SETTINGS.xgboost(), 3);
  }

  @Test
  void treesForecastInUnitsAndTheirPartsAddUpToTheForecast() {
    List<SeriesOrigin> origins =
        List.of(origin(constant(4, DAYS).build()), origin(constant(20, DAYS).build()));
    Iterator<Optional<double[][]>> all =
        forecaster(List.of(trees()), null)
            .over(
                origins.iterator(),
                from -> from.level() > 10,
                nanos -> assertThat(nanos).isPositive(),
                (from, own, parts) -> {
                  float[] forecast = own.get(Candidate.XGBOOST_TWEEDIE);
                  assertThat(forecast).hasSize(HORIZON);
                  assertThat((double) forecast[0]).isCloseTo(from.level(), within(0.5));
                  if (parts != null) {
                    assertThat(parts).hasDimensions(HORIZON, Influence.values().length);
                    for (int day = 0; day < HORIZON; day++) {
                      assertThat(Arrays.stream(parts[day]).sum())
                          .isCloseTo(forecast[day], within(1e-3));
                    }
                  }
                  return Optional.ofNullable(parts);
                });
    assertThat(all.next()).as("not explained").isEmpty();
    assertThat(all.next()).isPresent();
  }

  @Test
  void withoutTreesThereIsNothingToExplain() {
    Iterator<double[][]> parts =
        forecaster(List.of(), null)
            .over(
                List.of(origin(constant(4, DAYS).build())).iterator(),
                from -> true,
                nanos -> {},
                (from, own, explained) -> explained);
    assertThat(Arrays.stream(parts.next()).flatMapToDouble(Arrays::stream).sum()).isZero();
  }

  @Test
  void aFormerVersionForecastsWithItsOwnModels() {
    FormerForecaster former =
        new FormerForecaster("v1", List.of(trees()), Champions.of(Candidate.XGBOOST_TWEEDIE));
    List<SeriesOrigin> origins = List.of(origin(constant(4, DAYS).build()));
    Iterator<FormerForecaster.Kept> kept =
        forecaster(List.of(), former)
            .beside(
                origins.iterator(),
                (from, own, before) -> {
                  assertThat(own)
                      .as("tonight has no trees")
                      .doesNotContainKey(Candidate.XGBOOST_TWEEDIE)
                      .containsKey(Candidate.SMOOTHING);
                  return before;
                });
    FormerForecaster.Kept before = kept.next();
    assertThat(before.own()).hasSize(HORIZON);
    assertThat((double) before.own()[0]).isCloseTo(4, within(0.5));
    assertThat(before.ofSum()).isEqualTo(before.own());
    forecaster(List.of(), null)
        .beside(
            origins.iterator(),
            (from, own, none) -> {
              assertThat(none).isNull();
              return 1;
            })
        .next();
  }

  private static ForecastRows rows() {
    return new ForecastRows(
        "v7",
        StoreDays.ALL_OPEN,
        Champions.of(Candidate.MOVING_AVERAGE),
        Intervals.assumed(HORIZON),
        HORIZON);
  }

  private static Map<Candidate, float[]> four() {
    float[] four = new float[HORIZON];
    Arrays.fill(four, 4);
    return Map.of(Candidate.MOVING_AVERAGE, four);
  }

  @Test
  void everyDayOfTheHorizonIsARowWithItsQuantiles() {
    ForecastRows rows = rows();
    BlendedForecast blended = rows.blended(origin(constant(4, DAYS).build()), four(), null);
    assertThat(blended.candidate()).isEqualTo("moving_average");
    SumCorrection doubled = new SumCorrection(Map.of("c1", new double[][] {{2, 1, 1, 1, 1, 1, 1}}));
    List<Row> all = rows.of(blended, doubled);
    assertThat(all).hasSize(HORIZON);
    Row first = all.get(0);
    assertThat(first.getString(0)).isEqualTo("v7");
    assertThat(first.getString(1)).isEqualTo("s1");
    assertThat(first.getString(2)).isEqualTo("p1");
    assertThat(first.getDate(3).toLocalDate()).isEqualTo(LocalDate.ofEpochDay(FIRST_DAY + DAYS));
    assertThat(first.getInt(4)).isEqualTo(1);
    assertThat(first.getDouble(5)).as("doubled on its weekday").isEqualTo(8);
    Row second = all.get(1);
    assertThat(second.getInt(4)).isEqualTo(2);
    assertThat(second.getDouble(5)).isEqualTo(4);
    // Constant demand: the spread is that of Poisson, 2, so 4 ± 2.56, in whole units inside.
    assertThat(second.getDouble(6)).isEqualTo(2);
    assertThat(second.getDouble(7)).isEqualTo(4);
    assertThat(second.getDouble(8)).isEqualTo(6);
    assertThat(second.getString(9)).isEqualTo(blended.demandClass().id());
    assertThat(second.getString(10)).isEqualTo("moving_average");
    assertThat(IntStream.range(11, second.size()).allMatch(second::isNullAt)).isTrue();
    assertThat(second.size()).isEqualTo(11 + Influence.values().length + 4);
  }

  @Test
  void afterItsEndAProductIsForecastZeroAndSaysSo() {
    Series ending = constant(4, DAYS).endsOn(DAYS + 2, 0).build();
    double[][] parts = new double[HORIZON][Influence.values().length];
    for (double[] day : parts) {
      day[Influence.LEVEL.place()] = 3;
    }
    ForecastRows rows = rows();
    BlendedForecast blended = rows.blended(origin(ending), four(), parts);
    assertThat(blended.own()[2]).as("the last day").isEqualTo(4);
    assertThat(blended.own()[3]).isZero();
    List<Row> all = rows.of(blended, SumCorrection.NONE);
    Row sold = all.get(2);
    Row ended = all.get(3);
    assertThat(sold.getDouble(5)).isEqualTo(4);
    assertThat(ended.getDouble(5)).isZero();
    assertThat(ended.getDouble(8)).isZero();
    int last = sold.size() - 1;
    assertThat(sold.getString(last - 1)).contains("4.0");
    assertThat(ended.getString(last - 1)).isNotEqualTo(sold.getString(last - 1)).isNotBlank();
    assertThat(ended.getString(last)).isNotBlank();
    // The moving average is no tree: nothing of it is explained by influences.
    assertThat(sold.getDouble(11 + Influence.LEVEL.place())).isZero();
    assertThat(sold.getDouble(last - 3)).as("simple methods").isEqualTo(4);
    assertThat(sold.getDouble(last - 2)).as("correction").isZero();
  }
}
