package com.posmodern.ai.features;

import static com.posmodern.ai.contract.Columns.*;
import static com.posmodern.ai.features.AcceptedRows.product;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.posmodern.ai.config.FeatureSettings;
import com.posmodern.ai.contract.Table;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ProductFeaturesTest {
  private static final LocalDate AS_OF = LocalDate.of(2024, 6, 30);
  private static Map<String, Row> planted;

  @BeforeAll
  static void describe() {
    List<Row> demand = new ArrayList<>();
    series(demand, "SMOOTH", "S1", 100, day -> 4 + day % 2);
    series(demand, "SMOOTH", "S2", 100, day -> 400 + day % 2);
    series(demand, "ERRATIC", "S1", 100, day -> day % 10 == 0 ? 50 : 1);
    series(demand, "INTERMITTENT", "S1", 100, day -> day % 4 == 0 ? 2 : 0);
    series(demand, "LUMPY", "S1", 100, day -> day % 40 == 0 ? 60 : day % 4 == 0 ? 1 : 0);
    series(demand, "NEW", "S1", 10, day -> 3);
    series(demand, "STILL", "S1", 200, day -> day == 150 ? 5 : 0);
    series(demand, "ALL_RETURNED", "S1", 50, day -> 0);
    demand.add(day("SMOOTH", "S1", AS_OF.plusDays(1), 9_999, 99));
    planted =
        ProductFeatures.of(
                AcceptedRows.of(Table.DAILY_DEMAND, demand),
                AcceptedRows.of(Table.PRODUCTS, List.of(product("SMOOTH", "Dairy", "Food", null))),
                new FeatureSettings(28, 90, 365),
                AS_OF)
            .collectAsList()
            .stream()
            .collect(Collectors.toMap(row -> row.getAs(PRODUCT_ID), Function.identity()));
  }

  /** Demand of each of the last days, the argument counting back from the as-of date. */
  private static void series(
      List<Row> demand, String product, String store, int days, IntToDoubleFunction units) {
    for (int ago = 0; ago < days; ago++) {
      demand.add(day(product, store, AS_OF.minusDays(ago), units.applyAsDouble(ago), 2 + ago));
    }
  }

  private static Row day(String product, String store, LocalDate date, double units, double price) {
    return RowFactory.create(
        store, product, Date.valueOf(date), units, 0.0, units * 2, price, 0.0, false, false);
  }

  @Test
  void demandClassesOfSyntetosAndBoylan() {
    assertThat(planted.values())
        .extracting(row -> row.getAs(PRODUCT_ID) + " " + row.getAs(DEMAND_CLASS))
        .contains(
            "SMOOTH smooth",
            "ERRATIC erratic",
            "INTERMITTENT intermittent",
            "LUMPY lumpy",
            "NEW new",
            "STILL intermittent");
  }

  @Test
  void intervalAndVariationAreMeasuredWithinEachStore() {
    Row intermittent = planted.get("INTERMITTENT");
    assertThat(intermittent.<Double>getAs(AVERAGE_DEMAND_INTERVAL)).isEqualTo(4.0);
    assertThat(intermittent.<Double>getAs(DEMAND_VARIATION)).isZero();
    Row erratic = planted.get("ERRATIC");
    double mean = 5.9;
    double squares = 250.9;
    assertThat(erratic.<Double>getAs(DEMAND_VARIATION))
        .isCloseTo((squares - mean * mean) / (mean * mean), within(1e-6));
    assertThat(planted.get("SMOOTH").<Double>getAs(DEMAND_VARIATION)).isLessThan(0.02);
    assertThat(planted.get("ALL_RETURNED").<Double>getAs(AVERAGE_DEMAND_INTERVAL)).isEqualTo(50.0);
  }

  @Test
  void velocityPriceAndAge() {
    Row smooth = planted.get("SMOOTH");
    assertThat(smooth.<Double>getAs(VELOCITY_28)).isEqualTo(405.0);
    assertThat(smooth.<Double>getAs(VELOCITY_84)).isEqualTo(405.0);
    assertThat(smooth.<Double>getAs(REVENUE_84)).isEqualTo(405.0 * 84 * 2);
    assertThat(smooth.<Double>getAs(UNIT_PRICE)).isCloseTo(2 + 13.5, within(1e-9));
    assertThat(smooth.<Double>getAs(AGE)).isEqualTo(99.0);
    assertThat(smooth.<Date>getAs(FIRST_SOLD_ON)).isEqualTo(Date.valueOf(AS_OF.minusDays(99)));
    assertThat(smooth.<Date>getAs(LAST_SOLD_ON)).isEqualTo(Date.valueOf(AS_OF));
    assertThat(smooth.<Long>getAs(STORES_SELLING)).isEqualTo(2L);
    assertThat(smooth.<String>getAs(CATEGORY)).isEqualTo("Dairy");
    assertThat(planted.get("NEW").<Double>getAs(VELOCITY_28)).as("ten days old").isEqualTo(3.0);
    Row still = planted.get("STILL");
    assertThat(still.<Double>getAs(VELOCITY_84)).isZero();
    assertThat(still.<Double>getAs(UNIT_PRICE)).as("the last known price").isEqualTo(2.0);
    assertThat(still.<Date>getAs(LAST_SOLD_ON)).isEqualTo(Date.valueOf(AS_OF.minusDays(150)));
    assertThat(still.<Long>getAs(STORES_SELLING)).isZero();
    assertThat(still.<String>getAs(CATEGORY)).as("not in the catalogue").isEqualTo("unknown");
  }
}
