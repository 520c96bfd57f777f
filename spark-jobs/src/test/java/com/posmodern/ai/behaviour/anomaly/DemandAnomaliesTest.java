package com.posmodern.ai.behaviour.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import com.posmodern.ai.config.BehaviourSettings.AnomalySettings;
import com.posmodern.ai.testing.SparkTest;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

/** Two stores with two products that sell 100 a day each, at 2 a unit. */
class DemandAnomaliesTest {
  private static final LocalDate AS_OF = LocalDate.parse("2026-06-30");
  private static final AnomalySettings SETTINGS = new AnomalySettings(70, 7, 4, 4, 4, 50, "");

  private static final StructType DEMAND =
      new StructType()
          .add("store_id", DataTypes.StringType)
          .add("product_id", DataTypes.StringType)
          .add("business_date", DataTypes.DateType)
          .add("demand", DataTypes.DoubleType)
          .add("revenue", DataTypes.DoubleType)
          .add("on_promotion", DataTypes.BooleanType)
          .add("stock_out", DataTypes.BooleanType)
          .add("returned", DataTypes.DoubleType)
          .add("unit_price", DataTypes.DoubleType)
          .add("discount_rate", DataTypes.DoubleType);

  private final List<Row> demand = new ArrayList<>();

  @Test
  void ordinaryDaysGiveNoIncident() {
    usual(List.of());
    assertThat(find(Optional.empty(), Optional.empty(), Optional.empty())).isEmpty();
  }

  @Test
  void aProductThatRanOutIsOneIncidentWithItsCause() {
    usual(List.of(AS_OF.minusDays(1), AS_OF));
    for (int back = 0; back < 2; back++) {
      demand.add(day("centre", "milk", AS_OF.minusDays(back), 10, false, true));
      demand.add(day("centre", "rice", AS_OF.minusDays(back), 100, false, false));
      harbour(AS_OF.minusDays(back));
    }
    List<Row> found = find(Optional.empty(), Optional.empty(), Optional.empty());
    // 90 units less than 200: 6.4 deviations of the store, which explains the product.
    assertThat(found).hasSize(1);
    Row incident = found.get(0);
    assertThat(incident.<String>getAs("level")).isEqualTo("STORE");
    assertThat(incident.<Date>getAs("starts_on")).isEqualTo(Date.valueOf(AS_OF.minusDays(1)));
    assertThat(incident.<Date>getAs("ends_on")).isEqualTo(Date.valueOf(AS_OF));
    assertThat(incident.<Boolean>getAs("above")).isFalse();
    assertThat(incident.<String>getAs("cause")).isEqualTo("STOCK_OUT");
    assertThat(incident.<String>getAs("evidence"))
        .isEqualTo("1.0 products sold out a day, usually 0.0");
    assertThat(incident.<Double>getAs("money_at_stake")).isCloseTo(360, within(0.01));
  }

  @Test
  void aCategoryExplainsItsProducts() {
    usual(List.of(AS_OF));
    demand.add(day("centre", "milk", AS_OF, 145, false, false));
    demand.add(day("centre", "rice", AS_OF, 100, false, false));
    harbour(AS_OF);
    List<Row> found = find(Optional.empty(), Optional.empty(), Optional.empty());
    // 45 more: 4.2 deviations of the category with one product, 3.1 of the store.
    assertThat(found)
        .extracting(row -> row.<String>getAs("level") + " " + row.<String>getAs("item_id"))
        .containsExactly("CATEGORY dairy");
    assertThat(found.get(0).<String>getAs("cause")).isEqualTo("UNKNOWN");
    assertThat(found.get(0).<String>getAs("basis")).isEqualTo("HISTORY");
  }

  @Test
  void whatAPromotionSellsIsNotKnownSoWell() {
    usual(List.of(AS_OF));
    demand.add(day("centre", "milk", AS_OF, 145, true, false));
    demand.add(day("centre", "rice", AS_OF, 100, false, false));
    harbour(AS_OF);
    assertThat(find(Optional.empty(), Optional.empty(), Optional.empty())).isEmpty();
  }

  @Test
  void returnsBeyondTheUsualAreAnIncidentOfTheirOwnAndNoLackOfDemand() {
    // 100 sold, 60 taken back.
    Row incident = ofMilk(milkToday(40, 60, 2, 0));
    assertThat(incident.<String>getAs("level")).isEqualTo("STORE");
    assertThat(incident.<String>getAs("measure")).isEqualTo("RETURNS");
    assertThat(incident.<Double>getAs("demand")).isEqualTo(60);
  }

  @Test
  void discountsWithoutAPromotionAreAnIncident() {
    Row incident = ofMilk(milkToday(100, 0, 2, 0.5));
    assertThat(incident.<String>getAs("level")).isEqualTo("STORE");
    assertThat(incident.<String>getAs("measure")).isEqualTo("DISCOUNTS");
    // Half of 100 units at 2; the expected share is that of one unit in all days before.
    assertThat(incident.<Double>getAs("demand")).isEqualTo(100);
    assertThat(incident.<Double>getAs("money_at_stake")).isCloseTo(100, within(0.1));
  }

  @Test
  void aSteadyDiscountIsNoIncidentWhateverThePrice() {
    for (double price : new double[] {10, 0.5}) {
      demand.clear();
      discounted(price, 100, 0, 0.05);
      assertThat(find(Optional.empty(), Optional.empty(), Optional.empty())).isEmpty();
    }
  }

  @Test
  void aBurstOfDiscountsBesideASteadyOneIsToldInMoney() {
    discounted(0.5, 400, 1, 0.05);
    demand.add(milk(AS_OF, 400, 0, 0.5, 0.5));
    List<Row> found = find(Optional.empty(), Optional.empty(), Optional.empty());
    assertThat(found).hasSize(1);
    Row incident = found.get(0);
    assertThat(incident.<String>getAs("measure")).isEqualTo("DISCOUNTS");
    // Of 200 half was given away; 5 % are 10.
    assertThat(incident.<Double>getAs("demand")).isEqualTo(100);
    assertThat(incident.<Double>getAs("expected_demand")).isCloseTo(10, within(0.1));
    assertThat(incident.<Double>getAs("lower")).isBetween(4.0, 10.0);
    assertThat(incident.<Double>getAs("upper")).isBetween(10.0, 16.0);
    assertThat(incident.<Double>getAs("money_at_stake")).isCloseTo(90, within(0.1));
  }

  @Test
  void moreReturnsThanSalesAreNoSurgeOfDemand() {
    discounted(2, 2, 1, 0);
    // Two sold, 50 taken back.
    demand.add(
        RowFactory.create(
            "centre", "milk", Date.valueOf(AS_OF), 0.0, -96.0, false, false, 50.0, 2.0, 0.0));
    List<Row> found = find(Optional.empty(), Optional.empty(), Optional.empty());
    assertThat(found).hasSize(1);
    assertThat(found.get(0).<String>getAs("measure")).isEqualTo("RETURNS");
    assertThat(found.get(0).<Double>getAs("demand")).isEqualTo(50);
  }

  @Test
  void aDozenThatOneCustomerBringsBackIsNoBurst() {
    discounted(2, 20, 1, 0);
    demand.add(milk(AS_OF, 10, 12, 2, 0));
    assertThat(find(Optional.empty(), Optional.empty(), Optional.empty())).isEmpty();
  }

  @Test
  void returnsOfDaysWhoseSalesAreNotAllKnownAreNoMeasureOfTheUsual() {
    List<Row> states = new ArrayList<>();
    for (int back = 1; back < 70; back++) {
      LocalDate date = AS_OF.minusDays(back);
      boolean partly = back > 10 && back <= 30;
      demand.add(milk(date, partly ? 50 : 100, partly ? 100 : 0, 2, 0));
      if (partly) {
        states.add(RowFactory.create("centre", Date.valueOf(date), "partly"));
      }
    }
    demand.add(milk(AS_OF, 70, 30, 2, 0));
    List<Row> found = find(Optional.empty(), Optional.of(arrivals(states)), Optional.empty());
    assertThat(found)
        .extracting(row -> row.<String>getAs("measure"), row -> row.<Double>getAs("demand"))
        .containsExactly(tuple("RETURNS", 30.0));
  }

  /** Milk alone, the same on each of seventy days but the last so many. */
  private void discounted(double price, double units, int last, double rate) {
    for (int back = last; back < 70; back++) {
      demand.add(milk(AS_OF.minusDays(back), units, 0, price, rate));
    }
  }

  @Test
  void aPriceWithItsDecimalPointElsewhereIsADataFault() {
    Row incident = ofMilk(milkToday(100, 0, 20, 0));
    assertThat(incident.<String>getAs("level")).isEqualTo("PRODUCT");
    assertThat(incident.<String>getAs("measure")).isEqualTo("PRICE");
    assertThat(incident.<String>getAs("cause")).isEqualTo("DATA_FAULT");
    assertThat(incident.<Double>getAs("money_at_stake")).isCloseTo(1800, within(0.01));
  }

  /** The only incident of usual days but for milk's last one. */
  private Row ofMilk(Row today) {
    usual(List.of(AS_OF));
    demand.add(today);
    demand.add(day("centre", "rice", AS_OF, 100, false, false));
    harbour(AS_OF);
    List<Row> found = find(Optional.empty(), Optional.empty(), Optional.empty());
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  @Test
  void theNewestForecastMadeBeforeTheDayIsWhatWasExpected() {
    usual(List.of(AS_OF));
    demand.add(day("centre", "milk", AS_OF, 200, false, false));
    demand.add(day("centre", "rice", AS_OF, 100, false, false));
    harbour(AS_OF);
    StructType forecast =
        new StructType()
            .add("as_of_date", DataTypes.DateType)
            .add("store_id", DataTypes.StringType)
            .add("product_id", DataTypes.StringType)
            .add("target_date", DataTypes.DateType)
            .add("mean", DataTypes.DoubleType)
            .add("p10", DataTypes.DoubleType)
            .add("p90", DataTypes.DoubleType);
    List<Row> published = new ArrayList<>();
    for (String store : List.of("centre", "harbour")) {
      for (String product : List.of("milk", "rice")) {
        boolean rises = store.equals("centre") && product.equals("milk");
        published.add(forecast(AS_OF.minusDays(3), store, product, 100));
        published.add(forecast(AS_OF.minusDays(1), store, product, rises ? 200 : 100));
        // Made after the day: hindsight.
        published.add(forecast(AS_OF, store, product, 5));
      }
    }
    Dataset<Row> forecasts = SparkTest.session().createDataFrame(published, forecast);
    assertThat(find(Optional.of(forecasts), Optional.empty(), Optional.empty())).isEmpty();
  }

  @Test
  void salesThatHaveNotArrivedAreADataFaultAndNoLackOfDemand() {
    usual(List.of(AS_OF));
    demand.add(day("centre", "milk", AS_OF, 20, false, false));
    harbour(AS_OF);
    Dataset<Row> arrivals =
        arrivals(
            List.of(
                RowFactory.create("centre", Date.valueOf(AS_OF), "partly"),
                RowFactory.create("harbour", Date.valueOf(AS_OF), "open")));
    List<Row> found = find(Optional.empty(), Optional.of(arrivals), Optional.empty());
    assertThat(found).hasSize(1);
    assertThat(found.get(0).<String>getAs("cause")).isEqualTo("DATA_FAULT");
    assertThat(found.get(0).<String>getAs("level")).isEqualTo("STORE");
    assertThat(found.get(0).<Double>getAs("demand")).isEqualTo(20);
    assertThat(found.get(0).<Double>getAs("expected_demand")).isCloseTo(200, within(1e-9));
  }

  @Test
  void anEventNearbyIsNamed() {
    usual(List.of(AS_OF));
    demand.add(day("centre", "milk", AS_OF, 200, false, false));
    demand.add(day("centre", "rice", AS_OF, 200, false, false));
    harbour(AS_OF);
    Dataset<Row> events =
        SparkTest.session()
            .createDataFrame(
                List.of(
                    RowFactory.create(
                        "centre", Date.valueOf(AS_OF), Date.valueOf(AS_OF), "Street fair", 5000)),
                new StructType()
                    .add("store_id", DataTypes.StringType)
                    .add("starts_on", DataTypes.DateType)
                    .add("ends_on", DataTypes.DateType)
                    .add("event_name", DataTypes.StringType)
                    .add("attendance", DataTypes.IntegerType));
    List<Row> found = find(Optional.empty(), Optional.empty(), Optional.of(events));
    assertThat(found).hasSize(1);
    assertThat(found.get(0).<String>getAs("cause")).isEqualTo("EVENT");
    assertThat(found.get(0).<String>getAs("evidence")).isEqualTo("Street fair");
  }

  private static Dataset<Row> arrivals(List<Row> rows) {
    return SparkTest.session()
        .createDataFrame(
            rows,
            new StructType()
                .add("store_id", DataTypes.StringType)
                .add("business_date", DataTypes.DateType)
                .add("state", DataTypes.StringType));
  }

  private List<Row> find(
      Optional<Dataset<Row>> forecasts,
      Optional<Dataset<Row>> arrivals,
      Optional<Dataset<Row>> events) {
    Dataset<Row> products =
        SparkTest.session()
            .createDataFrame(
                List.of(RowFactory.create("milk", "dairy"), RowFactory.create("rice", "grain")),
                new StructType()
                    .add("product_id", DataTypes.StringType)
                    .add("category", DataTypes.StringType));
    return DemandAnomalies.of(
            new DemandAnomalies.Input(
                SparkTest.session().createDataFrame(demand, DEMAND),
                forecasts,
                products,
                arrivals,
                events),
            AS_OF,
            SETTINGS)
        .collectAsList();
  }

  /** Seventy days but those given. */
  private void usual(List<LocalDate> without) {
    for (int back = 0; back < 70; back++) {
      LocalDate date = AS_OF.minusDays(back);
      if (!without.contains(date)) {
        demand.add(day("centre", "milk", date, 100, false, false));
        demand.add(day("centre", "rice", date, 100, false, false));
        harbour(date);
      }
    }
  }

  private void harbour(LocalDate date) {
    demand.add(day("harbour", "milk", date, 100, false, false));
    demand.add(day("harbour", "rice", date, 100, false, false));
  }

  private static Row day(
      String store, String product, LocalDate date, double units, boolean promoted, boolean out) {
    return RowFactory.create(
        store, product, Date.valueOf(date), units, 2 * units, promoted, out, 0.0, 2.0, 0.0);
  }

  private static Row milk(
      LocalDate date, double demand, double returned, double price, double discount) {
    return RowFactory.create(
        "centre",
        "milk",
        Date.valueOf(date),
        demand,
        demand * price * (1 - discount),
        false,
        false,
        returned,
        price,
        discount);
  }

  private static Row milkToday(double units, double returned, double price, double discount) {
    return RowFactory.create(
        "centre",
        "milk",
        Date.valueOf(AS_OF),
        units,
        2 * units,
        false,
        false,
        returned,
        price,
        discount);
  }

  private static Row forecast(LocalDate asOf, String store, String product, double mean) {
    return RowFactory.create(
        Date.valueOf(asOf), store, product, Date.valueOf(AS_OF), mean, mean - 15, mean + 15);
  }
}
