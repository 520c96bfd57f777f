package com.posmodern.ai.replenish;

import static org.assertj.core.api.Assertions.assertThat;

import com.posmodern.ai.testing.SparkTest;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** The cost of a store's own row holds before that of the product; without one it is unknown. */
class UnitCostsTest {
  @Test
  void theMostSpecificRowThatStatesACostHolds() {
    Dataset<Row> sales =
        sql(
            "SELECT * FROM VALUES ('s1', 'tea', 1), ('s1', 'tea', 2), ('s2', 'tea', 3), ('s1',"
                + " 'coffee', 4) AS t(store_id, product_id, line_no)");
    Dataset<Row> terms =
        sql(
            "SELECT product_id, store_id, 'ALL' AS supplier_id, unit_cost, cast(null AS int) AS"
                + " lead_time, cast(null AS double) AS lead_time_spread, cast(null AS string) AS"
                + " order_days, cast(null AS int) AS pack_size, cast(null AS double) AS"
                + " minimum_order, cast(null AS double) AS minimum_order_value, cast(null AS"
                + " double) AS minimum_order_pallets, cast(null AS double) AS units_per_pallet,"
                + " cast(null AS double) AS maximum_stock, cast(null AS double) AS presentation_minimum,"
                + " cast(null AS int) AS shelf_life, cast(null AS string) AS service_class FROM"
                + " VALUES ('tea', 'ALL', 2.5BD), ('tea', 's2', 2.0BD), ('coffee', 'ALL', null)"
                + " AS t(product_id, store_id, unit_cost)");
    assertThat(UnitCosts.of(sales, terms).orderBy("store_id").collectAsList())
        .extracting(Row::toString)
        .containsExactly("[s1,tea,2.5]", "[s2,tea,2.0]");
  }

  private static Dataset<Row> sql(String query) {
    return SparkTest.session().sql(query);
  }
}
