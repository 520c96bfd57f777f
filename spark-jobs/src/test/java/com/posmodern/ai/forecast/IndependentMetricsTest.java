package com.posmodern.ai.forecast;

import static com.posmodern.ai.forecast.SeriesBuilder.FIRST_DAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.posmodern.ai.contract.DemandClass;
import java.io.IOException;
import java.io.InputStream;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The metrics against {@code scripts/peers/forecast_metrics.py}, which was written from the papers:
 * {@code scripts/peers/golden_forecast.py} drew the panel and computed what is expected.
 */
class IndependentMetricsTest {
  private static JsonNode golden;
  private static final Accuracy accuracy = new Accuracy();
  private static final Map<Level, Double> levels = new EnumMap<>(Level.class);

  @BeforeAll
  static void measure() throws IOException {
    try (InputStream in =
        IndependentMetricsTest.class.getResourceAsStream("/forecast-metrics.json")) {
      golden = new ObjectMapper().readTree(in);
    }
    Map<Level, Map<String, GroupDemand>> groups = new EnumMap<>(Level.class);
    for (JsonNode one : golden.get("series")) {
      add(one, groups);
    }
    groups.forEach(
        (level, byName) -> {
          WeeklyAccuracy ofLevel = new WeeklyAccuracy();
          byName
              .values()
              .forEach(group -> group.addTo(new WeeklyAccuracy[] {ofLevel}, List.of(origin())));
          levels.put(level, ofLevel.wrmsse());
        });
    levels.put(Level.STORE_PRODUCT, accuracy.wrmsse());
  }

  private static int origin() {
    return FIRST_DAY + golden.get("history").asInt() - 1;
  }

  private static void add(JsonNode one, Map<Level, Map<String, GroupDemand>> groups) {
    int days = golden.get("history").asInt();
    SeriesBuilder builder = SeriesBuilder.of(numbers(one.get("demand")));
    for (int day = 0; day < days; day++) {
      if (one.get("sold_out").get(day).asBoolean()) {
        builder.soldOut(day);
      }
    }
    Series series = builder.build();
    SeriesBacktest row = row(one, new SeriesWindow(series).naiveError(days - 1));
    double squares = 0;
    int known = 0;
    for (int day = 0; day < row.actual().length; day++) {
      double actual = row.actual()[day];
      if (!Double.isNaN(actual)) {
        double mean = row.forecasts().get(Candidate.SMOOTHING)[day];
        accuracy.add(actual, mean);
        accuracy.addInterval(
            actual,
            new Interval.Quantiles(
                one.get("p10").get(day).asDouble(),
                one.get("p50").get(day).asDouble(),
                one.get("p90").get(day).asDouble()),
            Interval.ASSUMED);
        squares += (mean - actual) * (mean - actual);
        known++;
      }
    }
    accuracy.addSeries(squares / known, row.naiveError(), row.revenue28());
    List<float[]> forecasts = List.of(row.forecasts().get(Candidate.SMOOTHING));
    for (Level level : Level.values()) {
      if (level != Level.STORE_PRODUCT) {
        String name =
            level.group(
                row.region(), row.storeId(), row.department(), row.category(), row.productId());
        GroupDemand group =
            groups
                .computeIfAbsent(level, l -> new TreeMap<>())
                .computeIfAbsent(name, n -> GroupDemand.empty(FIRST_DAY, days, 1));
        group.add(series);
        group.add(row, forecasts);
      }
    }
  }

  private static SeriesBacktest row(JsonNode one, double naiveError) {
    double[] mean = numbers(one.get("mean"));
    float[] forecast = new float[mean.length];
    float[] actual = new float[mean.length];
    for (int day = 0; day < mean.length; day++) {
      forecast[day] = (float) mean[day];
      JsonNode demand = one.get("actual").get(day);
      actual[day] = demand.isNull() ? Float.NaN : (float) demand.asDouble();
    }
    return new SeriesBacktest(
        one.get("store").asText(),
        one.get("product").asText(),
        one.get("region").asText(),
        one.get("department").asText(),
        one.get("category").asText(),
        0,
        origin(),
        DemandClass.SMOOTH,
        Units.WHOLE,
        1,
        naiveError,
        one.get("revenue").asDouble(),
        actual,
        new EnumMap<>(Map.of(Candidate.SMOOTHING, forecast)),
        null);
  }

  private static double[] numbers(JsonNode array) {
    double[] numbers = new double[array.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = array.get(i).asDouble();
    }
    return numbers;
  }

  @Test
  void wrmsseIsTheSameOnAllTwelveLevels() {
    JsonNode expected = golden.get("expected").get("wrmsse");
    for (Level level : Level.values()) {
      assertThat(levels.get(level))
          .as(level.name())
          .isCloseTo(expected.get(level.name()).asDouble(), within(1e-9));
    }
  }

  @Test
  void errorsAndQuantileLossesAreTheSame() {
    JsonNode expected = golden.get("expected");
    Map<String, Double> measured =
        Map.of(
            "wape", accuracy.wape(),
            "bias", accuracy.bias(),
            "wape_p50", accuracy.medianWape(),
            "wql", accuracy.weightedQuantileLoss(),
            "winkler", accuracy.winkler(),
            "misses_below", accuracy.missesBelow(),
            "misses_above", accuracy.missesAbove());
    measured.forEach(
        (name, value) ->
            assertThat(value).as(name).isCloseTo(expected.get(name).asDouble(), within(1e-9)));
  }
}
