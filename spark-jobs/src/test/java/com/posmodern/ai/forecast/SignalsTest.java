package com.posmodern.ai.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import com.posmodern.ai.contract.Table;
import com.posmodern.ai.testing.ContractRows;
import com.posmodern.ai.testing.SparkTest;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** Products that sell as many as people asked for four weeks before: trees may know that or not. */
class SignalsTest {
  private static final int DAYS = 300;
  private static final int PRODUCTS = 16;
  private static final int SALES_FOLLOW_AFTER = 28;

  /** What is asked for on a day: 5, 10, 20 or 40, another number about every four weeks. */
  private static int asked(long seed, int day) {
    int block = (day + SALES_FOLLOW_AFTER + (int) (seed % 28)) / 28;
    return 5 << (int) (Draws.mix(1000 * seed + block) >>> 62);
  }

  private static String date(int day) {
    return PlantedDemand.AS_OF.minusDays(DAYS - 1L - day).toString();
  }

  private static Dataset<Row> demand() {
    Random random = new Random(7);
    return rows(
        Table.DAILY_DEMAND,
        "store_id string, product_id string, business_date string, demand double, unit_price double",
        IntStream.range(0, PRODUCTS)
            .boxed()
            .flatMap(
                product ->
                    IntStream.range(0, DAYS * 2)
                        .mapToObj(
                            i -> {
                              int day = i / 2;
                              int before = asked(product, day - SALES_FOLLOW_AFTER);
                              long sold = Math.round(before + random.nextGaussian() * 2);
                              return "s%d,w%02d,%s,%d,5"
                                  .formatted(i % 2, product, date(day), Math.max(0, sold));
                            }))
            .toList());
  }

  /**
   * What people ask for.
   *
   * @param seed added to the product's: 0 asks before it sells
   */
  private static Dataset<Row> trends(int publishedAfter, long seed) {
    return rows(
        Table.TREND_SIGNALS,
        "told_by string, term string, kind string, item_id string, signal_date string,"
            + " known_from string, signal_value double",
        IntStream.range(0, PRODUCTS)
            .boxed()
            .flatMap(
                product ->
                    IntStream.range(0, DAYS)
                        .mapToObj(
                            day ->
                                "web,term %d,product,w%02d,%s,%s,%d"
                                    .formatted(
                                        product,
                                        product,
                                        date(day),
                                        date(day + publishedAfter),
                                        asked(product + seed, day))))
            .toList());
  }

  private static Dataset<Row> rows(Table table, String schema, List<String> lines) {
    Dataset<String> text = SparkTest.session().createDataset(lines, Encoders.STRING());
    String view = "planted_" + table.name().toLowerCase(java.util.Locale.ROOT);
    SparkTest.session().read().schema(schema).csv(text).createOrReplaceTempView(view);
    String columns =
        table == Table.DAILY_DEMAND
            ? "store_id, product_id, CAST(business_date AS date) AS business_date, demand,"
                + " 0D AS returned, demand * 5 AS revenue, unit_price,"
                + " 0D AS discount_rate, false AS on_promotion, false AS stock_out"
            : "told_by, term, kind, item_id, CAST(signal_date AS date) AS signal_date,"
                + " CAST(known_from AS date) AS known_from, signal_value";
    return ContractRows.select(table, "SELECT " + columns + " FROM " + view);
  }

  private static ForecastTrainingResult trained(Dataset<Row> trends) {
    ForecastInput planted = new PlantedDemand(60, 1).input();
    ForecastInput input =
        new ForecastInput(
            PlantedDemand.AS_OF,
            demand(),
            ContractRows.select(
                Table.PRODUCTS,
                "SELECT format_string('w%02d', id) AS product_id, 'Tea' AS product_name,"
                    + " 'tea' AS category, 'drinks' AS department FROM range("
                    + PRODUCTS
                    + ")"),
            planted.stores(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(trends),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return new ForecastTraining(ForecastTrainingTest.SETTINGS, step -> {}).run(input);
  }

  private static double wrmsse(ForecastTrainingResult result) {
    return result.evaluation().metrics().stream()
        .filter(metric -> metric.candidate().equals("xgboost_tweedie"))
        .filter(metric -> metric.name().equals("wrmsse") && metric.scope().equals("all"))
        .findFirst()
        .orElseThrow()
        .value();
  }

  @Test
  void whatPeopleAskForIsUsedWhereItHelpsAndOnlyThere() {
    ForecastTrainingResult asked = trained(trends(1, 0));
    ForecastTrainingResult noise = trained(trends(1, 1000));
    ForecastTrainingResult late = trained(trends(27, 0));

    assertThat(asked.message()).contains("are used: the error of 16 products");
    assertThat(asked.models()).extracting(TrainedModel::columns).containsOnly(Feature.COUNT);
    assertThat(noise.message()).as("what has nothing to do with sales").contains("are left out");
    assertThat(late.message()).as("what was known after it sold").contains("are left out");
    assertThat(late.models())
        .extracting(TrainedModel::columns)
        .containsOnly(Feature.WITHOUT_SIGNALS);
    assertThat(wrmsse(asked))
        .as("on the origin that did not choose")
        .isLessThan(0.8 * wrmsse(noise));
    assertThat(wrmsse(late)).isEqualTo(wrmsse(noise));
  }
}
