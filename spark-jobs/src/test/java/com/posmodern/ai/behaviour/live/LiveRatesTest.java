package com.posmodern.ai.behaviour.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.posmodern.ai.behaviour.live.Rates.Kind;
import com.posmodern.ai.behaviour.live.Rates.Place;
import com.posmodern.ai.behaviour.live.Rates.Rate;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.testing.ContractRows;
import java.time.LocalDate;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/**
 * Two hours of two stores: twenty receipts with P1 each; every second one of the first hour has P2
 * as well, and none of the second.
 */
class LiveRatesTest {
  private static final LocalDate AS_OF = LocalDate.parse("2026-11-23");
  private static final Rates RATES = RateRows.of(rates());

  @Test
  void aProductsShareIsOfAllReceiptsAndHoursDiffer() {
    assertThat(rate(Kind.PRODUCT, Finding.ALL, "P1"))
        .returns(1.0, Rate::mean)
        .returns(0.0, Rate::differences);
    Rate second = rate(Kind.PRODUCT, Finding.ALL, "P2");
    assertThat(second.mean()).isEqualTo(0.25);
    // (20 - 10)² + (0 - 10)², less the binomial 80 · 1/4 · 3/4, beside 2 · 10².
    assertThat(second.differences()).isCloseTo((200 - 15) / 200.0, within(1e-9));
    assertThat(RATES.of(Kind.PRODUCT)).hasSize(2);
  }

  @Test
  void aTillsShareIsOfItsStoreOnDaysOnWhichItSells() {
    assertThat(rate(Kind.TILL, "A", "T1").mean()).isEqualTo(0.5);
    assertThat(rate(Kind.TILL, "A", "T2").mean()).isEqualTo(0.5);
    assertThat(RATES.of(Kind.TILL)).as("nobody knows the tills of B").hasSize(2);
  }

  @Test
  void aCartIsLostUnlessItsCustomerBuysInTime() {
    assertThat(rate(Kind.CART, Finding.ALL, Finding.ALL).mean()).isEqualTo(0.5);
    assertThat(rate(Kind.CART, "A", Finding.ALL).mean()).isEqualTo(1.0);
  }

  @Test
  void furtherReceiptsOfACustomerWithinTheHour() {
    // Of 41 hours of customers one has two receipts.
    assertThat(rate(Kind.CUSTOMER, Finding.ALL, Finding.ALL).mean())
        .isCloseTo(1 / 79.0, within(1e-9));
  }

  private static Rate rate(Kind kind, String store, String item) {
    return RATES.of(kind, new Place(store, item)).orElseThrow();
  }

  private static Dataset<Row> rates() {
    String lines =
        """
        SELECT concat(store_id, hour, '-', n) AS sale_id, store_id, product AS product_id,
          if(store_id = 'A' AND n < 2 AND hour = 9, 'C', concat('C', store_id, hour, '-', n)) AS customer_id,
          date'2026-11-23' AS business_date,
          timestamp'2026-11-23 00:00:00' + make_interval(0, 0, 0, 0, hour, n) AS sold_at,
          cast(1 AS decimal(12,3)) AS quantity,
          if(store_id = 'A', concat('T', 1 + n %% 2), null) AS till_id
        FROM (SELECT explode(array('A', 'B')) AS store_id),
          (SELECT explode(array(9, 10)) AS hour), (SELECT explode(sequence(0, 19)) AS n),
          (SELECT explode(array('P1', 'P2')) AS product)
        WHERE product = 'P1' OR hour = 9 AND n %% 2 = 0
        """
            .replace("%%", "%");
    Dataset<Row> all = com.posmodern.ai.testing.SparkTest.session().sql(lines);
    Dataset<Row> carts =
        ContractRows.select(
            Table.INTERACTIONS,
            """
            SELECT customer_id, kind, store_id, timestamp(at) AS occurred_at FROM VALUES
              ('CA9-5', 'cart', null, '2026-11-23 09:00:00'),
              ('CA9-5', 'cart', null, '2026-11-23 09:03:00'),
              ('CA9-6', 'view', null, '2026-11-23 09:03:00'),
              ('CB9-1', 'cart', null, '2026-11-23 09:02:00'),
              ('CB9-2', 'cart', 'A', '2026-11-23 06:02:00')
              AS t(customer_id, kind, store_id, at)
            """);
    return LiveRates.of(
        ContractRows.completed(Table.ACCEPTED_SALES, all.drop("till_id")),
        ContractRows.completed(Table.SALES_LINES, all.drop("business_date")),
        Optional.of(carts),
        AS_OF,
        8,
        30);
  }
}
