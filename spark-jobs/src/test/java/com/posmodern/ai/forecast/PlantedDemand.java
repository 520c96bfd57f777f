package com.posmodern.ai.forecast;

import com.posmodern.ai.contract.Table;
import com.posmodern.ai.testing.SparkTest;
import java.math.BigDecimal;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * A small lake whose demand is known: Poisson draws around planted means. Products p00… are smooth
 * with a strong weekend, q00… sell rarely, r00… are promoted every fourth week, when they sell
 * three times as much. Product x is launched after the as-of date, y was discontinued, z has
 * stopped selling.
 */
final class PlantedDemand {
  static final LocalDate AS_OF = LocalDate.of(2026, 6, 30);
  static final double WEEKEND = 2.5;
  static final double LIFT = 3;
  static final double SMOOTH_MEAN = 6;
  private static final double RARE_MEAN = 0.25;
  private static final int STORES = 2;

  private final int days;
  private final int productsPerKind;
  private final boolean promotionsStopWorking;
  private final Random random = new Random(42);
  private final List<Row> demand = new ArrayList<>();
  private final List<Row> products = new ArrayList<>();
  private final List<Row> promotions = new ArrayList<>();

  PlantedDemand(int days, int productsPerKind) {
    this(days, productsPerKind, false);
  }

  private PlantedDemand(int days, int productsPerKind, boolean promotionsStopWorking) {
    this.days = days;
    this.productsPerKind = productsPerKind;
    this.promotionsStopWorking = promotionsStopWorking;
  }

  /**
   * Promoted products alone; in the last four weeks, all of them promoted, promotions sell nothing
   * more.
   */
  static PlantedDemand whosePromotionsStopWorking(int days, int productsPerKind) {
    return new PlantedDemand(days, productsPerKind, true);
  }

  ForecastInput input() {
    for (int i = 0; i < productsPerKind; i++) {
      if (!promotionsStopWorking) {
        add("p%02d".formatted(i), "grocery", SMOOTH_MEAN * (0.5 + i % 3 * 0.5), false);
        add("q%02d".formatted(i), "rare", RARE_MEAN, false);
      }
      add("r%02d".formatted(i), "grocery", SMOOTH_MEAN / 2, true);
    }
    products.add(product("x", "grocery", AS_OF.plusDays(3), null));
    addSeries("y", SMOOTH_MEAN, false, day -> true);
    products.add(product("y", "grocery", null, AS_OF.minusDays(1)));
    addSeries("z", SMOOTH_MEAN, false, day -> day < days - 60);
    products.add(product("z", "grocery", null, null));
    return new ForecastInput(
        AS_OF,
        frame(demand, Table.DAILY_DEMAND),
        frame(products, Table.PRODUCTS),
        frame(stores(), Table.STORES),
        Optional.empty(),
        Optional.of(frame(promotions, Table.PROMOTIONS)),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private void add(String productId, String category, double mean, boolean promoted) {
    products.add(product(productId, category, null, null));
    addSeries(productId, mean, promoted, day -> true);
    for (int day = 0; promoted && day < days + 28; day++) {
      if (day % 28 == 0 || (isLastPromotion(day) && day % 7 == 0)) {
        promotions.add(
            RowFactory.create(
                productId + "-" + day,
                productId,
                null,
                date(day),
                date(day + 6),
                20.0,
                "price_cut",
                null));
      }
    }
  }

  private void addSeries(
      String productId, double mean, boolean promoted, java.util.function.IntPredicate sells) {
    for (int store = 0; store < STORES; store++) {
      for (int day = 0; day < days; day++) {
        boolean last = isLastPromotion(day);
        boolean onPromotion = promoted && (day % 28 < 7 || last);
        boolean lifted = onPromotion && !last;
        double expected = mean * (lifted ? LIFT : 1) * weekday(day);
        double sold = sells.test(day) ? poisson(expected) : 0;
        demand.add(
            RowFactory.create(
                "s" + store,
                productId,
                date(day),
                sold,
                0.0,
                sold * 5,
                5.0,
                onPromotion ? 0.2 : 0.0,
                onPromotion,
                false));
      }
    }
  }

  private boolean isLastPromotion(int day) {
    return promotionsStopWorking && day >= days - 28 && day < days;
  }

  /** Saturdays and Sundays sell more. */
  private double weekday(int day) {
    return localDate(day).getDayOfWeek().getValue() >= 6 ? WEEKEND : 1;
  }

  private double poisson(double mean) {
    int count = -1;
    for (double product = 1; product > Math.exp(-mean); count++) {
      product *= random.nextDouble();
    }
    return count;
  }

  private LocalDate localDate(int day) {
    return AS_OF.minusDays(days - 1L - day);
  }

  private Date date(int day) {
    return Date.valueOf(localDate(day));
  }

  private static Row product(
      String id, String category, LocalDate launched, LocalDate discontinued) {
    return RowFactory.create(
        id,
        "Product " + id,
        category,
        "food",
        null,
        new BigDecimal("5.00"),
        4,
        launched == null ? null : Date.valueOf(launched),
        discontinued == null ? null : Date.valueOf(discontinued),
        null);
  }

  private static List<Row> stores() {
    List<Row> stores = new ArrayList<>();
    for (int store = 0; store < STORES; store++) {
      stores.add(
          RowFactory.create(
              "s" + store, "Store " + store, null, "SP", "America/Sao_Paulo", null, null, null));
    }
    return stores;
  }

  private static Dataset<Row> frame(List<Row> rows, Table table) {
    return SparkTest.session().createDataFrame(rows, ForecastTables.schema(table));
  }
}
