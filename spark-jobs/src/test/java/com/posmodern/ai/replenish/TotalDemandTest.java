package com.posmodern.ai.replenish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class TotalDemandTest {
  private static final LocalDate AS_OF = LocalDate.of(2026, 6, 30);

  private static Map<String, Row> tomorrow(Shops shops) {
    return Orders.of(shops.input(), Shops.SETTINGS).total().collectAsList().stream()
        .filter(row -> row.<Integer>getAs("horizon_days") == 1)
        .collect(
            Collectors.toMap(
                row -> row.getAs("scope") + " " + row.getAs("item_id"), Function.identity()));
  }

  private static double number(Row row, String column) {
    return row.<Number>getAs(column).doubleValue();
  }

  @Test
  void meansAddUpAndQuantilesAreThoseOfTheSum() {
    Shops shops = new Shops(AS_OF);
    for (int store = 0; store < 25; store++) {
      shops.forecast("s" + store, "p", 4, null);
    }
    shops.forecast("s1", "q", 4, null);

    Map<String, Row> total = tomorrow(shops);

    // Intervals of no width: Poisson of 100, whose quantiles lie 1.2816 × 10 beside its median.
    Row product = total.get("product p");
    assertThat(number(product, "mean")).isEqualTo(100);
    assertThat(number(product, "series")).isEqualTo(25);
    assertThat(number(product, "p10")).isCloseTo(87.2, within(1.0));
    assertThat(number(product, "p50")).isCloseTo(100, within(1.0));
    assertThat(number(product, "p90")).isCloseTo(112.8, within(1.0));
    Row category = total.get("category c");
    assertThat(number(category, "mean"))
        .isEqualTo(number(product, "mean") + number(total.get("product q"), "mean"));
    assertThat(total).hasSize(3);
  }

  @Test
  void whatAllStoresShareWidensTheSum() {
    Shops shops = new Shops(AS_OF);
    for (int store = 0; store < 25; store++) {
      shops.forecast("s" + store, "p", 4, null);
      for (int ahead = 1; ahead <= 28; ahead++) {
        // On every other day all stores sell a fifth more than forecast, else a fifth less.
        double actual = ahead % 2 == 0 ? 4.8 : 3.2;
        shops.backtest("s" + store, "p", AS_OF.minusDays(28), ahead, 4, actual);
      }
    }

    Row product = tomorrow(shops).get("product p");

    // Variance 100 + 0.2² × (100² - 25 × 4²) = 484.
    assertThat(number(product, "p90") - number(product, "p10"))
        .isCloseTo(2 * 1.2816 * 22, within(2.0));
  }

  /**
   * One product does well in all its stores while another does badly: the category sees neither.
   */
  @Test
  void whatTheStoresOfAProductShareIsNotThatOfItsCategory() {
    Shops shops = new Shops(AS_OF);
    for (int store = 0; store < 25; store++) {
      shops.forecast("s" + store, "p", 4, null).forecast("s" + store, "q", 4, null);
      for (int ahead = 1; ahead <= 28; ahead++) {
        double off = ahead % 2 == 0 ? 0.8 : -0.8;
        shops.backtest("s" + store, "p", AS_OF.minusDays(28), ahead, 4, 4 + off);
        shops.backtest("s" + store, "q", AS_OF.minusDays(28), ahead, 4, 4 - off);
      }
    }

    Map<String, Row> total = tomorrow(shops);

    // Variance 100 + 0.2² × (100² - 25 × 4²) = 484, and 200 alone.
    Row product = total.get("product p");
    assertThat(number(product, "p90") - number(product, "p10"))
        .isCloseTo(2 * 1.2816 * 22, within(2.0));
    Row category = total.get("category c");
    assertThat(number(category, "p90") - number(category, "p10"))
        .isCloseTo(2 * 1.2816 * Math.sqrt(200), within(2.0));
  }
}
